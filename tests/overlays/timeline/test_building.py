"""A timeline says what happened in a run, in order, whatever the server's times and order are."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps.timeline import Bar, Timeline, build_timeline
from run_steps_api.models import RunStep
from tests.overlays.timeline.runs import NOON, call, run, sample, step


def _ids(timeline: Timeline) -> list[str]:
    return [row.id.removeprefix("step_") for row in timeline.rows]


def _bars(timeline: Timeline) -> list[tuple[float, float] | None]:
    return [(row.bar.begin, row.bar.end) if row.bar else None for row in timeline.rows]


def test_steps_are_in_the_order_they_began() -> None:
    """Steps that come newest first, as servers list by default, are numbered oldest first."""
    steps = [step("c", NOON + 9, NOON + 10), step("b", NOON + 5, NOON + 6), step("a", NOON, NOON + 1)]

    timeline = build_timeline(steps)

    assert _ids(timeline) == ["a", "b", "c"]
    assert [row.number for row in timeline.rows] == [1, 2, 3]


def test_steps_of_one_second_keep_the_order_of_the_list() -> None:
    """Whole seconds do not tell the order of quick steps: the list does, whichever way it runs."""
    oldest_first = [step("a", NOON), step("b", NOON), step("c", NOON + 1)]

    assert _ids(build_timeline(oldest_first)) == ["a", "b", "c"]
    assert _ids(build_timeline(oldest_first[::-1])) == ["a", "b", "c"]


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _milliseconds(seconds: int) -> int:
    return seconds * 1000


@pytest.mark.parametrize("unit", [int, _milliseconds, float, _iso])
def test_bars_count_from_the_beginning(unit: Callable[[int], Any]) -> None:
    """Times in seconds, milliseconds, with fractions or as text give the same bars."""
    steps = [step("a", unit(NOON), unit(NOON + 2)), step("b", unit(NOON + 5), unit(NOON + 9))]

    timeline = build_timeline(steps)

    assert _bars(timeline) == [(0, 2), (5, 9)]
    assert [row.duration for row in timeline.rows] == [2, 4]
    assert timeline.began_at == NOON
    assert (timeline.span, timeline.busy) == (9, 6)


def test_waiting_counts_from_the_end_of_all_steps_before() -> None:
    """A wait is the time in which nothing went on: a long step that covers others leaves none."""
    steps = [
        step("a", NOON, NOON + 10),
        step("within", NOON + 2, NOON + 4),
        step("after", NOON + 13, NOON + 14),
        step("at_once", NOON + 14, NOON + 15),
    ]

    assert [row.wait for row in build_timeline(steps).rows] == [None, 0, 3, 0]


def test_the_queue_is_known_with_the_run() -> None:
    """With its run, a timeline begins when that was created, and the first step waited from then on."""
    timeline = build_timeline(
        [step("a", NOON + 7, NOON + 8)], run(started_at=NOON + 4, completed_at=NOON + 20, model="gpt-4o")
    )

    assert timeline.queued == 4
    assert timeline.rows[0].wait == 7
    assert _bars(timeline) == [(7, 8)]
    assert timeline.span == 20
    assert (timeline.status, timeline.model) == ("completed", "gpt-4o")


def test_without_a_start_the_queue_lasts_until_the_first_step() -> None:
    """A server that does not tell when a run was started tells when its first step was."""
    assert build_timeline([step("a", NOON + 7, NOON + 8)], run(started_at=None)).queued == 7
    assert build_timeline([], run(started_at=None)).queued is None
    assert build_timeline([step("a", NOON)]).queued is None


def test_a_step_in_progress_is_open_up_to_now() -> None:
    """What is still going is drawn up to the moment that is given, otherwise up to the last one known."""
    steps = [step("a", NOON, NOON + 5), step("b", NOON + 6, status="in_progress")]
    now = datetime.fromtimestamp(NOON + 60, UTC)

    assert build_timeline(steps).rows[1].bar == Bar(6, 6, is_open=True)
    assert build_timeline(steps, now=now).rows[1].bar == Bar(6, 60, is_open=True)
    assert build_timeline(steps, now=now).rows[1].duration is None


def test_a_step_that_was_left_behind_ends_with_its_run_or_expiry() -> None:
    """A step that nobody ended is not drawn up to now for ever: its run's end or its own expiry bounds it."""
    now = datetime.fromtimestamp(NOON, UTC) + timedelta(days=90)
    steps = [step("a", NOON, status="in_progress", expires_at=NOON + 600)]

    assert _bars(build_timeline(steps, now=now)) == [(0, 600)]
    assert _bars(build_timeline(steps, run("failed", failed_at=NOON + 30), now=now)) == [(0, 30)]


@pytest.mark.parametrize("end", ["completed_at", "failed_at", "cancelled_at", "expired_at"])
def test_a_step_ends_however_it_ends(end: str) -> None:
    """Every kind of end ends the bar."""
    fields: dict[str, Any] = {end: NOON + 3}

    assert _bars(build_timeline([step("a", NOON, **fields)])) == [(0, 3)]


def test_an_expired_step_ends_when_it_was_due() -> None:
    """Servers that do not tell when a step expired tell when it would."""
    assert _bars(build_timeline([step("a", NOON, status="expired", expires_at=NOON + 600)])) == [(0, 600)]


