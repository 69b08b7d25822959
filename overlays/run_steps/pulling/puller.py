"""The pull: list the runs and messages of threads, and store them and their steps, many at a time.

Whatever stops it, running it again goes on where it stopped: each page is stored in one transaction, and a run is only
then complete when it had ended before its steps were listed, and all of these had ended too.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import aclosing, suppress
from functools import partial
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import Any

import httpx
from attrs import Factory, define, frozen

from run_steps._endpoints import (
    Listing,
    Options,
    message_listing,
    retrieve_run_call,
    retrieve_thread_call,
    run_listing,
    step_listing,
)
from run_steps._http.lane import Lane
from run_steps._http.proxies import environment_proxy
from run_steps._http.retries import RetryPolicy
from run_steps._http.stack import async_network_transport
from run_steps._http.tls import TrustedCertificates
from run_steps._received import ReceivedItem, message_id_of
from run_steps.archive import Archive, Failure, ForeignThread
from run_steps.archive.lock import OnWait, locked
from run_steps.async_client import AsyncRunSteps
from run_steps.errors import (
    APIError,
    APIStatusError,
    ConfigurationError,
    ConnectionFailed,
    InvalidArgument,
    InvalidResponse,
    NotFound,
    RateLimited,
    RunStepsError,
    TooLarge,
    Unauthorized,
)
from run_steps.pagination.cursors import Page, Window
from run_steps.pulling.endpoints import Endpoint
from run_steps.pulling.pacing import PacedTransport, SharedPace
from run_steps.pulling.parts import join_parts
from run_steps.pulling.results import PullProgress, PullResult
from run_steps.pulling.targets import Target
from run_steps.servers import Server
from run_steps.stores import UnknownObject
from run_steps.stores.includes import FILE_SEARCH_CONTENT
from run_steps.timestamps import end_times, has_ended
from run_steps_api.models import RunStep
from run_steps_api.types import Misfit

DEFAULT_CONCURRENCY = 16
"""Requests under way at once, at most (count)."""

LONGEST_WAIT = 300.0
"""Longest wait a server may ask for; when it asks for more, the pull is over for now (seconds)."""

PULL_RETRIES = RetryPolicy(attempts=10, max_seconds=900.0, max_retry_after=LONGEST_WAIT)
"""A pull is long and nobody waits for a single request, so it tries harder than a client does."""

_PAGE_SIZES = (100, 10, 1)
"""Steps asked for at a time (count): as many as servers give, and fewer where that is more than can be read."""

_QUEUE_LENGTH = 500
"""Runs that wait to be pulled (count): enough to keep all busy, few enough to forget about the memory."""


def pull(
    server: Server,
    path: str | PathLike[str],
    targets: Iterable[Target],
    *,
    concurrency: int = DEFAULT_CONCURRENCY,
    include: Sequence[str] = (FILE_SEARCH_CONTENT,),
    messages: bool = True,
    retry: RetryPolicy = PULL_RETRIES,
    on_progress: Callable[[PullProgress], None] | None = None,
    on_wait: OnWait | None = None,
) -> PullResult:
    """Pull threads and runs into an archive; runs that are complete there are not asked for again.

    With a thread or run come the messages of its thread. A server that has no messages costs only these.

    What workers of a stopped `pull_sharded` left is joined first, and what is damaged in the archive is pulled again.

    Args:
        server: Where they are.
        path: The archive; made when there is none.
        targets: Threads and runs; read as the pull goes on.
        concurrency: Requests under way at once, at most (count); fewer while the server answers 429.
        include: Fields to ask for that are left out otherwise, see `RunStepInclude`.
        messages: Whether to pull the messages of the threads, and the threads themselves, as well.
        retry: How often and how long to try each request.
        on_progress: Called after each run with how far the pull is.
        on_wait: Called with a sentence about who pulls into the archive already, which is then waited for; that is an
            error when left out.

    Returns:
        What was done, and what failed; failures are noted in the archive as well.

    Raises:
        ArchiveError: The archive cannot be written, or another pull writes to it; what was stored is safe.
        Unauthorized: The server does not accept the key.
        RateLimited: The server asks to wait for longer than five minutes.
        ConnectionFailed: The server cannot be reached any more.
        ValueError: A target or a number cannot work.
        ConfigurationError: An event loop is running in this thread already.
    """

    async def run() -> PullResult:
        async with open_client(server, concurrency=concurrency, retry=retry) as client:
            return await pull_into(
                archive,
                client,
                targets,
                concurrency=concurrency,
                include=include,
                messages=messages,
                on_progress=on_progress,
            )

    check_concurrency(concurrency)
    _refuse_running_loop()
    path = Path(path)
    with locked(path, on_wait), Archive.create(path) as archive:
        join_parts(archive, on_wait)
        return asyncio.run(run())


def _refuse_running_loop() -> None:
    """Raise `ConfigurationError` within an event loop, as notebooks have one, before anything is made or asked."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise ConfigurationError(
        "An event loop is running here, as in a notebook: write `async with open_client(server) as client: await "
        "pull_into(archive, client, targets)`, or `await asyncio.to_thread(pull, ...)`."
    )


