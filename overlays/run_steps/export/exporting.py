"""The export itself: cut the archive into parts, have them written, and put the whole in place."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import field, frozen

from run_steps._choices import Format, RowTable, one_or_many
from run_steps._files import (
    ExportError,
    check_file,
    check_parent,
    exists_already,
    put_in_place,
    resolved,
    scratch_folder,
    takes_bytes_in_turn,
)
from run_steps._installation import install_command
from run_steps.archive import Archive
from run_steps.errors import ConfigurationError
from run_steps.export.parquet import NO_DAY, require_pyarrow, write_empty
from run_steps.export.parts import FORMATS, WHOLE, History, Part, PartTask, archive_spans, write_lines, write_part
from run_steps.export.rows import Tally, columns
from run_steps.workers.sharding import OpenExecutor, run_shards

STANDARD_OUTPUT = "-"

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
_EXAMPLE = "http://127.0.0.1:4318"


@frozen
class ExportResult:
    """What was written.

    Attributes:
        steps: Steps, or messages (count).
        files: Files (count); 0 when it went to a stream.
        size: Size of the files together (bytes); 0 when it went to a stream.
        items: Items (`items` alone; count).
        left_out: What has no counterpart among items, by what it is (`items` alone; counts).
    """

    steps: int
    files: int
    size: int
    items: int = 0
    left_out: Mapping[str, int] = field(factory=dict)


def export(
    archive: str | PathLike[str],
    target: str | PathLike[str],
    file_format: Format,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    table: RowTable = "steps",
    fields: Sequence[str] | None = None,
    payload: bool = True,
    content: bool = False,
    overwrite: bool = False,
    shards: int = 1,
    open_executor: OpenExecutor | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> ExportResult:
    """Write the steps of an archive, or its messages, for other programs to read, oldest first.

    A file or folder appears under its name when it is whole. When something goes wrong, what had that name is as it
    was, and nothing else is left.

    Args:
        archive: The archive.
        target: The file to write; for Parquet a folder; `-` for standard output. A pipe or device is written to as it
            is.
        file_format: `jsonl`: a payload a line, as received. `csv`: columns, harmless in a spreadsheet. `parquet`: typed
            columns, in a folder for each day; needs the extra `parquet`. `otlp`: a trace a run, in lines as collectors
            of OpenTelemetry read them. `items`: messages and function calls, a line each, as APIs of conversations
            and responses take them, and a line for what has no counterpart there.
        since: Leave out what was created before: steps, or whole runs and messages (`otlp`, `items`). What has no time
            is left out with `since` or `until`.
        until: Leave out what was created then or later.
        table: What to write (`jsonl`, `csv`, `parquet`). Messages have what they say in a column `text`.
        fields: The columns to write, in this order (`jsonl`, `csv`, `parquet`). None for all of them, and for the
            payload as received in JSON lines.
        payload: Whether CSV and Parquet have the payload as their last column, where `fields` does not say.
        content: Whether traces tell what was said: instructions, and inputs and outputs of tools.
        overwrite: Whether to replace a file, or a folder that an earlier export wrote.
        shards: Parts that are written side by side (count); needs `open_executor`. A stream is written in one.
        open_executor: Where to write them, such as `local_processes(4)`; None for here, in one part. Workers on other
            machines find archive and target under the same paths.
        on_progress: Called with the steps written so far; with an executor, when a part is done.

    Returns:
        What was written.

    Raises:
        ExportError: The target is there already, or cannot be written.
        ArchiveError: The archive cannot be read.
        ConfigurationError: pyarrow is not installed.
        WorkersLost: Workers died again and again.
        BrokenPipeError: Who reads the stream went away.
        ValueError: Arguments do not go together.
    """
    if file_format in WHOLE and table != "steps":
        raise ValueError(f"{file_format} takes whole runs: leave out table")
    names = _fields_of(file_format, table, fields, payload=payload)
    _check_arguments(file_format, shards=shards, is_parallel=open_executor is not None)
    history = History(since, until, content)
    source, path = resolved(archive), resolved(target)
    is_stream = target == STANDARD_OUTPUT or takes_bytes_in_turn(Path(target))
    with Archive.open(source) as opened:
        ranges = opened.ranges(1 if is_stream else shards, since=since, until=until, table=table)
    if is_stream:
        if file_format == "parquet":
            raise ExportError(f"Parquet is a folder of files and cannot go to {target}: choose a folder.")
        task = PartTask(source, ranges[0], 0, file_format, names, path.parent, history, table)
        tally = _write_stream(task, target, on_progress)
        return ExportResult(tally.steps, 0, 0, tally.items, dict(tally.left_out))
    if path.exists() and path.samefile(source):
        raise ExportError(f"{target} is the archive itself: choose another name.")
    check = _check_folder if file_format == "parquet" else check_file
    check(path, overwrite=overwrite)
    with scratch_folder(path) as scratch:
        tasks = [
            PartTask(source, steps, number, file_format, names, scratch, history, table)
            for number, steps in enumerate(ranges)
        ]
        parts = _write_parts(tasks, open_executor, on_progress)
        whole = scratch / "whole"
        if file_format == "parquet":
            files = _gather(parts, whole, names)
        else:
            _join_files([part.folder / part.name for part in parts], whole)
            files = [whole]
        size = sum(file.stat().st_size for file in files)
        check(path, overwrite=overwrite)  # something may have come to be there meanwhile
        put_in_place(whole, path, scratch)
    total = Tally()
    for part in parts:
        total.add(part.tally)
    return ExportResult(total.steps, len(files), size, total.items, dict(total.left_out))


def send_traces(
    archive: str | PathLike[str],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    content: bool = False,
    on_progress: Callable[[int], None] | None = None,
) -> int:
    """Send the runs of an archive as traces to where the variables OTEL_EXPORTER_OTLP_* say; needs the extra `otlp`.

    They are the traces that `export(..., "otlp")` writes: sent again, they are the same ones.

    Args:
        archive: The archive.
        since: Leave out runs created before. Runs without a time are left out with `since` or `until`.
        until: Leave out runs created then or later.
        content: Whether they tell what was said: instructions, and inputs and outputs of tools.
        on_progress: Called with the steps sent so far.

    Returns:
        How many steps were sent (count).

    Raises:
        ExportError: They were not taken.
        ArchiveError: The archive cannot be read.
        ConfigurationError: The exporter is not installed, or no variable names an endpoint that it can send to.
    """
    if not any(os.environ.get(name) for name in _ENDPOINTS):
        raise ConfigurationError(f"No endpoint is named for traces: set {_ENDPOINTS[1]}, such as {_EXAMPLE}.")
    protocol = next((value for name in _PROTOCOLS if (value := os.environ.get(name))), "http/protobuf")
    if protocol != "http/protobuf":
        raise ConfigurationError(f"Traces are sent as http/protobuf, and {_PROTOCOLS[1]} asks for {protocol}.")
    try:
        sending: Any = import_module("run_steps.export.sending")
    except ImportError as error:
        raise ConfigurationError(f"Sending traces needs OpenTelemetry: {install_command('otlp')}") from error
    tally = Tally(on_progress)
    with Archive.open(archive) as opened:
        sending.send(archive_spans(opened, History(since, until, content), tally))
    return tally.steps


def _fields_of(file_format: Format, table: RowTable, fields: Sequence[str] | None, *, payload: bool) -> tuple[str, ...]:
    """Return the columns to write; of formats that have none, all there are."""
    if fields is None:
        if file_format == "jsonl" and not payload:
            raise ValueError("jsonl is nothing but payloads: name fields, or choose csv or parquet to leave them out")
        names = columns(table)
        return names[-1:] if file_format == "jsonl" else names if payload else names[:-1]
    if file_format in WHOLE:
        raise ValueError(f"{file_format} has no columns: leave out fields")
    names = tuple(one_or_many(fields))
    if unknown := [name for name in names if name not in columns(table)]:
        raise ValueError(f"{unknown[0]!r} is no column: choose of {', '.join(columns(table))}")
    if not names or len(set(names)) < len(names):
        raise ValueError("fields names no column, or one more than once")
    return names


def _check_arguments(file_format: Format, *, shards: int, is_parallel: bool) -> None:
    if file_format not in FORMATS:
        raise ValueError(f"{file_format!r} is no format: choose one of {', '.join(FORMATS)}")
    if file_format in WHOLE and shards > 1:
        raise ValueError(f"{file_format} is written in one part: leave out shards")
    if shards < 1:
        raise ValueError(f"shards must be at least 1, not {shards}")
    if shards > 1 and not is_parallel:
        raise ValueError("shards need an executor to run on: give open_executor, such as local_processes(4)")
    if file_format == "parquet":
        require_pyarrow()


def _write_stream(task: PartTask, target: str | PathLike[str], on_progress: Callable[[int], None] | None) -> Tally:
    """Write everything to standard output, or to a pipe or device; return what was counted."""
    tally = Tally(on_progress)
    try:
        if target == STANDARD_OUTPUT:
            write_lines(task, sys.stdout.buffer, tally)
            sys.stdout.buffer.flush()
        else:
            with Path(target).open("wb") as stream:
                write_lines(task, stream, tally)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(f"{target} cannot be written to: {error}") from error
    return tally


def _write_parts(
    tasks: Sequence[PartTask], open_executor: OpenExecutor | None, on_progress: Callable[[int], None] | None
) -> list[Part]:
    if open_executor is None:
        return [write_part(task, on_progress) for task in tasks]
    steps = 0

    def done(_: int, part: Part) -> None:
        nonlocal steps
        steps += part.tally.steps
        if on_progress:
            on_progress(steps)

    return run_shards(write_part, tasks, open_executor, on_done=done)


def _gather(parts: Sequence[Part], whole: Path, names: Sequence[str]) -> list[Path]:
    """Move the files of all parts into one folder of days."""
    whole.mkdir()
    for part in parts:
        for file in sorted(part.folder.glob(f"*/{part.name}")):
            day = whole / file.parent.name
            day.mkdir(exist_ok=True)
            file.rename(day / file.name)
    if not (whole / f"day={NO_DAY}").exists():
        write_empty(whole, parts[0].name, names)
    return list(whole.glob("*/*"))


def _check_folder(target: Path, *, overwrite: bool) -> None:
    """Check that a folder of Parquet files may be written; one that holds anything else is never replaced.

    Raises:
        ExportError: It may not; the message says why and what to do.
    """
    check_parent(target)
    if not target.exists():
        return
    if not target.is_dir():
        raise ExportError(f"{target} is not a folder: Parquet is written as a folder of files. Choose another name.")
    strangers = [path for path in target.rglob("*") if not _is_ours(path.relative_to(target))]
    if strangers:
        raise ExportError(
            f"The folder {target} has something that no export wrote, such as {strangers[0].name!r}: choose another."
        )
    if any(target.iterdir()) and not overwrite:
        raise exists_already(target)


def _is_ours(path: Path) -> bool:
    """Return whether a path within a folder is one that an export of Parquet makes."""
    day, *rest = path.parts
    if not day.startswith("day=") or len(rest) > 1:
        return False
    return not rest or (rest[0].startswith("part-") and rest[0].endswith(".parquet"))


def _join_files(parts: list[Path], whole: Path) -> None:
    """Join files into one, in order, taking each away as soon as it was copied."""
    parts[0].rename(whole)
    with whole.open("ab") as joined:
        for part in parts[1:]:
            with part.open("rb") as stream:
                shutil.copyfileobj(stream, joined, 1 << 20)
            part.unlink()
