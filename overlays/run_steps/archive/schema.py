"""The tables of an archive, and how older files get them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

from run_steps.archive.connection import transaction
from run_steps.archive.errors import ArchiveError, DamagedArchive, way_out

APPLICATION_ID = 0x52535450
"""Marks a SQLite file as an archive (`RSTP`): https://www.sqlite.org/pragma.html#pragma_application_id."""

FILE_HEADER = b"SQLite format 3\x00"
"""How every SQLite file begins: https://www.sqlite.org/fileformat.html#magic_header_string."""

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

_DIGESTS = """
-- runs of a thread, and steps of a run, are how many there are
ALTER TABLE threads ADD COLUMN runs INTEGER;
ALTER TABLE threads ADD COLUMN digest BLOB;
ALTER TABLE runs ADD COLUMN steps INTEGER;
ALTER TABLE runs ADD COLUMN digest BLOB;
ALTER TABLE steps ADD COLUMN digest BLOB;
ALTER TABLE failures ADD COLUMN digest BLOB;
CREATE TABLE seal (
  archive_id TEXT NOT NULL,                    -- tells this archive from others
  threads INTEGER,                             -- how many there are; null until everything has a digest
  failures INTEGER,                            -- how many there are
  missing INTEGER NOT NULL DEFAULT 0,          -- threads and failures that went away and did not come again
  writes INTEGER NOT NULL DEFAULT 0            -- counted so that every log of this archive has this row
) STRICT;
INSERT INTO seal (archive_id, threads, failures) SELECT hex(randomblob(8)), counted, counted FROM (SELECT
  CASE WHEN EXISTS (SELECT 1 FROM threads) OR EXISTS (SELECT 1 FROM failures) THEN NULL ELSE 0 END AS counted);
"""

_MESSAGES = f"""
-- conversations are how many there are
ALTER TABLE seal ADD COLUMN conversations INTEGER NOT NULL DEFAULT 0;

CREATE TABLE conversations (
  key INTEGER PRIMARY KEY,
  thread INTEGER NOT NULL UNIQUE REFERENCES threads,
  tried_at REAL NOT NULL DEFAULT {NO_TIME},    -- when the last attempt to list all its messages began, Unix seconds
  listed_at REAL NOT NULL DEFAULT {NO_TIME},   -- when the last one that succeeded began, Unix seconds
  error TEXT,                                  -- why the last attempt failed
  messages INTEGER NOT NULL DEFAULT 0,         -- how many there are
  payload TEXT,                                -- the thread itself, JSON as received
  digest BLOB
) STRICT;

CREATE TABLE messages (
  key INTEGER PRIMARY KEY,
  thread INTEGER NOT NULL REFERENCES threads,
  message_id TEXT NOT NULL,
  position INTEGER NOT NULL,                   -- among those of the thread, oldest first, as the server lists them
  run_id TEXT,                                 -- of the run that wrote it
  assistant_id TEXT,
  role TEXT,
  status TEXT,
  created_at REAL NOT NULL DEFAULT {NO_TIME},  -- Unix seconds
  pulled_at REAL NOT NULL,                     -- when it was received, Unix seconds
  payload TEXT NOT NULL,                       -- JSON as received
  digest BLOB,
  UNIQUE (thread, message_id)
) STRICT;
CREATE INDEX messages_in_order ON messages (thread, position);
CREATE INDEX messages_by_time ON messages (created_at);
"""

MIGRATIONS: Sequence[str] = (_FIRST, _DIGESTS, _MESSAGES)
"""What makes a file of version n one of version n + 1, from the empty file on; a step is never changed afterwards."""


COUNT_WRITE = "UPDATE seal SET writes = writes + 1"
"""Part of every transaction, so that what one leaves beside an archive when it is killed has the id of that."""

WITH_MESSAGES = 3
"""The first version that has messages."""


def check_file(path: Path) -> None:
    """Check that a file is a SQLite database, or empty: SQLite itself takes a single byte for nothing.

    Raises:
        ArchiveError: It is something else.
    """
    if path.is_dir():
        raise ArchiveError(f"The archive {path} cannot be opened: it is a folder.")
    if not path.is_file():
        raise ArchiveError(f"The archive {path} cannot be opened: it is a pipe or a device.")
    try:
        with path.open("rb") as file:
            beginning = file.read(len(FILE_HEADER))
    except OSError as error:
        raise ArchiveError(f"The archive {path} cannot be read: {error.strerror}.") from error
    if beginning not in (b"", FILE_HEADER):
        raise DamagedArchive(
            f"{path}: it is not an archive, nor any other SQLite database; it was not changed. If it was one, "
            f"{way_out(path)}"
        )


