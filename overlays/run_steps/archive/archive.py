"""The archive: one SQLite file that is written run by run, and read like a server or a store."""

from __future__ import annotations

import builtins
import sqlite3
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from attrs import frozen

from run_steps.archive.connection import connect, transaction
from run_steps.archive.errors import ArchiveError, ForeignThread, readable_errors
from run_steps.archive.merging import merge
from run_steps.archive.pages import read_page
from run_steps.archive.records import RUN_COLUMNS, STEP_COLUMNS, run_columns, step_columns, storable
from run_steps.archive.rows import StepRange, between, read_rows, split
from run_steps.archive.schema import check, prepare
from run_steps.errors import InvalidResponse
from run_steps.pagination import Fetched, Paginator
from run_steps.received import ReceivedItem
from run_steps.stores import Item, Page, PageQuery, UnknownRun, UnknownStep, UnknownThread
from run_steps.stores.includes import visible_item, visible_page
from run_steps.walk import ListPage, Order, PageRequest, Window
from run_steps_api.models import Run, RunList, RunStep, RunStepList
from run_steps_api.parsing import parse_json

Model = TypeVar("Model")


@frozen
class ArchiveSummary:
    """What an archive holds (counts).

    Attributes:
        threads: Threads.
        runs: Runs.
        unfinished_runs: Those of them about which the server may have more to tell.
        failed: Runs, and lists of runs, that could not be pulled when it was last tried.
        steps: Steps.
    """

    threads: int
    runs: int
    unfinished_runs: int
    failed: int
    steps: int


@frozen
class Failure:
    """Something that could not be pulled.

    Attributes:
        thread_id: Id of the thread.
        run_id: Id of the run; None when the runs of the thread could not be listed.
        message: Why.
    """

    thread_id: str
    run_id: str | None
    message: str


