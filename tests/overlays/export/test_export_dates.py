"""Dates that people write, and those that could mean something else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps.export import parse_date

NOW = datetime(2026, 11, 21, 23, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2025-01-31", "2025-01-31", "2025-02-01"),
        ("31 Jan 2025", "2025-01-31", "2025-02-01"),
        ("January 31st, 2025", "2025-01-31", "2025-02-01"),
        ("Fri, 31 Jan 2025", "2025-01-31", "2025-02-01"),
        ("  5 Feb ", "2026-02-05", "2026-02-06"),
        ("2024-02", "2024-02-01", "2024-03-01"),
        ("2025", "2025-01-01", "2026-01-01"),
        ("2025-01-31 12:00", "2025-01-31T12:00", "2025-01-31T12:00"),
        ("2025-01-31T12:00:00.5Z", "2025-01-31T12:00:00.5", "2025-01-31T12:00:00.5"),
        ("2025-01-31T12:00+02:00", "2025-01-31T10:00", "2025-01-31T10:00"),
        ("31 Jan 2025 10pm GMT", "2025-01-31T22:00", "2025-01-31T22:00"),
    ],
)
def test_dates_people_write(text: str, since: str, until: str) -> None:
    """A date begins a range with its first moment and ends it with its last; a time is that moment in both."""
    assert parse_date(text, NOW) == datetime.fromisoformat(since).replace(tzinfo=UTC)
    assert parse_date(text, NOW, until=True) == datetime.fromisoformat(until).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it names no month"),
        ("soon", "it names no month"),
        ("08:30", "it names no month"),
        ("31.1.2025", "it names no month"),
        ("Jan 2025", "it does not say which day"),
        ("3 Jan 25", "the year in four digits"),
        ("2025-02-30", "day is out of range"),
        ("29 Feb", "day is out of range"),
        ("01/02/2025", "it names no month"),
        ("25-01-31", "it names no month"),
        ("1735689600", "ISO time too short"),
        ("3 12:00", "it names no month"),
        ("Jan 2025 12:00", "it does not say which day"),
        ("Friday 12:00", "it names no month"),
        ("31 Jan 2025 12:00 EST", "EST names several zones; give an offset"),
        ("31 Jan 2025 12:00 UTC+3", "give the offset alone"),
        ("9999-12-31T23:00-05:00", "out of range"),
    ],
)
def test_dates_that_say_too_little(text: str, reason: str) -> None:
    """What is no date, or could be two, is refused with the reason and with examples of what can be read."""
    with pytest.raises(ValueError, match=reason) as caught:
        parse_date(text, NOW)

    assert repr(text) in str(caught.value)
    assert "Write it like 2025-01-31, 31 Jan 2025 or 2025-01-31T12:00+02:00" in str(caught.value)


@given(st.dates(date(1000, 1, 1), date(9999, 12, 30)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%b %d, %Y"]))
def test_every_day_is_a_day_long(day: date, form: str) -> None:
    """Whatever the day and the form, the range from a day to the same day is that day."""
    text = day.strftime(form)

    assert parse_date(text, NOW).date() == day
    assert parse_date(text, NOW, until=True) - parse_date(text, NOW) == timedelta(days=1)


@given(st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30)), st.integers(-12 * 60, 14 * 60))  # noqa: DTZ001 - zone below
def test_moments_are_kept(moment: datetime, offset: int) -> None:
    """A moment in ISO 8601 is read as that moment, whatever its zone."""
    local = moment.replace(tzinfo=UTC) + timedelta(minutes=offset)
    sign, minutes = "-" if offset < 0 else "+", abs(offset)

    text = f"{local.replace(tzinfo=None).isoformat()}{sign}{minutes // 60:02}:{minutes % 60:02}"

    assert parse_date(text, NOW) == moment.replace(tzinfo=UTC)
