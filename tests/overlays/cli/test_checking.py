"""`check`: whether an archive has everything."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from run_steps import servers
from run_steps.archive import Archive, Failure
from run_steps.pulling import Target, pull
from tests.overlays.archive.filling import SERVER, put_run, run, step
from tests.overlays.cli.conftest import Invoke


def test_an_archive_that_has_everything(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """All runs it was to have are whole: the exit code is 0."""
    path = tmp_path / "a.sqlite"
    pull(servers.compatible(base_url), path, [Target("thread_demo", "run_kinds"), Target("thread_demo", "run_failed")])
    outcome = invoke("check", path, "thread_demo/run_failed", "thread_demo/run_kinds")

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        f"{path} has 1 thread, 2 runs, 31 steps and 126 messages; 2 of the runs complete.\n"
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
        f"{path} has 1 thread, 7 runs, 381 steps and 126 messages; 5 of the runs complete.",
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


def test_damage_is_told_line_by_line(invoke: Invoke, archive: Path, tmp_path: Path) -> None:
    """What was changed is named with what to do; `--quick` does not look, and says so."""
    path = tmp_path / "a.sqlite"
    shutil.copy(archive, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE steps SET payload = '{' WHERE step_id = 'step_failed_1'")
    checked, quick, as_json = (invoke("check", path, *more) for more in ((), ("--quick",), ("--json",)))

    assert (checked.code, quick.code) == (3, 3)
    assert checked.out.splitlines()[1:3] == [
        "1 damaged; pull again while the server is there:",
        "  thread_demo/run_failed: the step step_failed_1 has a payload that is not JSON, or has no id",
    ]
    assert "This was only counted" in quick.out
    assert "as it was stored" not in quick.out
    assert json.loads(as_json.out)["damaged"][0]["run_id"] == "run_failed"
    assert invoke("check", path, "--quick", "--seal").code == 2


def test_a_file_that_cannot_be_read_is_salvaged(invoke: Invoke, archive: Path, base_url: str, tmp_path: Path) -> None:
    """Both commands name the way out; what is lost is told by name, and the next pull gets it."""
    path = tmp_path / "a.sqlite"
    content = archive.read_bytes()
    lost = content.index(b'{"id":"step_failed_1"') // 4096 * 4096
    path.write_bytes(bytes(4096) + content[4096:lost] + bytes(4096) + content[lost + 4096 :])
    pull_words = ("pull", path, "thread_demo", "--server", base_url)
    for refused in (invoke("check", path), invoke(*pull_words)):
        assert refused.code == 1
        way_out = f"`run-steps check --salvage {path}` saves what can be read of it, and the next pull gets the rest.\n"
        assert refused.err.endswith(way_out)
        assert len(refused.err.splitlines()) == 1

    salvaged = invoke("check", path, "--salvage")
    assert salvaged.code == 3
    assert salvaged.err.splitlines()[0].endswith(f"of the damaged file, which is now {path}.damaged.")
    assert re.search("thread_demo/run_failed: . of its 2 steps are there", salvaged.out)
    assert invoke(*pull_words).code == 0
    found = json.loads(invoke("check", path, "--salvage", "--json").out)
    assert (found["damaged"], found["is_proved"], found["steps"]) == ([], True, 381)


def test_odd_ids_are_told_like_others(invoke: Invoke, tmp_path: Path) -> None:
    """Ids with line breaks, or of any length, are listed, shortened, by every command, and cost nothing else."""
    path, odd = tmp_path / "a.sqlite", ("run\n1", "x" * 70_000)
    with Archive.create(path) as archive:
        put_run(archive, "thread_a", run("run_a"))
        archive.put_runs(SERVER, "thread_a", [run(name) for name in odd])
        for name in odd:
            archive.note_failure(Failure("thread_a", name, "cannot be asked for"))
    checked = invoke("check", path)

    assert checked.code == 3
    assert "2 incomplete" in checked.out
    assert max(map(len, checked.out.splitlines())) < 200
    for command in (("runs", "--archive", path), ("export", path, "-", "--format", "csv"), ("check", path, "--json")):
        assert invoke(*command).code in (0, 3)
    assert invoke("forget", path, "thread_a").out == "Forgot thread_a.\n"
    again = invoke("check", path)
    assert (again.code, again.err) == (0, "")
    assert "1 run and 0 steps; 1 of the runs complete" in again.out


def test_what_was_a_mistake_is_forgotten(invoke: Invoke, archive: Path, tmp_path: Path) -> None:
    """A target that cannot be pulled is told no more; what is complete stays."""
    path = tmp_path / "a.sqlite"
    shutil.copy(archive, path)
    with Archive.create(path) as copy:
        copy.note_failure(Failure("thread_typo", None, "404"))
        copy.note_failure(Failure("thread_demo", "run_typo", "404"))
    forgotten = invoke("forget", path, "thread_typo", "thread_demo/run_typo", "thread_demo/run_failed", "thread_x")

    assert forgotten.out.splitlines() == [
        "Forgot thread_typo.",
        "Forgot thread_demo/run_typo.",
        "thread_demo/run_failed: nothing to forget; what is complete stays.",
        "thread_x: nothing to forget; what is complete stays.",
    ]
    with Archive.open(path) as copy:
        assert (copy.failures(), copy.summary().runs, copy.damage()) == ([], 7, [])
    assert invoke("forget", path).code == 2
    assert invoke("forget", tmp_path / "b.sqlite", "thread_a").code == 1


def test_steps_left_in_progress_are_told(invoke: Invoke, tmp_path: Path) -> None:
    """A run that ended long ago is as complete as it will be, whatever its steps say, and is not asked for again."""
    path = tmp_path / "a.sqlite"
    with Archive.create(path) as archive:
        put_run(archive, "thread_a", run("run_a", "expired", expired_at=1735689700), [step("step_a", "in_progress")])
        assert archive.is_finished("thread_a", "run_a")
    outcome = invoke("check", path)

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[2:] == [
        "1 over with steps left in progress; they are as complete as they will be:",
        "  thread_a/run_a",
    ]


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