def check_concurrency(concurrency: int) -> None:
    """Raise `ValueError` when nothing could ever be asked for."""
    if concurrency < 1:
        raise ValueError(f"concurrency must be at least 1, not {concurrency}")


def open_client(
    server: Server, *, concurrency: int = DEFAULT_CONCURRENCY, retry: RetryPolicy = PULL_RETRIES
) -> AsyncRunSteps:
    """Return a client whose requests share one pace.

    Args:
        server: What to ask.
        concurrency: Requests under way at once, at most (count).
        retry: How often and how long to try each request.
    """
    ssl_context = TrustedCertificates()  # reading certificates once is enough

    def open_lane() -> httpx.AsyncBaseTransport:
        is_direct = environment_proxy(server.base_url) is None
        return Lane(ssl_context) if is_direct else async_network_transport(server.base_url)

    return AsyncRunSteps(server, transport=PacedTransport(open_lane, SharedPace(concurrency)), retry=retry)


async def pull_into(
    archive: Archive,
    client: AsyncRunSteps,
    targets: Iterable[Target],
    *,
    concurrency: int = DEFAULT_CONCURRENCY,
    include: Sequence[str] = (FILE_SEARCH_CONTENT,),
    messages: bool = True,
    is_finished: Callable[[str, str], bool] | None = None,
    on_progress: Callable[[PullProgress], None] | None = None,
) -> PullResult:
    """Pull threads and runs into an open archive with a client of your own; otherwise as `pull`.

    Args:
        archive: Where to put them.
        client: What to ask.
        targets: Threads and runs.
        concurrency: Runs pulled at once, and threads listed at once (count each).
        include: Fields to ask for that are left out otherwise.
        messages: Whether to pull the messages of the threads, and the threads themselves, as well.
        is_finished: Tells by thread and run id whether a run need not be pulled; asks the archive when left out.
        on_progress: Called after each run with how far the pull is.
    """
    return await pull_targets(
        archive,
        client,
        chain(reopened(archive), targets),
        concurrency=concurrency,
        include=include,
        messages=messages,
        is_finished=is_finished or archive.is_finished,
        on_progress=on_progress,
    )


async def pull_targets(
    archive: Archive,
    client: AsyncRunSteps,
    targets: Iterator[Target],
    *,
    concurrency: int,
    include: Sequence[str],
    messages: bool,
    is_finished: Callable[[str, str], bool],
    on_progress: Callable[[PullProgress], None] | None = None,
) -> PullResult:
    """Pull into an archive that is sound; otherwise as `pull_into`."""
    puller = _Puller(archive, client, concurrency, include, messages, is_finished, on_progress)
    try:
        await puller.pull(targets)
    except BaseExceptionGroup as group:
        raise _first(group) from None
    return puller.result


def reopened(archive: Archive) -> list[Target]:
    """Return what is damaged in an archive, and is no longer taken for complete."""
    targets: list[Target] = []
    for ids in archive.reopen_damaged():
        with suppress(InvalidArgument):  # nobody can ask for such an id
            targets.append(Target(*ids))
    return targets


@frozen
class _RunJob:
    """A run that is to be pulled; many wait, so that nothing else is kept.

    Attributes:
        thread_id: Id of the thread.
        run_id: Id of the run.
        has_ended: Whether it was listed as one that has ended.
        is_alone: Whether it was asked for without its thread.
    """

    thread_id: str
    run_id: str
    has_ended: bool = False
    is_alone: bool = False


