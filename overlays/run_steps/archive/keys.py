"""The keys by which the tables of an archive refer to each other."""

from __future__ import annotations

import sqlite3

from run_steps.archive.records import storable
from run_steps.stores import UnknownRun, UnknownThread


def thread_key(connection: sqlite3.Connection, thread_id: str) -> int:
    """Return the key of a thread; raises `UnknownThread`."""
    found = connection.execute("SELECT key FROM threads WHERE thread_id = ?", (storable(thread_id),)).fetchone()
    if found is None:
        raise UnknownThread(thread_id)
    return int(found[0])


def run_key(connection: sqlite3.Connection, thread_id: str, run_id: str) -> int:
    """Return the key of a run; raises `UnknownThread` and `UnknownRun`."""
    key = (thread_key(connection, thread_id), storable(run_id))
    found = connection.execute("SELECT key FROM runs WHERE thread = ? AND run_id = ?", key).fetchone()
    if found is None:
        raise UnknownRun(run_id)
    return int(found[0])
