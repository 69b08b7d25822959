"""One part of an export, written by one worker: some steps of the archive, in one format, to a place of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO, get_args

from attrs import frozen

from run_steps._choices import Format, RowTable
from run_steps._received import JsonObject
from run_steps.archive import Archive, StepRange
from run_steps.export import csv, items, jsonl, otlp, parquet
from run_steps.export.rows import Tally, archive_rows
from run_steps.export.spans import Span, conversation_spans

FORMATS: tuple[Format, ...] = get_args(Format)

WHOLE: frozenset[Format] = frozenset({"items", "otlp"})
"""Formats of what belongs together, which is not cut into parts and has no columns."""

_BUFFER_BYTES = 1 << 20
"""How much is written at a time: with the usual 8 KiB, every few steps would be a call to the system."""


@frozen
class History:
    """Which runs to write as a whole, and what of them.

    Attributes:
        since: Leave out runs created before.
        until: Leave out runs created then or later.
        content: Whether to tell what was said.
    """

    since: datetime | None = None
    until: datetime | None = None
    content: bool = False


@frozen
class PartTask:
    """What a worker has to write.

    Attributes:
        archive: The archive, as the worker finds it.
        steps: Which steps of it.
        number: Which part it is, from 0.
        file_format: The format.
        fields: The columns that are written; `payload` alone is as received in JSON lines (`jsonl`, `csv`, `parquet`).
        scratch: The folder for all that is not whole yet.
        history: Which runs, and what of them (`otlp`, `items`).
        table: What is written.
    """

    archive: Path
    steps: StepRange
    number: int
    file_format: Format
    fields: tuple[str, ...]
    scratch: Path
    history: History
    table: RowTable = "steps"

    @property
    def name(self) -> str:
        """Name of the file, or of the files of all days."""
        return f"part-{self.number:05}.{self.file_format}"


@frozen
class Part:
    """What a worker wrote.

    Attributes:
        folder: The folder that has it.
        name: Name of its file, or of its files in the folders of the days.
        tally: What was counted on the way.
    """

    folder: Path
    name: str
    tally: Tally


def write_part(task: PartTask, on_progress: Callable[[int], None] | None = None) -> Part:
    """Write a part into a new folder: an attempt that was given up halfway, or is still under way, has another."""
    folder = Path(mkdtemp(dir=task.scratch))
    tally = Tally(on_progress)
    if task.file_format == "parquet":
        with Archive.open(task.archive) as archive:
            held = (*task.fields, parquet.DAY_OF) if parquet.DAY_OF not in task.fields else task.fields
            rows = tally.count(archive_rows(archive, task.steps, held, task.table))
            parquet.write_parquet(rows, folder, task.name, held, task.fields)
    else:
        with (folder / task.name).open("xb", buffering=_BUFFER_BYTES) as stream:
            write_lines(task, stream, tally)
    return Part(folder, task.name, tally)


def write_lines(task: PartTask, stream: BinaryIO, tally: Tally) -> None:
    """Write a part in a format of lines to a stream; the first part begins with the header, where there is one."""
    with Archive.open(task.archive) as archive:
        if task.file_format == "otlp":
            otlp.write_otlp(archive_spans(archive, task.history, tally), stream)
            return
        if task.file_format == "items":
            items.write_items(_archive_lines(archive, task.history, tally), stream, tally)
            return
        rows = tally.count(archive_rows(archive, task.steps, task.fields, task.table))
        if task.file_format == "jsonl":
            jsonl.write_jsonl(rows, stream, task.fields)
        else:
            if task.number == 0:
                stream.write(csv.header(task.fields))
            csv.write_csv(rows, stream, task.fields)


def archive_spans(archive: Archive, history: History, tally: Tally) -> Iterator[Span]:
    """Yield the spans of the runs of an archive, run by run."""
    for conversation in archive.conversations(since=history.since, until=history.until):
        yield from conversation_spans(conversation, tally, content=history.content)


def _archive_lines(archive: Archive, history: History, tally: Tally) -> Iterator[JsonObject]:
    for conversation in archive.conversations(since=history.since, until=history.until):
        yield from items.conversation_lines(conversation, tally)
