"""Read when a server wants to be asked again."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime


def retry_after_seconds(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Return how long a response asks to wait.

    Args:
        headers: Headers of the response, with lower-case names or insensitive to case.
        now: The present as Unix seconds; the clock of this machine when left out.

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
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - (time.time() if now is None else now))


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None
