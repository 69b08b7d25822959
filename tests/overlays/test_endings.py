"""Whether a run or a step is over is told for every server."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from run_steps.timestamps import (
    ENDED,
    GOING,
    duration,
    end_times,
    ended_at,
    first_seconds,
    has_ended,
    seconds_or_none,
)
from run_steps_api.models import RunStatus, RunStep, RunStepStatus

NEW_YEAR = datetime(2025, 1, 1, tzinfo=UTC)

ZONES = st.just(UTC) | st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.datetimes(timezones=ZONES).map(str),
    lambda children: st.lists(children, max_size=2) | st.dictionaries(st.text(), children, max_size=2),
    max_leaves=4,
)


def _step(**times: Any) -> RunStep:
    """Return a step with times as a server might send them."""
    sent = {"id": "step_a", "object": "thread.run.step", "created_at": 1735689600, "run_id": "run_a"}
    sent |= {"assistant_id": "asst_a", "thread_id": "thread_a", "type": "tool_calls", "status": "completed"}
    return evolve(RunStep.from_dict(sent | {"step_details": {"type": "tool_calls", "tool_calls": []}}), **times)


def test_every_status_of_the_contract_is_known() -> None:
    """Each status that the contract names is either an end or not."""
    named = {status.value for status in (*RunStatus, *RunStepStatus)}

    assert named == ENDED | GOING
    assert not ENDED & GOING


@pytest.mark.parametrize("status", sorted(ENDED))
def test_an_end_needs_no_time(status: str) -> None:
    """llamphouse, for one, never says when."""
    assert has_ended(status, [None, None])


@pytest.mark.parametrize("status", sorted(GOING))
def test_what_is_going_has_not_ended_whatever_its_times_say(status: str) -> None:
    """A run that is being cancelled may have the time of that already."""
    assert not has_ended(status, [1735689600])


@pytest.mark.parametrize("status", ["paused", "", None, 7, {}, ["completed"]])
def test_other_statuses_are_judged_by_their_times(status: object) -> None:
    """A status that is not known ended when there is a time of an end, in whatever form."""
    assert has_ended(status, [None, 1735689600])
    assert has_ended(status, [-1, "2025-01-01T00:00:00Z"])
    assert not has_ended(status, [None, -1, 0, "", "soon", {}, 10**400, "0001-01-01T00:00:00Z"])


def test_the_first_time_counts() -> None:
    """What is no time is passed over."""
    payload = {"completed_at": None, "failed_at": "soon", "cancelled_at": 1735689600, "expired_at": 1}

    assert first_seconds(end_times(payload)) == NEW_YEAR.timestamp()
    assert (first_seconds(end_times({})), first_seconds([])) == (None, None)


@given(ANYTHING, ANYTHING)
def test_no_time_of_a_step_fails(began: Any, ended: Any) -> None:
    """When a step ended and how long it took is told, or not, whatever a server sends."""
    step = _step(created_at=began, completed_at=ended)

    assert (ended_at(step) is not None) == (seconds_or_none(ended) is not None)
    assert (duration(step) is not None) == (ended_at(step) is not None and seconds_or_none(began) is not None)


@pytest.mark.parametrize("value", [0, -1, "soon", "", None, "0001-01-01T00:00:00Z", {}, 10**400])
def test_what_is_no_time_ends_nothing(value: Any) -> None:
    """A time that is not set, or is none, is passed over for the one that is."""
    assert ended_at(_step(completed_at=value)) is None
    assert duration(_step(created_at=value, completed_at=1735689600)) is None
    assert ended_at(_step(completed_at=value, failed_at=1735689600)) == NEW_YEAR


@given(ANYTHING)
def test_anything_is_a_time_or_none(value: Any) -> None:
    """Whatever a server sends, nothing fails, and what is a time has a date."""
    seconds = seconds_or_none(value)

    if seconds is not None:
        assert 1970 <= datetime.fromtimestamp(seconds, UTC).year <= 9999
    assert has_ended("paused", [value]) == (seconds is not None)
