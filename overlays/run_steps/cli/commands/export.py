"""`run-steps export`: an archive for other programs to read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from attrs import asdict, frozen

from run_steps._choices import Format, RowTable
from run_steps._words import count_text, moment_text
from run_steps.archive import MESSAGE_ROW_COLUMNS, ROW_COLUMNS, Archive
from run_steps.cli.archive_notes import note_archive
from run_steps.cli.failures import UsageFault
from run_steps.cli.output import named_fields, write_json, write_note
from run_steps.cli.progress import Status, shown_progress
from run_steps.cli.workers import Workers, open_workers
from run_steps.export import FORMATS, ExportResult, export, parse_date, send_traces
from run_steps.export.parts import WHOLE
from run_steps.export.rows import columns

_KINDS_NAMED = 5
"""So many kinds of what was left out are named (count)."""


@frozen
class Selection:
    """Which steps to export, and what of them.

    Attributes:
        since: Date from which on, as people write it; None for the beginning.
        until: Date up to which, itself included; None for the end.
        fields: Names of the columns, with commas between; None for all.
        payload: Whether tables have the payload as a column.
        content: Whether traces tell what was said.
        table: What to export.
    """

    since: str | None
    until: str | None
    fields: str | None
    payload: bool
    content: bool
    table: RowTable


def export_archive(
    archive: Path,
    target: str | None,
    file_format: Format | None,
    selection: Selection,
    workers: Workers,
    *,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Export an archive, and say on stderr what was written.

    Args:
        archive: The archive.
        target: The file or folder to write; `-` for standard output; None to send traces.
        file_format: How to write it; None for the one that the ending of the target names.
        selection: Which steps, and what of them.
        workers: Where to do it.
        overwrite: Whether to replace what is there.
        as_json: Whether to write a summary to stdout as JSON.

    Raises:
        UsageFault: The options do not go together, or a date cannot be read.
    """
    if target is None and file_format != "otlp":
        raise UsageFault("Name a file to write; only --format otlp can do without.")
    file_format = file_format or _format_of(str(target))
    if file_format == "jsonl" and selection.fields is None and not selection.payload:
        raise UsageFault("JSON lines are nothing but payloads: give --fields, or choose csv or parquet.")
    if selection.fields is not None and not selection.payload:
        raise UsageFault("--fields says whether payloads are written: give it without --no-payload.")
    if as_json and target == "-":
        raise UsageFault("--json would mix with what goes to standard output: name a file.")
    if file_format in WHOLE and workers.shards > 1:
        raise UsageFault(f"--format {file_format} is written in one part: leave out --shards and --dask.")
    if selection.content and file_format != "otlp":
        raise UsageFault("--content is for traces: all other formats have what was said.")
    if selection.table != "steps" and file_format in WHOLE:
        raise UsageFault(f"--table is for JSON lines, CSV and Parquet: leave it out with --format {file_format}.")
    if selection.fields is not None and file_format in WHOLE:
        raise UsageFault(f"--fields is for JSON lines, CSV and Parquet: leave it out with --format {file_format}.")
    fields = None if selection.fields is None else named_fields(selection.fields, columns(selection.table))
    noun = selection.table.removesuffix("s")
    now = datetime.now(UTC)
    since, until = _moment(selection.since, now, until=False), _moment(selection.until, now, until=True)
    if since and until and since >= until:
        raise UsageFault(f"--since {selection.since} is not before --until {selection.until}.")
    with shown_progress() as show:
        total = None if since or until else _count(archive, selection.table)

        def on_progress(steps: int) -> None:
            show(Status(steps, total, selection.table, steps))

        if target is None:
            content = selection.content
            steps = send_traces(archive, since=since, until=until, content=content, on_progress=on_progress)
            result = ExportResult(steps, 0, 0)
        else:
            result = export(
                archive,
                target,
                file_format,
                since=since,
                until=until,
                table=selection.table,
                fields=fields,
                payload=selection.payload,
                content=selection.content,
                overwrite=overwrite,
                shards=workers.shards,
                open_executor=open_workers(workers),
                on_progress=on_progress,
            )
    if as_json:
        write_json(asdict(result))
    elif target is None:
        write_note(f"Sent the traces of {count_text(result.steps, 'step')}.")
    else:
        where = "standard output" if target == "-" else target
        files = f" ({count_text(result.files, 'file')}, {result.size:,} bytes)" if result.files else ""
        what = count_text(result.items, "item") if file_format == "items" else count_text(result.steps, noun)
        write_note(f"Wrote {what} to {where}{files}.")
        if result.left_out:
            write_note(_left_out_text(result.left_out))
    with Archive.open(archive) as opened:
        if not result.steps and (since or until):
            write_note(_period_text(opened, selection.table))
        note_archive(opened)
        if selection.table == "messages" and (unlisted := opened.summary().unlisted_messages):
            write_note(f"The messages of {count_text(unlisted, 'thread')} were not pulled: pull them again.")


def _moment(text: str | None, now: datetime, *, until: bool) -> datetime | None:
    try:
        return None if text is None else parse_date(text, now, until=until)
    except ValueError as error:
        raise UsageFault(str(error)) from None


def _format_of(target: str) -> Format:
    suffix = Path(target).suffix.lower().removeprefix(".")
    for file_format in FORMATS:
        if suffix == file_format:
            return file_format
    raise UsageFault(f"The ending of {target} names no format: give --format {', '.join(FORMATS)}.")


def _left_out_text(left_out: Mapping[str, int]) -> str:
    """Return in words what has no counterpart among items, most first."""
    most = sorted(left_out.items(), key=lambda pair: (-pair[1], pair[0]))
    listed = ", ".join(f"{count:,} {what}" for what, count in most[:_KINDS_NAMED])
    more = f", {len(most) - _KINDS_NAMED:,} more kinds" if len(most) > _KINDS_NAMED else ""
    return f"Without a counterpart: {listed}{more}. Each has a line with `left_out` and the reason."


def _period_text(archive: Archive, table: RowTable) -> str:
    """Return in words from when to when the steps or messages of an archive are."""
    place = (ROW_COLUMNS if table == "steps" else MESSAGE_ROW_COLUMNS).index("created_at")
    rows = (row for batch in archive.rows(payload=False, table=table) for row in batch)
    times = [row[place] for row in rows if row[place] is not None]
    if not times:
        return f"No {table.removesuffix('s')} of the archive has a time."
    return f"The {table} of the archive are from {moment_text(min(times))} to {moment_text(max(times))}."


def _count(archive: Path, table: RowTable) -> int:
    with Archive.open(archive) as opened:
        held = opened.summary()
    return held.steps if table == "steps" else held.messages
