"""What a pull writes to the tables of an archive, each function within a transaction of its caller."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from run_steps._received import ReceivedItem
from run_steps.archive.contents import Failure
from run_steps.archive.digests import (
    MESSAGE,
    STEP,
    count_steps,
    digest_of,
    remove_damaged_messages,
    remove_damaged_steps,
    seal_conversation,
    seal_run,
    seal_thread,
)
from run_steps.archive.errors import ForeignThread
from run_steps.archive.records import (
    MESSAGE_COLUMNS,
    RUN_COLUMNS,
    STEP_COLUMNS,
    message_columns,
    run_columns,
    step_columns,
    storable,
    taken_over,
)
from run_steps.archive.schema import NO_TIME
from run_steps.errors import InvalidResponse

_PUT_RUN = f"""
INSERT INTO runs (thread, run_id, {", ".join(RUN_COLUMNS)}, pulled_at, payload, steps)
VALUES (?, ?, {", ".join("?" * len(RUN_COLUMNS))}, ?, ?, 0)
ON CONFLICT (thread, run_id) DO UPDATE SET
  {taken_over((*RUN_COLUMNS, "pulled_at", "payload"))}
RETURNING key
"""  # noqa: S608 - fixed words

_PUT_STEP = f"""
INSERT INTO steps (run, {STEP}, digest)
VALUES (?, ?, ?, {", ".join("?" * len(STEP_COLUMNS))}, ?, ?, ?)
ON CONFLICT (run, step_id) DO UPDATE SET
  {taken_over(("position", *STEP_COLUMNS, "pulled_at", "payload", "digest"))}
"""  # noqa: S608 - fixed words

_PUT_MESSAGE = f"""
INSERT INTO messages (thread, {MESSAGE}, digest)
VALUES (?, ?, ?, {", ".join("?" * len(MESSAGE_COLUMNS))}, ?, ?, ?)
ON CONFLICT (thread, message_id) DO UPDATE SET
  {taken_over(("position", *MESSAGE_COLUMNS, "pulled_at", "payload", "digest"))}
