"""Whether a run or a step is over, also on servers with statuses of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from run_steps.timestamps import seconds_or_none
from run_steps_api.models import Run, RunStep

ENDED = frozenset({"cancelled", "completed", "error", "expired", "failed", "incomplete", "stopped"})
"""Statuses after which nothing changes any more; only runs are ever `incomplete`, `error` or `stopped`."""

GOING = frozenset(
    {"cancelling", "created", "in_progress", "queued", "requires_action", "requires_confirmation", "stopping"}
)
"""Statuses that will change."""

END_TIMES = ("completed_at", "failed_at", "cancelled_at", "expired_at")
"""Fields that tell when a run or a step ended."""


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
    return next((seconds for value in values if (seconds := seconds_or_none(value)) is not None), None)


def ended_at(step: RunStep) -> datetime | None:
    """Return when a step ended, however it ended (UTC); None while it is going or when the server tells no time."""
    seconds = first_seconds(end_times_of(step))
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def duration(step: RunStep) -> timedelta | None:
    """Return how long a step took, from its creation to its end; None while it is going, or when a time is not told.

    Servers that tell whole seconds make it a whole number of them, and zero for quick steps.
    """
    began, ended = seconds_or_none(step.created_at), first_seconds(end_times_of(step))
    return None if began is None or ended is None else timedelta(seconds=ended - began)
