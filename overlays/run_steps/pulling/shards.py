"""Pull with several workers: into the archive itself where they reach it, else each into a part that is joined.

SQLite lets the processes of one machine write to a file in turns, which costs nothing worth naming; to copy what each
wrote costs half as much as pulling it. Workers on other machines cannot share the log of the archive, and write to an
archive of their own beside it. Either way, a worker that is killed, or a pull that is stopped, costs only what was
under way.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from os import PathLike
from pathlib import Path
from uuid import uuid4

from attrs import field, frozen

from run_steps._http.retries import RetryPolicy
from run_steps.archive import Archive
from run_steps.archive.lock import OnWait, locked
from run_steps.pulling.parts import FileIdentity, identity_of, join, join_parts, parts_folder
from run_steps.pulling.puller import (
    DEFAULT_CONCURRENCY,
    PULL_RETRIES,
    check_concurrency,
    open_client,
    pull_targets,
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
        archive: The archive that it belongs to.
        identity: What tells that file from another one under the same path, see `identity_of`.
        path: The archive to pull into where that is another one; the same worker or another one goes on with what is
            there.
        concurrency: Requests under way at once, at most (count).
        include: Fields to ask for that are left out otherwise.
        messages: Whether to pull messages and threads as well.
        retry: How often and how long to try each request.
    """

    open_server: Callable[[], Server]
    targets: Sequence[Target]
    origins: Mapping[str, str] = field(repr=False)
    finished: Mapping[str, frozenset[str]] = field(repr=False)
    archive: Path
    identity: FileIdentity | None
    path: Path
    concurrency: int
    include: Sequence[str]
    messages: bool
    retry: RetryPolicy


@frozen
class PulledShard:
    """What became of a shard.

    Attributes:
        result: What was done.
        is_apart: Whether its part is to be joined; the archive has it otherwise.
    """

    result: PullResult
    is_apart: bool


def pull_shard(shard: PullShard) -> PulledShard:
    """Pull a shard into the archive, or into its own part of it; raises as `run_steps.pulling.pull`."""
    # Another worker that was given this shard, and lost, may still be at it; and the next pull waits for this one.
    with locked(shard.path, on_wait=_logger.warning):
        if identity_of(shard.archive) == shard.identity:
            with Archive.create(shard.archive) as archive:
                return PulledShard(asyncio.run(_pull(shard, archive, archive.is_finished)), is_apart=False)
        # The log of a write-ahead archive cannot be shared by machines; a part need not be read while it is written.
        with Archive.create(shard.path, write_ahead=False) as part:
            # A thread of another server fails here, rather than all when joined.
            part.put_origins(shard.origins)

            def is_finished(thread_id: str, run_id: str) -> bool:
                return run_id in shard.finished.get(thread_id, ()) or part.is_finished(thread_id, run_id)

            return PulledShard(asyncio.run(_pull(shard, part, is_finished, reopened(part))), is_apart=True)


async def _pull(
    shard: PullShard, archive: Archive, is_finished: Callable[[str, str], bool], damaged: Iterable[Target] = ()
) -> PullResult:
    async with open_client(shard.open_server(), concurrency=shard.concurrency, retry=shard.retry) as client:
        return await pull_targets(
            archive,
            client,
            chain(damaged, shard.targets),
            concurrency=shard.concurrency,
            include=shard.include,
            messages=shard.messages,
            is_finished=is_finished,
        )


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

    Workers on this machine write to the archive itself. Those on others write parts into the folder `<archive>.parts`,
    which they must reach under the same path; a part is joined as soon as it is done, and those that a stopped pull
    left there are joined first.

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
        on_done: Called with what a shard did as soon as the archive has it.
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
        # A worker of a pull that was stopped may still be writing, and must never meet one of this pull in a part.
        pull_id, identity = uuid4().hex, identity_of(path)
        parts = [
            PullShard(
                open_server,
                part,
                *_held(archive, part),
                path,
                identity,
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

        def done(index: int, pulled: PulledShard) -> None:
            if pulled.is_apart:
                join(archive, parts[index].path, on_wait)
            if on_done:
                on_done(pulled.result)

        pulled = run_shards(pull_shard, parts, open_executor, on_done=done)
        join_parts(archive, on_wait)
    return sum((shard.result for shard in pulled), PullResult())


def _held(archive: Archive, targets: Sequence[Target]) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Return by thread what an archive knows of some targets: the origins, and the runs that are finished."""
    threads = {target.thread_id for target in targets}
    return archive.origins(threads), {thread_id: archive.finished_runs(thread_id) for thread_id in threads}
