"""Whether what an archive holds is what was stored, and what becomes of that which is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from run_steps.archive.connection import any_text, transaction
from run_steps.archive.contents import Damage
from run_steps.archive.digests import (
    CONVERSATION,
    FAILURE,
    MESSAGE,
    RUN,
    STEP,
    THREAD,
    count_steps,
    digest_of,
    seal_run,
    seal_thread,
)
from run_steps.archive.errors import DamagedArchive, way_out
from run_steps.archive.records import storable
from run_steps.archive.schema import COUNT_WRITE, WITH_MESSAGES, lost_indexes, strangers
from run_steps_api.parsing import parse_json

Table = Literal["file", "seal", "threads", "runs", "steps", "failures", "conversations", "messages"]


@frozen
class Finding:
    """Some damage, and where it is.

    Attributes:
        damage: What to tell of it.
        table: The table it is in.
        key: Key of the row; 0 for none.
        run: Key of the run that a step belongs to, or the key of the run itself; of messages, the key of the thread.
        stored: A column, and what was in it when the row was stored, where that is all that changed.
    """

    damage: Damage
    table: Table
    key: int = 0
    run: int = 0
    stored: tuple[str, str] | None = None


def is_sealed(connection: sqlite3.Connection, version: int) -> bool:
    """Return whether everything has digests; what an older archive holds has none until it is sealed."""
    return version > 1 and connection.execute("SELECT threads FROM seal").fetchone() != (None,)


def inspect(connection: sqlite3.Connection, path: Path, version: int) -> Iterator[Finding]:
    """Read everything, and yield what is damaged.

    Args:
        connection: A connection that nothing else uses meanwhile.
        path: The file.
        version: Its version.
    """
    try:
        with any_text(connection):
            yield from _in_file(connection, path, version)
            if sealed := is_sealed(connection, version):
                yield from _in_lists(connection, version)
            yield from _in_runs(connection, version, sealed=sealed)
            if version >= WITH_MESSAGES:
                yield from _in_messages(connection)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        name = getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")
        if not name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise
        yield _in(None, None, f"the file cannot be read to its end: {way_out(path)}", "file")


def _in(
    thread_id: Any,
    run_id: Any,
    message: str,
    table: Table,
    key: int = 0,
    run: int = 0,
    stored: tuple[str, str] | None = None,
) -> Finding:
    return Finding(Damage(_encodable(thread_id), _encodable(run_id), message), table, key, run, stored)


def _encodable(text: Any) -> str | None:
    return None if text is None else str(text).encode(errors="backslashreplace").decode()


def _lacking(count: int, known: Any, noun: str) -> str:
    """Return in words how many there are of what is known, which may be damaged to something that is no number."""
    return f"{count:,} of its {known if isinstance(known, int) else 0:,} {noun} are there"


def _in_file(connection: sqlite3.Connection, path: Path, version: int) -> Iterator[Finding]:
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    there, whole = path.stat().st_size, pages * size
    if there < whole and not path.with_name(f"{path.name}-wal").exists():
        yield _in(
            None, None, f"the file was cut short, {there:,} of {whole:,} bytes are there: {way_out(path)}", "file"
        )
    (complaint,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if complaint != "ok":
        told = " ".join(str(complaint).split())
        yield _in(None, None, f"SQLite finds the file damaged ({told}): {way_out(path)}", "file")
    for name in lost_indexes(connection, version):
        yield _in(None, None, f"the index {name} is lost; the next pull makes it again", "seal")
    for stranger in strangers(connection):
        yield _in(None, None, f"the {stranger} is not of run-steps: remove it with DROP {stranger}", "seal")


def _in_lists(connection: sqlite3.Connection, version: int) -> Iterator[Finding]:
    """Yield what is wrong with threads and failures, and with the counts of what is in them."""
    query = (
        f"SELECT {THREAD}, threads.digest, threads.key, (SELECT count(*) FROM runs WHERE thread = threads.key),"  # noqa: S608 - fixed words
        " (SELECT payload FROM runs WHERE thread = threads.key LIMIT 1)"
        " FROM threads LEFT JOIN servers ON servers.key = server ORDER BY threads.key"
    )
    threads = failures = 0
    for *values, digest, key, runs, payload in connection.execute(query):
        threads += 1
        if digest != digest_of(values):
            _, stored = _stored(values, digest, 1, "thread_id", payload, "thread_id")
            yield _in(values[1], None, f"the thread {_changed(digest)}", "threads", key, 0, stored)
        elif runs != values[-1]:
            yield _in(values[1], None, _lacking(runs, values[-1], "runs"), "threads", key)
    for *values, digest, key in connection.execute(f"SELECT {FAILURE}, digest, rowid FROM failures"):  # noqa: S608 - fixed words
        failures += 1
        if digest != digest_of(values):
            yield _in(values[0], values[1] or None, "what was noted about its failure was changed", "failures", key)
    conversations = "conversations - (SELECT count(*) FROM conversations)" if version >= WITH_MESSAGES else "0"
    query = f"SELECT threads - ?, failures - ?, {conversations}, missing FROM seal"  # noqa: S608 - fixed words
    counts = connection.execute(query, (threads, failures)).fetchone()
    if counts != (0, 0, 0, 0):
        lost = sum(max(0, count) for count in counts or () if isinstance(count, int)) or "some"
        what = f"{lost} threads or notes about them are gone; pull all threads again, or accept it with --seal"
        if counts is None or (isinstance(counts[-1], int) and counts[-1] < 0):
            what = "nobody knows how many threads there were; pull all again, and accept it with --seal"
        yield _in(None, None, what, "seal")


def _in_runs(connection: sqlite3.Connection, version: int, *, sealed: bool) -> Iterator[Finding]:
    of_run, of_step = (f"{RUN}, runs.digest", f"{STEP}, digest") if version > 1 else (_RUN_OF_OLD, f"{STEP}, NULL")
    query = f"SELECT {of_run}, runs.key FROM runs LEFT JOIN threads ON threads.key = thread ORDER BY runs.key"  # noqa: S608 - fixed words
    for *values, digest, key in connection.execute(query):
        thread_id, run_id, steps = values[0], values[1], values[-2]
        if thread_id is None:
            yield _in(None, run_id, "the run belongs to no thread", "runs", key, key)
        what, stored = _fault("run", values, 1, digest, sealed=sealed)
        if what:
            yield _in(thread_id, run_id, what, "runs", key, key, stored)
        count = 0
        query = f"SELECT {of_step}, key FROM steps WHERE run = ? ORDER BY position, key"  # noqa: S608 - fixed words
        for *of_step_values, step_digest, step_key in connection.execute(query, (key,)):
            count += 1
            what, stored = _fault("step", [thread_id, run_id, *of_step_values], 2, step_digest, sealed=sealed)
            if what:
                yield _in(thread_id, run_id, what, "steps", step_key, key, stored)
        if sealed and count != steps:
            yield _in(thread_id, run_id, _lacking(count, steps, "steps"), "runs", key, key)
    for (key,) in connection.execute("SELECT key FROM steps WHERE run NOT IN (SELECT key FROM runs)"):
        yield _in(None, None, "a step belongs to no run", "steps", key)


def _in_messages(connection: sqlite3.Connection) -> Iterator[Finding]:
    query = (
        f"SELECT {CONVERSATION}, digest, conversations.key, conversations.thread FROM conversations"  # noqa: S608 - fixed words
        " LEFT JOIN (SELECT key AS its_key, thread_id FROM threads) ON its_key = thread ORDER BY conversations.key"
    )
    of_message = f"SELECT {MESSAGE}, digest, key FROM messages WHERE thread = ? ORDER BY position, key"  # noqa: S608 - fixed words
    for *values, digest, key, thread in connection.execute(query):
        thread_id, known = values[0], values[-2]
        if digest != digest_of(values):
            what = f"what is noted about its messages {_changed(digest)}"
            yield _in(thread_id, None, what, "conversations", key, thread)
        count = 0
        for *of_values, message_digest, message_key in connection.execute(of_message, (thread,)):
            count += 1
            what, _ = _fault("message", [thread_id, *of_values], 1, message_digest, sealed=True)
            if what:
                yield _in(thread_id, None, what, "messages", message_key, thread)
        if count != known:
            yield _in(thread_id, None, _lacking(count, known, "messages"), "conversations", key, thread)
    orphans = "SELECT key FROM messages WHERE thread NOT IN (SELECT thread FROM conversations)"
    for (key,) in connection.execute(orphans):
        yield _in(None, None, "a message belongs to no thread", "messages", key)


_RUN_OF_OLD = f"{RUN.replace('steps', 'NULL')}, NULL"
"""What stands for the same in an archive of the first version, which counts no steps and has no digests."""


def _fault(
    noun: str, values: Sequence[Any], place: int, digest: bytes | None, *, sealed: bool
) -> tuple[str, tuple[str, str] | None]:
    """Return what is wrong with a row, empty for nothing; and the id it was stored with, where only that changed.

    Args:
        noun: What it is.
        values: What its digest is of.
        place: Where among them its id is.
        digest: The digest.
        sealed: Whether it must have one.
    """
    if digest == digest_of(values):
        return "", None
    payload = values[-1]
    own_id = _id_in(payload, "id")
    form = (
        "has a payload that is not JSON, or has no id"
        if own_id is None
        else "has the payload of another one"
        if own_id != values[place]
        else ""
    )
    if digest is None and not (sealed or form):
        return "", None
    name = f"the {noun}" if noun == "run" else f"the {noun} {one_id(values[place])}"
    what, stored = _stored(values, digest, place, f"{noun}_id", payload, "id")
    if noun == "run" and not stored:
        what, stored = _stored(values, digest, 0, "thread_id", payload, "thread_id")
    return f"{name} {what or form or _changed(digest)}", stored


def _changed(digest: bytes | None) -> str:
    """Return what became of a row whose digest is not that of its columns; it has none where it was lost, too."""
    return "was changed" if digest else "was lost or changed"


def _stored(
    values: Sequence[Any], digest: bytes | None, place: int, column: str, payload: Any, name: str
) -> tuple[str, tuple[str, str] | None]:
    """Return that an id is not what it was, and what it was, when what a payload says fits the digest."""
    own_id = _id_in(payload, name)
    if own_id is None or digest != digest_of([*values[:place], own_id, *values[place + 1 :]]):
        return "", None
    return f"has another {column.replace('_', ' ')} than it was stored with", (column, own_id)


def one_id(value: Any) -> str:
    """Return an id to be told, and of a very long one its beginning."""
    text = str(value)
    return text if len(text) <= 100 else f"{text[:100]}..."


def _id_in(payload: Any, name: str) -> str | None:
    try:
        return storable(parse_json(payload.encode())[name])
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return None


def _unreadable(path: Path, finding: Finding) -> DamagedArchive:
    return DamagedArchive(f"The archive {path} is damaged: {finding.damage.message}")


def reopen(connection: sqlite3.Connection, path: Path, findings: Iterable[Finding]) -> list[tuple[str, str | None]]:
    """Note of all that is damaged that it is to be pulled again; what belongs to nothing any more goes.

    Args:
        connection: A connection to the archive that may write.
        path: The file, for messages.
        findings: What `inspect` found.

    Returns:
        Ids of the threads and runs to pull; no run for all those of a thread.

    Raises:
        DamagedArchive: The file itself is damaged.
    """
    threads: dict[int, None] = {}
    runs: dict[int, None] = {}
    failures: dict[int, tuple[str, str | None]] = {}
    wanted: list[tuple[str, str | None]] = []
    is_miscounted = False
    with transaction(connection):
        for finding in findings:
            if finding.table == "file":
                raise _unreadable(path, finding)
            if finding.stored is not None:
                _restore(connection, finding.table, finding.key, *finding.stored)
            if finding.table == "seal":
                is_miscounted = True
            elif finding.table == "failures":
                connection.execute("UPDATE failures SET digest = NULL WHERE rowid = ?", (finding.key,))
                failures[finding.key] = (str(finding.damage.thread_id), finding.damage.run_id)
            elif finding.table in ("conversations", "messages"):
                if finding.table == "messages":
                    connection.execute("UPDATE messages SET digest = NULL WHERE key = ?", (finding.key,))
                reset = "UPDATE conversations SET digest = NULL, tried_at = -1, listed_at = -1 WHERE thread = ?"
                connection.execute(reset, (finding.run,))
                threads[finding.run] = None
            elif finding.table == "threads":
                connection.execute("UPDATE threads SET digest = NULL, listed_at = -1 WHERE key = ?", (finding.key,))
                threads[finding.key] = None
            else:
                if finding.table == "steps":
                    connection.execute("UPDATE steps SET digest = NULL WHERE key = ?", (finding.key,))
                reset = "is_complete = 0, listed_at = -1, digest = NULL"
                connection.execute(f"UPDATE runs SET {reset} WHERE key = ?", (finding.run,))  # noqa: S608 - fixed words
                runs[finding.run] = None
        _remove_added(connection, "threads", threads, _OF_THREADS_HOLDING_NOTHING)
        for key in _remove_added(connection, "failures", failures):
            del failures[key]
        connection.execute("DELETE FROM runs WHERE thread NOT IN (SELECT key FROM threads)")
        connection.execute("DELETE FROM steps WHERE run NOT IN (SELECT key FROM runs)")
        lost = connection.execute("DELETE FROM conversations WHERE thread NOT IN (SELECT key FROM threads)").rowcount
        connection.execute("DELETE FROM messages WHERE thread NOT IN (SELECT thread FROM conversations)")
        if is_miscounted or lost:
            for statement in _RECOUNT:
                connection.execute(statement)
        connection.execute(COUNT_WRITE)
    wanted += failures.values()
    for key in threads:
        wanted += connection.execute("SELECT thread_id, NULL FROM threads WHERE key = ?", (key,))
    query = "SELECT thread_id, run_id FROM runs JOIN threads ON threads.key = thread WHERE runs.key = ?"
    for key in runs:
        wanted += connection.execute(query, (key,))
    return wanted


_OF_THREADS_HOLDING_NOTHING = """
AND key NOT IN (SELECT thread FROM runs UNION SELECT thread FROM conversations WHERE digest IS NOT NULL
  UNION SELECT thread FROM messages WHERE digest IS NOT NULL)
