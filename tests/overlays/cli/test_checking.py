"""`check`: whether an archive has everything."""

from __future__ import annotations

import json
from pathlib import Path

from run_steps import servers
from run_steps.archive import Archive, Failure
from run_steps.pulling import Target, pull
from tests.overlays.cli.conftest import Invoke


def test_an_archive_that_has_everything(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """All runs it was to have are whole: the exit code is 0."""
    path = tmp_path / "a.sqlite"
    pull(servers.compatible(base_url), path, [Target("thread_demo", "run_kinds"), Target("thread_demo", "run_failed")])
    outcome = invoke("check", path, "thread_demo/run_failed", "thread_demo/run_kinds")

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        f"{path} has 1 thread, 2 runs and 31 steps; 2 of the runs complete.\n"
        "Everything was read, and is as it was stored.\n"
    )


def test_a_thread_whose_runs_were_not_all_listed_is_not_there(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """Some runs of a thread are not the thread: others may have been missed."""
    path = tmp_path / "a.sqlite"
    pull(servers.compatible(base_url), path, [Target("thread_demo", "run_kinds")])
    outcome = invoke("check", path, "thread_demo")

    assert outcome.code == 3
    assert "1 never reached:\n  thread_demo\n" in outcome.out


def test_what_an_archive_lacks_is_told(invoke: Invoke, archive: Path, base_url: str, tmp_path: Path) -> None:
    """Runs that were going, what failed, and what was never reached, of the targets a pull would read."""
    path, targets = tmp_path / "a.sqlite", tmp_path / "targets.csv"
    with Archive.create(path) as copy:
        copy.merge(archive)
        for number in range(12):
            copy.note_failure(Failure("thread_lost", f"run_{number:02}", "500 went wrong"))
    targets.write_text("thread_id,run_id\nthread_demo,\nthread_demo,run_gone\nthread_gone,\n", encoding="utf-8")
    told = invoke("check", path, "--from", targets)
    as_json = invoke("check", path, "--from", targets, "--json")

    assert (told.code, as_json.code) == (3, 3)
    lines = told.out.splitlines()
    assert lines[:5] == [
        f"{path} has 1 thread, 7 runs and 381 steps; 5 of the runs complete.",
        "Everything was read, and is as it was stored.",
        "2 still going when pulled; pull again when they are over:",
        "  thread_demo/run_in_progress",
        "  thread_demo/run_empty",
    ]
    assert lines[5:7] == ["12 could not be pulled when last tried:", "  thread_lost/run_00: 500 went wrong"]
    assert lines[16:] == [
        "  and 2 more, which --json lists",
        "2 never reached:",
        "  thread_demo/run_gone",
        "  thread_gone",
    ]
    assert told.err == f"run-steps: {path} does not have everything as it was stored, see above.\n"
    found = json.loads(as_json.out)
    assert len(found["failures"]) == 12
    assert found["never_reached"][1] == {"thread_id": "thread_gone", "run_id": None}


def test_parts_that_were_not_joined_are_told(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """They may hold what the archive lacks, whatever command reads it."""
    path = tmp_path / "a.sqlite"
    pull(servers.compatible(base_url), path, [Target("thread_demo", "run_kinds")])
    parts = tmp_path / "a.sqlite.parts"
    parts.mkdir()
    Archive.create(parts / "part-00000.sqlite").close()

    checked = invoke("check", path)
    assert checked.code == 3
    for outcome in (checked, invoke("runs", "--archive", path), invoke("export", path, "-", "--format", "csv")):
        assert f"{parts} has parts of a pull that was stopped: keep it" in outcome.err
