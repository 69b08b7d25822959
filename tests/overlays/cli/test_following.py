"""`watch`: a line a change, until the run is over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from run_steps.serving import MemoryStore, create_app, sample_store, serve
from run_steps.stores import JsonObject
from tests.overlays.cli.conftest import Invoke, finish, start
from tests.overlays.cli.terminals import in_terminal, without_styles


@pytest.fixture
def live() -> Iterator[tuple[MemoryStore, str]]:
    """A store with the sample data that can still be written to, and the base URL of its server."""
    store = sample_store()
    with serve(create_app(store)) as base_url:
        yield store, base_url


def ended(payload: JsonObject) -> JsonObject:
    """Return a run or step as it is when it is completed."""
    return payload | {"status": "completed", "completed_at": payload["created_at"] + 20, "expires_at": None}


def test_a_run_is_followed_to_its_end(live: tuple[MemoryStore, str]) -> None:
    """Lines come while things happen; when the run is over, so is the command."""
    store, base_url = live
    process = start("watch", "thread_demo", "run_in_progress", "--server", base_url)
    assert process.stdout is not None
    before = [process.stdout.readline() for _ in range(4)]
    store.put_step(ended(store.get_step("thread_demo", "run_in_progress", "step_in_progress_3").value))
    store.put_run(ended(store.get_run("thread_demo", "run_in_progress").value))
    outcome = finish(process)

    assert before[0] == "appeared\trun_in_progress\trun\tin_progress\t\t\t\t\n"
    assert before[3] == "appeared\tstep_in_progress_3\tno tool called\tin_progress\t\t\t\t\n"
    after = [line.split("\t")[:4] for line in outcome.out.splitlines()]
    assert after == [
        ["ended", "step_in_progress_3", "no tool called", "completed"],
        ["ended", "run_in_progress", "run", "completed"],
    ]
    assert (outcome.code, outcome.err) == (0, "")


def test_a_run_of_an_archive_gives_its_steps(invoke: Invoke, archive: Path) -> None:
    """What is over is told at once, as JSON with all there is."""
    outcome = invoke("watch", "thread_demo", "run_failed", "--archive", archive, "--json")

    changes = [json.loads(line) for line in outcome.out.splitlines()]
    assert outcome.code == 0
    assert [change["change"] for change in changes] == ["ended", "ended", "ended"]
    assert [change["step"]["id"] for change in changes[:2]] == ["step_failed_1", "step_failed_2"]
    assert changes[2]["run"] == sample_store().get_run("thread_demo", "run_failed").value


def test_a_deadline_is_an_error(invoke: Invoke, base_url: str) -> None:
    """What was seen until then is there; the exit code says that the run is not over."""
    outcome = invoke("watch", "thread_demo", "run_in_progress", "--server", base_url, "--deadline", "0")

    assert outcome.code == 1
    assert len(outcome.out.splitlines()) == 4
    assert "deadline" in outcome.err


def test_a_terminal_shows_why_a_run_failed(archive: Path) -> None:
    """Below the run stands what went wrong, and below a step what it wrote."""
    written = without_styles(in_terminal("watch", "thread_demo", "run_failed", "--archive", archive))

    assert written.splitlines() == [
        "step_failed_1  message  completed  2 s  688 tokens",
        "  wrote  I shall ask the tide service.",
        "step_failed_2  no tool called  failed  30 s  16 tokens",
        "run_failed  run  failed  33 s  704 tokens",
        "  error  server_error: The tide service did not answer.",
    ]