class Archive:
    """Runs and their steps in one SQLite file, exactly as servers sent them.

    It reads like a `RunSteps` (`list`, `retrieve`, `runs`, `run`) and like a store for the embedded server
    (`list_steps`, `get_step`, `list_runs`, `get_run`). It may be shared by threads, and read by several processes while
    one writes. Use it in a `with` block, or `close` it.

    `Archive.open` reads a file, `Archive.create` also makes and writes it.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self._connection = connection
        self._clock = clock
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: str | PathLike[str]) -> Self:
        """Open an archive to read it.

        Raises:
            ArchiveError: There is no such file, it is no archive, or this version of run-steps cannot read it.
        """
        path = Path(path)
        if not path.is_file():
            raise ArchiveError(f"There is no archive {path}: `run-steps pull` makes one.")
        with readable_errors(path):
            connection = connect(path, "mode=ro")
            try:
                check(connection, path)
            except sqlite3.OperationalError:
                # A file in write-ahead mode in a folder that cannot be written to. Nobody else writes there either.
                connection.close()
                connection = connect(path, "immutable=1")
                check(connection, path)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

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
        with readable_errors(path):
            connection = connect(path, "mode=rwc")
            try:
                prepare(connection, path)
                connection.execute(f"PRAGMA journal_mode = {'WAL' if write_ahead else 'DELETE'}")
                # With a write-ahead log no crash of the process loses a transaction, and none of the machine more than
                # the last ones, which the next pull gets again.
                connection.execute(f"PRAGMA synchronous = {'NORMAL' if write_ahead else 'FULL'}")
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

    # Reading, as from a server.

    def list(
        self,
        thread_id: str,
        run_id: str,
        *,
        order: Order = "desc",
        page_size: int | None = None,
        max_items: int | None = None,
        after: str | None = None,
        before: str | None = None,
        include: Iterable[str] = (),
    ) -> Paginator[RunStep]:
        """Return the steps of a run, as `RunSteps.list`; raises `UnknownThread` and `UnknownRun` while iterating."""
        window = Window(order=order, page_size=page_size, max_items=max_items, after=after, before=before)
        included = frozenset(include)

        def read(query: PageQuery) -> Page:
            return visible_page(self.list_steps(thread_id, run_id, query), included)

        return self._paginator(read, window, RunStepList.from_dict)

    def retrieve(self, thread_id: str, run_id: str, step_id: str, *, include: Iterable[str] = ()) -> RunStep:
        """Return one step, as `RunSteps.retrieve`.

        Raises:
            UnknownObject: The archive has no such thread, run or step.
            ArchiveError: The step is not what the contract says.
        """
        step = visible_item(self.get_step(thread_id, run_id, step_id), frozenset(include))
        return self._decoded(RunStep.from_dict, parse_json(step.text.encode()))

    def runs(
        self,
        thread_id: str,
        *,
        order: Order = "desc",
        page_size: int | None = None,
        max_items: int | None = None,
        after: str | None = None,
        before: str | None = None,
    ) -> Paginator[Run]:
        """Return the runs of a thread, as `RunSteps.runs`; raises `UnknownThread` while iterating."""
        window = Window(order=order, page_size=page_size, max_items=max_items, after=after, before=before)
        return self._paginator(lambda query: self.list_runs(thread_id, query), window, RunList.from_dict)

    def run(self, thread_id: str, run_id: str) -> Run:
        """Return one run, as `RunSteps.run`; raises as `retrieve`."""
        return self._decoded(Run.from_dict, parse_json(self.get_run(thread_id, run_id).text.encode()))

    def _paginator(
        self,
        read: Callable[[PageQuery], Page],
        window: Window,
        from_dict: Callable[[Mapping[str, Any]], ListPage[Model]],
    ) -> Paginator[Model]:
        def fetch(request: PageRequest) -> Fetched[Model]:
            query = PageQuery(limit=request.limit, order=window.sent_order, after=request.after, before=request.before)
            page = read(query)
            items = [parse_json(item.text.encode()) for item in page.data]
            return self._decoded(from_dict, {"data": items, "has_more": page.has_more}), None

        return Paginator(fetch, window.begin)

    def _decoded(self, from_dict: Callable[[Mapping[str, Any]], Model], payload: Mapping[str, Any]) -> Model:
        try:
            return from_dict(payload)
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise ArchiveError(
                f"The archive {self.path} has something of another shape than the contract's ({error}); `run-steps "
                "export` and `run-steps serve` give it as it is."
            ) from error

    # Reading, as a store.

    def list_runs(self, thread_id: str, query: PageQuery) -> Page:
        """Return one page of the runs of a thread; see `StepStore`."""
        with self._reading() as connection:
            thread = _thread_key(connection, thread_id)
            return read_page(connection, "runs", thread, query)

    def get_run(self, thread_id: str, run_id: str) -> Item:
        """Return one run; see `StepStore`."""
        with self._reading() as connection:
            run = _run_key(connection, thread_id, run_id)
            (payload,) = connection.execute("SELECT payload FROM runs WHERE key = ?", (run,)).fetchone()
            return Item(run_id, payload)

    def list_steps(self, thread_id: str, run_id: str, query: PageQuery) -> Page:
        """Return one page of the steps of a run; see `StepStore`."""
        with self._reading() as connection:
            run = _run_key(connection, thread_id, run_id)
            return read_page(connection, "steps", run, query)

    def get_step(self, thread_id: str, run_id: str, step_id: str) -> Item:
        """Return one step; see `StepStore`."""
        with self._reading() as connection:
            run = _run_key(connection, thread_id, run_id)
            key = (run, storable(step_id))
            found = connection.execute("SELECT payload FROM steps WHERE run = ? AND step_id = ?", key).fetchone()
            if found is None:
                raise UnknownStep(step_id)
            return Item(step_id, found[0])

    # Reading everything.

    def threads(self) -> Iterator[str]:
        """Yield the ids of the threads in the order they were first pulled."""
        with self._reading() as connection:
            found = connection.execute("SELECT thread_id FROM threads ORDER BY key").fetchall()
        yield from (thread_id for (thread_id,) in found)

    def is_finished(self, thread_id: str, run_id: str) -> bool:
        """Tell whether a run need not be pulled again: it and all its steps are here, and had ended."""
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

    def failures(self) -> builtins.list[Failure]:
        """Return what could not be pulled when it was last tried."""
        with self._reading() as connection:
            found = connection.execute("SELECT thread_id, run_id, message FROM failures ORDER BY 1, 2").fetchall()
        return [Failure(thread_id, run_id or None, message) for thread_id, run_id, message in found]

    def summary(self) -> ArchiveSummary:
        """Count what the archive holds."""
        queries = (
            "SELECT count(*) FROM threads",
            "SELECT count(*) FROM runs",
            "SELECT count(*) FROM runs WHERE is_complete = 0",
            "SELECT count(*) FROM failures",
            "SELECT count(*) FROM steps",
        )
        with self._reading() as connection:
            return ArchiveSummary(*(connection.execute(query).fetchone()[0] for query in queries))

    def ranges(
        self, parts: int = 1, *, since: datetime | None = None, until: datetime | None = None
    ) -> builtins.list[StepRange]:
        """Cut the steps, in order of time, into parts of about the same size.

        Args:
            parts: How many (count).
            since: Leave out what was created before.
            until: Leave out what was created then or later.

        Returns:
            The parts in order; together they have each step once. Steps without a time are in the first one, unless
            `since` or `until` is given.
        """
        with self._reading() as connection:
            return split(connection, between(since, until), parts)

    def rows(
        self, part: StepRange | None = None, *, payload: bool = True, batch: int = 1000
    ) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Yield steps as rows of `ROW_COLUMNS`, oldest first, in batches.

        What others write meanwhile does not show.

        Args:
            part: Which steps; None for all.
            payload: Whether rows have their last column, the payload.
            batch: Rows to read at a time (count).
        """
        # A connection of its own, so that a long export blocks nobody who reads through this object.
        with readable_errors(self.path), closing(connect(self.path, "mode=ro")) as connection:
            yield from read_rows(connection, part or StepRange(), payload=payload, batch=batch)

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
            thread = _put_thread(connection, self.path, base_url, thread_id)
            for run in runs:
                values = (*run_columns(run.value), self._clock(), run.text)
                connection.execute(_PUT_RUN, (thread, _id_of(run, "run"), *values))

    def put_steps(
        self,
        thread_id: str,
        run_id: str,
        first_position: int,
        steps: Sequence[ReceivedItem],
        *,
        is_last: bool = False,
    ) -> None:
        """Note steps of a run as they were received, in place of those with their ids.

        Args:
            thread_id: Id of the thread.
            run_id: Id of the run, which was put before.
            first_position: Where the first of them stands in the run, oldest first.
            steps: The steps, oldest first.
            is_last: Whether they are the last of the run, which is then complete when it and all its steps have ended.

        Raises:
            InvalidResponse: A step has no id.
            UnknownRun: The run was not put.
        """
        with self._writing() as connection:
            run = _run_key(connection, thread_id, run_id)
            connection.executemany(
                _PUT_STEP,
                [
                    (run, _id_of(step, "step"), position, *step_columns(step.value), step.text)
                    for position, step in enumerate(steps, start=first_position)
                ],
            )
            if is_last:
                connection.execute(_FINISH_RUN, (self._clock(), run))
                _forget_failure(connection, thread_id, run_id)

    def finish_thread(self, thread_id: str) -> None:
        """Note that all runs of a thread were listed."""
        with self._writing() as connection:
            _forget_failure(connection, thread_id, "")

    def note_failure(self, failure: Failure) -> None:
        """Note what could not be pulled, until it is."""
        with self._writing() as connection:
            values = (storable(failure.thread_id), storable(failure.run_id or ""), storable(failure.message))
            connection.execute("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)", (*values, self._clock()))

    def merge(self, part: str | PathLike[str]) -> None:
        """Take over all that another archive holds; what is complete here stays as it is.

        Raises:
            ArchiveError: The other archive cannot be read, or has a thread that came from another server.
        """
        with Archive.open(part), self._lock, readable_errors(self.path):
            merge(self._connection, self.path, Path(part))

    @contextmanager
    def _reading(self) -> Generator[sqlite3.Connection]:
        with self._lock, readable_errors(self.path):
            yield self._connection

    @contextmanager
    def _writing(self) -> Generator[sqlite3.Connection]:
        with self._lock, readable_errors(self.path), transaction(self._connection):
            yield self._connection


