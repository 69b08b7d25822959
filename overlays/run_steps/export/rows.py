"""The rows that an archive gives and every format writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, TypeAlias, TypeVar

from attrs import define, field

from run_steps._choices import RowTable
from run_steps._messages import message_text
from run_steps.archive import MESSAGE_ROW_COLUMNS, ROW_COLUMNS, Archive, StepRange
from run_steps.errors import DECODING_FAULTS
from run_steps_api.models import Message
from run_steps_api.parsing import parse_json

T = TypeVar("T")

Row: TypeAlias = tuple[Any, ...]
"""Values of `ROW_COLUMNS`, or of all but the last of them, the payload."""

TIME_COLUMNS = frozenset({"created_at", "ended_at", "pulled_at"})
"""Columns that hold Unix seconds."""

COUNT_COLUMNS = frozenset({"prompt_tokens", "completion_tokens", "total_tokens"})
"""Columns that hold whole numbers."""

FLAG_COLUMNS = frozenset({"completed"})
"""Columns that hold 1 or 0; all others hold text."""

_READ_AT_ONCE = 4
"""Rows to hold in memory before the first is written (count): a payload may have 10 MB."""

_REPORT_EACH = 1000
"""Steps after which progress is reported (count)."""


def columns(*, payload: bool, table: RowTable = "steps") -> tuple[str, ...]:
    """Return the names of the columns to write; messages have what they say as text before the payload."""
    names = ROW_COLUMNS if table == "steps" else (*MESSAGE_ROW_COLUMNS[:-1], "text", "payload")
    return names if payload else names[:-1]


def archive_rows(archive: Archive, part: StepRange, *, payload: bool, table: RowTable = "steps") -> Iterator[Row]:
    """Yield the rows of some steps or messages of an archive, oldest first, without holding many of them."""
    with_payload = payload or table != "steps"
    rows = chain.from_iterable(archive.rows(part, payload=with_payload, batch=_READ_AT_ONCE, table=table))
    if table == "steps":
        return rows
    return ((*row[:-1], said(row[-1]), *(row[-1:] if payload else ())) for row in rows)


def said(payload: str) -> str | None:
    """Return what a message says as text, by its payload; None when that cannot be read."""
    try:
        return message_text(Message.from_dict(parse_json(payload.encode())))
    except DECODING_FAULTS:  # damaged, or of another shape: the payload has it as it came
        return None


@define
class Tally:
    """Counts rows, or other forms of steps, on their way from the archive to a file.

    Attributes:
        on_progress: Called now and then, and at the end, with the count so far.
        steps: Rows that went by.
        items: Items that were made of them.
        left_out: How much became no item, by what it was.
    """

    on_progress: Callable[[int], None] | None = None
    steps: int = 0
    items: int = 0
    left_out: Counter[str] = field(factory=Counter)

    def count(self, rows: Iterable[T]) -> Iterator[T]:
        """Pass rows on, counting those that were taken."""
        for row in rows:
            yield row
            self.steps += 1
            if self.on_progress and self.steps % _REPORT_EACH == 0:
                self.on_progress(self.steps)
        if self.on_progress:
            self.on_progress(self.steps)

    def add(self, other: Tally) -> None:
        """Add what another one counted."""
        self.steps += other.steps
        self.items += other.items
        self.left_out += other.left_out
