"""The axis is linear, keeps short steps visible across long idle stretches, and has readable ticks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps._words import clock_text, moment_text, span_text
from run_steps.timeline import build_timeline
from run_steps.timeline.axis import Axis, axis_of
from tests.overlays.timeline.runs import NOON, step

DAY = 86_400


def _axis(*spans: tuple[float, float]) -> Axis:
    return axis_of(build_timeline(step(n, NOON + begin, NOON + end) for n, (begin, end) in enumerate(spans)))


def test_the_axis_is_linear() -> None:
    """Without long idle stretches, places are proportional to times."""
    axis = _axis((0, 10), (20, 40))

    assert not axis.breaks
    assert [axis.place(seconds) for seconds in (0, 10, 20, 40)] == [0, 0.25, 0.5, 1]


def test_a_wait_that_would_hide_everything_is_a_break() -> None:
    """Three days between two steps of seconds are drawn short, and the steps get most of the room."""
    axis = _axis((0, 4), (5, 6), (3 * DAY, 3 * DAY + 5))

    (found,) = axis.breaks
    assert (found.begin, found.end) == (6, 3 * DAY)
    assert found.right - found.left == pytest.approx(0.04)
    assert axis.place(3 * DAY + 5) - axis.place(3 * DAY) == pytest.approx(0.96 * 5 / 11)


def test_many_breaks_leave_room_for_the_steps() -> None:
    """However many long waits there are, they take at most a quarter of the axis."""
    axis = _axis(*((number * DAY, number * DAY + 1) for number in range(200)))

    assert len(axis.breaks) == 199
    assert sum(stretch.right - stretch.left for stretch in axis.breaks) == pytest.approx(0.25)


def test_even_waits_between_steps_without_length_are_no_breaks() -> None:
    """Steps that take no time at all, minutes apart, are drawn evenly."""
    axis = _axis(*((60 * number, 60 * number) for number in range(5)))

    assert not axis.breaks
    assert axis.place(60) == pytest.approx(0.25)


def test_one_moment_has_an_axis() -> None:
    """A run that took no time, or has no steps, can be drawn."""
    assert _axis((0, 0)).place(0) == 0
    assert axis_of(build_timeline([])).ticks(0.01)


_SPANS = st.lists(
    st.tuples(st.floats(0, 10**9), st.floats(0, 10**6)).map(lambda span: (span[0], span[0] + span[1])),
    min_size=1,
    max_size=12,
)


@given(_SPANS, st.floats(0.005, 0.05))
def test_places_keep_the_order_and_ticks_do_not_overlap(spans: list[tuple[float, float]], character: float) -> None:
    """Later is further right, everything lies between 0 and 1, and each label has its own room."""
    axis = _axis(*spans)
    times = sorted({time - min(begin for begin, _ in spans) for span in spans for time in span})
    places = [axis.place(time) for time in times]

    assert places == sorted(places)
    assert all(-1e-9 <= place <= 1 + 1e-9 for place in places)
    for with_end in (False, True):
        rooms = [tick.room(character) for tick in axis.ticks(character, with_end=with_end)]
        for (_, end), (begin, _) in pairwise(rooms):
            assert end < begin
        assert all(0 <= begin <= end <= 1 for begin, end in rooms)


@pytest.mark.parametrize(
    ("end", "labels"),
    [
        (0.02, ["0.000 s", "0.005 s", "0.010 s", "0.015 s"]),
        (1, ["0.0 s", "0.2 s", "0.4 s", "0.6 s", "0.8 s"]),
        (86, ["0 s", "15 s", "30 s", "45 s", "1:00", "1:15"]),
        (7200, ["0 s", "30:00", "1:00:00", "1:30:00"]),
        (4 * DAY, ["0 s", "1 d", "2 d", "3 d"]),
    ],
)
def test_ticks_are_at_round_times(end: float, labels: list[str]) -> None:
    """Ticks are evenly spaced, at times a person would choose, from milliseconds to days."""
    assert [tick.label for tick in _axis((0, end)).ticks(1 / 60)] == labels


@pytest.mark.parametrize(
    ("end", "label"), [(0.02, "0.020 s"), (1, "1.0 s"), (86, "1:26"), (7200, "2:00:00"), (4.2 * DAY, "4 d 4 h")]
)
def test_the_end_can_have_a_label(end: float, label: str) -> None:
    """Where the axis ends a label ends, whether that is a round time or not, and round times too near give way."""
    first, *_, last = _axis((0, end)).ticks(1 / 60, with_end=True)

    assert (first.place, first.label) == (0, "0 s" if end > 1 else first.label)
    assert (last.place, last.label, last.is_end) == (1, label, True)
    assert last.room(1 / 60)[1] == 1


def test_the_axis_tells_where_it_goes_on_after_a_break() -> None:
    """Round times give way to it, where there is room for it beside the end."""
    labels = [tick.label for tick in _axis((0, 60), (4000, 4060)).ticks(1 / 52, with_end=True)]

    assert "1 h 6 min" in labels


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (0.0001, "0 s"),
        (0.25, "250 ms"),
        (0.9996, "1 s"),
        (1, "1 s"),
        (2.54, "2.5 s"),
        (59.96, "1 min"),
        (90, "1 min 30 s"),
        (3599.7, "1 h"),
        (3700, "1 h 1 min"),
        (DAY - 0.2, "1 d"),
        (50 * 3600, "2 d 2 h"),
        (5000 * DAY, "5,000 d"),
    ],
)
def test_lengths_of_time_read_well(seconds: float, text: str) -> None:
    """A length of time is told in its two largest units, rounded without `60 s`."""
    assert span_text(seconds) == text


@given(st.floats(0, 10**11))
def test_lengths_of_time_have_no_sixtieth_minute(seconds: float) -> None:
    """No rounding ever shows 60 seconds, 60 minutes, 24 hours or 1,000 milliseconds."""
    assert not {"60 s", "60 min", "24 h", "1000 ms"} & {span_text(seconds), *span_text(seconds).split("in ")}


def test_moments_are_in_utc() -> None:
    """A moment is told with its zone, and with milliseconds where it has any."""
    assert moment_text(NOON) == "2026-01-01 12:00:00 UTC"
    assert moment_text(NOON + 0.25) == "2026-01-01 12:00:00.250 UTC"


def test_labels_have_the_units_they_need() -> None:
    """Ticks less than a day apart tell the time of day behind the days."""
    assert clock_text(2 * DAY + 3600, 3600) == "2 d 1:00:00"
    assert clock_text(61.5, 0.5) == "1:01.5"
