"""What a pull writes to the tables of an archive, each function within a transaction of its caller."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from run_steps._received import ReceivedItem
from run_steps.archive.contents import Failure
from run_steps.archive.errors import ForeignThread
from run_steps.archive.records import RUN_COLUMNS, STEP_COLUMNS, run_columns, step_columns, storable, taken_over
from run_steps.errors import InvalidResponse

_PUT_RUN = f"""
INSERT INTO runs (thread, run_id, {", ".join(RUN_COLUMNS)}, pulled_at, payload)
VALUES (?, ?, {", ".join("?" * len(RUN_COLUMNS))}, ?, ?)
ON CONFLICT (thread, run_id) DO UPDATE SET
  {taken_over((*RUN_COLUMNS, "pulled_at", "payload"))}
"""  # noqa: S608 - fixed words

_PUT_STEP = f"""
INSERT INTO steps (run, step_id, position, {", ".join(STEP_COLUMNS)}, pulled_at, payload)
VALUES (?, ?, ?, {", ".join("?" * len(STEP_COLUMNS))}, ?, ?)
ON CONFLICT (run, step_id) DO UPDATE SET
  {taken_over(("position", *STEP_COLUMNS, "pulled_at", "payload"))}
"""  # noqa: S608 - fixed words

_FINISH_RUN = """
UPDATE runs SET listed_at = ?,
  is_complete = ? AND has_ended AND NOT EXISTS (SELECT 1 FROM steps WHERE steps.run = runs.key AND NOT steps.has_ended)
WHERE key = ?
"""


def put_thread(connection: sqlite3.Connection, base_url: str, thread_id: str) -> int:
    """Note a thread; return its key, or raise `ForeignThread` when it came from another server."""
    connection.execute("INSERT INTO servers (base_url) VALUES (?) ON CONFLICT DO NOTHING", (base_url,))
    connection.execute(
        "INSERT INTO threads (thread_id, server) SELECT ?, key FROM servers WHERE base_url = ? ON CONFLICT DO NOTHING",
        (storable(thread_id), base_url),
    )
    query = "SELECT threads.key, base_url FROM threads JOIN servers ON servers.key = server WHERE thread_id = ?"
    key, known_url = connection.execute(query, (storable(thread_id),)).fetchone()
    if known_url != base_url:
        raise ForeignThread(
            f"The archive has a thread {thread_id!r} of another server, {known_url}: use an archive for each."
        )
    return int(key)


def put_runs(connection: sqlite3.Connection, thread: int, runs: Sequence[ReceivedItem], now: float) -> None:
    """Note runs of a thread, by its key, as they were received; raises `InvalidResponse` for one without an id."""
    connection.executemany(
        _PUT_RUN, [(thread, _id_of(run, "run"), *run_columns(run.value), now, run.text) for run in runs]
    )


def put_steps(
    connection: sqlite3.Connection, run: int, first_position: int, steps: Sequence[ReceivedItem], now: float
) -> None:
    """Note steps of a run, by its key, as they were received; raises `InvalidResponse` for one without an id."""
    connection.executemany(
        _PUT_STEP,
        [
            (run, _id_of(step, "step"), position, *step_columns(step.value), now, step.text)
            for position, step in enumerate(steps, start=first_position)
        ],
    )


def finish_run(
    connection: sqlite3.Connection, run: int, thread_id: str, run_id: str, now: float, *, had_ended: bool
) -> None:
    """Note that all steps of a run, by its key and its ids, were listed, and whether it had ended before."""
    connection.execute(_FINISH_RUN, (now, had_ended, run))
    _forget_failure(connection, thread_id, run_id)


def finish_thread(connection: sqlite3.Connection, thread_id: str, now: float) -> None:
    """Note that all runs of a thread were listed."""
    connection.execute("UPDATE threads SET listed_at = ? WHERE thread_id = ?", (now, storable(thread_id)))
    _forget_failure(connection, thread_id, "")


def note_failure(connection: sqlite3.Connection, failure: Failure, now: float) -> None:
    """Note what could not be pulled, in place of what was noted about the same before."""
    values = (storable(failure.thread_id), storable(failure.run_id or ""), storable(failure.message))
    connection.execute("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)", (*values, now))


def _forget_failure(connection: sqlite3.Connection, thread_id: str, run_id: str) -> None:
    key = (storable(thread_id), storable(run_id))
    connection.execute("DELETE FROM failures WHERE thread_id = ? AND run_id = ?", key)


def _id_of(item: ReceivedItem, noun: str) -> str:
    if item.id is None:
        raise InvalidResponse(f"The server sent a {noun} without an id, which could never be found again.")
    return storable(item.id)
