"""Dates as people write them: `2025-01-31`, `2025-01`, `31 Jan 2025`, `31 January 2025 12:00 +02:00`.

A month is a name unless the date is in ISO 8601, so that none could be two.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo

from dateutil.parser import isoparse, parse, parserinfo
from dateutil.relativedelta import relativedelta
from dateutil.tz import tzoffset

_ISO_RANGE = re.compile(r"\d{4}(?P<month>-\d\d(?P<day>-\d\d)?)?")
_TIME = re.compile(r"\d\d?:\d\d.*|\d\d?\s*[ap]\.?m\b.*", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)\d\d?(?!\d)")
_ZONE_AND_OFFSET = re.compile(r"\b(utc|gmt|z)\s*[+-]\s*\d", re.IGNORECASE)
_NAMES = parserinfo()


def parse_date(text: str, now: datetime, *, until: bool = False) -> datetime:
    """Turn a date as people write it into the moment where it begins or, for `until`, where it ends.

    Args:
        text: A date, with or without a time. A day, or a month or year in ISO 8601, alone is taken as a whole; a date
            without a year is of this year. Without a zone it is UTC.
        now: The present; aware.
        until: Whether the date closes a range that holds it: of "31 Jan 2025" comes the beginning of 1 February, of
            "2025" that of 2026. A date with a time is that very moment.

    Returns:
        An aware datetime in UTC.

    Raises:
        ValueError: The text is no date, or could be two.
    """
    try:
        begin, length = _range(text.strip(), now)
        return (begin + length if until else begin).astimezone(UTC)
    except (OverflowError, ValueError) as error:
        reason = str(error.args[0]).removesuffix(": %s")
        raise ValueError(
            f"{text!r} cannot be read as a date: {reason}. Write it like 2025-01-31, 31 Jan 2025 or "
            "2025-01-31T12:00+02:00; without a zone it is UTC."
        ) from None


def _range(text: str, now: datetime) -> tuple[datetime, relativedelta]:
    """Return the first moment of a date, and how long it lasts."""
    if iso := _ISO_RANGE.fullmatch(text):
        unit = "days" if iso["day"] else "months" if iso["month"] else "years"
        return isoparse(text).replace(tzinfo=UTC), relativedelta(**{unit: 1})  # type: ignore[arg-type]
    if text[:4].isdecimal():
        moment = isoparse(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC), relativedelta()
    days = _DAY.findall(_TIME.sub("", text))
    if not any(_NAMES.month(word) is not None for word in re.findall("[A-Za-z]+", text)):
        raise ValueError("it names no month")
    if len(days) != 1:
        raise ValueError("it does not say which day, with the year in four digits")
    if _ZONE_AND_OFFSET.search(text):
        raise ValueError("give the offset alone, without the name of a zone")
    begin = parse(text, default=datetime(now.astimezone(UTC).year, 1, 1, tzinfo=UTC), tzinfos=_zone)
    return begin, relativedelta() if _TIME.search(text) else relativedelta(days=1)


def _zone(name: str | None, offset: int | None) -> tzinfo:
    if name is not None and not _NAMES.utczone(name):
        raise ValueError(f"{name} names several zones; give an offset")
    return tzoffset(None, offset) if offset else UTC
