"""Facts about a run and its steps beside the drawing, in the same words in every picture."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from run_steps._words import moment_text, span_text
from run_steps.shown_text import one_line
from run_steps.timeline.axis import Axis
from run_steps.timeline.calls import Call
from run_steps.timeline.model import Row, Timeline, Tokens
from run_steps.timestamps import GOING

_CALLS_IN_SHORT = 4
"""So many calls of a step are summarised (count)."""

_NAMES_IN_SHORT, _NAME_CELLS = 8, 30
"""So many kinds or statuses are named, each in so many cells; the contract knows fewer and shorter ones."""


def summary(timeline: Timeline) -> list[tuple[str, str]]:
    """Return what there is to know about the whole run, as pairs of a name and a text as it came."""
    pairs = (
        ("thread", timeline.thread_id),
        ("model", timeline.model),
        ("began", "" if timeline.began_at is None else moment_text(timeline.began_at)),
        ("took", _parts_of_time(timeline)),
        ("tokens", tokens_text(timeline.tokens)),
        ("steps", _counts(timeline.kinds) or "none"),
        ("statuses", _counts(timeline.statuses)),
    )
    return [(name, text) for name, text in pairs if text]


def title(timeline: Timeline) -> str:
    """Return what the picture is of: the run and how far it is."""
    run = timeline.run_id or "a run"
    return f"{run}: {timeline.status}" if timeline.status else run


GONE_WRONG = frozenset({"cancelled", "expired", "failed", "incomplete"})
"""Statuses of what ended otherwise than it was meant to."""


def alerts(error: str, required: Iterable[Call]) -> list[tuple[str, str]]:
    """Return what somebody has to know or do: why a run failed, and which calls it waits for."""
    found = [("error", error)] if error else []
    return found + [("waits for", f"{call.name} {call.input}".strip()) for call in required]


def in_short(row: Row, cells: int) -> str:
    """Return input and output of a step on one line of so many cells, harmless to show."""
    room = cells + 1  # what is longer than the line must be seen to be cut
    calls = [
        " → ".join(part for part in (one_line(call.input, room), one_line(call.output, room)) if part)
        for call in islice(row.calls, _CALLS_IN_SHORT)
    ]
    return one_line("; ".join(call for call in calls if call), cells)


def took_text(row: Row) -> str:
    """Return how long a step took."""
    if row.bar is None:
        return "time not known"
    if row.bar.is_open:
        return f"going for {span_text(row.bar.end - row.bar.begin)}"
    return "end not known" if row.duration is None else span_text(row.duration)


def wait_text(row: Row) -> str:
    """Return how long nothing went on before a step; nothing when something did."""
    return f"after {span_text(row.wait)} of waiting" if row.wait else ""


def tokens_text(tokens: Tokens) -> str:
    """Return counts of tokens; nothing when they are not known."""
    if tokens.total is None:
        return ""
    named = (
        (tokens.read, "read"),
        (tokens.cached, "of them cached"),
        (tokens.written, "written"),
        (tokens.reasoning, "of them reasoning"),
    )
    parts = ", ".join(f"{count:,} {name}" for count, name in named if count)
    return f"{tokens.total:,} ({parts})" if parts else f"{tokens.total:,}"


def breaks_text(axis: Axis) -> str:
    """Return how much of the axis is not drawn in full."""
    seconds = sum(stretch.end - stretch.begin for stretch in axis.breaks)
    return f"{span_text(seconds)} without any step are drawn shorter"


def _parts_of_time(timeline: Timeline) -> str:
    """Return how long the run took, or how long it is known to have been going; nothing before it began."""
    is_going = timeline.status in GOING
    if timeline.began_at is None or (is_going and not timeline.rows):
        return ""
    seconds = timeline.span if timeline.took is None else timeline.took
    took = f"{span_text(seconds)} so far" if is_going else span_text(seconds)
    if not timeline.rows:
        return took
    if timeline.busy >= seconds:
        return f"{took}, all in steps"
    waited = f"{span_text(seconds - timeline.busy)} waiting"
    queued = f", {span_text(timeline.queued)} of it queued" if timeline.queued else ""
    return f"{took}: {span_text(timeline.busy)} in steps, {waited}{queued}"


def _counts(counts: dict[str, int]) -> str:
    """Return how many there are of each name, of the first few names."""
    listed = [f"{count:,} {one_line(name, _NAME_CELLS)}" for name, count in islice(counts.items(), _NAMES_IN_SHORT)]
    if len(counts) > _NAMES_IN_SHORT:
        listed.append(f"{len(counts) - _NAMES_IN_SHORT:,} more")
    return f"{sum(counts.values()):,}: {', '.join(listed)}" if len(counts) > 1 else "".join(listed)
