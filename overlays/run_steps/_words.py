"""Times and counts in the words of all pictures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def moment_text(seconds: float) -> str:
    """Return Unix seconds as a date and time in UTC, with milliseconds where there are any."""
    date = _EPOCH + timedelta(seconds=seconds)
    fraction = f".{date.microsecond // 1000:03}" if date.microsecond >= 1000 else ""
    return f"{date:%Y-%m-%d %H:%M:%S}{fraction} UTC"


def iso_text(seconds: float) -> str:
    """Return Unix seconds as ISO 8601 in UTC, with milliseconds where there are any."""
    return moment_text(seconds).replace(" UTC", "Z").replace(" ", "T")


def span_text(seconds: float) -> str:
    """Return a length of time (seconds) in its two largest units, such as `1 min 30 s`."""
    if seconds < 0.9995:
        return f"{round(seconds * 1000)} ms" if seconds >= 0.0005 else "0 s"
    if seconds < _MINUTE - 0.05:
        return f"{seconds:.1f}".removesuffix(".0") + " s"
    whole = round(seconds)
    if whole < _HOUR:
        return _two_units(whole, _MINUTE, "min", 1, "s")
    if whole < _DAY:
        return _two_units(whole, _HOUR, "h", _MINUTE, "min")
    return _two_units(whole, _DAY, "d", _HOUR, "h")


def clock_text(seconds: float, step: float) -> str:
    """Return a time since the beginning for an axis whose ticks are some seconds apart, with all the units it needs."""
    if step < 1:
        digits = 3 if step < 0.01 else 2 if step < 0.1 else 1
        whole, rest = divmod(round(seconds * 10**digits), 10**digits)
        fraction = f".{rest:0{digits}}"
    else:
        whole, fraction = round(seconds), ""
    days, rest = divmod(whole, _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    if not (days or hours or minutes):
        return f"{left}{fraction} s"
    if step >= _DAY:
        return f"{days} d"
    clock = f"{hours}:{minutes:02}:{left:02}{fraction}" if hours or days else f"{minutes}:{left:02}{fraction}"
    return f"{days} d {clock}" if days else clock


def count_text(number: int, singular: str, plural: str | None = None) -> str:
    """Return a count with its noun, such as `1 step` or `1,200 steps`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def _two_units(whole: int, large: int, large_name: str, small: int, small_name: str) -> str:
    larges, rest = divmod(whole, large)
    smalls = rest // small
    return f"{larges:,} {large_name} {smalls} {small_name}" if smalls else f"{larges:,} {large_name}"
