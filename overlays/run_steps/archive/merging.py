"""Join the parts that several workers pulled into one archive."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from run_steps.archive.connection import transaction
from run_steps.archive.digests import (
    count_steps,
    remove_damaged_messages,
    remove_damaged_steps,
    seal_conversation,
    seal_run,
    seal_thread,
)
from run_steps.archive.errors import ForeignThread
from run_steps.archive.records import MESSAGE_COLUMNS, RUN_COLUMNS, STEP_COLUMNS, taken_over

_RUN_VALUES = (*RUN_COLUMNS, "is_complete", "pulled_at", "payload")
_STEP_VALUES = ("position", *STEP_COLUMNS, "pulled_at", "payload", "digest")
_MESSAGE_VALUES = ("position", *MESSAGE_COLUMNS, "pulled_at", "payload", "digest")


def _listed(columns: tuple[str, ...], table: str = "") -> str:
    return ", ".join(f"{table}.{name}" if table else name for name in columns)


_CONFLICT = """
SELECT ours.thread_id, here.base_url, there.base_url FROM part.threads AS theirs
  JOIN main.threads AS ours ON ours.thread_id = theirs.thread_id
  JOIN main.servers AS here ON here.key = ours.server
  JOIN part.servers AS there ON there.key = theirs.server
WHERE here.base_url <> there.base_url AND ours.digest IS NOT NULL LIMIT 1
"""

FORGET_SETTLED_FAILURES = """
DELETE FROM main.failures WHERE EXISTS (
  SELECT 1 FROM main.threads LEFT JOIN main.runs ON runs.thread = threads.key AND runs.run_id = failures.run_id
  WHERE threads.thread_id = failures.thread_id AND CASE
    WHEN failures.run_id = '' THEN threads.listed_at >= failed_at
    ELSE is_complete OR runs.listed_at >= failed_at
  END
)
"""
"""Removes notes of failures of what was pulled since."""

_STATEMENTS = (
    "INSERT INTO main.servers (base_url) SELECT base_url FROM part.servers WHERE true ON CONFLICT DO NOTHING",
    """
    INSERT INTO main.threads (thread_id, server, listed_at)
    SELECT theirs.thread_id, here.key, theirs.listed_at FROM part.threads AS theirs
      JOIN part.servers AS there ON there.key = theirs.server
      JOIN main.servers AS here ON here.base_url = there.base_url
    WHERE true ORDER BY theirs.key
    ON CONFLICT (thread_id) DO UPDATE SET listed_at = max(listed_at, excluded.listed_at),
      server = CASE WHEN threads.digest IS NULL THEN excluded.server ELSE threads.server END
    """,
    # Which runs to take is settled before any is written, as writing may complete them.
    """
    CREATE TEMP TABLE taken AS
    SELECT theirs.key AS theirs, threads.key AS thread, theirs.run_id AS run_id FROM part.runs AS theirs
      JOIN part.threads AS origin ON origin.key = theirs.thread
      JOIN main.threads AS threads ON threads.thread_id = origin.thread_id
      LEFT JOIN main.runs AS ours ON ours.thread = threads.key AND ours.run_id = theirs.run_id
    WHERE coalesce(ours.is_complete, 0) = 0
    """,
    f"""
    INSERT INTO main.runs (thread, run_id, {_listed(_RUN_VALUES)})
    SELECT taken.thread, taken.run_id, {_listed(_RUN_VALUES, "theirs")}
    FROM taken JOIN part.runs AS theirs ON theirs.key = taken.theirs
    WHERE true ORDER BY theirs.key ON CONFLICT (thread, run_id) DO UPDATE SET {taken_over(_RUN_VALUES)}
    WHERE (excluded.is_complete, excluded.pulled_at) >= (runs.is_complete, runs.pulled_at) OR runs.digest IS NULL
    """,  # noqa: S608 - fixed words
    """
    UPDATE main.runs SET listed_at = max(runs.listed_at, theirs.listed_at)
    FROM taken JOIN part.runs AS theirs ON theirs.key = taken.theirs
    WHERE runs.thread = taken.thread AND runs.run_id = taken.run_id
    """,
    f"""
    INSERT INTO main.steps (run, step_id, {_listed(_STEP_VALUES)})
    SELECT ours.key, theirs.step_id, {_listed(_STEP_VALUES, "theirs")}
    FROM taken JOIN main.runs AS ours ON ours.thread = taken.thread AND ours.run_id = taken.run_id
      JOIN part.steps AS theirs ON theirs.run = taken.theirs
    WHERE true ORDER BY theirs.key ON CONFLICT (run, step_id) DO UPDATE SET {taken_over(_STEP_VALUES)}
    WHERE (excluded.has_ended, excluded.pulled_at) >= (steps.has_ended, steps.pulled_at) OR steps.digest IS NULL
    """,  # noqa: S608 - fixed words
    """
    INSERT INTO main.failures SELECT * FROM part.failures WHERE true
    ON CONFLICT (thread_id, run_id) DO UPDATE SET message = excluded.message, failed_at = excluded.failed_at,
      digest = excluded.digest
    WHERE excluded.failed_at > failures.failed_at
    """,
    FORGET_SETTLED_FAILURES,
)

_OF_MESSAGES = (
    """
    INSERT INTO main.conversations (thread, tried_at, listed_at, error, payload)
    SELECT ours.key, theirs.tried_at, theirs.listed_at, theirs.error, theirs.payload FROM part.conversations AS theirs
      JOIN part.threads AS origin ON origin.key = theirs.thread
      JOIN main.threads AS ours ON ours.thread_id = origin.thread_id
    WHERE true ORDER BY theirs.key ON CONFLICT (thread) DO UPDATE SET
      error = iif(excluded.tried_at >= tried_at OR digest IS NULL, excluded.error, error),
      payload = coalesce(iif(excluded.tried_at >= tried_at OR digest IS NULL, excluded.payload, payload), payload,
        excluded.payload),
      tried_at = max(tried_at, excluded.tried_at), listed_at = max(listed_at, excluded.listed_at)
    """,
    f"""
    INSERT INTO main.messages (thread, message_id, {_listed(_MESSAGE_VALUES)})
    SELECT ours.key, theirs.message_id, {_listed(_MESSAGE_VALUES, "theirs")} FROM part.messages AS theirs
      JOIN part.threads AS origin ON origin.key = theirs.thread
      JOIN main.threads AS ours ON ours.thread_id = origin.thread_id
    WHERE true ORDER BY theirs.key ON CONFLICT (thread, message_id) DO UPDATE SET {taken_over(_MESSAGE_VALUES)}
    WHERE excluded.pulled_at >= messages.pulled_at OR messages.digest IS NULL
    """,  # noqa: S608 - fixed words
)

_COUNTS = (
    "SELECT (SELECT count(*) FROM main.threads), (SELECT count(*) FROM main.failures),"
    " (SELECT count(*) FROM main.conversations)"
)


def merge(connection: sqlite3.Connection, path: Path, part: Path, *, with_messages: bool) -> None:
    """Take over all that another archive, which is sound, holds, or nothing of it; see `Archive.merge`.

    Args:
        connection: A connection to the archive that may write.
        path: The file of the archive, for messages.
        part: The file of the other one.
        with_messages: Whether the other one is of a version that has messages.

    Raises:
        ForeignThread: A thread came from another server here than there.
    """
    connection.execute("ATTACH DATABASE ? AS part", (f"{part.absolute().as_uri()}?mode=ro",))
    try:
        with transaction(connection):
            if conflict := connection.execute(_CONFLICT).fetchone():
                thread_id, here, there = conflict
                raise ForeignThread(
                    f"The thread {thread_id!r} came from {here} in the archive {path}, and from {there} in {part}: use "
                    "an archive for each server."
                )
            counts = connection.execute(_COUNTS).fetchone()
            for statement in (*_STATEMENTS, *(_OF_MESSAGES if with_messages else ())):
                connection.execute(statement)
            if with_messages:
                _seal_messages(connection)
            _seal(connection, *counts)
            connection.execute("DROP TABLE temp.taken")
    finally:
        connection.execute("DETACH DATABASE part")


def _seal_messages(connection: sqlite3.Connection) -> None:
    query = (
        "SELECT ours.key, theirs.listed_at >= 0 FROM part.conversations AS theirs"
        " JOIN part.threads AS origin ON origin.key = theirs.thread"
        " JOIN main.threads AS ours ON ours.thread_id = origin.thread_id"
    )
    for thread, was_listed in connection.execute(query).fetchall():
        if was_listed:
            remove_damaged_messages(connection, thread)
        seal_conversation(connection, thread)


def _seal(connection: sqlite3.Connection, threads: int, failures: int, conversations: int) -> None:
    """Write the digests of all that was taken over, and how much more of it there is now."""
    query = (
        "SELECT ours.key, theirs.listed_at >= 0 FROM temp.taken"
        " JOIN main.runs AS ours ON ours.thread = taken.thread AND ours.run_id = taken.run_id"
        " JOIN part.runs AS theirs ON theirs.key = taken.theirs"
    )
    for key, was_listed in connection.execute(query).fetchall():
        if was_listed:
            remove_damaged_steps(connection, key)
        count_steps(connection, key)
        seal_run(connection, key)
    query = "SELECT ours.key FROM part.threads AS theirs JOIN main.threads AS ours ON ours.thread_id = theirs.thread_id"
    for (key,) in connection.execute(query).fetchall():
        count = "(SELECT count(*) FROM main.runs WHERE thread = threads.key)"
        connection.execute(f"UPDATE main.threads SET runs = {count} WHERE key = ?", (key,))  # noqa: S608 - fixed words
        seal_thread(connection, key)
    threads_now, failures_now, conversations_now = connection.execute(_COUNTS).fetchone()
    more = {
        "threads": threads_now - threads,
        "failures": failures_now - failures,
        "conversations": conversations_now - conversations,
    }
    connection.execute(
        "UPDATE main.seal SET threads = threads + :threads, failures = failures + :failures,"
        " conversations = conversations + :conversations,"
        " missing = max(missing - :threads - :conversations, min(missing, 0))",
        more,
    )
