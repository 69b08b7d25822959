"""The rows that an archive gives and every format writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
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
"""Values of the columns that are written."""

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


def columns(table: RowTable = "steps") -> tuple[str, ...]:
    """Return the names of all columns; messages have what they say as text before the payload."""
    return ROW_COLUMNS if table == "steps" else (*MESSAGE_ROW_COLUMNS[:-1], "text", "payload")


def archive_rows(archive: Archive, part: StepRange, fields: Sequence[str], table: RowTable = "steps") -> Iterator[Row]:
    """Yield rows of some steps or messages of an archive, oldest first, without holding many of them.

    Args:
        archive: The archive.
        part: Which steps or messages.
        fields: The columns that rows shall have, in this order.
        table: Which of both.
    """
    with_payload = bool({"payload", "text"} & set(fields))
    held: tuple[str, ...] = ROW_COLUMNS if table == "steps" else MESSAGE_ROW_COLUMNS
    batches = archive.rows(part, payload=with_payload, batch=_READ_AT_ONCE, table=table)
    rows: Iterator[Row] = chain.from_iterable(batches)
    if "text" in fields:
        held = (*held, "text")
        rows = ((*row, said(row[-1])) for row in rows)
    if tuple(fields) == (held if with_payload else held[:-1]):
        return rows
    picked = itemgetter(*map(held.index, fields))
    return map(picked, rows) if len(fields) > 1 else ((picked(row),) for row in rows)


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
