"""The archive: one SQLite file that is written run by run, and read like a server or a store."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from attrs import evolve

from run_steps._choices import RowTable
from run_steps._received import ReceivedItem
from run_steps.archive import health, writing
from run_steps.archive.connection import connect, connect_to_read, set_journal_mode, transaction
from run_steps.archive.contents import ArchiveSummary, Completeness, Damage, Failure
from run_steps.archive.errors import ArchiveError, readable_errors
from run_steps.archive.histories import Conversation, read_conversations
from run_steps.archive.leftovers import check_files
from run_steps.archive.merging import merge
from run_steps.archive.reading import read_page, read_thread, read_threads, run_key, thread_key
from run_steps.archive.records import storable
from run_steps.archive.rows import StepRange, between, read_rows, split
from run_steps.archive.schema import COUNT_WRITE, MIGRATIONS, NO_TIME, WITH_MESSAGES, check, prepare
from run_steps.stores import Item, Page, PageQuery, StoreReader, UnknownMessage, UnknownMessages, UnknownStep

_LOG_PAGES = 8000
"""How long the write-ahead log grows before it is written back (pages of 4 kB); each time, the disk is waited for."""

_HAS_MESSAGES = """
SELECT 1 FROM conversations WHERE thread = ? AND (messages > 0 OR (listed_at >= 0 AND error IS NULL))
"""


class Archive(StoreReader):
    """Threads, messages, runs and their steps in one SQLite file, exactly as servers sent them.

    It reads like a `RunSteps` (`list`, `retrieve`, `runs`, `run`, `messages`, `message`, `thread`, of `StoreReader`),
    and serves like any store (`list_steps`, `get_step`, `list_runs` and so on). It may be shared by threads, and read
    by several processes while one writes. Use it in a `with` block, or `close` it.

    `Archive.open` reads a file, `Archive.create` also makes and writes it.

    Attributes:
        path: The file.
    """

    is_verbatim = True

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        version: int = len(MIGRATIONS),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.path = path
        self._connection = connection
        self._version = version
        self._clock = clock
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: str | PathLike[str]) -> Self:
        """Open an archive to read it.

        Raises:
            ArchiveError: There is no such file, it is no archive, or this version of run-steps cannot read it.
        """
        path = Path(path)
        if not path.exists():
            raise ArchiveError(f"There is no archive {path}: `run-steps pull` makes one.")
        check_files(path)
        with readable_errors(path):
            connection = connect_to_read(path)
            try:
                version = check(connection, path)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection, version=version)

    @classmethod
    def create(
        cls, path: str | PathLike[str], *, write_ahead: bool = True, clock: Callable[[], float] = time.time
    ) -> Self:
        """Open an archive to write to it; make it where there is none, bring an older one up to date.

        Args:
            path: The file.
            write_ahead: Whether others may read while it is written, by a log beside the file that network file systems
                do not support: https://www.sqlite.org/wal.html.
            clock: The present as Unix seconds, for what is noted about each run.

        Raises:
            ArchiveError: The file cannot be written, or is something else.
        """
        path = Path(path)
        if path.exists():
            check_files(path)
        with readable_errors(path):
            connection = connect(path, "mode=rwc")
            try:
                prepare(connection, path)
                set_journal_mode(connection, "WAL" if write_ahead else "DELETE")
                # With a write-ahead log no crash of the process loses a transaction, and none of the machine more than
                # the last ones, which the next pull gets again.
                connection.execute(f"PRAGMA synchronous = {'NORMAL' if write_ahead else 'FULL'}")
                connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
            except BaseException:
                connection.close()
                raise
        return cls(path, connection, clock=clock)

    def close(self) -> None:
        """Close the file."""
        with self._lock, readable_errors(self.path):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.path)!r})"

    # Reading, as a store.

    def list_runs(self, thread_id: str, query: PageQuery) -> Page:
        """Return one page of the runs of a thread; see `StepStore`."""
        with self._reading() as connection:
            thread = thread_key(connection, thread_id)
            return read_page(connection, "runs", thread, query)

    def get_run(self, thread_id: str, run_id: str) -> Item:
        """Return one run; see `StepStore`."""
        with self._reading() as connection:
            run = run_key(connection, thread_id, run_id)
            (payload,) = connection.execute("SELECT payload FROM runs WHERE key = ?", (run,)).fetchone()
            return Item(run_id, payload)

    def list_steps(self, thread_id: str, run_id: str, query: PageQuery) -> Page:
        """Return one page of the steps of a run; see `StepStore`."""
        with self._reading() as connection:
            run = run_key(connection, thread_id, run_id)
            return read_page(connection, "steps", run, query)

    def get_step(self, thread_id: str, run_id: str, step_id: str) -> Item:
        """Return one step; see `StepStore`."""
        with self._reading() as connection:
            run = run_key(connection, thread_id, run_id)
            key = (run, storable(step_id))
            found = connection.execute("SELECT payload FROM steps WHERE run = ? AND step_id = ?", key).fetchone()
            if found is None:
                raise UnknownStep(step_id)
            return Item(step_id, found[0])

    def list_messages(self, thread_id: str, query: PageQuery, *, run_id: str | None = None) -> Page:
        """Return one page of the messages of a thread; see `StepStore`."""
        with self._reading() as connection:
            thread = thread_key(connection, thread_id)
            if self._version < WITH_MESSAGES or not connection.execute(_HAS_MESSAGES, (thread,)).fetchone():
                raise UnknownMessages(thread_id)
            return read_page(connection, "messages", thread, query, run_id=run_id)

    def get_message(self, thread_id: str, message_id: str) -> Item:
        """Return one message; see `StepStore`."""
        with self._reading() as connection:
            key = (thread_key(connection, thread_id), storable(message_id))
            query = "SELECT payload FROM messages WHERE thread = ? AND message_id = ?"
            found = connection.execute(query, key).fetchone() if self._version >= WITH_MESSAGES else None
            if found is None:
                raise UnknownMessage(message_id)
            return Item(message_id, found[0])

    def list_threads(self, query: PageQuery) -> Page:
        """Return one page of all threads, in the order they were first pulled; see `StepStore`."""
        with self._reading() as connection:
            return read_threads(connection, query, self._version)

    def get_thread(self, thread_id: str) -> Item:
        """Return one thread, or its id alone where no more is known of it; see `StepStore`."""
        with self._reading() as connection:
            return read_thread(connection, thread_id, self._version)

    # Reading everything.

    def threads(self) -> Iterator[str]:
        """Yield the ids of the threads in the order they were first pulled."""
        with self._reading() as connection:
            found = connection.execute("SELECT thread_id FROM threads ORDER BY key").fetchall()
        yield from (thread_id for (thread_id,) in found)

    def listed_threads(self) -> frozenset[str]:
        """Return the ids of the threads whose runs were listed to the end, so that every run of them is known."""
        with self._reading() as connection:
            found = connection.execute("SELECT thread_id FROM threads WHERE listed_at >= 0").fetchall()
        return frozenset(thread_id for (thread_id,) in found)

    def origins(self, thread_ids: Iterable[str]) -> dict[str, str]:
        """Return the base URLs of the servers that threads came from, where that is known."""
        query = "SELECT base_url FROM threads JOIN servers ON servers.key = threads.server WHERE thread_id = ?"
        if self._version > 1:
            query += " AND digest IS NOT NULL"  # what is damaged may name another one
        with self._reading() as connection:
            found = {
                thread_id: connection.execute(query, (storable(thread_id),)).fetchone() for thread_id in thread_ids
            }
        return {thread_id: row[0] for thread_id, row in found.items() if row}

    def completeness(self, thread_id: str, run_id: str) -> Completeness:
        """Return whether the archive has all of a run; raises `UnknownThread` and `UnknownRun`."""
        with self._reading() as connection:
            key = (run_key(connection, thread_id, run_id),)
            return _completeness(
                *connection.execute("SELECT is_complete, has_ended FROM runs WHERE key = ?", key).fetchone()
            )

    def unfinished_runs(self) -> Iterator[tuple[str, str, Completeness]]:
        """Yield ids of thread and run, and completeness, of the runs that are not complete; oldest first by thread."""
        query = (
            "SELECT thread_id, run_id, is_complete, has_ended FROM runs JOIN threads ON threads.key = runs.thread"
            " WHERE is_complete = 0 ORDER BY threads.key, runs.created_at, runs.key"
        )
        with self._reading() as connection:
            found = connection.execute(query).fetchall()
        for thread_id, run_id, *flags in found:
            yield thread_id, run_id, _completeness(*flags)

    def left_in_progress(self) -> list[tuple[str, str]]:
        """Return ids of thread and run of complete runs that ended long ago and left a step in progress."""
        query = (
            "SELECT thread_id, run_id FROM runs JOIN threads ON threads.key = runs.thread WHERE is_complete = 1"
            " AND EXISTS (SELECT 1 FROM steps WHERE steps.run = runs.key AND NOT steps.has_ended) ORDER BY runs.key"
        )
        with self._reading() as connection:
            return connection.execute(query).fetchall()

    def is_finished(self, thread_id: str, run_id: str) -> bool:
        """Return whether a run need not be pulled again: nothing of it is missing here, or will change any more."""
        query = (
            "SELECT is_complete FROM runs JOIN threads ON threads.key = runs.thread WHERE thread_id = ? AND run_id = ?"
        )
        with self._reading() as connection:
            found = connection.execute(query, (storable(thread_id), storable(run_id))).fetchone()
        return found is not None and bool(found[0])

    def finished_runs(self, thread_id: str) -> frozenset[str]:
        """Return the ids of the runs of a thread that need not be pulled again; empty when it is not known."""
        query = (
            "SELECT run_id FROM runs JOIN threads ON threads.key = runs.thread WHERE thread_id = ? AND is_complete = 1"
        )
        with self._reading() as connection:
            return frozenset(run_id for (run_id,) in connection.execute(query, (storable(thread_id),)))

    def failures(self) -> list[Failure]:
        """Return what could not be pulled when it was last tried."""
        query = "SELECT thread_id, run_id, message FROM failures"
        if self._version >= WITH_MESSAGES:
            query += (
                " UNION ALL SELECT thread_id, '', error FROM conversations JOIN threads ON threads.key = thread"
                " WHERE error IS NOT NULL"
            )
        with self._reading() as connection:
            found = connection.execute(f"{query} ORDER BY 1, 2").fetchall()
        return [Failure(thread_id, run_id or None, message) for thread_id, run_id, message in found]

    def needs_messages(self, thread_id: str, since: float, *, unless_listed: bool = False) -> bool:
        """Return whether it was not tried to list the messages of a thread since a moment (Unix seconds).

        Args:
            thread_id: Id of the thread.
            since: The moment.
            unless_listed: Whether those that were listed, however long ago, are good enough.
        """
        query = (
            "SELECT tried_at, conversations.listed_at >= 0 AND error IS NULL FROM conversations"
            " JOIN threads ON threads.key = thread WHERE thread_id = ?"
        )
        with self._reading() as connection:
            tried_at, is_listed = connection.execute(query, (storable(thread_id),)).fetchone() or (NO_TIME, False)
        # What was tried in the future was so by a clock that was wrong.
        return not (since <= tried_at <= self._clock() or (unless_listed and is_listed))

    def has_messages(self, thread_id: str, message_ids: Iterable[str]) -> bool:
        """Return whether all these messages of a thread are there."""
        query = "SELECT 1 FROM messages JOIN threads ON threads.key = thread WHERE thread_id = ? AND message_id = ?"
        with self._reading() as connection:
            return all(
                connection.execute(query, (storable(thread_id), storable(message_id))).fetchone()
                for message_id in message_ids
            )

    def summary(self) -> ArchiveSummary:
        """Count what the archive holds."""
        with self._reading() as connection:

            def count(rows: str) -> int:
                return int(connection.execute(f"SELECT count(*) FROM {rows}").fetchone()[0])  # noqa: S608 - fixed words

            held = ArchiveSummary(
                threads=count("threads"),
                runs=count("runs"),
                unfinished_runs=count("runs WHERE is_complete = 0"),
                failed=count("failures"),
                steps=count("steps"),
            )
            if self._version < WITH_MESSAGES:
                return evolve(held, unlisted_messages=held.threads)
            unlisted = "threads WHERE key NOT IN (SELECT thread FROM conversations WHERE listed_at >= 0)"
            return evolve(
                held,
                failed=held.failed + count("conversations WHERE error IS NOT NULL"),
                messages=count("messages"),
                unlisted_messages=count(unlisted),
            )

    def ranges(
        self,
        parts: int = 1,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        table: RowTable = "steps",
    ) -> list[StepRange]:
        """Cut the steps, or messages, in order of time, into parts of about the same size.

        Args:
            parts: How many (count).
            since: Leave out what was created before; in UTC unless it has a zone.
            until: Leave out what was created then or later; in UTC unless it has a zone.
            table: What to cut.

        Returns:
            The parts in order; together they have each step once. Steps without a time are in the first one, unless
            `since` or `until` is given.
        """
        with self._reading() as connection:
            if table == "messages" and self._version < WITH_MESSAGES:
                return [between(since, until)] * parts
            return split(connection, between(since, until), parts, table)

    def rows(
        self,
        part: StepRange | None = None,
        *,
        payload: bool = True,
        batch: int = 1000,
        table: RowTable = "steps",
    ) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Yield steps as rows of `ROW_COLUMNS`, or messages of `MESSAGE_ROW_COLUMNS`, oldest first, in batches.

        What others write meanwhile does not show.

        Args:
            part: Which steps; None for all.
            payload: Whether rows have their last column, the payload.
            batch: Rows to read at a time (count).
            table: What to read.
        """
        if table == "messages" and self._version < WITH_MESSAGES:
            return
        # A connection of its own, so that a long export blocks nobody who reads through this object.
        with readable_errors(self.path), closing(connect_to_read(self.path)) as connection:
            yield from read_rows(connection, part or StepRange(), payload=payload, batch=batch, table=table)

    def conversations(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterator[Conversation]:
        """Yield threads, each with its runs and messages in order of time.

        The steps of a run are to be used up before what comes after it. Few payloads are in memory, and what others
        write meanwhile does not show.

        Args:
            since: Leave out what was created before, and what has no time; in UTC unless it has a zone.
            until: Leave out what was created then or later, and what has no time; in UTC unless it has a zone.
        """
        with self._snapshot() as connection:
            yield from read_conversations(connection, self.path, between(since, until))

    @contextmanager
    def _snapshot(self) -> Generator[sqlite3.Connection]:
        """Give a connection of its own, to which nothing shows that others write meanwhile."""
        with readable_errors(self.path), closing(connect_to_read(self.path)) as connection:
            connection.execute("BEGIN")
            yield connection

    # Whether it is as it was stored.

    @property
    def is_sealed(self) -> bool:
        """Whether all it holds has digests, which show damage; an older archive has them once it was pulled into."""
        with self._reading() as connection:
            return health.is_sealed(connection, self._version)

    def damage(self) -> list[Damage]:
        """Read everything, and return what is not as it was stored; the next pull gets it again."""
        return [finding.damage for finding in self._inspect()]

    def seal(self) -> None:
        """Give digests to all that an older archive holds and that is not visibly damaged; accept what is gone.

        Raises:
            DamagedArchive: The file itself is damaged; `salvage` saves what can be read.
        """
        with self._lock, readable_errors(self.path):
            health.seal(self._connection, self.path, self._version)

    def reopen_damaged(self) -> list[tuple[str, str | None]]:
        """Read everything, and note of what is damaged that it is to be pulled again; seal an older archive first.

        Returns:
            Ids of the threads and runs to pull; no run for all those of a thread.

        Raises:
            DamagedArchive: The file itself is damaged; `salvage` saves what can be read.
        """
        if not self.is_sealed:
            self.seal()
        found = list(self._inspect())
        complaints = [finding.damage.message for finding in found if finding.table == "file"]
        # Where pages in use are taken for free ones, whatever is written would go over them.
        if complaints and not any(hint in text for hint in ("reelist", "2nd reference") for text in complaints):
            with suppress(sqlite3.DatabaseError), self._lock, transaction(self._connection):
                self._connection.execute("REINDEX")  # which is all it takes when only indexes are damaged
                self._connection.execute(COUNT_WRITE)
            found = list(self._inspect())
        with self._lock, readable_errors(self.path):
            return health.reopen(self._connection, self.path, found)

    def _inspect(self) -> Iterator[health.Finding]:
        with self._snapshot() as connection:  # what others write meanwhile would look like damage
            yield from health.inspect(connection, self.path, self._version)

    # Writing.

    def put_runs(self, base_url: str, thread_id: str, runs: Sequence[ReceivedItem]) -> None:
        """Note a thread and runs of it as they were received; a run that is there keeps its steps.

        Args:
            base_url: The server they came from.
            thread_id: Id of the thread.
            runs: The runs; none when only the thread is to be noted.

        Raises:
            InvalidResponse: A run has no id.
            ForeignThread: The thread came from another server.
        """
        with self._writing() as connection:
            thread = writing.put_thread(connection, base_url, thread_id)
            writing.put_runs(connection, thread, runs, self._clock())

    def put_origins(self, origins: Mapping[str, str]) -> None:
        """Note threads, and the base URL of the server that each came from; raises `ForeignThread` as `put_runs`."""
        with self._writing() as connection:
            for thread_id, base_url in origins.items():
                writing.put_thread(connection, base_url, thread_id)

    def put_steps(
        self,
        thread_id: str,
        run_id: str,
        first_position: int,
        steps: Sequence[ReceivedItem],
        *,
        is_last: bool = False,
        had_ended: bool = True,
    ) -> None:
        """Note steps of a run as they were received, in place of those with their ids.

        Args:
            thread_id: Id of the thread.
            run_id: Id of the run, which was put before.
            first_position: Where the first of them stands in the run, oldest first.
            steps: The steps, oldest first.
            is_last: Whether they are the last of the run, which is then complete when it and all its steps have ended.
            had_ended: Whether the run was seen to have ended before its steps were listed. One that ended meanwhile, as
                another list may have told since, may have steps that came too late for this one.

        Raises:
            InvalidResponse: A step has no id.
            UnknownRun: The run was not put.
        """
        now = self._clock()
        rows = writing.step_rows(thread_id, run_id, first_position, steps, now)
        with self._writing() as connection:
            run = run_key(connection, thread_id, run_id)
            writing.put_steps(connection, run, rows)
            if is_last:
                writing.finish_run(connection, run, thread_id, run_id, now, had_ended=had_ended)
            else:
                writing.note_more(connection, run)

    def put_messages(
        self,
        thread_id: str,
        first_position: int | None,
        messages: Sequence[ReceivedItem],
        *,
        began_at: float | None = None,
        thread: ReceivedItem | None = None,
    ) -> None:
        """Note messages of a thread as they were received, in place of those with their ids.

        Args:
            thread_id: Id of the thread, which was put before.
            first_position: Where the first of them stands in the thread, oldest first; None for behind those that are
                there.
            messages: The messages, oldest first.
            began_at: With the last of the thread: when they began to be listed, by the clock of this archive.
            thread: The thread itself as it was received; None to keep what is there.

        Raises:
            InvalidResponse: A message has no id.
            UnknownThread: The thread was not put.
        """
        with self._writing() as connection:
            key = thread_key(connection, thread_id)
            writing.put_messages(connection, key, thread_id, first_position, messages, self._clock())
            if thread is not None:
                writing.put_thread_payload(connection, key, thread.text)
            if began_at is not None:
                writing.finish_messages(connection, key, began_at, None)

    def note_messages_failure(self, thread_id: str, message: str, began_at: float) -> None:
        """Note why the messages of a thread could not be listed, until they are; raises as `put_messages`."""
        with self._writing() as connection:
            writing.finish_messages(connection, thread_key(connection, thread_id), began_at, message)

    def now(self) -> float:
        """Return the present by the clock of this archive (Unix seconds)."""
        return self._clock()

    def finish_thread(self, thread_id: str) -> None:
        """Note that all runs of a thread were listed."""
        with self._writing() as connection:
            writing.finish_thread(connection, thread_id, self._clock())

    def note_failure(self, failure: Failure) -> None:
        """Note what could not be pulled, until it is."""
        with self._writing() as connection:
            writing.note_failure(connection, failure, self._clock())

    def forget(self, thread_id: str, run_id: str | None = None) -> int:
        """Forget what could not be pulled of a run or thread, and what of it is not complete; complete runs stay.

        Args:
            thread_id: Id of the thread.
            run_id: Id of the run; None for all of the thread, and the thread itself when nothing of it remains.

        Returns:
            How many runs, threads and notes of failures were forgotten (count).
        """
        with self._writing() as connection:
            return writing.forget(connection, thread_id, run_id)

    def merge(self, part: str | PathLike[str]) -> None:
        """Take over all that another archive holds, or nothing of it.

        A run that is complete here stays as it is. Otherwise a complete run counts more than one that is not, a step
        that ended more than one that did not, and what was received later more than what was received before; so the
        result is the same in whichever order archives are merged.

        Raises:
            ArchiveError: The other archive cannot be read, is damaged, or has a thread that came from another server.
        """
        part = Path(part)
        with Archive.open(part) as other, self._lock, readable_errors(self.path):
            if not other.is_sealed:
                raise ArchiveError(f"The archive {part} has no digests yet: `run-steps check --seal {part}` adds them.")
            if other.damage():
                raise ArchiveError(
                    f"The archive {part} is damaged, and nothing of it was taken over into {self.path}: remove "
                    f"{part.name}, and pull again what it held."
                )
            if not self.is_sealed:
                self.seal()
            merge(self._connection, self.path, part, with_messages=other._version >= WITH_MESSAGES)

    @contextmanager
    def _reading(self) -> Generator[sqlite3.Connection]:
        with self._lock, readable_errors(self.path):
            yield self._connection

    @contextmanager
    def _writing(self) -> Generator[sqlite3.Connection]:
        with self._lock, readable_errors(self.path), transaction(self._connection):
            self._connection.execute(COUNT_WRITE)
            yield self._connection


def _completeness(is_complete: int, has_ended: int) -> Completeness:
    return "complete" if is_complete else "incomplete" if has_ended else "still going"