@frozen
class _MessagesJob:
    """Messages of a thread that are to be pulled.

    Attributes:
        thread_id: Id of the thread.
        since: When it must have been tried last for them not to be asked for again (Unix seconds).
        unless_listed: Whether those that were ever listed need not be asked for again.
    """

    thread_id: str
    since: float
    unless_listed: bool = False


@define
class _Puller:
    """The state of a pull.

    The archive is written to in the thread of the event loop: a page takes a millisecond, and a thread of its own would
    only take turns with this one.
    """

    archive: Archive
    client: AsyncRunSteps
    concurrency: int
    include: Sequence[str]
    messages: bool
    is_finished: Callable[[str, str], bool]
    on_progress: Callable[[PullProgress], None] | None
    result: PullResult = Factory(PullResult)
    _found: int = 0
    _is_listing: bool = True
    _lost_in_a_row: int = 0
    _was_reached: bool = False
    _under_way: set[tuple[str, str]] = Factory(set[tuple[str, str]])
    _began_at: float = 0.0
    _listing_messages: dict[str, float] = Factory(dict[str, float])
    _has_messages: Endpoint = Factory(lambda: Endpoint("messages"))
    _has_threads: Endpoint = Factory(lambda: Endpoint("threads"))
    _jobs: asyncio.Queue[_RunJob | _MessagesJob | None] = Factory(
        lambda: asyncio.Queue[_RunJob | _MessagesJob | None](_QUEUE_LENGTH)
    )

    async def pull(self, targets: Iterator[Target]) -> None:
        """Pull runs while threads are still being listed."""
        self._began_at = self.archive.now()
        async with asyncio.TaskGroup() as pulling:
            for _ in range(self.concurrency):
                pulling.create_task(self._pull_runs())
            async with asyncio.TaskGroup() as listing:
                for _ in range(self.concurrency):
                    listing.create_task(self._find_runs(targets))
            self._is_listing = False
            for _ in range(self.concurrency):
                await self._jobs.put(None)
        self.result += PullResult(not_served=(*self._has_messages.complaints, *self._has_threads.complaints))
        self._tell()

    async def _find_runs(self, targets: Iterator[Target]) -> None:
        for target in targets:
            if target.run_id is None:
                await self._attempt(self._list_runs(target.thread_id), target.thread_id, None)
            elif not await self._offer(_RunJob(target.thread_id, target.run_id, is_alone=True)):
                await self._offer_messages(target.thread_id, self._began_at, unless_listed=True)

    async def _pull_runs(self) -> None:
        while job := await self._jobs.get():
            if isinstance(job, _MessagesJob):
                await self._pull_messages(job)
            else:
                await self._attempt(self._pull_run(job), job.thread_id, job.run_id)
                self._under_way.remove((job.thread_id, job.run_id))
            self._tell()

    async def _list_runs(self, thread_id: str) -> None:
        # Oldest first, so that runs of the same second keep the order of the server.
        listing = run_listing(thread_id, Window(order="asc")).as_received()
        misfits: list[Misfit] = []
        async with aclosing(self.client.paginate(listing, Options()).pages()) as pages:
            async for page in pages:
                runs = _storable(page, misfits)
                self.archive.put_runs(self.client.server.base_url, thread_id, runs)
                for run in runs:
                    await self._offer(_RunJob(thread_id, str(run.id), _has_ended(run)))
        self.archive.finish_thread(thread_id)
        # Last, so that what the runs that have ended wrote is there.
        await self._offer_messages(thread_id, self.archive.now())
        _refuse(misfits, "runs")

    async def _offer(self, job: _RunJob) -> bool:
        """Let a run be pulled; return whether that is needed."""
        self._found += 1
        key = (job.thread_id, job.run_id)
        if key in self._under_way or self.is_finished(*key):
            self.result += PullResult(skipped=1)
            return False
        self._under_way.add(key)
        await self._jobs.put(job)
        return True

    async def _offer_messages(self, thread_id: str, since: float, *, unless_listed: bool = False) -> None:
        if self.messages and not self._has_messages.is_missing:
            await self._jobs.put(_MessagesJob(thread_id, since, unless_listed))

    async def _pull_messages(self, job: _MessagesJob) -> None:
        """Store the messages of a thread, unless that was tried since; a failure costs nothing else."""
        thread_id = job.thread_id
        if (
            not self.messages
            or self._has_messages.is_missing
            or self._listing_messages.get(thread_id, -1.0) >= job.since
            or not self.archive.needs_messages(thread_id, job.since, unless_listed=job.unless_listed)
        ):
            return
        began_at = self._listing_messages[thread_id] = self.archive.now()
        try:
            if job.unless_listed:  # no run of it was asked for that would tell a thread of another server
                self.archive.put_runs(self.client.server.base_url, thread_id, [])
            await self._attempt(self._list_messages(thread_id, began_at), thread_id, None, began_at)
        except ForeignThread as error:
            self._note(Failure(thread_id, None, f"messages: {error}"), None)
        finally:
            self._listing_messages.pop(thread_id, None)

    async def _list_messages(self, thread_id: str, began_at: float) -> None:
        try:
            thread, fault = await self._retrieve_thread(thread_id), None
        except (ConnectionFailed, RateLimited, Unauthorized):
            raise  # which the messages would meet, too
        except (APIError, InvalidArgument) as error:
            thread, fault = None, error
        try:
            put = partial(self.archive.put_messages, thread_id)
            count, last, misfits = await self._store(partial(message_listing, thread_id), put)
        except APIStatusError as error:
            if not self._has_messages.refused(thread_id, error):
                raise
            return
        self.archive.put_messages(thread_id, count, last, began_at=began_at, thread=thread)
        self.result += PullResult(messages=count + len(last))
        for other_id, refusal in self._has_messages.answered().items():
            self._note(Failure(other_id, None, f"messages: {refusal}"), began_at)
        _refuse(misfits, "messages")
        if fault is not None:
            raise fault

    async def _retrieve_thread(self, thread_id: str) -> ReceivedItem | None:
        if self._has_threads.is_missing:
            return None
        try:
            thread = (await self.client.send(retrieve_thread_call(thread_id).as_received(), Options())).parse()
        except APIStatusError as error:
            if not self._has_threads.refused(thread_id, error):
                raise
            return None
        self._has_threads.answered()
        return thread

    async def _store(
        self, listing: Callable[[Window], Listing[Any]], put: Callable[[int, Sequence[ReceivedItem]], None]
    ) -> tuple[int, Sequence[ReceivedItem], list[Misfit]]:
        """Store a list but for its last page; return how many items were, that page, and what is no item."""
        for page_size in _PAGE_SIZES[:-1]:
            with suppress(TooLarge):
                return await self._store_pages(listing(Window(order="asc", page_size=page_size)).as_received(), put)
        return await self._store_pages(listing(Window(order="asc", page_size=_PAGE_SIZES[-1])).as_received(), put)

    async def _store_pages(
        self, listing: Listing[ReceivedItem], put: Callable[[int, Sequence[ReceivedItem]], None]
    ) -> tuple[int, Sequence[ReceivedItem], list[Misfit]]:
        count = 0
        items: Sequence[ReceivedItem] = ()
        misfits: list[Misfit] = []
        async with aclosing(self.client.paginate(listing, Options()).pages()) as pages:
            async for page in pages:
                if items:
                    put(count, items)
                count += len(items)
                items = _storable(page, misfits)
        return count, items, misfits

    async def _pull_run(self, job: _RunJob) -> None:
        had_ended = job.has_ended
        if not had_ended:
            # Whether a run has ended must be known before its steps are listed: none is added afterwards.
            call = retrieve_run_call(job.thread_id, job.run_id).as_received()
            run = (await self.client.send(call, Options())).parse()
            self.archive.put_runs(self.client.server.base_url, job.thread_id, [run])
            had_ended = _has_ended(run)
        retrieved_at = self.archive.now()
        steps, misfits, names_messages = await self._pull_steps(job, had_ended=had_ended)
        self.result += PullResult(pulled=1, steps=steps)
        # Otherwise its messages are listed with those of the whole thread, after its runs.
        if job.is_alone or (had_ended and not job.has_ended):
            since = retrieved_at if names_messages else self._began_at
            await self._pull_messages(_MessagesJob(job.thread_id, since))
        _refuse(misfits, "steps")

    async def _pull_steps(self, job: _RunJob, *, had_ended: bool) -> tuple[int, list[Misfit], bool]:
        """Store the steps of a run.

        Returns:
            How many there are, what stood among them and is none, and whether they name messages that are not there.
        """
        thread_id, run_id = job.thread_id, job.run_id
        names_messages = False

        def put_steps(position: int, steps: Sequence[ReceivedItem]) -> None:
            nonlocal names_messages
            self.archive.put_steps(thread_id, run_id, position, steps)
            names_messages = names_messages or self._lacks_messages(thread_id, steps)

        count, last, misfits = await self._store(partial(self._step_listing, thread_id, run_id), put_steps)
        self.archive.put_steps(thread_id, run_id, count, last, is_last=True, had_ended=had_ended)
        return count + len(last), misfits, names_messages or self._lacks_messages(thread_id, last)

    def _lacks_messages(self, thread_id: str, steps: Sequence[ReceivedItem]) -> bool:
        """Return whether steps name messages that the archive does not have, as far as it is to have them."""
        return self.messages and not self.archive.has_messages(
            thread_id, (found for step in steps if (found := message_id_of(step.value)))
        )

    def _step_listing(self, thread_id: str, run_id: str, window: Window) -> Listing[RunStep]:
        try:
            return step_listing(thread_id, run_id, self.client.server, window, include=self.include)
        except ValueError as error:  # targets were checked before: it is the server that has such an id
            raise InvalidResponse(f"The server lists a run that it cannot be asked for: {error}.") from None

    def _note(self, failure: Failure, messages_since: float | None, *, is_unknown: bool = False) -> None:
        """Note what could not be pulled, messages with when that began."""
        if messages_since is None:
            self.archive.note_failure(failure)
        else:
            self.archive.note_messages_failure(failure.thread_id, failure.message, messages_since)
        self.result += PullResult(failed=1, not_found=int(is_unknown), failures=(failure,))

    async def _attempt(
        self,
        work: Coroutine[Any, Any, None],
        thread_id: str,
        run_id: str | None,
        messages_since: float | None = None,
    ) -> None:
        """Do a part of the work; note when it fails, and give up when all the rest would fail too."""
        try:
            await work
        except Unauthorized:
            raise
        except (APIError, ForeignThread, InvalidArgument, UnknownObject) as error:
            failure = Failure(thread_id, run_id, str(error) if messages_since is None else f"messages: {error}")
            self._note(failure, messages_since, is_unknown=isinstance(error, NotFound) and messages_since is None)
            is_lost = isinstance(error, ConnectionFailed)
            self._lost_in_a_row = self._lost_in_a_row + 1 if is_lost else 0
            self._was_reached = self._was_reached or not is_lost
            if isinstance(error, RateLimited) and (error.retry_after or 0.0) > LONGEST_WAIT:
                raise  # whatever else is asked for would only wait
            if is_lost and (not self._was_reached or self._lost_in_a_row >= 2 * self.concurrency):
                raise
        else:
            self._lost_in_a_row = 0
            self._was_reached = True

    def _tell(self) -> None:
        if self.on_progress:
            self.on_progress(PullProgress(self._found, self._is_listing, self.result))


def _storable(page: Page[ReceivedItem], misfits: list[Misfit]) -> list[ReceivedItem]:
    """Return the items of a page that an archive can hold, and add the others to what cannot be stored."""
    misfits += page.misfits
    misfits += (Misfit("data", "object with id (string)", item.value) for item in page.items if item.id is None)
    return [item for item in page.items if item.id is not None]


def _refuse(misfits: Sequence[Misfit], noun: str) -> None:
    """Raise `InvalidResponse` for what stood among the items of a list and could not be stored; the others were."""
    if misfits:
        texts = "; ".join(
            f"expected {misfit.expected}, got {json.dumps(misfit.value, default=str)[:200]}" for misfit in misfits[:3]
        )
        raise InvalidResponse(f"{len(misfits)} of the {noun} that the server lists cannot be stored: {texts}.")


def _has_ended(run: ReceivedItem) -> bool:
    return has_ended(run.value.get("status"), end_times(run.value))


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the error of a group that says why: one of ours where there is one, as others may be what it led to."""
    errors = list(_each(group))
    return next((error for error in errors if isinstance(error, RunStepsError)), errors[0])


def _each(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _each(error)
        else:
            yield error
