"""The tables of an archive, and how older files get them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from run_steps._files import SQLITE_HEADER
from run_steps.archive.connection import transaction
from run_steps.archive.errors import ArchiveError

APPLICATION_ID = 0x52535450
"""Marks a SQLite file as an archive (`RSTP`): https://www.sqlite.org/pragma.html#pragma_application_id."""

NO_TIME = -1.0
"""Stands for a time that is not known, so that every step has a place in the order by time."""

_FIRST = f"""
CREATE TABLE servers (
  key INTEGER PRIMARY KEY,
  base_url TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE threads (
  key INTEGER PRIMARY KEY,
  thread_id TEXT NOT NULL UNIQUE,
  server INTEGER NOT NULL REFERENCES servers,
  listed_at REAL NOT NULL DEFAULT {NO_TIME}    -- when all its runs were last listed, Unix seconds
) STRICT;

CREATE TABLE runs (
  key INTEGER PRIMARY KEY,
  thread INTEGER NOT NULL REFERENCES threads,
  run_id TEXT NOT NULL,
  assistant_id TEXT,
  status TEXT,
  created_at REAL NOT NULL DEFAULT {NO_TIME},  -- Unix seconds
  ended_at REAL,                               -- Unix seconds
  has_ended INTEGER NOT NULL,                  -- whether it had when it was received
  is_complete INTEGER NOT NULL DEFAULT 0,      -- whether nothing about it or its steps will change any more
  pulled_at REAL NOT NULL,                     -- when it was received, Unix seconds
  listed_at REAL NOT NULL DEFAULT {NO_TIME},   -- when all its steps were last listed, Unix seconds
  payload TEXT NOT NULL,                       -- JSON as received
  UNIQUE (thread, run_id)
) STRICT;
CREATE INDEX runs_in_order ON runs (thread, created_at);

CREATE TABLE steps (
  key INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  step_id TEXT NOT NULL,
  position INTEGER NOT NULL,                   -- among the steps of the run, oldest first, as the server lists them
  assistant_id TEXT,
  type TEXT,
  status TEXT,
  created_at REAL NOT NULL DEFAULT {NO_TIME},  -- Unix seconds
  ended_at REAL,                               -- Unix seconds
  has_ended INTEGER NOT NULL,
  tools TEXT NOT NULL,                         -- kinds of the tools it called, with commas between
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  total_tokens INTEGER,
  error_code TEXT,
  error_message TEXT,
  pulled_at REAL NOT NULL,                     -- when it was received, Unix seconds
  payload TEXT NOT NULL,                       -- JSON as received
  UNIQUE (run, step_id)
) STRICT;
CREATE INDEX steps_in_order ON steps (run, position);
CREATE INDEX steps_by_time ON steps (created_at);

CREATE TABLE failures (
  thread_id TEXT NOT NULL,
  run_id TEXT NOT NULL,                        -- empty when the runs of the thread could not be listed
  message TEXT NOT NULL,
  failed_at REAL NOT NULL,                     -- Unix seconds
  PRIMARY KEY (thread_id, run_id)
) STRICT;
"""

MIGRATIONS: Sequence[str] = (_FIRST,)
"""What makes a file of version n one of version n + 1, from the empty file on; a step is never changed afterwards."""


def check_file(path: Path) -> None:
    """Check that a file is a SQLite database, or empty: SQLite itself takes a single byte for nothing.

    Raises:
        ArchiveError: It is something else.
    """
    if path.is_dir():
        raise ArchiveError(f"The archive {path} cannot be opened: it is a folder.")
    try:
        with path.open("rb") as file:
            beginning = file.read(len(SQLITE_HEADER))
    except OSError as error:
        raise ArchiveError(f"The archive {path} cannot be read: {error.strerror}.") from error
    if beginning not in (b"", SQLITE_HEADER):
        raise ArchiveError(f"{path}: it is not an archive, nor any other SQLite database; it was not changed.")


def prepare(connection: sqlite3.Connection, path: Path, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Bring the file of a connection to the newest version; an empty one becomes an archive.

    Args:
        connection: A connection in autocommit mode that may write.
        path: The file, for messages.
        migrations: What makes each version of the one before.

    Raises:
        ArchiveError: The file is something else, or of a newer version.
    """
    with transaction(connection):  # one at a time: two processes may create the same archive at once
        version = _version(connection, path, newest=len(migrations))
        for number in range(version, len(migrations)):
            for statement in migrations[number].split(";\n"):
                connection.execute(statement)
        if version < len(migrations):
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(migrations)}")


def check(connection: sqlite3.Connection, path: Path, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Check that a file can be read as it is.

    Raises:
        ArchiveError: It is no archive, or of another version.
    """
    version = _version(connection, path, newest=len(migrations))
    if version == 0:
        raise ArchiveError(f"{path} is empty, and no archive yet: `run-steps pull` fills one.")
    if version < len(migrations):
        raise ArchiveError(
            f"The archive {path} has the older version {version}: open it for writing once, with `run-steps pull` or "
            "`Archive.create`, to bring it up to date."
        )


def _version(connection: sqlite3.Connection, path: Path, *, newest: int) -> int:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (objects,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application_id != APPLICATION_ID and (application_id or version or objects):
        raise ArchiveError(f"{path} is a SQLite database, but not an archive of run steps; it was not changed.")
    if version > newest:
        raise ArchiveError(
            f"The archive {path} has version {version}, and this run-steps reads up to {newest}: update run-steps."
        )
    return int(version)