"""


def _remove_added(
    connection: sqlite3.Connection, table: Literal["threads", "failures"], keys: Iterable[int], which: str = ""
) -> list[int]:
    """Remove rows that were never stored, where there are too many: of those that are not as stored, the last ones.

    One that was stored and changed since is not too many, and stays to be told.

    Args:
        connection: A connection to the archive that may write.
        table: The table.
        keys: Keys of its rows that are not as stored.
        which: Which of these may go, as SQL.

    Returns:
        The keys of what was removed.
    """
    removed: list[int] = []
    query = f"SELECT (SELECT count(*) FROM {table}) - {table} FROM seal"  # noqa: S608 - fixed words
    (too_many,) = connection.execute(query).fetchone() or (None,)
    for key in sorted(keys, reverse=True):
        if not isinstance(too_many, int) or len(removed) >= too_many:
            break
        statement = f"DELETE FROM {table} WHERE rowid = ? AND digest IS NULL {which}"  # noqa: S608 - fixed words
        if connection.execute(statement, (key,)).rowcount:
            removed.append(key)
    return removed


_RECOUNT = (
    "INSERT INTO seal (archive_id, missing) SELECT hex(randomblob(8)), -1 WHERE NOT EXISTS (SELECT 1 FROM seal)",
    """
    UPDATE seal SET threads = counted, failures = noted, conversations = held,
      missing = iif(CAST(missing AS INTEGER) < 0, -1, CAST(missing AS INTEGER) + max(threads - counted, 0)
        + max(failures - noted, 0) + max(conversations - held, 0))
    FROM (SELECT (SELECT count(*) FROM threads) AS counted, (SELECT count(*) FROM failures) AS noted,
      (SELECT count(*) FROM conversations) AS held)
    """,
)


def _restore(connection: sqlite3.Connection, table: Table, key: int, column: str, value: str) -> None:
    """Give a row the id or thread back that it was stored with, or remove it where another one has that."""
    if table == "runs" and column == "thread_id":
        change = "thread = (SELECT key FROM threads WHERE thread_id = ?)"
    else:
        change = f"{column} = ?"
    if not connection.execute(f"UPDATE OR IGNORE {table} SET {change} WHERE key = ?", (value, key)).rowcount:  # noqa: S608 - fixed words
        connection.execute(f"DELETE FROM {table} WHERE key = ?", (key,))  # noqa: S608 - fixed words


def seal(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Give digests to all that an older archive holds, but not to what is damaged; accept what is gone.

    Args:
        connection: A connection to the archive that may write.
        path: The file, for messages.
        version: Its version.

    Raises:
        DamagedArchive: The file itself is damaged.
    """
    with any_text(connection), transaction(connection):
        if not is_sealed(connection, version):
            damaged = set[tuple[Table, int]]()
            for finding in inspect(connection, path, version):
                if finding.table == "file":
                    raise _unreadable(path, finding)
                damaged.add((finding.table, finding.key))
            _seal_rows(connection, damaged)
        connection.execute(
            "UPDATE seal SET threads = (SELECT count(*) FROM threads), failures = (SELECT count(*) FROM failures),"
            " conversations = (SELECT count(*) FROM conversations), missing = 0"
        )


def _seal_rows(connection: sqlite3.Connection, damaged: Container[tuple[Table, int]]) -> None:
    runs = "SELECT runs.key, thread_id, run_id FROM runs JOIN threads ON threads.key = thread"
    steps = f"SELECT key, {STEP} FROM steps WHERE run = ? AND digest IS NULL"  # noqa: S608 - fixed words
    for run, *ids in connection.execute(runs).fetchall():
        for key, *values in connection.execute(steps, (run,)).fetchall():
            if ("steps", key) not in damaged:
                digest = digest_of([*ids, *values])
                connection.execute("UPDATE steps SET digest = ? WHERE key = ?", (digest, key))
        count_steps(connection, run)
        if ("runs", run) not in damaged:
            seal_run(connection, run)
    connection.execute("UPDATE threads SET runs = (SELECT count(*) FROM runs WHERE thread = threads.key)")
    for (key,) in connection.execute("SELECT key FROM threads").fetchall():
        seal_thread(connection, key)
    for key, *values in connection.execute(f"SELECT rowid, {FAILURE} FROM failures").fetchall():  # noqa: S608 - fixed words
        connection.execute("UPDATE failures SET digest = ? WHERE rowid = ?", (digest_of(values), key))
