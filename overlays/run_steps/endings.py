"""Whether a run or a step is over, also on servers with statuses of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from run_steps.timestamps import to_seconds
from run_steps_api.models import Run, RunStep

ENDED = frozenset({"cancelled", "completed", "expired", "failed", "incomplete"})
"""Statuses after which nothing changes any more; only runs are ever `incomplete`."""

GOING = frozenset({"cancelling", "in_progress", "queued", "requires_action"})
"""Statuses that will change."""

END_TIMES = ("completed_at", "failed_at", "cancelled_at", "expired_at")
"""Fields that tell when a run or a step ended."""

_SECOND_DAY = 86_400
"""Nothing ended before (Unix seconds): 0, or the first day of the year 1, is how some languages write no time."""


def has_ended(status: object, end_times: Iterable[Any]) -> bool:
    """Tell whether a run or a step is over.

    Args:
        status: Its status; one that is not known is judged by the times.
        end_times: Its values of `END_TIMES`, as they were sent.
    """
    name = str(status)
    return name in ENDED or (name not in GOING and first_seconds(end_times) is not None)


def end_times(payload: Mapping[str, Any]) -> list[Any]:
    """Return when a run or step of a server ended, field by field."""
    return [payload.get(name) for name in END_TIMES]


def end_times_of(item: Run | RunStep) -> list[Any]:
    """Return the same of a model; runs tell an expiry only on some servers, and beside the contract."""
    expired_at = item.expired_at if isinstance(item, RunStep) else item.additional_properties.get("expired_at")
    return [item.completed_at, item.failed_at, item.cancelled_at, expired_at]


def first_seconds(values: Iterable[Any]) -> float | None:
    """Return the first of some values that is a time, as Unix seconds; what is none is passed over."""
    for value in values:
        seconds = seconds_or_none(value)
        if seconds is not None and seconds >= _SECOND_DAY:
            return seconds
    return None


def seconds_or_none(value: Any) -> float | None:
    """Return a time as a server sent it, as Unix seconds; None for anything that is none."""
    try:
        return to_seconds(value)
    except (OverflowError, TypeError, ValueError):
        return None
