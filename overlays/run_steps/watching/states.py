"""What was seen of a run, and what changed from one look to the next. Nothing here waits or asks anybody."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
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


def state_after(before: RunState | None, run: Run, listed: Iterable[RunStep], cursor: str | None) -> RunState:
    """Return what is known after a look.

    Args:
        before: What was known before it.
        run: The run.
        listed: The steps that the server gave, oldest first.
        cursor: Id of the step that these were asked to follow; None when all were asked for.

    Returns:
        The state with the steps that lie before the cursor; one that the server no longer lists is kept, last.
    """
    known = before.steps if before else ()
    seen: dict[str, RunStep] = {}
    if cursor is not None:
        count = next(index for index, step in enumerate(known, 1) if step.id == cursor)
        seen.update((step.id, step) for step in known[:count])
    seen.update((step.id, step) for step in listed)
    for step in known:
        seen.setdefault(step.id, step)
    return RunState(run, tuple(seen.values()))


def changes_between(before: RunState | None, after: RunState) -> list[Change]:
    """Return what happened from one look to the next.

    Returns:
        First what happened to the run, then to its steps, oldest first; that the run ended comes last.
    """
    known = {step.id: step for step in before.steps} if before else {}
    changes = [
        Change(kind, after.run, step) for step in after.steps if (kind := kind_of_change(known.get(step.id), step))
    ]
    kind = kind_of_change(before.run if before else None, after.run)
    if kind is not None:
        changes.insert(len(changes) if kind == "ended" else 0, Change(kind, after.run))
    return changes


def resume_point(steps: Sequence[RunStep]) -> str | None:
    """Return the step behind which something may still happen, so that a long run need not be listed whole.

    Args:
        steps: The steps of a run, as the server orders them when the oldest is to come first.

    Returns:
        Id of the last step up to which all have ended and are older than the next one: steps of the same time have no
        certain order, so that a new one could still come before them. None to list all of them, also where the times
        or their order make no sense.
    """
    cursor: str | None = None
    latest = -math.inf
    for step, following in pairwise(steps):
        created_at, next_created_at = seconds_or_none(step.created_at), seconds_or_none(following.created_at)
        if not is_over(step) or created_at is None or next_created_at is None:
            break
        latest = max(latest, created_at)
        if latest < next_created_at and _can_be_sent(step.id):
            cursor = step.id
    return cursor


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
