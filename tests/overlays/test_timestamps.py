"""Times of all servers become datetimes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps import duration, ended_at, to_datetime
from run_steps.timestamps import to_seconds
from run_steps_api.models import RunStep
from run_steps_api.types import UNSET

NEW_YEAR = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (1735689600, NEW_YEAR),
        (1735689600123, NEW_YEAR + timedelta(milliseconds=123)),
        (1735689600.25, NEW_YEAR + timedelta(milliseconds=250)),
        ("2025-01-01T00:00:00Z", NEW_YEAR),
        ("2025-01-01T01:00:00+01:00", NEW_YEAR),
        ("2025-01-01T00:00:00.123456", NEW_YEAR + timedelta(microseconds=123456)),
        ("20250101", NEW_YEAR),
        ("1735689600", NEW_YEAR),
        (86_400, datetime(1970, 1, 2, tzinfo=UTC)),
        (0, None),
        (-1, None),
        ("0001-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("1969-12-31T23:59:59Z", None),
        ("9999-12-31T23:59:59Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (None, None),
        (UNSET, None),
        ("", None),
    ],
    ids=str,
)
def test_every_form_of_a_time(value: Any, moment: datetime | None) -> None:
    """Seconds, milliseconds, fractions and ISO text give aware datetimes; null, -1 and nothing give None."""
    found = to_datetime(value)

    assert found == moment
    assert found is None or found.tzinfo is not None


@pytest.mark.parametrize(
    "value", ["yesterday", "2025-13-01T00:00:00Z", "9999-12-31T23:59:59-14:00", 10**30, float("inf"), float("nan")]
)
def test_what_is_no_time_is_refused_by_value(value: Any) -> None:
    """Text in another form and numbers beyond all dates are refused."""
    with pytest.raises(ValueError, match="is not a time"):
        to_datetime(value)


@given(st.integers(130_000_000, 7_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_seconds_milliseconds_and_text_mean_the_same(moment: datetime) -> None:
    """One moment written in three ways is read as one."""
    seconds = int(moment.timestamp())

    assert to_datetime(seconds) == to_datetime(seconds * 1000) == to_datetime(moment.isoformat()) == moment


@given(
    st.none()
    | st.integers()
    | st.floats()
    | st.datetimes(timezones=st.timezones()).map(datetime.isoformat)
    | st.sampled_from(["", "soon", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
)
def test_seconds_are_those_of_the_datetime(value: Any) -> None:
    """Both ways to read a time agree on what it is, and whatever is read as seconds can be a datetime."""
    try:
        seconds = to_seconds(value)
    except ValueError:
        return
    moment = to_datetime(value)
    assert (seconds is None) == (moment is None or moment.timestamp() < 0)
    if seconds is not None and moment is not None:
        assert seconds == pytest.approx(moment.timestamp(), abs=1e-6)
        assert datetime.fromtimestamp(seconds, UTC)


def _step(**times: Any) -> RunStep:
    names = ("id", "object", "run_id", "assistant_id", "thread_id", "type", "status")
    return RunStep.from_dict({**dict.fromkeys(names, "x"), "created_at": 1735689600, "step_details": None, **times})


@pytest.mark.parametrize("end", ["completed_at", "failed_at", "cancelled_at", "expired_at"])
def test_a_step_ends_however_it_ends(end: str) -> None:
    """A step that was completed, failed, was cancelled or expired ended then; its duration counts from its creation."""
    others = {"completed_at": None, "failed_at": -1}
    step = _step(**{**others, end: 1735689607})

    assert ended_at(step) == NEW_YEAR + timedelta(seconds=7)
    assert duration(step) == timedelta(seconds=7)


def test_a_step_that_is_going_has_no_duration() -> None:
    """Without an end, or with one in another unit that is not set, there is nothing to measure."""
    assert ended_at(_step(completed_at=None)) is None
    assert duration(_step(completed_at=-1, created_at=1735689600123)) is None


def test_durations_do_not_care_for_units() -> None:
    """A step in milliseconds and one in ISO text take as long as one in seconds."""
    assert duration(_step(created_at=1735689600000, completed_at=1735689601500)) == timedelta(seconds=1.5)
    assert duration(_step(created_at="2025-01-01T00:00:00", completed_at="2025-01-01T00:00:02Z")) == timedelta(
        seconds=2
    )
