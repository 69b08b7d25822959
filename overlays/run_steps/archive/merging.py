"""Join the parts that several workers pulled into one archive."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from run_steps.archive.connection import transaction
from run_steps.archive.errors import ForeignThread
from run_steps.archive.records import RUN_COLUMNS, STEP_COLUMNS

_RUN_VALUES = (*RUN_COLUMNS, "is_complete", "pulled_at", "payload")
_STEP_VALUES = ("position", *STEP_COLUMNS, "payload")


def _listed(columns: tuple[str, ...], table: str = "") -> str:
    return ", ".join(f"{table}.{name}" if table else name for name in columns)


def _taken_over(columns: tuple[str, ...]) -> str:
    return ", ".join(f"{name} = excluded.{name}" for name in columns)


_CONFLICT = """
SELECT ours.thread_id, here.base_url, there.base_url FROM part.threads AS theirs
  JOIN main.threads AS ours ON ours.thread_id = theirs.thread_id
  JOIN main.servers AS here ON here.key = ours.server
  JOIN part.servers AS there ON there.key = theirs.server
WHERE here.base_url <> there.base_url LIMIT 1
"""

_STATEMENTS = (
    "INSERT INTO main.servers (base_url) SELECT base_url FROM part.servers WHERE true ON CONFLICT DO NOTHING",
    """
    INSERT INTO main.threads (thread_id, server)
    SELECT theirs.thread_id, here.key FROM part.threads AS theirs
      JOIN part.servers AS there ON there.key = theirs.server
      JOIN main.servers AS here ON here.base_url = there.base_url
    WHERE true ORDER BY theirs.key ON CONFLICT DO NOTHING
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
    WHERE true ORDER BY theirs.key ON CONFLICT (thread, run_id) DO UPDATE SET {_taken_over(_RUN_VALUES)}
    """,  # noqa: S608 - fixed words
    f"""
    INSERT INTO main.steps (run, step_id, {_listed(_STEP_VALUES)})
    SELECT ours.key, theirs.step_id, {_listed(_STEP_VALUES, "theirs")}
    FROM taken JOIN main.runs AS ours ON ours.thread = taken.thread AND ours.run_id = taken.run_id
      JOIN part.steps AS theirs ON theirs.run = taken.theirs
    WHERE true ORDER BY theirs.key ON CONFLICT (run, step_id) DO UPDATE SET {_taken_over(_STEP_VALUES)}
    """,  # noqa: S608 - fixed words
    """
    DELETE FROM main.failures WHERE (thread_id, run_id) IN (
      SELECT threads.thread_id, runs.run_id FROM part.runs AS runs JOIN part.threads AS threads ON threads.key = thread
      UNION ALL SELECT thread_id, '' FROM part.threads
    )
    """,
    "INSERT OR REPLACE INTO main.failures SELECT * FROM part.failures",
    "DROP TABLE temp.taken",
)


def merge(connection: sqlite3.Connection, path: Path, part: Path) -> None:
    """Take over all that another archive holds, or nothing of it; what is complete here stays as it is.

    Args:
        connection: A connection to the archive that may write.
        path: The file of the archive, for messages.
        part: The file of the other one.

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
            for statement in _STATEMENTS:
                connection.execute(statement)
    finally:
        connection.execute("DETACH DATABASE part")
