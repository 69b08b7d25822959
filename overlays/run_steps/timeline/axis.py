"""The time axis: seconds to places between 0 and 1, and ticks at round times.

The axis is linear, but for idle stretches: one that is more than twenty times as long as all the work and all shorter
idle stretches together would make everything else invisible, so it is drawn as a short break, and so are longer ones.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from attrs import frozen

from run_steps._words import clock_text, span_text
from run_steps.timeline.model import Timeline

_TOO_LONG = 20
_BREAK_WIDTH = 0.04
_ALL_BREAKS = 0.25
_DAY = 86_400
_ROUND = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400)


@frozen
class Stretch:
    """A part of the axis: from one time to another (seconds), drawn between two places (0 to 1)."""

    begin: float
    end: float
    left: float
    right: float
    is_break: bool = False


@frozen
class Tick:
    """A time worth a label.

    Attributes:
        place: Where it is on the axis, from 0 to 1.
        label: What it says.
        is_end: Whether it is the end of the axis, whose label ends there; others begin at their tick.
    """

    place: float
    label: str
    is_end: bool = False

    def room(self, character: float) -> tuple[float, float]:
        """Return where its label begins and ends, with characters of a width (shares of the axis)."""
        width = len(self.label) * character
        return (self.place - width, self.place) if self.is_end else (self.place, self.place + width)


@frozen
class Axis:
    """Where times are drawn.

    Attributes:
        stretches: The parts of the axis, from left to right, without gaps.
        breaks: Those that are drawn shorter than they were: idle ones.
    """

    stretches: tuple[Stretch, ...]
    breaks: tuple[Stretch, ...]

    def place(self, seconds: float) -> float:
        """Return where a time is drawn, from 0 at the left to 1 at the right."""
        found = bisect_right(self.stretches, seconds, key=lambda stretch: stretch.begin) - 1
        stretch = self.stretches[max(0, found)]
        length = stretch.end - stretch.begin
        part = (seconds - stretch.begin) / length if length else 0.0
        return stretch.left + min(max(part, 0.0), 1.0) * (stretch.right - stretch.left)

    def ticks(self, character: float, *, blanks: int = 3, with_end: bool = False) -> list[Tick]:
        """Return as many ticks as have room for their labels: the first, where the axis goes on, and round times.

        Args:
            character: Width of a character (share of the axis).
            blanks: Characters to leave free between two labels (count).
            with_end: Whether the end of the axis has a tick, rather than round times near it.
        """
        a_character = self._seconds_a_place * character
        step = _round_up(a_character * (len("0:00") + blanks))
        longest = len(clock_text(self.stretches[-1].end, step))
        step = max(step, _round_up(a_character * (longest + blanks)))
        end = self.stretches[-1].end
        others = list(self._round_times(step))
        wanted = [tick for tick in others[:1] if not tick.place]
        if with_end:
            wanted.append(Tick(1.0, span_text(end) if step >= _DAY else clock_text(end, step), is_end=True))
        ticks: list[Tick] = []
        for tick in (*wanted, *self._after_breaks(), *others):
            begin, end = tick.room(character)
            is_free = True
            for other in ticks:
                left, right = other.room(character)
                # The label of the end stands before its tick, so that the eye keeps it apart.
                gap = (1 if other.is_end else blanks) * character
                is_free = is_free and (end + gap <= left or begin >= right + gap)
            if begin >= 0 and end <= 1 and is_free:
                ticks.append(tick)
        return sorted(ticks, key=lambda tick: tick.place)

    @property
    def _seconds_a_place(self) -> float:
        stretch = next(stretch for stretch in self.stretches if not stretch.is_break and stretch.end > stretch.begin)
        return (stretch.end - stretch.begin) / (stretch.right - stretch.left)

    def _after_breaks(self) -> Iterator[Tick]:
        """Yield where the axis goes on after a break: there a reader has lost the count."""
        for before, stretch in pairwise(self.stretches):
            if before.is_break and not stretch.is_break:
                yield Tick(stretch.left, span_text(stretch.begin))

    def _round_times(self, step: float) -> Iterator[Tick]:
        """Yield round times where the axis is linear."""
        for stretch in self.stretches:
            if not stretch.is_break:
                first, last = math.ceil(stretch.begin / step), math.floor(stretch.end / step)
                for number in range(first, last + 1):
                    yield Tick(self.place(number * step), clock_text(number * step, step))


def axis_of(timeline: Timeline) -> Axis:
    """Return the axis that shows a whole timeline."""
    parts = _parts(timeline) or [(0.0, 1.0, False)]
    idle = sorted(end - begin for begin, end, is_busy in parts if not is_busy)
    longest = _longest_linear(timeline.busy, idle)
    breaks = sum(length > longest for length in idle)
    width_of_break = min(_BREAK_WIDTH, _ALL_BREAKS / breaks) if breaks else 0.0
    linear = sum(end - begin for begin, end, is_busy in parts if is_busy or end - begin <= longest)
    a_second = (1 - breaks * width_of_break) / linear
    stretches: list[Stretch] = []
    left = 0.0
    for begin, end, is_busy in parts:
        is_break = not is_busy and end - begin > longest
        right = left + (width_of_break if is_break else (end - begin) * a_second)
        stretches.append(Stretch(begin, end, left, right, is_break))
        left = right
    return Axis(tuple(stretches), tuple(stretch for stretch in stretches if stretch.is_break))


def _parts(timeline: Timeline) -> list[tuple[float, float, bool]]:
    """Cut the timeline where something begins after nothing was going on, and where nothing goes on any more."""
    parts: list[tuple[float, float, bool]] = []
    until = 0.0
    for bar in sorted((row.bar for row in timeline.rows if row.bar), key=lambda bar: bar.begin):
        if bar.begin > until:
            parts.append((until, bar.begin, False))
            until = bar.begin
        if bar.end > until:
            parts.append((until, bar.end, True))
            until = bar.end
    if timeline.span > until:
        parts.append((until, timeline.span, False))
    return parts


def _longest_linear(busy: float, idle: list[float]) -> float:
    """Return how long an idle stretch may be and still be drawn in full; of those given, the shortest first."""
    shown = busy or min(idle, default=0.0)
    for length in idle:
        if length > _TOO_LONG * shown:
            return _TOO_LONG * shown
        shown += length
    return math.inf


def _round_up(seconds: float) -> float:
    """Return the next larger length of time that makes a readable scale."""
    if seconds <= 1:
        power = 10.0 ** math.floor(math.log10(max(seconds, 1e-6)))
        return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= seconds * 0.999)
    if seconds <= _ROUND[-1]:
        return next(length for length in _ROUND if length >= seconds)
    return _ROUND[-1] * _round_days(seconds / _ROUND[-1])


def _round_days(days: float) -> float:
    power = 10.0 ** math.floor(math.log10(days))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= days)
