"""Read when a server wants to be asked again."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime


def retry_after_seconds(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Return how long a response asks to wait.

    Args:
        headers: Headers of the response, with lower-case names or insensitive to case.
        now: The present as Unix seconds; when left out, what the response's own `Date` says, as the clocks of two
            machines may differ by hours, else the clock of this machine.

    Returns:
        Seconds from now, never negative; None when the server does not say, or says nothing sensible. `retry-after-ms`
        (milliseconds, Azure OpenAI) comes before `retry-after` (seconds, or a date:
        https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3), as it is the finer one.
    """
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after")
    seconds = _number(value)
    if seconds is not None or value is None:
        return seconds
    moment = _moment(value)
    if moment is None:
        return None
    if now is None:
        sent = _moment(headers.get("date", ""))
        now = time.time() if sent is None else sent
    return max(0.0, moment - now)


def _moment(text: str) -> float | None:
    """Read a date of HTTP as Unix seconds."""
    try:
        moment = parsedate_to_datetime(text)
        # An old form of dates names no zone, and all of them are in UTC.
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None
