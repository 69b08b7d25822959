"""Look, report, wait: the loops around the decisions, synchronous and not."""

from __future__ import annotations

import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterable

import anyio

from run_steps._choices import one_or_many
from run_steps.errors import RunStepsError
from run_steps.pagination.paginators import AsyncPaginator, Paginator
from run_steps.reader import Reader
from run_steps.watching.decisions import Pace, Watch
from run_steps.watching.states import Change
from run_steps_api.models import Run, RunStep


def watch(
    reader: Reader,
    thread_id: str,
    run_id: str,
    *,
    deadline: float | None = None,
    pace: Pace | None = None,
    include: Iterable[str] = (),
    is_complete: Callable[[], bool] = lambda: True,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    rand: Callable[[], float] = random.random,
) -> Generator[Change]:
    """Follow a run in whatever it can be read from, such as an archive that somebody else pulls into.

    For a live server `RunSteps.watch` is the better choice: there the deadline holds for each request, too.

    Args:
        reader: A `RunSteps` or an `Archive`.
        thread_id: Id of the thread.
        run_id: Id of the run.
        deadline: Time the watch may take, from this call on (seconds); 0 for a single look, None for no bound.
        pace: How often to look.
        include: Fields to send that are left out otherwise, see `RunStepInclude`.
        is_complete: Tells of a run that ended whether all of its steps are there. A pull stores the run before its
            steps: `lambda: run_id in archive.finished_runs(thread_id)` waits for them.
        sleep: Waits a number of seconds.
        clock: A monotonic clock (seconds).
        rand: Draws a number from 0 up to 1.

    Returns:
        The changes as they are seen; what it raises is documented at `RunSteps.watch`.
    """
    decisions = Watch(run_id, deadline, pace or Pace(), is_complete, clock, rand)
    fields = one_or_many(include)
    return watched(
        decisions,
        lambda: reader.run(thread_id, run_id),
        lambda after: reader.list(thread_id, run_id, order="asc", after=after, include=fields),
        lambda step_id: reader.retrieve(thread_id, run_id, step_id, include=fields),
        sleep,
    )


def watched(
    decisions: Watch,
    read_run: Callable[[], Run],
    list_steps: Callable[[str | None], Paginator[RunStep]],
    read_step: Callable[[str], RunStep],
    sleep: Callable[[float], None] = time.sleep,
) -> Generator[Change]:
    """Follow a run.

    Args:
        decisions: Decides.
        read_run: Reads the run.
        list_steps: Lists the steps that follow the one with an id, or all of them, oldest first.
        read_step: Reads the step with an id.
        sleep: Waits a number of seconds.
    """
    while True:
        try:
            run = read_run()
            steps = list(list_steps(decisions.resume_after(run)))
            unfinished = [read_step(step_id) for step_id in decisions.unfinished]
        except RunStepsError as error:
            if not decisions.forgives(error):
                raise
        else:
            yield from decisions.receive(run, steps, unfinished)
            if decisions.is_done:
                return
        sleep(decisions.pause())


async def watched_async(
    decisions: Watch,
    read_run: Callable[[], Awaitable[Run]],
    list_steps: Callable[[str | None], AsyncPaginator[RunStep]],
    read_step: Callable[[str], Awaitable[RunStep]],
    sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
) -> AsyncGenerator[Change]:
    """Follow a run asynchronously; otherwise as `watched`."""
    while True:
        try:
            run = await read_run()
            steps = [step async for step in list_steps(decisions.resume_after(run))]
            unfinished = [await read_step(step_id) for step_id in decisions.unfinished]
        except RunStepsError as error:
            if not decisions.forgives(error):
                raise
        else:
            for change in decisions.receive(run, steps, unfinished):
                yield change
            if decisions.is_done:
                return
        await sleep(decisions.pause())