def test_a_run_ends_when_its_server_says_it_expired() -> None:
    """Some servers tell when a run expired, beside the contract; others when it would."""
    for fields in ({"expired_at": NOON + 90, "expires_at": NOON + 600}, {"expires_at": NOON + 90}):
        assert build_timeline([], run("expired", created_at=NOON, completed_at=None, **fields)).span == 90


@pytest.mark.parametrize(
    "bad",
    ["yesterday", -1, 10**30, "", float("nan"), float("inf"), "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"],
)
def test_a_bad_time_costs_a_bar_and_nothing_else(bad: Any) -> None:
    """A step whose creation cannot be read stays in its place in the list, without a bar."""
    timeline = build_timeline([step("a", NOON, NOON + 1), step("b", bad, NOON + 2), step("c", NOON + 3, bad)])

    assert _ids(timeline) == ["a", "b", "c"]
    assert _bars(timeline) == [(0, 1), None, (3, 3)]
    assert [row.duration for row in timeline.rows] == [1, None, None]


def test_an_end_before_the_beginning_is_not_believed() -> None:
    """Clocks of servers disagree: a step that ended before it began has no duration."""
    timeline = build_timeline([step("a", NOON, NOON - 5)])

    assert timeline.rows[0].duration is None
    assert timeline.rows[0].bar is not None
    assert timeline.rows[0].bar.begin == timeline.rows[0].bar.end


def test_nothing_is_a_timeline_too() -> None:
    """A run without steps, known or not, has a timeline."""
    assert build_timeline([]).rows == ()
    assert build_timeline([], run("queued")).run_id == "run_1"
    assert build_timeline([]).span == 0


def test_tokens_are_the_runs_or_those_of_its_steps() -> None:
    """Tokens of the run are told by it, and added up where it does not tell."""
    usage = {"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 12}
    cached = {"prompt_tokens": 5, "prompt_token_details": {"cached_tokens": 4}}
    steps = [step("a", NOON, usage=usage), step("b", NOON + 1, usage=cached), step("c", NOON + 2, usage=None)]

    added = build_timeline(steps, run(usage=None)).tokens
    assert (added.read, added.written, added.total, added.cached, added.reasoning) == (15, 2, 17, 4, None)
    assert build_timeline(steps, run(usage={**usage, "total_tokens": 99})).tokens.total == 99
    assert build_timeline([step("a", NOON, usage={})]).tokens.total is None


def test_errors_and_what_is_asked_of_the_caller_are_told() -> None:
    """Why a step or run failed or stopped, and which calls wait for the caller, is part of the timeline."""
    error = {"code": "server_error", "message": "The tide service is down."}
    wanted = {"type": "submit_tool_outputs", "submit_tool_outputs": {"tool_calls": [call("ask", '{"a": 1}', None)]}}

    failed = build_timeline([step("a", NOON, status="failed", last_error=error)], run("failed", last_error=error))
    waiting = build_timeline([], run("requires_action", required_action=wanted))
    stopped = build_timeline([], run("incomplete", incomplete_details={"reason": "max_completion_tokens"}))
    future = build_timeline([], run("requires_action", required_action={"type": "sign", "paper": "A4"}))
    nothing = build_timeline([step("a", NOON, last_error={"code": "", "message": ""})])  # as DashScope says it

    assert failed.error == failed.rows[0].error == "server_error: The tide service is down."
    assert [(asked.name, asked.input) for asked in waiting.required] == [("ask", '{"a": 1}')]
    assert stopped.error == "incomplete: max_completion_tokens"
    assert "A4" in future.required[0].input
    assert nothing.rows[0].error == ""


def test_facts_keep_what_the_server_said() -> None:
    """Times as they came, metadata and fields that the contract does not name are there for the details."""
    facts = dict(build_timeline([step("a", NOON, "soon", metadata={"k": "v"}, shard=7)]).rows[0].facts)

    assert facts == {"created_at": str(NOON), "completed_at": "soon", "metadata": '{"k": "v"}', "shard": "7"}


def test_kinds_and_statuses_are_counted() -> None:
    """A timeline counts its steps of each kind and in each status, the most frequent first."""
    timeline = sample("run_kinds")

    assert list(timeline.kinds)[:2] == ["tool_calls", "message_creation"]
    assert timeline.kinds["message_creation"] == 2
    assert timeline.statuses == {"completed": len(timeline.rows)}


_TIMES = st.none() | st.integers(-5, 10**14) | st.floats() | st.text(max_size=8) | st.integers(NOON, NOON + 99)


@st.composite
def _steps(draw: st.DrawFn) -> list[RunStep]:
    status = st.sampled_from(["completed", "in_progress", "expired", "wandering"])
    times = draw(st.lists(st.tuples(_TIMES.filter(lambda time: time is not None), _TIMES, _TIMES, status), max_size=6))
    return [
        step(number, begin, end, status=status, expires_at=expiry)
        for number, (begin, end, expiry, status) in enumerate(times)
    ]


@given(_steps(), _TIMES.filter(lambda time: time is not None))
def test_no_time_breaks_a_timeline(steps: list[RunStep], created: Any) -> None:
    """Whatever a server sends for times, every step has its row, and bars lie within the timeline."""
    timeline = build_timeline(steps, run(created_at=created))

    assert sorted(_ids(timeline)) == sorted(map(str, range(len(steps))))
    for row in timeline.rows:
        assert row.bar is None or 0 <= row.bar.begin <= row.bar.end <= timeline.span
        assert row.wait is None or row.wait >= 0
    assert 0 <= timeline.busy <= timeline.span
