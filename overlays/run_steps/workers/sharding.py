"""Run the parts of a job on any executor, and run those again whose worker was lost.

A job is cut into shards; a task is called with each, on a pool of processes, a Dask cluster or whatever else is a
`concurrent.futures.Executor`. The task writes a part of its own and returns what is needed to join the parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager
from itertools import pairwise
from typing import TypeAlias, TypeVar

from run_steps.errors import RunStepsError

S = TypeVar("S")
R = TypeVar("R")

OpenExecutor: TypeAlias = Callable[[], AbstractContextManager[Executor]]
"""Makes a new executor: `run_steps.workers.executors.local_processes(4)`, or `lambda: ProcessPoolExecutor(4)`."""

_LOST_WORKER_ERRORS = {
    "distributed.comm.core.CommClosedError",
    "distributed.scheduler.KilledWorker",
    "distributed.scheduler.NoValidWorkerError",
}
"""Errors of Dask that say the same as `BrokenExecutor`; known by name, as Dask need not be installed."""


class WorkersLost(RunStepsError):
    """Workers died again and again, and the job cannot be finished.

    Attributes:
        unfinished: Indices of the shards that are not done, in order.
    """

    def __init__(self, message: str, unfinished: Sequence[int] = ()) -> None:
        super().__init__(message, unfinished)
        self.unfinished = unfinished


def run_shards(
    task: Callable[[S], R],
    shards: Sequence[S],
    open_executor: OpenExecutor,
    *,
    attempts: int = 3,
    on_done: Callable[[int, R], None] | None = None,
) -> list[R]:
    """Call a task with each shard on an executor, and again where a worker was lost on the way.

    A worker that is killed breaks a pool of processes as a whole: what was running and what was waiting is lost alike,
    and nobody knows whose fault it was. So a new executor is opened for what is not done, as long as each finishes
    something; a task may therefore begin more than once, and must neither build upon nor destroy what an earlier
    attempt left behind.

    Args:
        task: What to do with a shard. Workers are other processes: task, shards and results must be picklable, and the
            task a function of a module.
        shards: What to call the task with.
        open_executor: Makes an executor, as a context manager; called anew after workers were lost.
        attempts: Executors that may break one after the other without one shard done in between (count).
        on_done: Called with the index of a shard and its result as soon as it is done, in the thread of the caller.

    Returns:
        The results, in the order of the shards.

    Raises:
        WorkersLost: The executors broke `attempts` times in a row.
        Exception: What the task raised; shards that wait are cancelled then, as they are at Ctrl+C.
    """
    if attempts < 1:
        raise ValueError(f"attempts must be at least 1, not {attempts}")
    results: dict[int, R] = {}

    def done(index: int, result: R) -> None:
        results[index] = result
        if on_done:
            on_done(index, result)

    broken_in_a_row = 0
    while unfinished := [index for index in range(len(shards)) if index not in results]:
        lost = _run_once(task, {index: shards[index] for index in unfinished}, open_executor, done)
        has_progressed = any(index in results for index in unfinished)
        broken_in_a_row = 0 if has_progressed else broken_in_a_row + 1
        if lost is not None and broken_in_a_row >= attempts:
            raise WorkersLost(
                f"Workers died {attempts} times in a row, with {len(unfinished)} of {len(shards)} shards not done "
                f"({type(lost).__name__}: {lost}). Often they lack memory: run fewer at a time, or cut more shards.",
                unfinished,
            ) from lost
    return [results[index] for index in range(len(shards))]


def split_evenly(items: Sequence[S], parts: int) -> list[Sequence[S]]:
    """Cut a sequence into contiguous parts whose lengths differ by one at most.

    Args:
        items: What to cut.
        parts: Parts wanted (count), at least 1.

    Returns:
        The parts, none of them empty: fewer than wanted when there are fewer items.
    """
    if parts < 1:
        raise ValueError(f"parts must be at least 1, not {parts}")
    parts = min(parts, len(items))
    ends = [len(items) * part // parts for part in range(parts + 1)] if parts else []
    return [items[begin:end] for begin, end in pairwise(ends)]


def _run_once(
    task: Callable[[S], R], shards: dict[int, S], open_executor: OpenExecutor, done: Callable[[int, R], None]
) -> BaseException | None:
    """Run shards on one executor; return why workers were lost, None when none was."""
    lost: BaseException | None = None
    futures: dict[Future[R], int] = {}
    with open_executor() as executor:
        try:
            for index, shard in shards.items():
                futures[executor.submit(task, shard)] = index
        except BrokenExecutor as error:
            lost = error
        try:
            for future in as_completed(futures):
                try:
                    result = future.result()
                except BaseException as error:
                    if not _is_lost_worker(error):
                        raise
                    lost = error
                else:
                    done(futures[future], result)
        except BaseException:
            _cancel(executor, futures)
            raise
    return lost


def _cancel(executor: Executor, futures: Iterable[Future[R]]) -> None:
    """Let go of what has not begun."""
    if isinstance(executor, ProcessPoolExecutor):
        # Its own thread must do it: at the same moment that may be telling the futures that the pool broke, and would
        # stumble over one that somebody else cancelled.
        executor.shutdown(wait=False, cancel_futures=True)
    else:
        for future in futures:
            future.cancel()


def _is_lost_worker(error: BaseException) -> bool:
    # Nothing is cancelled here before an error is raised: a task that is cancelled was so by an executor that broke.
    if isinstance(error, (BrokenExecutor, CancelledError)):
        return True
    return any(f"{kind.__module__}.{kind.__qualname__}" in _LOST_WORKER_ERRORS for kind in type(error).__mro__)
