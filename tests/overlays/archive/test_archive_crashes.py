"""Whatever happens to who writes an archive, the archive is whole, and says what is not complete."""

from __future__ import annotations

import random
import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from run_steps.archive import Archive
from tests.overlays.archive.filling import SERVER, all_run_ids, all_steps, put_run, run
from tests.overlays.archive.processes import line, run_mounted, start
from tests.overlays.archive.writer import PAGES, STEPS_OF_A_PAGE

KILLS = 10
"""How often a writer is killed, in each way of writing (count)."""

ALL_STEPS = [str(number) for number in range(PAGES * STEPS_OF_A_PAGE)]


@pytest.mark.parametrize("mode", ["write-ahead", "roll-back"])
def test_a_writer_that_is_killed_leaves_a_whole_archive(tmp_path: Path, mode: str) -> None:
    """After SIGKILL at random moments nothing that was told to be stored is lost, and no run seems complete in part."""
    drawn, path, told = random.Random(7), tmp_path / "a.sqlite", ""
    for number in range(KILLS):
        with start("write", path, mode) as process:
            assert line(process) == "ready"
            for _ in range(drawn.randrange(1, 8)):
                told = line(process)
            process.send_signal(signal.SIGKILL)
        # Opened to be read first, which must do by itself, and every other time at once to be written.
        with Archive.open(path) if number % 2 else Archive.create(path, write_ahead=mode == "write-ahead") as archive:
            run_ids = all_run_ids(archive, "thread_a")
            finished = archive.finished_runs("thread_a")
            assert told in finished
            for run_id in run_ids:
                steps = [item.id for item in all_steps(archive, "thread_a", run_id)]
                assert steps == ALL_STEPS[: len(steps)]
                assert (steps == ALL_STEPS) == (run_id in finished)
            assert sum(len(batch) for batch in archive.rows()) == archive.summary().steps
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
    with Archive.create(path, write_ahead=mode == "write-ahead") as archive:
        archive.finish_thread("thread_a")  # a journal that was not begun in earnest stays until the next one
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_file_half_rolled_back_is_read_whole(tmp_path: Path) -> None:
    """A transaction of which a part is in the file when its writer dies does not show to who reads."""
    path = tmp_path / "a.sqlite"
    with Archive.create(path, write_ahead=False) as archive:
        put_run(archive, "thread_a", run("run_a"))
    with start("spill", path) as process:
        assert line(process) == "ready"
        assert path.with_name("a.sqlite-journal").stat().st_size > 0
        process.send_signal(signal.SIGKILL)

    with Archive.open(path) as archive:
        assert archive.summary().steps == 0
        assert archive.is_finished("thread_a", "run_a")


def test_an_error_half_way_undoes_what_was_put_with_it(tmp_path: Path) -> None:
    """What is put together is stored together or not at all, and the archive goes on working."""
    with Archive.create(tmp_path / "a.sqlite") as archive:
        with pytest.raises(AttributeError):
            archive.put_runs(SERVER, "thread_a", [run("run_a"), None])  # type: ignore[list-item]
        assert list(archive.threads()) == []
        put_run(archive, "thread_a", run("run_a"))
        assert list(archive.threads()) == ["thread_a"]


@pytest.mark.parametrize("size", ["1m", "2m", "3m"])
def test_a_full_disk_costs_nothing_that_was_stored(tmp_path: Path, size: str) -> None:
    """Writing stops with what to do; all that was stored can be read, and with room again writing goes on."""
    said = run_mounted(f"mount -t tmpfs -o size={size} tmpfs {tmp_path}", "fill", tmp_path / "a.sqlite")

    ready, *runs, error, read, read_again = said
    assert ready == "ready"
    assert runs
    assert "its disk is full: free space and run the same command again. What was stored is safe." in error
    stored = int(read.split()[1])
    assert stored - len(runs) in (0, 1)  # the last one may be there in part
    assert int(read_again.split()[1]) == stored + 1


def test_a_disk_that_was_always_full_is_told(tmp_path: Path) -> None:
    """An archive that cannot even be begun says why."""
    mount = f"mount -t tmpfs -o size=16k tmpfs {tmp_path} && head -c 16384 /dev/zero > {tmp_path}/ballast"
    (said,) = run_mounted(mount, "attempt", tmp_path / "a.sqlite")

    assert said.startswith("error: ")
    assert "disk is full" in said


def test_writing_waits_for_another_process_that_writes(tmp_path: Path) -> None:
    """While another process writes, reading goes on, and writing waits until that is done."""
    path = tmp_path / "a.sqlite"
    with Archive.create(path) as archive, ThreadPoolExecutor(1) as threads:
        put_run(archive, "thread_a", run("run_a"))
        with start("hold", path) as process, Archive.open(path) as reader:
            assert line(process) == "ready"
            writing = threads.submit(archive.put_runs, SERVER, "thread_b", [])
            assert list(reader.threads()) == ["thread_a"]
            assert not writing.done()
            process.communicate("go on\n")
            writing.result()
            assert list(reader.threads()) == ["thread_a", "thread_b"]


def test_processes_create_the_same_archive_at_once(tmp_path: Path) -> None:
    """All of them find it made, whoever was first."""
    for attempt in range(2):
        path = tmp_path / f"{attempt}.sqlite"
        processes = [start("create", path) for _ in range(3)]
        assert [line(process) for process in processes] == ["ready"] * 3
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        errors = [process.communicate()[1] for process in processes]
        assert errors == [""] * 3
        with Archive.open(path) as archive:
            assert set(archive.threads()) == {f"thread_{process.pid}" for process in processes}