"""  # noqa: S608 - fixed words

_ONE_LESS_MISSING = "missing = max(missing - 1, min(missing, 0))"
"""Where nobody knows how many are missing, which is below zero, nobody does afterwards."""

_LATE_SECONDS = 600
"""So long after a run ended, or was first listed, a step of it that is in progress will not end any more."""

_FINISH_RUN = f"""
UPDATE runs SET listed_at = :now, steps = (SELECT count(*) FROM steps WHERE run = :run),
is_complete = :had_ended AND has_ended AND (
  coalesce(ended_at, nullif(listed_at, {NO_TIME})) < :now - {_LATE_SECONDS}
  OR NOT EXISTS (SELECT 1 FROM steps WHERE steps.run = runs.key AND NOT steps.has_ended)
) IS TRUE
WHERE key = :run
"""  # noqa: S608 - fixed words


def put_thread(connection: sqlite3.Connection, base_url: str, thread_id: str) -> int:
    """Note a thread; return its key, or raise `ForeignThread` when it came from another server."""
    connection.execute("INSERT INTO servers (base_url) VALUES (?) ON CONFLICT DO NOTHING", (base_url,))
    is_new = connection.execute(
        "INSERT INTO threads (thread_id, server, runs) SELECT ?, key, 0 FROM servers WHERE base_url = ?"
        " ON CONFLICT DO NOTHING",
        (storable(thread_id), base_url),
    ).rowcount
    query = (
        "SELECT threads.key, base_url, digest IS NOT NULL FROM threads LEFT JOIN servers ON servers.key = server"
        " WHERE thread_id = ?"
    )
    key, known_url, is_sound = connection.execute(query, (storable(thread_id),)).fetchone()
    if is_new:
        connection.execute(f"UPDATE seal SET threads = threads + 1, {_ONE_LESS_MISSING}")  # noqa: S608 - fixed words
        seal_thread(connection, key)
    elif known_url != base_url and is_sound:
        raise ForeignThread(
            f"The archive has a thread {thread_id!r} of another server, {known_url}: use an archive for each."
        )
    elif known_url != base_url:
        connection.execute(
            "UPDATE threads SET server = (SELECT key FROM servers WHERE base_url = ?) WHERE key = ?", (base_url, key)
        )
    return int(key)


def put_runs(connection: sqlite3.Connection, thread: int, runs: Sequence[ReceivedItem], now: float) -> None:
    """Note runs of a thread, by its key, as they were received; raises `InvalidResponse` for one without an id."""
    find = "SELECT key FROM runs WHERE thread = ? AND run_id = ?"
    added = 0
    for run in runs:
        ids = (thread, _id_of(run, "run"))
        added += connection.execute(find, ids).fetchone() is None
        [(key,)] = connection.execute(_PUT_RUN, (*ids, *run_columns(run.value), now, run.text)).fetchall()
        seal_run(connection, key)
    if added:
        connection.execute("UPDATE threads SET runs = runs + ? WHERE key = ?", (added, thread))
        seal_thread(connection, thread)


def step_rows(
    thread_id: str, run_id: str, first_position: int, steps: Sequence[ReceivedItem], now: float
) -> list[tuple[Any, ...]]:
    """Return steps of a run as `put_steps` takes them, made before others have to wait for the transaction.

    Raises:
        InvalidResponse: A step has no id.
    """
    parents = [storable(thread_id), storable(run_id)]
    rows = [
        (_id_of(step, "step"), position, *step_columns(step.value), now, step.text)
        for position, step in enumerate(steps, start=first_position)
    ]
    return [(*row, digest_of([*parents, *row])) for row in rows]


def put_steps(connection: sqlite3.Connection, run: int, rows: Sequence[tuple[Any, ...]]) -> None:
    """Put steps of a run, by its key; to be followed by `note_more` or `finish_run`."""
    connection.executemany(_PUT_STEP, [(run, *row) for row in rows])


def note_more(connection: sqlite3.Connection, run: int) -> None:
    """Note that more steps of a run, by its key, are to come than those that were put."""
    connection.execute("UPDATE runs SET is_complete = 0 WHERE key = ?", (run,))
    count_steps(connection, run)
    seal_run(connection, run)


def finish_run(
    connection: sqlite3.Connection, run: int, thread_id: str, run_id: str, now: float, *, had_ended: bool
) -> None:
    """Note that all steps of a run, by its key and its ids, were listed, and whether it had ended before."""
    remove_damaged_steps(connection, run)
    connection.execute(_FINISH_RUN, {"now": now, "had_ended": had_ended, "run": run})
    seal_run(connection, run)
    _forget_failure(connection, thread_id, run_id)


def put_messages(
    connection: sqlite3.Connection,
    thread: int,
    thread_id: str,
    first_position: int | None,
    messages: Sequence[ReceivedItem],
    now: float,
) -> None:
    """Note messages as they were received of a thread, by its key and id; raises as `put_steps`.

    Without a position they come behind those that are there.
    """
    _begin_conversation(connection, thread)
    if first_position is None:
        query = "SELECT coalesce(max(position) + 1, 0) FROM messages WHERE thread = ?"
        first_position = int(connection.execute(query, (thread,)).fetchone()[0])
    rows = [
        (_id_of(message, "message"), position, *message_columns(message.value), now, message.text)
        for position, message in enumerate(messages, start=first_position)
    ]
    parent = storable(thread_id)
    connection.executemany(_PUT_MESSAGE, [(thread, *row, digest_of([parent, *row])) for row in rows])
    seal_conversation(connection, thread)


def finish_messages(connection: sqlite3.Connection, thread: int, began_at: float, error: str | None) -> None:
    """Note that all messages of a thread, by its key, were listed from a moment on, or why they could not be."""
    _begin_conversation(connection, thread)
    if error is None:
        remove_damaged_messages(connection, thread)
        change = "listed_at = :began, error = NULL"
    else:
        change = "error = :error"
    values = {"began": began_at, "error": error and storable(error), "thread": thread}
    connection.execute(f"UPDATE conversations SET tried_at = :began, {change} WHERE thread = :thread", values)  # noqa: S608 - fixed words
    seal_conversation(connection, thread)


def put_thread_payload(connection: sqlite3.Connection, thread: int, text: str) -> None:
    """Note a thread, by its key, as it was received."""
    _begin_conversation(connection, thread)
    connection.execute("UPDATE conversations SET payload = ? WHERE thread = ?", (text, thread))
    seal_conversation(connection, thread)


def _begin_conversation(connection: sqlite3.Connection, thread: int) -> None:
    query = "INSERT INTO conversations (thread) VALUES (?) ON CONFLICT DO NOTHING"
    if connection.execute(query, (thread,)).rowcount:
        connection.execute(f"UPDATE seal SET conversations = conversations + 1, {_ONE_LESS_MISSING}")  # noqa: S608 - fixed words


def finish_thread(connection: sqlite3.Connection, thread_id: str, now: float) -> None:
    """Note that all runs of a thread were listed."""
    query = (
        "UPDATE threads SET listed_at = ?, runs = (SELECT count(*) FROM runs WHERE thread = threads.key)"
        " WHERE thread_id = ? RETURNING key"
    )
    for (key,) in connection.execute(query, (now, storable(thread_id))).fetchall():
        seal_thread(connection, key)
    _forget_failure(connection, thread_id, "")


def note_failure(connection: sqlite3.Connection, failure: Failure, now: float) -> None:
    """Note what could not be pulled, in place of what was noted about the same before."""
    values = (storable(failure.thread_id), storable(failure.run_id or ""), storable(failure.message), now)
    _forget_failure(connection, *values[:2])
    connection.execute("INSERT INTO failures VALUES (?, ?, ?, ?, ?)", (*values, digest_of(values)))
    connection.execute("UPDATE seal SET failures = failures + 1")


def forget(connection: sqlite3.Connection, thread_id: str, run_id: str | None) -> int:
    """Forget what is noted of a run or a thread, and what is held of it and not complete; return how much that is."""
    ids = {"thread": storable(thread_id), "run": None if run_id is None else storable(run_id)}
    which = "thread_id = :thread AND (:run IS NULL OR run_id = :run)"
    failures = connection.execute(f"DELETE FROM failures WHERE {which}", ids).rowcount  # noqa: S608 - fixed words
    query = (
        f"SELECT runs.key, threads.key FROM runs JOIN threads ON threads.key = thread WHERE {which}"  # noqa: S608 - fixed words
        " AND (is_complete = 0 OR runs.digest IS NULL)"
    )
    runs = connection.execute(query, ids).fetchall()
    for run, thread in runs:
        connection.execute("DELETE FROM steps WHERE run = ?", (run,))
        connection.execute("DELETE FROM runs WHERE key = ?", (run,))
        connection.execute("UPDATE threads SET runs = runs - 1 WHERE key = ?", (thread,))
        seal_thread(connection, thread)
    of_thread = "thread = (SELECT key FROM threads WHERE thread_id = :thread) AND :run IS NULL"
    lacking = f"{of_thread} AND (listed_at < 0 OR error IS NOT NULL OR digest IS NULL OR messages = 0)"
    conversations = connection.execute(f"DELETE FROM conversations WHERE {lacking}", ids).rowcount  # noqa: S608 - fixed words
    query = f"DELETE FROM messages WHERE {of_thread} AND thread NOT IN (SELECT thread FROM conversations)"  # noqa: S608 - fixed words
    connection.execute(query, ids)
    is_left = "threads.key IN (SELECT thread FROM runs UNION ALL SELECT thread FROM conversations)"
    query = f"DELETE FROM threads WHERE thread_id = :thread AND :run IS NULL AND NOT {is_left}"  # noqa: S608 - fixed words
    threads = connection.execute(query, ids).rowcount
    connection.execute(
        "UPDATE seal SET threads = threads - ?, failures = failures - ?, conversations = conversations - ?",
        (threads, failures, conversations),
    )
    return len(runs) + threads + failures


def _forget_failure(connection: sqlite3.Connection, thread_id: str, run_id: str) -> None:
    key = (storable(thread_id), storable(run_id))
    forgotten = connection.execute("DELETE FROM failures WHERE thread_id = ? AND run_id = ?", key).rowcount
    if forgotten:
        connection.execute("UPDATE seal SET failures = failures - ?", (forgotten,))


def _id_of(item: ReceivedItem, noun: str) -> str:
    if item.id is None:
        raise InvalidResponse(f"The server sent a {noun} without an id, which could never be found again.")
    return storable(item.id)
