"""Times as servers write them, turned into datetimes.

OpenAI and Azure send Unix seconds, DashScope Unix milliseconds and -1 for a time that is not set, open-assistant-api
seconds with a fraction, llamphouse ISO 8601 text.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

from dateutil.parser import isoparse

from run_steps_api.types import Unset

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
