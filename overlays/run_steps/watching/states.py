"""What was seen of a run, and what changed from one look to the next. Nothing here waits or asks anybody."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, TypeAlias

from attrs import frozen

from run_steps._ids import checked_id
from run_steps.timestamps import end_times_of, has_ended, seconds_or_none
from run_steps_api.models import Run, RunStep

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


def state_after(before: RunState | None, run: Run, listed: Sequence[RunStep], settled: int = 0) -> RunState:
    """Return what is known after a look.

    Args:
        before: What was known before it.
        run: The run.
        listed: The steps that the server gave, oldest first; none of them among the settled ones.
        settled: Number of known steps that were not asked for, the first ones; these cost nothing here.

    Returns:
        The state with the settled steps; one that the server no longer lists is kept, last.
    """
    known = before.steps if before else ()
    seen = {step.id: step for step in listed}
    for step in known[settled:]:
        seen.setdefault(step.id, step)
    return RunState(run, known[:settled] + tuple(seen.values()))


def changes_between(before: RunState | None, after: RunState, settled: int = 0) -> list[Change]:
    """Return what happened from one look to the next.

    Args:
        before: What was known before.
        after: What is known now.
        settled: Number of steps, the first ones, that are the same in both.

    Returns:
        First what happened to the run, then to its steps, oldest first; that the run ended comes last.
    """
    known = {step.id: step for step in before.steps[settled:]} if before else {}
    changes = [
        Change(kind, after.run, step)
        for step in after.steps[settled:]
        if (kind := kind_of_change(known.get(step.id), step))
    ]
    kind = kind_of_change(before.run if before else None, after.run)
    if kind is not None:
        changes.insert(len(changes) if kind == "ended" else 0, Change(kind, after.run))
    return changes


@frozen
class Settled:
    """The first steps of a run, behind which something may still happen, so that a long run need not be listed whole.

    Attributes:
        count: Number of these steps.
        latest: When the latest of them was created (seconds).
        cursor: Id of the last of them; None when there are none.
    """

    count: int = 0
    latest: float = -math.inf
    cursor: str | None = None


def settled_in(steps: Sequence[RunStep], before: Settled = Settled()) -> Settled:
    """Return the steps up to the last one where all have ended and are older than the next one.

    Steps of the same time have no certain order, so that a new one could still come before them. None are settled
    where the times or their order make no sense.

    Args:
        steps: The steps of a run, as the server orders them when the oldest is to come first.
        before: What was settled among them at the last look: only what follows is looked at, unless a step came that
            is not newer.
    """
    if before.count and before.count < len(steps):
        next_created_at = seconds_or_none(steps[before.count].created_at)
        if next_created_at is None or next_created_at <= before.latest:
            before = Settled()
    settled, latest = before, before.latest
    for index in range(before.count, len(steps) - 1):
        step, following = steps[index], steps[index + 1]
        created_at, next_created_at = seconds_or_none(step.created_at), seconds_or_none(following.created_at)
        if not is_over(step) or created_at is None or next_created_at is None:
            break
        latest = max(latest, created_at)
        if latest < next_created_at and _can_be_sent(step.id):
            settled = Settled(index + 1, latest, step.id)
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
