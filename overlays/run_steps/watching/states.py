"""What was seen of a run, and what changed from one look to the next. Nothing here waits or asks anybody."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, TypeAlias

from attrs import evolve, frozen

from run_steps._ids import checked_id
from run_steps.timestamps import end_times_of, has_ended, seconds_or_none
from run_steps_api.models import Run, RunStep

_PAGE = 100
"""Steps that a server lists at once, at most (count)."""

ChangeKind: TypeAlias = Literal["appeared", "changed", "ended"]
"""What happened to a run or step: it was seen for the first time and is going, it is another than before, or it ended.

What has already ended when it is first seen has `ended`, and that alone.
"""


@frozen
class RunState:
    """A run as it was seen at one look.

    Attributes:
        run: The run.
        steps: Its steps, oldest first.
    """

    run: Run
    steps: tuple[RunStep, ...] = ()


@frozen
class Change:
    """Something that happened in a run.

    Attributes:
        kind: `appeared`, `changed` or `ended`.
        run: The run as it is now.
        step: The step this happened to, as it is now; None when it happened to the run itself.
    """

    kind: ChangeKind
    run: Run
    step: RunStep | None = None


def is_over(item: Run | RunStep) -> bool:
    """Return whether a run or step is over, however it ended.

    Args:
        item: The run or step. A status that is not known is judged by the times: one that has ended says when.
    """
    return has_ended(item.status, end_times_of(item))


@frozen
class Settled:
    """The first steps of a run, behind which something may still happen, so that a long run need not be listed whole.

    Attributes:
        count: Number of these steps.
        latest: When the latest of them was created (seconds).
        cursor: Id of the last of them; None when there are none.
        unfinished: Places of those that have not ended, few enough to be retrieved one by one.
    """

    count: int = 0
    latest: float = -math.inf
    cursor: str | None = None
    unfinished: tuple[int, ...] = ()


NOTHING_SETTLED = Settled()


def state_after(
    before: RunState | None,
    run: Run,
    listed: Sequence[RunStep],
    settled: Settled = NOTHING_SETTLED,
    retrieved: Mapping[int, RunStep] = MappingProxyType({}),
) -> RunState:
    """Return what is known after a look.

    Args:
        before: What was known before it.
        run: The run.
        listed: The steps that the server gave, oldest first; none of them among the settled ones.
        settled: The known steps that were not to be listed; these cost nothing here.
        retrieved: Those of them that were retrieved, by their places.

    Returns:
        The state with the settled steps; one that the server no longer lists is kept, last.
    """
    known = before.steps if before else ()
    seen = {step.id: step for step in listed}
    for step in known[settled.count :]:
        seen.setdefault(step.id, step)
    first = list(known[: settled.count])
    for place, step in retrieved.items():
        first[place] = step
    return RunState(run, (*first, *seen.values()))


def changes_between(before: RunState | None, after: RunState, settled: Settled = NOTHING_SETTLED) -> list[Change]:
    """Return what happened from one look to the next.

    Args:
        before: What was known before.
        after: What is known now.
        settled: Steps that are the same in both, but for the unfinished ones.

    Returns:
        First what happened to the run, then to its steps, oldest first; that the run ended comes last.
    """
    known = {step.id: step for step in _looked_at(before, settled)} if before else {}
    changes = [
        Change(kind, after.run, step)
        for step in _looked_at(after, settled)
        if (kind := kind_of_change(known.get(step.id), step))
    ]
    kind = kind_of_change(before.run if before else None, after.run)
    if kind is not None:
        changes.insert(len(changes) if kind == "ended" else 0, Change(kind, after.run))
    return changes


def _looked_at(state: RunState, settled: Settled) -> Iterator[RunStep]:
    yield from (state.steps[place] for place in settled.unfinished)
    yield from state.steps[settled.count :]


def settled_in(steps: Sequence[RunStep], before: Settled = NOTHING_SETTLED) -> Settled:
    """Return the steps up to the last one where all are older than the next one, and nearly all have ended.

    Steps of the same time have no certain order, so that a new one could still come before them. None are settled
    where the times or their order make no sense. One that has not ended costs a request at each look, and so does a
    page of a list: it is settled once as many pages follow as there are of its like.

    Args:
        steps: The steps of a run, as the server orders them when the oldest is to come first.
        before: What was settled among them at the last look: only what follows is looked at, unless a step came that
            is not newer.
    """
    if before.count and before.count < len(steps):
        next_created_at = seconds_or_none(steps[before.count].created_at)
        if next_created_at is None or next_created_at <= before.latest:
            before = Settled()
    latest, unfinished = before.latest, [place for place in before.unfinished if not is_over(steps[place])]
    settled = evolve(before, unfinished=tuple(unfinished))
    for index in range(before.count, len(steps) - 1):
        step, following = steps[index], steps[index + 1]
        created_at, next_created_at = seconds_or_none(step.created_at), seconds_or_none(following.created_at)
        if created_at is None or next_created_at is None:
            break
        if not is_over(step):
            if not _can_be_sent(step.id):
                break
            unfinished.append(index)
        latest = max(latest, created_at)
        saves = not unfinished or index - unfinished[0] >= len(unfinished) * _PAGE
        if saves and latest < next_created_at and _can_be_sent(step.id):
            settled = Settled(index + 1, latest, step.id, tuple(unfinished))
    return settled


def kind_of_change(before: Run | RunStep | None, after: Run | RunStep) -> ChangeKind | None:
    """Return what happened to a run or step; None when it is the same as before."""
    if before is after or before == after:
        return None
    if is_over(after) and (before is None or not is_over(before)):
        return "ended"
    return "appeared" if before is None else "changed"


def _can_be_sent(step_id: str) -> bool:
    try:
        checked_id("the id", step_id)
    except ValueError:
        return False
    return True