_PUT_RUN = f"""
INSERT INTO runs (thread, run_id, {", ".join(RUN_COLUMNS)}, pulled_at, payload)
VALUES (?, ?, {", ".join("?" * len(RUN_COLUMNS))}, ?, ?)
ON CONFLICT (thread, run_id) DO UPDATE SET
  {", ".join(f"{name} = excluded.{name}" for name in (*RUN_COLUMNS, "pulled_at", "payload"))}
"""  # noqa: S608 - fixed words

_PUT_STEP = f"""
INSERT INTO steps (run, step_id, position, {", ".join(STEP_COLUMNS)}, payload)
VALUES (?, ?, ?, {", ".join("?" * len(STEP_COLUMNS))}, ?)
ON CONFLICT (run, step_id) DO UPDATE SET
  {", ".join(f"{name} = excluded.{name}" for name in ("position", *STEP_COLUMNS, "payload"))}
"""  # noqa: S608 - fixed words

_FINISH_RUN = """
UPDATE runs SET pulled_at = ?,
  is_complete = has_ended AND NOT EXISTS (SELECT 1 FROM steps WHERE steps.run = runs.key AND NOT steps.has_ended)
WHERE key = ?
"""


def _thread_key(connection: sqlite3.Connection, thread_id: str) -> int:
    found = connection.execute("SELECT key FROM threads WHERE thread_id = ?", (storable(thread_id),)).fetchone()
    if found is None:
        raise UnknownThread(thread_id)
    return int(found[0])


