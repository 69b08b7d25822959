"""`run-steps unknown`: what servers sent that the contract does not name."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import chain

from run_steps._words import count_text
from run_steps.cli.output import Column, write_items, write_note
from run_steps.cli.recordings import recorded
from run_steps.errors import RunStepsError
from run_steps.unknown import Report, Unknown, as_contract, find_unknown


def report_unknown(
    files: Sequence[str],
    seen_on: str | None,
    max_items: int | None,
    fields: str | None,
    *,
    as_pieces: bool,
    as_json: bool,
) -> None:
    """Tell what the contract does not name in what servers sent: names and shapes, and never a value.

    Args:
        files: Archives, payloads, JSON lines and streams of events; `-` for standard input.
        seen_on: Which server it was, in words; None for what archives know of it.
        max_items: How many of them to tell at most (count); None for all.
        fields: Names of the columns to show, with commas between; None for all.
        as_pieces: Whether to write the piece of the contract that would name it.
        as_json: Whether to write JSON.

    Raises:
        RunStepsError: Nothing in the files is of this API.
        UsageFault: There is no such column.
    """
    report = find_unknown(chain.from_iterable(recorded(file, seen_on) for file in files))
    if not report.objects:
        raise RunStepsError(f"Nothing in {' '.join(files)} is of this API.{_unread(report)}")
    unknowns = report.unknowns[:max_items]
    if as_pieces:
        sys.stdout.write(as_contract(unknowns))
    else:
        nothing = "Nothing that the contract does not name."
        write_items(unknowns, _COLUMNS, fields, as_json=as_json, nothing=nothing)
    write_note(f"Looked through {count_text(report.objects, 'object')}.{_unread(report)}")


def _unread(report: Report) -> str:
    counts = ", ".join(f"{count:,} {what}" for what, count in report.unread.items())
    return f" Not looked through: {counts}." if counts else ""


def _shape(unknown: Unknown) -> str:
    return f"{unknown.shape}, not {unknown.expected}" if unknown.expected else str(unknown.shape)


_COLUMNS = (
    Column[Unknown]("what", lambda unknown: unknown.what, importance=6),
    Column[Unknown]("where", lambda unknown: unknown.schema, importance=5),
    Column[Unknown]("name", lambda unknown: unknown.name, importance=7),
    Column[Unknown](
        "count", lambda unknown: f"{unknown.count:,}", lambda unknown: unknown.count, importance=4, is_number=True
    ),
    Column[Unknown]("first", lambda unknown: f"{unknown.first or ''}", importance=1, is_optional=True),
    Column[Unknown]("last", lambda unknown: f"{unknown.last or ''}", importance=2, is_optional=True),
    Column[Unknown]("seen on", lambda unknown: ", ".join(unknown.servers), name="servers", importance=0, narrowest=12),
    Column[Unknown]("shape", _shape, importance=3, narrowest=16),
)
