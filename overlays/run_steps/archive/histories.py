"""The threads of an archive as wholes, one at a time, for exports that tell what belongs together."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from heapq import merge
from pathlib import Path
from typing import TypeAlias

from attrs import field, frozen

from run_steps.archive.errors import readable_errors
from run_steps.archive.records import storable
from run_steps.archive.rows import StepRange

_RUNS = (
    "SELECT runs.key, threads.thread_id, runs.run_id, servers.base_url, runs.created_at, runs.pulled_at, runs.payload"
    " FROM threads CROSS JOIN runs ON runs.thread = threads.key CROSS JOIN servers ON servers.key = threads.server"
    " WHERE threads.key = ? AND runs.created_at >= ? AND runs.created_at < ? ORDER BY runs.created_at, runs.key"
)

# What a step names is told where the step stands.
_OTHER_MESSAGES = """
SELECT message_id, created_at, payload FROM messages
WHERE thread = ? AND created_at >= ? AND created_at < ? AND message_id NOT IN (
  SELECT ifnull(CASE WHEN json_valid(steps.payload) THEN
    json_extract(steps.payload, '$.step_details.message_creation.message_id') END, '')
  FROM runs JOIN steps ON steps.run = runs.key WHERE runs.thread = messages.thread AND type = 'message_creation')
ORDER BY position, key
"""


@frozen
class StoredRun:
    """A run of an archive.

    Attributes:
        key: What the archive knows it by.
        thread_id: Id of its thread.
        run_id: Its id.
        base_url: The server it came from.
        created_at: When it was created (Unix seconds); negative when nobody told.
        pulled_at: When it was received (Unix seconds).
        payload: Its JSON text as received.
    """

    key: int
    thread_id: str
    run_id: str
    base_url: str
    created_at: float
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


@frozen
class StoredMessage:
    """A message of an archive.

    Attributes:
        message_id: Its id.
        created_at: When it was created (Unix seconds); negative when nobody told.
        payload: Its JSON text as received.
    """

    message_id: str
    created_at: float
    payload: str = field(repr=False)


RunWithSteps: TypeAlias = tuple[StoredRun, Iterator[StoredStep]]
"""A run, and its steps in their order, to be used up before anything that comes after the run."""

FindMessage: TypeAlias = Callable[[str], StoredMessage | None]
"""Gives the message with an id, where the archive has it."""


@frozen
class Conversation:
    """What happened in a thread.

    Attributes:
        thread_id: Id of the thread.
        find_message: Gives a message that a step names.
        entries: Its runs, and the messages that no step names, in order of time.
    """

    thread_id: str
    find_message: FindMessage
    entries: Iterator[StoredMessage | RunWithSteps]


def read_conversations(connection: sqlite3.Connection, path: Path, period: StepRange) -> Iterator[Conversation]:
    """Yield all threads in the order they were first pulled, with what was created in a period.

    Args:
        connection: A connection to the archive that nothing else uses meanwhile.
        path: The file, for messages.
        period: When runs, and messages that no step names, were created.
    """
    (has_messages,) = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'messages'").fetchone()
    for thread, thread_id in connection.execute("SELECT key, thread_id FROM threads ORDER BY key"):
        messages = _read_messages(connection, path, period, thread) if has_messages else iter(())
        runs = _read_runs(connection, path, period, thread)
        entries: Iterator[StoredMessage | RunWithSteps] = merge(messages, runs, key=_place)
        find = partial(_find_message, connection, path, thread) if has_messages else _find_nothing
        yield Conversation(thread_id, find, entries)


def _read_runs(connection: sqlite3.Connection, path: Path, period: StepRange, thread: int) -> Iterator[RunWithSteps]:
    with readable_errors(path):
        for row in connection.execute(_RUNS, (thread, period.start[0], period.stop[0])):
            run = StoredRun(*row)
            yield run, _read_steps(connection, path, run)


def _place(entry: StoredMessage | RunWithSteps) -> tuple[float, bool]:
    """Return where something stands in a thread: what was said in the second of a run is what the run is about."""
    return (entry.created_at, False) if isinstance(entry, StoredMessage) else (entry[0].created_at, True)


def _read_steps(connection: sqlite3.Connection, path: Path, run: StoredRun) -> Iterator[StoredStep]:
    query = "SELECT step_id, payload FROM steps WHERE run = ? ORDER BY position, key"
    with readable_errors(path):
        for row in connection.execute(query, (run.key,)):
            yield StoredStep(*row)


def _read_messages(
    connection: sqlite3.Connection, path: Path, period: StepRange, thread: int
) -> Iterator[StoredMessage]:
    with readable_errors(path):
        for row in connection.execute(_OTHER_MESSAGES, (thread, period.start[0], period.stop[0])):
            yield StoredMessage(*row)


def _find_message(connection: sqlite3.Connection, path: Path, thread: int, message_id: str) -> StoredMessage | None:
    query = "SELECT message_id, created_at, payload FROM messages WHERE thread = ? AND message_id = ?"
    with readable_errors(path):
        found = connection.execute(query, (thread, storable(message_id))).fetchone()
    return StoredMessage(*found) if found else None


def _find_nothing(_: str) -> None:
    return None
