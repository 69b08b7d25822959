"""The runs of an archive with their steps, one at a time, for exports that tell a run as a whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from attrs import field, frozen

from run_steps.archive.rows import between


@frozen
class StoredRun:
    """A run of an archive.

    Attributes:
        key: What the archive knows it by.
        thread_id: Id of its thread.
        run_id: Its id.
        base_url: The server it came from.
        pulled_at: When it was received (Unix seconds).
        payload: Its JSON text as received.
    """

    key: int
    thread_id: str
    run_id: str
    base_url: str
    pulled_at: float
    payload: str = field(repr=False)


@frozen
class StoredStep:
    """A step of an archive.

    Attributes:
        step_id: Its id.
        payload: Its JSON text as received.
    """

    step_id: str
    payload: str = field(repr=False)


def read_runs(connection: sqlite3.Connection, since: datetime | None, until: datetime | None) -> Iterator[StoredRun]:
    """Yield the runs created from one moment up to and without another one, thread by thread, oldest first.

    Runs without a time are left out when either moment is given.
    """
    period = between(since, until)
    query = (
        "SELECT runs.key, threads.thread_id, runs.run_id, servers.base_url, runs.pulled_at, runs.payload FROM threads"
        " CROSS JOIN runs ON runs.thread = threads.key CROSS JOIN servers ON servers.key = threads.server"
        " WHERE runs.created_at >= ? AND runs.created_at < ? ORDER BY threads.key, runs.created_at, runs.key"
    )
    for row in connection.execute(query, (period.start[0], period.stop[0])):
        yield StoredRun(*row)


def read_steps(connection: sqlite3.Connection, run: StoredRun) -> Iterator[StoredStep]:
    """Yield the steps of a run in their order."""
    query = "SELECT step_id, payload FROM steps WHERE run = ? ORDER BY position, key"
    for row in connection.execute(query, (run.key,)):
        yield StoredStep(*row)
