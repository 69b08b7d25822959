"""A new archive with all that can be read of one in whose file SQLite cannot find its way any more.

What is damaged or lost of it is then damage as any other, found by its digests and counts, and pulled again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from itertools import count
from os import PathLike
from pathlib import Path
from types import NoneType

from attrs import frozen

from run_steps.archive.connection import connect, connect_to_read, transaction
from run_steps.archive.errors import ArchiveError, DamagedArchive, readable_errors
from run_steps.archive.health import inspect
from run_steps.archive.leftovers import check_files
from run_steps.archive.lock import OnWait, locked
from run_steps.archive.merging import FORGET_SETTLED_FAILURES
from run_steps.archive.pages import Value, mapped, rows
from run_steps.archive.records import taken_over
from run_steps.archive.schema import NO_TIME, check, prepare

_ALL_OF_IT = ("-wal", "-journal", "")
"""What the names of the files of an archive end with; itself last, so that where it is there all is there."""

_LATEST = {
    "threads": ("listed_at", "runs"),
    "runs": ("is_complete", "listed_at", "pulled_at", "steps"),
    "steps": ("has_ended", "pulled_at"),
    "conversations": ("tried_at", "listed_at"),
    "messages": ("pulled_at",),
    "failures": ("failed_at",),
}
"""By table: what is larger in the later one of two versions of a row."""

_PYTHON_TYPES = {"INTEGER": (int,), "REAL": (int, float), "TEXT": (str,), "BLOB": (bytes,)}


def salvage(path: str | PathLike[str], *, on_wait: OnWait | None = None) -> Path | None:
    """Make an archive anew of what can be read of a damaged one, which is kept beside it under another name.

    An archive that SQLite can read to its end is left as it is: the next pull mends that. What could not be read is
    told by `Archive.damage` as far as anything is known of it, and pulled again by the next pull.

    Args:
        path: The archive.
        on_wait: Called with a sentence about who writes to the archive already, which is then waited for; that is an
            error when left out.

    Returns:
        Where the damaged file is now; None when there was nothing to do.

    Raises:
        ArchiveError: There is no such file, nothing of an archive is in it, or the new one cannot be written.
    """
    path = Path(path)
    if not path.exists():
        raise ArchiveError(f"There is no archive {path}: `run-steps pull` makes one.")
    with locked(path, on_wait):
        if _is_readable(path):
            return None
        new, aside = _beside(path, ".salvaged"), _name_aside(path)
        try:
            # Whoever stopped this before had set the file aside, and maybe taken its log away from here.
            with readable_errors(new):
                found = _fill(new, aside if aside.exists() else path)
            if not found:
                raise ArchiveError(f"Nothing of an archive can be read in {path}, which was left as it is.")
            with new.open("rb+") as file:
                os.fsync(file.fileno())
            if not aside.exists():
                for suffix in _ALL_OF_IT:
                    _link(_beside(path, suffix), _beside(aside, suffix))
            for suffix in ("-wal", "-shm", "-journal"):  # which SQLite would take for those of the new one
                _beside(path, suffix).unlink(missing_ok=True)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    return aside


def _is_readable(path: Path) -> bool:
    try:
        check_files(path)
        with readable_errors(path), closing(connect_to_read(path)) as connection:
            version = check(connection, path)
            return all(finding.table != "file" for finding in inspect(connection, path, version))
    except DamagedArchive:
        return False


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(f"{path.name}{suffix}")


def _name_aside(path: Path) -> Path:
    """Return the first name for a damaged file that is free, or that it has already beside its own."""
    names = (_beside(path, ".damaged" if number == 1 else f".damaged-{number}") for number in count(1))
    return next(aside for aside in names if _is_same(aside, path) or not _is_taken(aside, path))


def _is_taken(aside: Path, path: Path) -> bool:
    """Return whether a name, or what it would have beside it, is that of something else."""
    pairs = [(_beside(aside, suffix), _beside(path, suffix)) for suffix in _ALL_OF_IT]
    return any(one.exists() and not _is_same(one, other) for one, other in pairs)


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _link(path: Path, other: Path) -> None:
    """Give a file, if it is there, another name beside the one it has, unless it has that."""
    if path.exists() and not other.exists():
        try:
            os.link(path, other)
        except OSError:  # not every file system can
            shutil.copy2(path, other)


@frozen
class _Table:
    """A table of an archive, and what its rows look like in a file.

    Attributes:
        name: Its name.
        columns: Names of its columns.
        types: What may be in each of them.
        required: How many columns a row has at least, as older versions had fewer.
    """

    name: str
    columns: Sequence[str]
    types: Sequence[tuple[type, ...]]
    required: int

    def holds(self, values: Sequence[Value]) -> bool:
        """Return whether values may be a row of it."""
        if not self.required <= len(values) <= len(self.columns):
            return False
        return all(isinstance(value, types) for value, types in zip(values, self.types, strict=False))


def _tables(connection: sqlite3.Connection) -> Iterator[_Table]:
    for name in ("steps", "messages", "runs", "threads", "conversations", "failures", "servers", "seal"):
        columns = list[str]()
        types = list[tuple[type, ...]]()
        required = 0
        for _, column, kind, is_required, default, is_key in connection.execute(f"PRAGMA table_info({name})"):
            columns.append(column)
            if is_key and kind == "INTEGER":
                types.append((NoneType,))  # as it is kept elsewhere
            else:
                types.append(_PYTHON_TYPES[kind] if is_required else (*_PYTHON_TYPES[kind], NoneType))
            if is_required and default is None:
                required = len(columns)
        yield _Table(name, columns, types, required)


def _fill(path: Path, damaged: Path) -> bool:
    """Make an archive of what can be read of another one; return whether that is anything."""
    path.unlink(missing_ok=True)
    with closing(connect(path, "mode=rwc")) as connection:
        connection.execute("PRAGMA journal_mode = OFF")  # what is not done to its end is done anew
        connection.execute("PRAGMA synchronous = OFF")
        prepare(connection, path)
        tables = list(_tables(connection))
        with transaction(connection):
            connection.execute("DELETE FROM seal")
            with mapped(damaged) as content, mapped(_beside(damaged, "-wal")) as log:
                for key, values in rows(content, log):
                    for table in tables:
                        if table.holds(values):
                            _put(connection, table, key, values)
                            break
            for statement in _TO_THE_END:
                connection.execute(statement)
            held = "SELECT (SELECT count(*) FROM threads) + (SELECT count(*) FROM failures)"
            return bool(connection.execute(held).fetchone()[0])


def _put(connection: sqlite3.Connection, table: _Table, key: int, values: Sequence[Value]) -> None:
    """Note a row; of two with the same key or id, the later one."""
    columns = table.columns[: len(values)]
    if columns[0] == "key":
        values = [key, *values[1:]]
    statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - fixed words
    if latest := _LATEST.get(table.name):
        theirs, ours = (", ".join(f"{source}.{name}" for name in latest) for source in ("excluded", table.name))
        taken = taken_over(name for name in columns if name != "key")
        statement += f" ON CONFLICT DO UPDATE SET {taken} WHERE ({theirs}) > ({ours})"
    with suppress(sqlite3.IntegrityError, OverflowError, UnicodeEncodeError):  # what SQLite would not hold
        connection.execute(statement, values)


_THREAD_ID, _RUN_ID, _OWN_ID = (
    f"json_extract(iif(json_valid(payload), payload, NULL), '$.{name}')" for name in ("thread_id", "run_id", "id")
)
_ANY_SERVER = "coalesce((SELECT min(key) FROM servers), 1)"

_TO_THE_END = (
    # Threads and runs that are lost, where what belongs to them names them; without a digest, as nothing proves them.
    *(
        f"INSERT OR IGNORE INTO threads (key, thread_id, server) SELECT thread, {thread_id}, {_ANY_SERVER} FROM {table}"  # noqa: S608 - fixed words
        " WHERE thread NOT IN (SELECT key FROM threads)"
        for table, thread_id in (("runs", _THREAD_ID), ("messages", _THREAD_ID), ("conversations", _OWN_ID))
    ),
    *(
        f"DELETE FROM {table} WHERE thread NOT IN (SELECT key FROM threads)"  # noqa: S608 - fixed words
        for table in ("runs", "messages", "conversations")
    ),
    "INSERT OR IGNORE INTO conversations (thread) SELECT thread FROM messages",
    f"""
    CREATE TEMP TABLE orphans AS
    SELECT run, {_RUN_ID} AS run_id, {_THREAD_ID} AS thread_id, count(*) AS steps FROM steps
    WHERE run NOT IN (SELECT key FROM runs) GROUP BY 1, 2, 3
    """,  # noqa: S608 - fixed words
    f"INSERT OR IGNORE INTO threads (thread_id, server) SELECT thread_id, {_ANY_SERVER} FROM temp.orphans",  # noqa: S608 - fixed words
    f"""
    INSERT OR IGNORE INTO runs (key, thread, run_id, has_ended, pulled_at, payload, steps)
    SELECT run, threads.key, run_id, 1, {NO_TIME},
      json_object('id', run_id, 'object', 'thread.run', 'thread_id', thread_id), steps
    FROM temp.orphans JOIN threads USING (thread_id)
    """,  # noqa: S608 - fixed words
    "DELETE FROM steps WHERE run NOT IN (SELECT key FROM runs)",
    "INSERT OR IGNORE INTO servers (key, base_url) SELECT server, 'unknown-' || server FROM threads",
    "DELETE FROM failures WHERE digest IS NULL",  # which may be anything with two texts
    FORGET_SETTLED_FAILURES,
    # Where the counts are lost nobody can tell how much is missing.
    "DELETE FROM seal WHERE rowid <> (SELECT rowid FROM seal ORDER BY writes DESC LIMIT 1)",
    "INSERT INTO seal (archive_id) SELECT '' WHERE NOT EXISTS (SELECT 1 FROM seal)",
    """
    UPDATE seal SET archive_id = hex(randomblob(8)), missing = iif(threads IS NULL, -1, missing),
      threads = coalesce(threads, held), failures = coalesce(failures, noted),
      conversations = iif(threads IS NULL, listed, conversations)
    FROM (SELECT (SELECT count(*) FROM threads) AS held, (SELECT count(*) FROM failures) AS noted,
      (SELECT count(*) FROM conversations) AS listed)
    """,
)
