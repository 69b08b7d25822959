"""A process that writes to an archive, to be disturbed: `python -m tests.overlays.archive.writer JOB ARCHIVE`.

It tells on standard output when it is ready, or how far it is.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

from run_steps.archive import Archive, ArchiveError
from run_steps.archive.lock import locked
from tests.overlays.archive.filling import SERVER, all_run_ids, put_run, run, step

STEPS_OF_A_PAGE = 5
PAGES = 4


def write(path: str, mode: str) -> None:
    """Write run after run, each with four pages of steps, until killed or the disk is full."""
    with Archive.create(path, write_ahead=mode == "write-ahead") as archive:
        say("ready")
        for number in count(_next_run(archive)):
            run_id = f"run_{number:06}"
            archive.put_runs(SERVER, "thread_a", [run(run_id)])
            for page in range(PAGES):
                first = page * STEPS_OF_A_PAGE
                steps = [step(str(first + index), output="x" * 1000) for index in range(STEPS_OF_A_PAGE)]
                archive.put_steps("thread_a", run_id, first, steps, is_last=page == PAGES - 1)
            say(run_id)


def create(path: str) -> None:
    """Create an archive at the same time as others do, and note a thread of one's own in it."""
    say("ready")
    sys.stdin.readline()
    with Archive.create(path) as archive:
        archive.put_runs(SERVER, f"thread_{os.getpid()}", [])


def hold(path: str) -> None:
    """Keep a transaction open until told to end it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        say("ready")
        sys.stdin.readline()


def lock(path: str) -> None:
    """Be the only one that writes, until told to end or killed."""
    with locked(Path(path)):
        say("ready")
        sys.stdin.readline()


def spill(path: str) -> None:
    """Write so much in one transaction that part of it gets into the file before it ends, and wait to be killed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 10")
        connection.execute("BEGIN")
        connection.execute("UPDATE runs SET is_complete = 0")
        for number in range(500):
            connection.execute(
                "INSERT INTO steps (run, step_id, position, has_ended, tools, pulled_at, payload)"
                " VALUES (1, :number, :number, 1, '', 0, :payload)",
                {"number": str(number), "payload": "x" * 1000},
            )
        say("ready")
        sys.stdin.readline()


def fill(path: str) -> None:
    """Fill the disk of an archive, read it, make room, and go on; tell what becomes of it."""
    ballast = Path(path).with_name("ballast")
    ballast.write_bytes(bytes(200_000))
    try:
        write(path, "write-ahead")
    except ArchiveError as error:
        say(f"error: {error}")
    stored = _tell_runs(path)
    ballast.unlink()
    with Archive.create(path) as archive:
        put_run(archive, "thread_a", run(f"run_{_next_run(archive):06}"), [step("step_a")])
    assert _tell_runs(path) == stored + 1


def read(path: str) -> None:
    """Read an archive; tell what becomes of it."""
    try:
        _tell_runs(path)
    except ArchiveError as error:
        say(f"error: {error}")


def attempt(path: str) -> None:
    """Open an archive to write to it; tell what becomes of it."""
    try:
        Archive.create(path).close()
    except ArchiveError as error:
        say(f"error: {error}")
    else:
        say("created")


def _tell_runs(path: str) -> int:
    with Archive.open(path) as archive:
        rows = sum(len(batch) for batch in archive.rows())
        summary = archive.summary()
        assert rows == summary.steps
        say(f"read: {summary.runs} runs, {rows} steps")
        return summary.runs


def _next_run(archive: Archive) -> int:
    return len(all_run_ids(archive, "thread_a")) if "thread_a" in archive.threads() else 0


def say(text: str) -> None:
    """Tell whoever started this process."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


JOBS: dict[str, Callable[..., None]] = {
    job.__name__: job for job in (write, create, hold, lock, spill, fill, read, attempt)
}

if __name__ == "__main__":
    JOBS[sys.argv[1]](*sys.argv[2:])