def _run_key(connection: sqlite3.Connection, thread_id: str, run_id: str) -> int:
    key = (_thread_key(connection, thread_id), storable(run_id))
    found = connection.execute("SELECT key FROM runs WHERE thread = ? AND run_id = ?", key).fetchone()
    if found is None:
        raise UnknownRun(run_id)
    return int(found[0])


def _put_thread(connection: sqlite3.Connection, path: Path, base_url: str, thread_id: str) -> int:
    connection.execute("INSERT INTO servers (base_url) VALUES (?) ON CONFLICT DO NOTHING", (base_url,))
    connection.execute(
        "INSERT INTO threads (thread_id, server) SELECT ?, key FROM servers WHERE base_url = ? ON CONFLICT DO NOTHING",
        (storable(thread_id), base_url),
    )
    query = "SELECT threads.key, base_url FROM threads JOIN servers ON servers.key = server WHERE thread_id = ?"
    key, known_url = connection.execute(query, (storable(thread_id),)).fetchone()
    if known_url != base_url:
        raise ForeignThread(
            f"The archive {path} has a thread {thread_id!r} of another server, {known_url}: use an archive for each."
        )
    return int(key)


def _forget_failure(connection: sqlite3.Connection, thread_id: str, run_id: str) -> None:
    key = (storable(thread_id), storable(run_id))
    connection.execute("DELETE FROM failures WHERE thread_id = ? AND run_id = ?", key)


def _id_of(item: ReceivedItem, noun: str) -> str:
    if item.id is None:
        raise InvalidResponse(f"The server sent a {noun} without an id, which could never be found again.")
    return storable(item.id)
