"""Pull with several workers, on this machine or others: each into an archive of its own, joined in the end.

What a worker wrote stays where it is until it is joined, so a worker that is killed, or a pull that is stopped, costs
only what was under way.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from uuid import uuid4

from attrs import field, frozen

from run_steps._http.retries import RetryPolicy
from run_steps.archive import Archive
from run_steps.archive.lock import OnWait, locked
from run_steps.pulling.parts import join, join_parts, parts_folder
from run_steps.pulling.puller import (
    DEFAULT_CONCURRENCY,
    PULL_RETRIES,
    check_concurrency,
    open_client,
    pull_into,
    reopened,
)
from run_steps.pulling.results import PullResult
from run_steps.pulling.targets import Target
from run_steps.servers import Server
from run_steps.stores.includes import FILE_SEARCH_CONTENT
from run_steps.workers.sharding import OpenExecutor, run_shards, split_evenly

_logger = logging.getLogger(__name__)


@frozen
class PullShard:
    """What one worker pulls.

    Attributes:
        open_server: Makes the server, on the worker: keys are read there and never travel.
        targets: Threads and runs.
        origins: Base URLs of the servers that threads in the archive came from, by thread.
        finished: Runs that need not be pulled, by thread.
        path: The archive to pull into; the same worker or another one goes on with what is there.
        concurrency: Requests under way at once, at most (count).
        include: Fields to ask for that are left out otherwise.
        messages: Whether to pull messages and threads as well.
        retry: How often and how long to try each request.
    """

    open_server: Callable[[], Server]
    targets: Sequence[Target]
    origins: Mapping[str, str] = field(repr=False)
    finished: Mapping[str, frozenset[str]] = field(repr=False)
    path: Path
    concurrency: int
    include: Sequence[str]
    messages: bool
    retry: RetryPolicy


def pull_shard(shard: PullShard) -> PullResult:
    """Pull a shard into its own archive; raises as `run_steps.pulling.pull`."""

    async def run(archive: Archive) -> PullResult:
        def is_finished(thread_id: str, run_id: str) -> bool:
            return run_id in shard.finished.get(thread_id, ()) or archive.is_finished(thread_id, run_id)

        async with open_client(shard.open_server(), concurrency=shard.concurrency, retry=shard.retry) as client:
            return await pull_into(
                archive,
                client,
                shard.targets,
                concurrency=shard.concurrency,
                include=shard.include,
                messages=shard.messages,
                is_finished=is_finished,
            )

    # The log of a write-ahead archive cannot be shared by machines; a part need not be read while it is written.
    # Another worker that was given this shard, and lost, may still be at it.
    with locked(shard.path, on_wait=_logger.warning), Archive.create(shard.path, write_ahead=False) as archive:
        archive.put_origins(shard.origins)  # so that a thread of another server fails here, rather than all when joined
        return asyncio.run(run(archive))


def pull_sharded(
    open_server: Callable[[], Server],
    path: str | PathLike[str],
    targets: Iterable[Target],
    *,
    shards: int,
    open_executor: OpenExecutor,
    concurrency: int = DEFAULT_CONCURRENCY,
    include: Sequence[str] = (FILE_SEARCH_CONTENT,),
    messages: bool = True,
    retry: RetryPolicy = PULL_RETRIES,
    on_done: Callable[[PullResult], None] | None = None,
    on_wait: OnWait | None = None,
) -> PullResult:
    """Pull threads and runs with several workers; otherwise as `run_steps.pulling.pull`.

    Parts are kept in the folder `<archive>.parts` until they are joined, so workers on other machines must reach it
    under the same path. Parts that a stopped pull left there are joined first.

    Args:
        open_server: Makes the server; a function that workers can import, such as `run_steps.servers.from_env`.
        path: The archive; made when there is none.
        targets: Threads and runs.
        shards: Parts to cut the targets into (count); more than there are workers, when some targets are much larger
            than others.
        open_executor: Makes what runs them, see `run_steps.workers.sharding`.
        concurrency: Requests each worker has under way at once, at most (count).
        include: Fields to ask for that are left out otherwise.
        messages: As `pull`.
        retry: How often and how long to try each request.
        on_done: Called with what a shard did as soon as it is joined.
        on_wait: As `pull`; also called when a worker of a pull that was stopped still writes to its part.

    Raises:
        WorkersLost: Workers died again and again; what they wrote is joined by the next pull.
        RunStepsError: As `pull`.
    """
    check_concurrency(concurrency)
    path = Path(path).absolute()
    folder = parts_folder(path)
    with locked(path, on_wait), Archive.create(path) as archive:
        join_parts(archive, on_wait)
        targets = [*reopened(archive), *targets]
        # A worker of a pull that was stopped may still be writing, and must never meet one of this pull in a file.
        pull_id = uuid4().hex
        parts = [
            PullShard(
                open_server,
                part,
                *_held(archive, part),
                folder / f"part-{number:05}-{pull_id}.sqlite",
                concurrency,
                include,
                messages,
                retry,
            )
            for number, part in enumerate(split_evenly(targets, shards))
        ]
        if not parts:
            return PullResult()
        folder.mkdir(exist_ok=True)

        def done(index: int, result: PullResult) -> None:
            join(archive, parts[index].path, on_wait)
            if on_done:
                on_done(result)

        results = run_shards(pull_shard, parts, open_executor, on_done=done)
        join_parts(archive, on_wait)
    return sum(results, PullResult())


def _held(archive: Archive, targets: Sequence[Target]) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Return by thread what an archive knows of some targets: the origins, and the runs that are finished."""
    threads = {target.thread_id for target in targets}
    return archive.origins(threads), {thread_id: archive.finished_runs(thread_id) for thread_id in threads}
