"""What is told about a run and its steps beside the drawing, in the same words in every picture."""

from __future__ import annotations

from itertools import islice

from run_steps.shown_text import one_line
from run_steps.timeline.model import Row, Timeline, Tokens
from run_steps.timeline.words import count_text, moment_text, span_text

_CALLS_IN_SHORT = 4
"""Of so many calls of a step something is told in short (count)."""


def summary(timeline: Timeline) -> list[tuple[str, str]]:
    """Return what there is to know about the whole run, as pairs of a name and a text as it came."""
    waiting = max(0.0, timeline.span - timeline.busy)
    pairs = (
        ("thread", timeline.thread_id),
        ("model", timeline.model),
        ("began", "" if timeline.began_at is None else moment_text(timeline.began_at)),
        ("took", "" if timeline.began_at is None else span_text(timeline.span)),
        ("in steps", span_text(timeline.busy) if timeline.rows else ""),
        ("waiting", span_text(waiting) if timeline.rows else ""),
        ("queued", "" if timeline.queued is None else span_text(timeline.queued)),
        ("tokens", tokens_text(timeline.tokens)),
        ("steps", _counts(timeline.kinds, len(timeline.rows))),
        ("statuses", _counts(timeline.statuses)),
    )
    return [(name, text) for name, text in pairs if text]


def title(timeline: Timeline) -> str:
    """Return what the picture is of: the run and how far it is."""
    run = timeline.run_id or "a run"
    return f"{run}: {timeline.status}" if timeline.status else run


def alerts(timeline: Timeline) -> list[tuple[str, str]]:
    """Return what somebody has to know or do: why the run failed, and what it waits for."""
    found = [("error", timeline.error)] if timeline.error else []
    return found + [("waits for", f"{call.name} {call.input}".strip()) for call in timeline.required]


def in_short(row: Row, cells: int) -> str:
    """Return input and output of a step on one line of so many cells, harmless to show."""
    room = cells + 1  # what is longer than the line must be seen to be cut
    calls = [
        " → ".join(part for part in (one_line(call.input, room), one_line(call.output, room)) if part)
        for call in islice(row.calls, _CALLS_IN_SHORT)
    ]
    return one_line("; ".join(call for call in calls if call), cells)


def times_text(row: Row) -> str:
    """Return how long a step took and how long nothing went on before it."""
    took = _took(row)
    return f"{took}, after {span_text(row.wait)} of waiting" if row.wait else took


def tokens_text(tokens: Tokens) -> str:
    """Return counts of tokens; nothing when they are not known."""
    if tokens.total is None:
        return ""
    parts = [
        text
        for text, count in (
            (f"{tokens.read:,} read" if tokens.read is not None else "", tokens.read),
            (f"{tokens.cached:,} of them cached" if tokens.cached else "", tokens.cached),
            (f"{tokens.written:,} written" if tokens.written is not None else "", tokens.written),
            (f"{tokens.reasoning:,} of them reasoning" if tokens.reasoning else "", tokens.reasoning),
        )
        if count is not None and text
    ]
    return f"{tokens.total:,} ({', '.join(parts)})" if parts else f"{tokens.total:,}"


def _took(row: Row) -> str:
    if row.bar is None:
        return "time not known"
    if row.bar.is_open:
        return f"going for {span_text(row.bar.end - row.bar.begin)}"
    return "end not known" if row.duration is None else span_text(row.duration)


def _counts(counts: dict[str, int], total: int | None = None) -> str:
    if total is not None and not counts:
        return count_text(0, "step")
    listed = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    return listed if total is None else f"{total:,}: {listed}"
