"""The pull: list the runs of threads, and store them and their steps, many at a time.

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

from run_steps._endpoints import Listing, Options, retrieve_run_call, run_listing, step_listing
from run_steps._http.lane import Lane
from run_steps._http.proxies import environment_proxy
from run_steps._http.retries import RetryPolicy
from run_steps._http.stack import async_network_transport
from run_steps._http.tls import TrustedCertificates
from run_steps._received import ReceivedItem
from run_steps.archive import Archive, Failure, ForeignThread
from run_steps.archive.lock import OnWait, locked
from run_steps.async_client import AsyncRunSteps
from run_steps.errors import (
    APIError,
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
from run_steps.pulling.pacing import PacedTransport, SharedPace
from run_steps.pulling.parts import join_parts
from run_steps.pulling.results import PullProgress, PullResult
from run_steps.pulling.targets import Target
from run_steps.servers import Server
from run_steps.stores import UnknownObject
from run_steps.stores.includes import FILE_SEARCH_CONTENT
from run_steps.timestamps import end_times, has_ended
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
    retry: RetryPolicy = PULL_RETRIES,
    on_progress: Callable[[PullProgress], None] | None = None,
    on_wait: OnWait | None = None,
) -> PullResult:
    """Pull threads and runs into an archive; runs that are complete there are not asked for again.

    What workers of a stopped `pull_sharded` left is joined first, and what is damaged in the archive is pulled again.

    Args:
        server: Where they are.
        path: The archive; made when there is none.
        targets: Threads and runs; read as the pull goes on.
        concurrency: Requests under way at once, at most (count); fewer while the server answers 429.
        include: Fields to ask for that are left out otherwise, see `RunStepInclude`.
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
                archive, client, targets, concurrency=concurrency, include=include, on_progress=on_progress
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
        is_finished: Tells by thread and run id whether a run need not be pulled; asks the archive when left out.
        on_progress: Called after each run with how far the pull is.
    """
    damaged = reopened(archive)
    puller = _Puller(archive, client, concurrency, include, is_finished or archive.is_finished, on_progress)
    try:
        await puller.pull(chain(damaged, targets))
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
class _Job:
    """A run to pull, and whether it was listed as one that has ended; many wait, so that nothing else is kept."""

    thread_id: str
    run_id: str
    has_ended: bool = False


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
    is_finished: Callable[[str, str], bool]
    on_progress: Callable[[PullProgress], None] | None
    result: PullResult = Factory(PullResult)
    _found: int = 0
    _is_listing: bool = True
    _lost_in_a_row: int = 0
    _was_reached: bool = False
    _under_way: set[tuple[str, str]] = Factory(set[tuple[str, str]])
    _jobs: asyncio.Queue[_Job | None] = Factory(lambda: asyncio.Queue[_Job | None](_QUEUE_LENGTH))

    async def pull(self, targets: Iterator[Target]) -> None:
        """Pull runs while threads are still being listed."""
        async with asyncio.TaskGroup() as pulling:
            for _ in range(self.concurrency):
                pulling.create_task(self._pull_runs())
            async with asyncio.TaskGroup() as listing:
                for _ in range(self.concurrency):
                    listing.create_task(self._find_runs(targets))
            self._is_listing = False
            for _ in range(self.concurrency):
                await self._jobs.put(None)
        self._tell()

    async def _find_runs(self, targets: Iterator[Target]) -> None:
        for target in targets:
            if target.run_id is not None:
                await self._offer(_Job(target.thread_id, target.run_id))
            else:
                await self._attempt(self._list_runs(target.thread_id), target.thread_id, None)

    async def _pull_runs(self) -> None:
        while job := await self._jobs.get():
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
                    await self._offer(_Job(thread_id, str(run.id), _has_ended(run)))
        self.archive.finish_thread(thread_id)
        _refuse(misfits, "runs")

    async def _offer(self, job: _Job) -> None:
        self._found += 1
        key = (job.thread_id, job.run_id)
        if key in self._under_way or self.is_finished(*key):
            self.result += PullResult(skipped=1)
        else:
            self._under_way.add(key)
            await self._jobs.put(job)

    async def _pull_run(self, job: _Job) -> None:
        had_ended = job.has_ended
        if not had_ended:
            # Whether a run has ended must be known before its steps are listed: none is added afterwards.
            call = retrieve_run_call(job.thread_id, job.run_id).as_received()
            run = (await self.client.send(call, Options())).parse()
            self.archive.put_runs(self.client.server.base_url, job.thread_id, [run])
            had_ended = _has_ended(run)
        for page_size in _PAGE_SIZES:
            try:
                found = await self._pull_steps(job, page_size, had_ended=had_ended)
            except TooLarge:
                if page_size == _PAGE_SIZES[-1]:
                    raise
            else:
                count, misfits = found
                self.result += PullResult(pulled=1, steps=count)
                _refuse(misfits, "steps")
                return

    async def _pull_steps(self, job: _Job, page_size: int, *, had_ended: bool) -> tuple[int, list[Misfit]]:
        """Store the steps of a run; return how many there are, and what stood among them and is none."""
        put_steps = partial(self.archive.put_steps, job.thread_id, job.run_id)
        count = 0
        steps: Sequence[ReceivedItem] = ()
        misfits: list[Misfit] = []
        async with aclosing(self.client.paginate(self._step_listing(job, page_size), Options()).pages()) as pages:
            async for page in pages:
                if steps:
                    put_steps(count, steps)
                count += len(steps)
                steps = _storable(page, misfits)
        put_steps(count, steps, is_last=True, had_ended=had_ended)
        return count + len(steps), misfits

    def _step_listing(self, job: _Job, page_size: int) -> Listing[ReceivedItem]:
        window = Window(order="asc", page_size=page_size)
        try:
            listing = step_listing(job.thread_id, job.run_id, self.client.server, window, include=self.include)
        except ValueError as error:  # targets were checked before: it is the server that has such an id
            raise InvalidResponse(f"The server lists a run that it cannot be asked for: {error}.") from None
        return listing.as_received()

    async def _attempt(self, work: Coroutine[Any, Any, None], thread_id: str, run_id: str | None) -> None:
        """Do a part of the work; note when it fails, and give up when all the rest would fail too."""
        try:
            await work
        except Unauthorized:
            raise
        except (APIError, ForeignThread, InvalidArgument, UnknownObject) as error:
            failure = Failure(thread_id, run_id, str(error))
            self.archive.note_failure(failure)
            self.result += PullResult(failed=1, not_found=int(isinstance(error, NotFound)), failures=(failure,))
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
