"""Dates as people write them: `2025-01-31`, `31 Jan 2025`, `Jan 2025`, `31 January 2025 12:00 +02:00`.

What could mean two things is refused rather than guessed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from itertools import product

from dateutil import parser
from dateutil.relativedelta import relativedelta
from dateutil.tz import tzoffset

_PROBES = (datetime(2004, 1, 1, tzinfo=UTC), datetime(2008, 2, 2, 1, 1, 1, 1, tzinfo=UTC))
"""What the parser takes for what a text leaves out: where the two results differ, the text left it out. Leap years."""

_FIELDS = ("year", "month", "day", "hour", "minute", "second")
_DIGITS = re.compile(r"\d+")
_YEAR_FIRST = re.compile(r"\d{4}(?!\d)|\d{8}(?!\d)")
_WORD = re.compile(r"[A-Za-z]+")
_ZONE_AND_OFFSET = re.compile(r"\b(utc|gmt|z)\s*[+-]\s*\d", re.IGNORECASE)
_NAMES = parser.parserinfo()


def parse_date(text: str, now: datetime, *, until: bool = False) -> datetime:
    """Turn a date as people write it into the moment where it begins or, for `until`, where it ends.

    Args:
        text: A date, with or without a time. A day, a month or a year alone is taken as a whole; a date without a year
            is of this year, a time alone is of today. Without a zone it is UTC.
        now: The present; aware.
        until: Whether the date closes a range that holds it: of "31 Jan 2025" comes the beginning of 1 February, of
            "2025" that of 2026. A date with a time is that very moment.

    Returns:
        An aware datetime in UTC.

    Raises:
        ValueError: The text is no date, or could be two.
    """
    try:
        return _moment(text, now.astimezone(UTC), until=until).astimezone(UTC)
    except (OverflowError, ValueError) as error:
        reason = str(error.args[0]).removesuffix(": %s")
        raise ValueError(
            f"{text!r} cannot be read as a date: {reason}. Write it like 2025-01-31, 31 Jan 2025 or "
            "2025-01-31T12:00+02:00; without a zone it is UTC."
        ) from None


def _moment(text: str, now: datetime, *, until: bool) -> datetime:
    first, second = _parsed(text)
    given = {name for name in _FIELDS if getattr(first, name) == getattr(second, name)}
    has_date, has_time = bool(given & {"year", "month", "day"}), "hour" in given
    if "day" in given and "month" not in given:
        raise ValueError("it does not say which month")
    if has_date and has_time and "day" not in given:
        raise ValueError("it does not say which day")
    # The first probe is the first moment of a year, so of a day, month or year alone it leaves the beginning.
    begin = first if has_date else first.replace(month=now.month, day=now.day)
    if "year" not in given:
        begin = begin.replace(year=now.year)
    if has_time or not until:
        return begin
    if "day" in given:
        return begin + relativedelta(days=1)
    return begin + (relativedelta(months=1) if "month" in given else relativedelta(years=1))


def _parsed(text: str) -> tuple[datetime, datetime]:
    """Parse a text with each of the probes."""
    if _ZONE_AND_OFFSET.search(text):
        raise ValueError("give the offset alone, without the name of a zone")
    if _DIGITS.fullmatch(text.strip()) and not _YEAR_FIRST.fullmatch(text.strip()):
        raise ValueError("so many digits are neither a year nor a date")
    # The parser would take a weekday for the next one; beside a day it says nothing new.
    rest = _WORD.sub(lambda word: word[0] if _NAMES.weekday(word[0]) is None else " ", text)
    readings = [(False, False)] if _YEAR_FIRST.match(rest.strip()) else list(product((False, True), repeat=2))
    found = {
        tuple(
            parser.parse(rest, default=probe, dayfirst=day_first, yearfirst=year_first, tzinfos=_zone)
            for probe in _PROBES
        )
        for day_first, year_first in readings
    }
    if len(found) > 1:
        days = " or ".join(sorted({str(first.date()) for first, _ in found}))
        raise ValueError(f"it could be {days}")
    ((first, second),) = found
    if rest != text and first.day != second.day:
        raise ValueError("a weekday does not say which week")
    return first, second


def _zone(name: str | None, offset: int | None) -> tzinfo:
    if name is not None and not _NAMES.utczone(name):
        raise ValueError(f"{name} names several zones; give an offset")
    return tzoffset(None, offset) if offset else UTC
