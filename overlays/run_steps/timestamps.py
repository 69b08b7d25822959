"""Times as servers write them, turned into datetimes; whether a run or a step has ended, and how long it took.

OpenAI and Azure send Unix seconds, DashScope Unix milliseconds and -1 for a time that is not set, open-assistant-api
seconds with a fraction, llamphouse ISO 8601 text. Some servers have statuses of their own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from run_steps_api.models import Run, RunStep
from run_steps_api.types import Unset

ENDED = frozenset({"cancelled", "completed", "error", "expired", "failed", "incomplete", "stopped"})
"""Statuses after which nothing changes any more; only runs are ever `incomplete`, `error` or `stopped`."""

GOING = frozenset(
    {"cancelling", "created", "in_progress", "queued", "requires_action", "requires_confirmation", "stopping"}
)
"""Statuses that will change."""

END_TIMES = ("completed_at", "failed_at", "cancelled_at", "expired_at")
"""Fields with the time when a run or a step ended."""

_LAST_SECOND = 253_402_300_799
"""The last second of the year 9999, beyond which there are no datetimes."""

_SECOND_DAY = 86_400
"""Nothing happened before (Unix seconds): 0, or the first day of the year 1, is how some languages write no time."""

_MILLISECONDS_FROM = 100_000_000_000
"""Numbers from here on are milliseconds: as seconds they would lie after the year 5138, as milliseconds after 1973."""


def to_datetime(value: float | str | Unset | None) -> datetime | None:
    """Turn a time of a payload into a datetime.

    Args:
        value: Unix seconds or milliseconds, ISO 8601 text, None, or nothing.

    Returns:
        An aware datetime in UTC, or in the zone that the text names; None for a time that is not set: null, missing,
        empty, or before 2 January 1970 (DashScope sends -1; 0 and text with the year 1 are what some servers have for
        nothing).

    Raises:
        ValueError: The value is no time: text in another form, or a number out of the range of dates.
    """
    if value is None or isinstance(value, Unset) or value == "":
        return None
    if isinstance(value, str):
        return _from_text(value)
    seconds = _from_number(value)
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def to_seconds(value: float | str | Unset | None) -> float | None:
    """Turn a time of a payload into Unix seconds; otherwise as `to_datetime`, and much faster for numbers."""
    if isinstance(value, int | float):
        return _from_number(value)
    moment = to_datetime(value)
    return None if moment is None else _in_range(moment.timestamp(), value)


def _from_number(value: float) -> float | None:
    return _in_range(value / 1000 if value >= _MILLISECONDS_FROM else value, value)


def _in_range(seconds: float, value: object) -> float | None:
    if seconds < _SECOND_DAY:
        return None
    if seconds <= _LAST_SECOND:
        return float(seconds)
    raise ValueError(f"{value!r} is not a time: neither Unix seconds nor milliseconds of a year up to 9999")


def _from_text(text: str) -> datetime | None:
    from dateutil.parser import isoparse  # noqa: PLC0415  few servers write text, and every start would pay for it

    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if math.isfinite(number) and len(text) > 8:  # eight digits are an ISO date
        return to_datetime(number)
    try:
        moment = isoparse(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is not a time: expected ISO 8601, such as 2025-01-31T12:00:00Z") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    seconds = moment.timestamp()
    if seconds >= _LAST_SECOND + 1:
        raise ValueError(f"{text!r} is not a time: it lies beyond the year 9999")
    return moment if seconds >= _SECOND_DAY else None


def seconds_or_none(value: Any) -> float | None:
    """Return a time as a server sent it, as Unix seconds; None for anything that is none."""
    try:
        return to_seconds(value)
    except (OverflowError, TypeError, ValueError):
        return None


def has_ended(status: object, end_times: Iterable[Any]) -> bool:
    """Return whether a run or a step is over.

    Args:
        status: Its status; one that is not known is judged by the times.
        end_times: Its values of `END_TIMES`, as they were sent.
    """
    name = str(status)
    return name in ENDED or (name not in GOING and first_seconds(end_times) is not None)


def end_times(payload: Mapping[str, Any]) -> list[Any]:
    """Return when a run or step of a server ended, field by field."""
    expiry = payload.get("expires_at") if payload.get("status") == "expired" else None
    return [*map(payload.get, END_TIMES), expiry]


def end_times_of(item: Run | RunStep) -> list[Any]:
    """Return the same of a model; runs have an expiry only on some servers, and beside the contract.

    Most servers report of what expired no other time than when it would.
    """
    expired_at = item.expired_at if isinstance(item, RunStep) else item.additional_properties.get("expired_at")
    expiry = item.expires_at if str(item.status) == "expired" else None
    return [item.completed_at, item.failed_at, item.cancelled_at, expired_at, expiry]


def first_seconds(values: Iterable[Any]) -> float | None:
    """Return the first of some values that is a time, as Unix seconds; what is none is passed over."""
    for value in values:
        if value is not None and (seconds := seconds_or_none(value)) is not None:
            return seconds
    return None


def ended_at(item: Run | RunStep) -> datetime | None:
    """Return when a run or step ended, however it ended (UTC).

    Args:
        item: The run or step.

    Returns:
        The time; None while it is going or when the server reports none.
    """
    seconds = first_seconds(end_times_of(item))
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def duration(item: Run | RunStep) -> timedelta | None:
    """Return how long a run or step took, from its creation to its end.

    With servers that report whole seconds it is a whole number of them, and zero for quick steps.

    Args:
        item: The run or step.

    Returns:
        The length of time; None while it is going, or when a time is missing.
    """
    began, ended = seconds_or_none(item.created_at), first_seconds(end_times_of(item))
    return None if began is None or ended is None else timedelta(seconds=ended - began)