def prepare(connection: sqlite3.Connection, path: Path, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Bring the file of a connection to the newest version; an empty one becomes an archive.

    Args:
        connection: A connection in autocommit mode that may write.
        path: The file, for messages.
        migrations: What makes each version of the one before.

    Raises:
        ArchiveError: The file is something else, damaged, or of a newer version.
    """
    with transaction(connection):  # one at a time: two processes may create the same archive at once
        version = _version(connection, path, newest=len(migrations))
        _check_tables(connection, path, migrations[:version])
        if stranger := next((name for name in strangers(connection, migrations) if name.startswith("trigger")), None):
            raise ArchiveError(
                f"The archive {path} has the {stranger}, which is not of run-steps and would change what is written: "
                f"remove it with DROP {stranger}."
            )
        _carry_out(connection, migrations[version:])
        lost = _lost_indexes(connection, migrations)
        for name, sql in lost.items():
            connection.execute(f"DROP INDEX IF EXISTS {name}")
            connection.execute(sql)
        if (lost or version < len(migrations)) and len(migrations) > 1:
            connection.execute(COUNT_WRITE)
        if version < len(migrations):
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(migrations)}")


def check(connection: sqlite3.Connection, path: Path, migrations: Sequence[str] = MIGRATIONS) -> int:
    """Check that a file can be read as it is; return its version.

    Raises:
        ArchiveError: It is no archive, damaged, or of a newer version.
    """
    version = _version(connection, path, newest=len(migrations))
    if version == 0:
        raise ArchiveError(f"{path} is empty, and no archive yet: `run-steps pull` fills one.")
    _check_tables(connection, path, migrations[:version])
    return version


def strangers(connection: sqlite3.Connection, migrations: Sequence[str] = MIGRATIONS) -> Iterator[str]:
    """Yield the views, triggers and whatever else is in a file and not of run-steps, as `DROP` names them."""
    ours = _described(tuple(migrations))
    yield from (f"{kind} {name}" for name, (kind, _) in _objects(connection).items() if name not in ours)


def lost_indexes(connection: sqlite3.Connection, version: int) -> Iterator[str]:
    """Yield the names of indexes that a file lacks or has otherwise, which costs time and no data."""
    yield from _lost_indexes(connection, MIGRATIONS[:version])


def _lost_indexes(connection: sqlite3.Connection, migrations: Sequence[str]) -> dict[str, str]:
    found = _objects(connection)
    described = _described(tuple(migrations)).items()
    return {name: sql for name, (kind, sql) in described if kind == "index" and found.get(name) != (kind, sql)}


def _check_tables(connection: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> None:
    found = _objects(connection)
    for name, (kind, sql) in _described(tuple(migrations)).items():
        if kind == "table" and found.get(name) != (kind, sql):
            how = "is not as run-steps made it" if name in found else "is missing"
            raise DamagedArchive(f"The archive {path} is damaged, its table {name} {how}: {way_out(path)}")


@cache
def _described(migrations: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Return what migrations make, by name: table or index, and its SQL."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _carry_out(connection, migrations)
        return _objects(connection)


def _objects(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    query = "SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"
    return {name: (kind, sql) for name, kind, sql in connection.execute(query)}


def _carry_out(connection: sqlite3.Connection, migrations: Sequence[str]) -> None:
    for migration in migrations:
        for statement in migration.split(";\n"):
            connection.execute(statement)


def _version(connection: sqlite3.Connection, path: Path, *, newest: int) -> int:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (objects,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application_id != APPLICATION_ID and (application_id or version or objects):
        raise DamagedArchive(f"{path} is a SQLite database, but not an archive of run steps; it was not changed.")
    if version > newest:
        raise ArchiveError(
            f"The archive {path} has version {version}, and this run-steps reads up to {newest}: update run-steps."
        )
    if version < (1 if application_id else 0):
        raise DamagedArchive(f"The archive {path} is damaged, no version {version} ever was: {way_out(path)}")
    return int(version)
