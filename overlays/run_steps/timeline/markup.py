"""What SVG and HTML share: text made harmless for markup, and bars as shapes on a time axis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from run_steps.shown_text import one_line, visible
from run_steps.timeline.axis import Axis, Tick
from run_steps.timeline.model import Row
from run_steps.timeline.summary import GONE_WRONG

_COLOURS = 7
"""Tools that have a colour of their own (count); the style sheets know as many."""

_STATUSES = {"cancelled", "completed", "expired", "failed", "in_progress"}
_LEAST, _LEAST_OPEN = 0.004, 0.015
"""Widths at which a bar can still be seen, however short the step was (share of the axis)."""


def line(text: str, cells: int) -> str:
    """Return the beginning of a text on one line of so many cells, escaped for markup."""
    return escape(one_line(text, cells))


def block(text: str) -> str:
    """Return a text with its line breaks and tabs, escaped for markup."""
    lines = text.replace("\r\n", "\n").split("\n")
    return escape("\n".join(visible(line, keep="\t") for line in lines))


def palette(rows: Iterable[Row]) -> dict[str, str]:
    """Return the class that gives a tool its colour, by its name: of the tools most steps called, and of messages."""
    steps = Counter(name for row in rows if row.calls for name in row.tools)
    ranked = [name for name, _ in steps.most_common() if name != "message"]
    tools = {name: f"tool{place}" for place, name in enumerate(ranked[:_COLOURS], start=1)}
    return tools | ({"message": "message"} if "message" in steps else {})


def classes(row: Row, colours: Mapping[str, str]) -> str:
    """Return the classes a step is styled by: the first tool it called, and its status as far as it is known."""
    status = row.status if row.status in _STATUSES else "other-status"
    return f"{colours.get(row.tools[0], 'other')} {status}"


def ticks(axis: Axis, *, characters: int) -> list[Tick]:
    """Return the ticks of an axis that is as wide as so many characters of its labels."""
    return axis.ticks(1 / characters, blanks=3, with_end=True)


def shapes(row: Row, axis: Axis, *, about: str = "") -> str:
    """Return the bar of a step and the waiting before it as SVG, in percent of the width they are drawn in.

    Args:
        row: The step.
        axis: Where its times are.
        about: What is said of the bar when it is pointed at.
    """
    if row.bar is None:
        return ""
    least = _LEAST_OPEN if row.bar.is_open else _LEAST
    begin, end = axis.place(row.bar.begin), axis.place(row.bar.end)
    begin = min(begin, 1 - least)
    drawn = ""
    if row.wait:
        since = axis.place(row.bar.begin - row.wait)
        drawn += f'<line class="wait" x1="{_percent(since)}" x2="{_percent(begin)}" y1="50%" y2="50%"/>'
    name = "bar going" if row.bar.is_open else "bar"
    width = max(end - begin, least)
    about = f"<title>{about}</title>" if about else ""
    place = f'x="{_percent(begin)}" width="{_percent(width)}" y="25%" height="50%"'
    return f'{drawn}<rect class="{name}" {place}>{about}</rect>'


def by_colour(rows: Iterable[Row], colours: Mapping[str, str]) -> dict[str, list[Row]]:
    """Return steps by the class of the first tool they called."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(colours.get(row.tools[0], "other"), []).append(row)
    return found


def strips(rows: Mapping[str, Sequence[Row]], axis: Axis) -> str:
    """Return when steps were going on, as a shape of SVG for each class; at their feet in red which went wrong."""
    wrong = [row for some in rows.values() for row in some if row.status in GONE_WRONG]
    drawn = "".join(f'<g class="{name}">{_strip(some, axis)}</g>' for name, some in rows.items())
    # Not over the whole height: each can be seen however short it was, so that many would hide all the rest.
    return drawn + (f'<g class="failed">{_strip(wrong, axis, top=50, height=25)}</g>' if wrong else "")


def _strip(rows: Iterable[Row], axis: Axis, *, top: int = 25, height: int = 50) -> str:
    """Return when any of some steps was going on, as one shape of SVG however many they are."""
    places = sorted((axis.place(row.bar.begin), axis.place(row.bar.end)) for row in rows if row.bar)
    spans: list[tuple[float, float]] = []
    for begin, end in places:
        left = min(begin, 1 - _LEAST)
        right = max(end, left + _LEAST)
        if spans and left <= spans[-1][1] + _LEAST / 4:
            spans[-1] = (spans[-1][0], max(spans[-1][1], right))
        else:
            spans.append((left, right))
    path = "".join(f"M{left * 1000:.0f} 0h{(right - left) * 1000:.0f}v1H{left * 1000:.0f}z" for left, right in spans)
    return (
        f'<svg viewBox="0 0 1000 1" preserveAspectRatio="none" y="{top}%" height="{height}%">'
        f'<path class="strip" d="{path}"/></svg>'
    )


def grid(ticks: Iterable[Tick], axis: Axis) -> Iterator[str]:
    """Yield the lines behind the bars, and the places where the axis is broken, as SVG."""
    for tick in ticks:
        yield f'<line class="tick" x1="{_percent(tick.place)}" x2="{_percent(tick.place)}" y1="0" y2="100%"/>'
    for stretch in axis.breaks:
        width = stretch.right - stretch.left
        yield f'<rect class="break" x="{_percent(stretch.left)}" width="{_percent(width)}" y="0" height="100%"/>'


def labels(ticks: Iterable[Tick]) -> Iterator[str]:
    """Yield the labels of the ticks as SVG."""
    for tick in ticks:
        end = ' text-anchor="end"' if tick.is_end else ' dx="3"'
        yield f'<text x="{_percent(tick.place)}" y="1em"{end}>{escape(tick.label)}</text>'


def _percent(place: float) -> str:
    return f"{place * 100:.3f}".rstrip("0").rstrip(".") + "%"
