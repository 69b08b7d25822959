"""What all pictures are drawn from: the steps of a run in order, with times that count from its beginning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import astuple, frozen

from run_steps.timeline.calls import Call, label_of


@frozen
class Bar:
    """When something was going on, in seconds since the beginning of the timeline.

    Attributes:
        begin: When it began.
        end: When it ended; of what is still going, how far it is known to have gone.
        is_open: Whether it is still going.
    """

    begin: float
    end: float
    is_open: bool = False


@frozen
class Tokens:
    """Tokens of a step or a run (counts); None where the server does not say.

    Attributes:
        read: Tokens of the prompt.
        written: Tokens of the completion.
        total: Both together.
        cached: Those of the prompt that came from a cache.
        reasoning: Those of the completion that were spent on reasoning.
    """

    read: int | None = None
    written: int | None = None
    total: int | None = None
    cached: int | None = None
    reasoning: int | None = None

    def __add__(self, other: Tokens) -> Tokens:
        """Return both together; what only one of them knows is as that one says."""
        return Tokens(*map(_sum, astuple(self), astuple(other)))


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other


@frozen
class Row:
    """One step. All texts are as they came.

    Attributes:
        number: Its place in the run, from 1.
        id: Id of the step.
        kind: Kind of the step, as on the wire.
        status: How far the step is, as on the wire.
        calls: What it did; nothing while it is still choosing.
        bar: When it was going on; None when the server does not report its beginning.
        duration: How long it took (seconds); None while it is going or when its end is not known.
        wait: How long nothing had been going on when it began: the model was thinking or the caller had to hand in
            outputs of tools. For the first step it counts from the creation of the run (seconds; None when not known).
        tokens: Tokens it used.
        error: Why it failed; empty when it did not.
        facts: What else there is to know, as pairs of a name and a text.
    """

    number: int
    id: str
    kind: str
    status: str
    calls: tuple[Call, ...]
    bar: Bar | None
    duration: float | None
    wait: float | None
    tokens: Tokens
    error: str
    facts: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """What the step did in a few words: the names of its calls, each once with how often."""
        return label_of(self.kind, self.calls)

    @property
    def tools(self) -> tuple[str, ...]:
        """Names of what it called, each once; what else it is when it called nothing."""
        return tuple(dict.fromkeys(call.name for call in self.calls)) or (self.label,)


@frozen
class ToolTotals:
    """What a tool did in some steps.

    Attributes:
        kind: Kind of the tool, as on the wire.
        name: What a reader calls it, as `Call.name`.
        calls: How often it was called (count).
        failed: How many of the calls failed, as far as that is told.
        duration: How long the steps took that called nothing else (seconds); None when that is not known of any.
        tokens: Tokens of the steps that called nothing else (count); None when they are not known of any.
        shared: Steps that called something else as well (count). Servers tell times and tokens by step, so that theirs
            are in the totals of no tool.
    """

    kind: str
    name: str
    calls: int
    failed: int
    duration: float | None
    tokens: int | None
    shared: int


@frozen
class Timeline:
    """What happened in a run, in order. All texts are as they came; times are in seconds.

    Attributes:
        run_id: Id of the run; empty when neither run nor steps name it.
        thread_id: Id of its thread.
        status: How far the run is; empty when the run is not known.
        began_at: When the timeline begins, its zero: creation of the run or of its first step (Unix seconds).
        span: From there to the last thing known to have happened.
        queued: How long the run waited before it was started; None when not known.
        busy: How long at least one step was going on.
        rows: The steps in the order they began.
        tokens: Tokens of the run, from itself or added up.
        error: Why the run failed or is incomplete; empty when it did not and is not.
        required: What the caller has to hand in or approve before the run goes on.
        model: Name of the model; empty when not known.
        took: How long the run took by its own times; None while it is going, or when they are not known.
    """

    run_id: str
    thread_id: str
    status: str
    began_at: float | None
    span: float
    queued: float | None
    busy: float
    rows: tuple[Row, ...]
    tokens: Tokens
    error: str
    required: tuple[Call, ...]
    model: str
    took: float | None = None

    @property
    def kinds(self) -> dict[str, int]:
        """How many steps there are of each kind, most first."""
        return dict(Counter(row.kind for row in self.rows).most_common())

    @property
    def tools(self) -> tuple[ToolTotals, ...]:
        """What each tool did, of the one called most often first; messages count as one."""
        calls: Counter[tuple[str, str]] = Counter()
        failed: Counter[tuple[str, str]] = Counter()
        rows: dict[tuple[str, str], list[Row]] = {}
        for row in self.rows:
            names = [(call.kind, call.name) for call in row.calls]
            calls.update(names)
            failed.update((call.kind, call.name) for call in row.calls if call.error)
            for name in set(names):
                rows.setdefault(name, []).append(row)
        return tuple(_totals(*name, count, failed[name], rows[name]) for name, count in calls.most_common())

    @property
    def statuses(self) -> dict[str, int]:
        """How many steps there are in each status, most first."""
        return dict(Counter(row.status for row in self.rows).most_common())

    def _repr_html_(self) -> str:
        """Return what a notebook shows of it: the page of `to_html`, in a frame of its own."""
        from run_steps.timeline.html import to_frame  # noqa: PLC0415 - which draws what is declared here

        return to_frame(self)


def _totals(kind: str, name: str, calls: int, failed: int, rows: Sequence[Row]) -> ToolTotals:
    alone = [row for row in rows if all((call.kind, call.name) == (kind, name) for call in row.calls)]
    durations = [row.duration for row in alone if row.duration is not None]
    tokens = [row.tokens.total for row in alone if row.tokens.total is not None]
    return ToolTotals(
        kind=kind,
        name=name,
        calls=calls,
        failed=failed,
        duration=sum(durations) if durations else None,
        tokens=sum(tokens) if tokens else None,
        shared=len(rows) - len(alone),
    )
