"""`export`: which steps go where, and what is said about it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from run_steps.serving import sample_store
from run_steps.stores import PageQuery
from tests.overlays.cli.conftest import Invoke, finish, start
from tests.overlays.export.collector import Receiver, listening


def test_json_lines_are_the_steps_as_received(invoke: Invoke, archive: Path, tmp_path: Path) -> None:
    """A line a step; what was written is told on stderr, where it does not mix with data."""
    target = tmp_path / "steps.jsonl"
    outcome = invoke("export", archive, target, "--format", "jsonl")

    steps = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    stored = sample_store().list_steps("thread_demo", "run_kinds", PageQuery(limit=100, order="asc")).data
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.startswith(f"run-steps: Wrote 381 steps to {target} (1 file, ")
    assert [step for step in steps if step["run_id"] == "run_kinds"] == [item.value for item in stored]


def test_an_export_goes_into_a_pipe(archive: Path) -> None:
    """`-` is standard output."""
    outcome = finish(start("export", archive, "-", "--format", "csv", "--no-payload"))

    lines = outcome.out.splitlines()
    assert outcome.code == 0
    assert lines[0].startswith("thread_id,run_id,step_id,")
    assert len(lines) == 382
    assert outcome.err.startswith("run-steps: Wrote 381 steps to standard output.\n")


def test_a_reader_that_stops_ends_an_export_quietly(archive: Path) -> None:
    """As it ends a list."""
    process = start("export", archive, "-", "--format", "jsonl")
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    with process:
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert process.returncode == 141


@pytest.mark.parametrize(
    ("options", "steps"),
    [
        (["--since", "2026-01-01"], 381),
        (["--until", "2026-01-01"], 381),
        (["--until", "31 Dec 2025"], 0),
        (["--since", "2026-01-02"], 0),
        (["--since", "2026-01-01T01:00Z", "--until", "2026-01-01T02:00+00:00"], 29),
    ],
)
def test_dates_bound_an_export(
    invoke: Invoke, archive: Path, tmp_path: Path, options: Sequence[str], steps: int
) -> None:
    """Written as people write them; a day that ends a range is part of it."""
    outcome = invoke("export", archive, tmp_path / "a.csv", "--format", "csv", "--json", *options)

    assert outcome.code == 0
    assert json.loads(outcome.out)["steps"] == steps


def test_shards_are_written_by_processes(invoke: Invoke, archive: Path, tmp_path: Path) -> None:
    """The whole is the same as that of one process."""
    alone, shared = tmp_path / "alone.csv", tmp_path / "shared.csv"
    assert invoke("export", archive, alone, "--format", "csv").code == 0
    outcome = finish(start("export", archive, shared, "--format", "csv", "--shards", "2"))

    assert outcome.code == 0
    assert shared.read_bytes() == alone.read_bytes()


def test_what_is_there_is_kept(invoke: Invoke, archive: Path, tmp_path: Path) -> None:
    """Unless it is told to be replaced."""
    target = tmp_path / "steps.csv"
    target.write_text("mine", encoding="utf-8")
    kept = invoke("export", archive, target, "--format", "csv")
    assert (kept.code, target.read_text(encoding="utf-8")) == (1, "mine")
    assert "steps.csv" in kept.err

    assert invoke("export", archive, target, "--format", "csv", "--overwrite").code == 0
    assert target.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt"], "--format"),
        (["a.csv", "--since", "2026-02-01", "--until", "2026-01-01"], "--since 2026-02-01 is not before --until"),
        (["a.txt", "--format", "xml"], "xml"),
        (["a.txt", "--format", "csv", "--since", "whenever"], "'whenever' cannot be read as a date"),
        (["a.txt", "--format", "jsonl", "--no-payload"], "nothing but payloads"),
        (["-", "--format", "jsonl", "--json"], "standard output"),
    ],
)
def test_what_does_not_go_together_is_a_wrong_usage(
    invoke: Invoke, archive: Path, arguments: Sequence[str], message: str
) -> None:
    """The message says what to do instead."""
    outcome = invoke("export", archive, *arguments)

    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err


def test_the_ending_of_a_file_tells_the_format(invoke: Invoke, archive: Path, tmp_path: Path) -> None:
    """So `--format` may be left out."""
    assert invoke("export", archive, tmp_path / "a.csv").code == 0
    assert invoke("export", archive, tmp_path / "a.JSONL").code == 0

    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").startswith("thread_id,")
    assert (tmp_path / "a.JSONL").read_text(encoding="utf-8").startswith("{")


def test_an_export_of_nothing_says_what_there_is(invoke: Invoke, archive: Path, tmp_path: Path) -> None:
    """The period of the archive shows what was wrong with the dates."""
    outcome = invoke("export", archive, tmp_path / "a.csv", "--since", "2027")

    assert outcome.code == 0
    assert "The steps of the archive are from 2026-01-01 00:00:00 UTC to 2026-01-01 06:" in outcome.err


def test_an_archive_that_is_none_is_an_error(invoke: Invoke, tmp_path: Path) -> None:
    """A file of another kind is not read as one."""
    other = tmp_path / "notes.txt"
    other.write_text("not an archive, and long enough to look like something" * 50, encoding="utf-8")
    outcome = invoke("export", other, tmp_path / "a.csv", "--format", "csv")

    assert outcome.code == 1
    assert "notes.txt" in outcome.err
    assert not (tmp_path / "a.csv").exists()


def test_traces_go_into_a_file_or_to_a_collector(invoke: Invoke, archive: Path, tmp_path: Path) -> None:
    """Without a target they are sent to the endpoint of the standard variable, which has to be set."""
    target = tmp_path / "traces.jsonl"
    outcome = invoke("export", archive, target, "--format", "otlp", "--content")
    assert outcome.code == 0
    assert outcome.err.startswith(f"run-steps: Wrote 381 steps to {target} (1 file, ")
    assert '"execute_tool read_gauge"' in target.read_text(encoding="utf-8")

    outcome = invoke("export", archive, "--format", "otlp", env={"OTEL_EXPORTER_OTLP_ENDPOINT": ""})
    assert outcome.code == 2
    assert "set OTEL_EXPORTER_OTLP_ENDPOINT, such as http://127.0.0.1:4318." in outcome.err

    with Receiver() as collector, listening(collector) as endpoint:
        outcome = invoke("export", archive, "--format", "otlp", "--json", env={"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint})
        assert (outcome.code, json.loads(outcome.out)["steps"]) == (0, 381)
        assert len({span.trace_id for span in collector.spans}) == 7
        outcome = invoke("export", archive, "--format", "otlp", env={"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint})
        assert outcome.err.startswith("run-steps: Sent the traces of 381 steps.\n")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "Name a file to write; only --format otlp can do without."),
        (["steps.csv", "--content"], "--content is for traces"),
        (["traces", "--format", "otlp", "--shards", "2"], "--format otlp is written in one part"),
    ],
)
def test_options_that_do_not_go_with_traces(
    invoke: Invoke, archive: Path, options: Sequence[str], message: str
) -> None:
    """One line says what to give instead."""
    outcome = invoke("export", archive, *options)

    assert outcome.code == 2
    assert message in outcome.err
