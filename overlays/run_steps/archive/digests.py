"""Digests of what an archive holds: one for every row, made when it is written and compared when it is checked.

The digest of a row is the SHA-256 of a JSON array: ids of what it belongs to, then its own columns, with null for the
payload, which follows as it is. What belongs to something is counted there, too, so that nothing goes
away unnoticed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from run_steps.archive.records import MESSAGE_COLUMNS, RUN_COLUMNS, STEP_COLUMNS

THREAD = "base_url, thread_id, threads.listed_at, threads.runs"
RUN = f"thread_id, run_id, {', '.join(RUN_COLUMNS)}, is_complete, pulled_at, runs.listed_at, steps, payload"
STEP = f"step_id, position, {', '.join(STEP_COLUMNS)}, pulled_at, payload"
FAILURE = "thread_id, run_id, message, failed_at"
CONVERSATION = "thread_id, tried_at, conversations.listed_at, error, messages, payload"
MESSAGE = f"message_id, position, {', '.join(MESSAGE_COLUMNS)}, pulled_at, payload"
"""What the digest of a row is of, as SQL; of a step or message, after the ids of what it belongs to."""

_to_json = json.JSONEncoder(default=repr).encode


def digest_of(values: Sequence[Any]) -> bytes:
    """Return the digest of the values of a row: texts, numbers and None."""
    *columns, payload = values
    digest = sha256(_to_json([*columns, None] if isinstance(payload, str) else list(values)).encode())
    if isinstance(payload, str):  # as it is, since to escape it again would take longer than all the rest
        digest.update(payload.encode(errors="surrogateescape"))
    return digest.digest()


def seal_thread(connection: sqlite3.Connection, key: int) -> None:
    """Write the digest of a thread."""
    query = f"SELECT {THREAD} FROM threads JOIN servers ON servers.key = server WHERE threads.key = ?"  # noqa: S608 - fixed words
    digest = digest_of(connection.execute(query, (key,)).fetchone())
    connection.execute("UPDATE threads SET digest = ? WHERE key = ?", (digest, key))


def seal_run(connection: sqlite3.Connection, key: int) -> None:
    """Write the digest of a run."""
    query = f"SELECT {RUN} FROM runs JOIN threads ON threads.key = thread WHERE runs.key = ?"  # noqa: S608 - fixed words
    digest = digest_of(connection.execute(query, (key,)).fetchone())
    connection.execute("UPDATE runs SET digest = ? WHERE key = ?", (digest, key))


def seal_conversation(connection: sqlite3.Connection, thread: int) -> None:
    """Count the messages of a thread, by its key, and write the digest of what is noted of them."""
    counted = "messages = (SELECT count(*) FROM messages WHERE thread = conversations.thread)"
    connection.execute(f"UPDATE conversations SET {counted} WHERE thread = ?", (thread,))  # noqa: S608 - fixed words
    query = f"SELECT {CONVERSATION} FROM conversations JOIN threads ON threads.key = thread WHERE thread = ?"  # noqa: S608 - fixed words
    digest = digest_of(connection.execute(query, (thread,)).fetchone())
    connection.execute("UPDATE conversations SET digest = ? WHERE thread = ?", (digest, thread))


def count_steps(connection: sqlite3.Connection, run: int) -> None:
    """Note how many steps of a run there are, before it gets its digest."""
    connection.execute("UPDATE runs SET steps = (SELECT count(*) FROM steps WHERE run = ?) WHERE key = ?", (run, run))


def remove_damaged_messages(connection: sqlite3.Connection, thread: int) -> None:
    """Remove what was damaged among the messages of a thread, and was not among them when they were listed."""
    connection.execute("DELETE FROM messages WHERE thread = ? AND digest IS NULL", (thread,))


def remove_damaged_steps(connection: sqlite3.Connection, run: int) -> None:
    """Remove what was damaged among the steps of a run, and was not among them when they were listed to the end."""
    is_sealed = "(SELECT threads FROM main.seal) IS NOT NULL"
    connection.execute(f"DELETE FROM steps WHERE run = ? AND digest IS NULL AND {is_sealed}", (run,))  # noqa: S608 - fixed words
