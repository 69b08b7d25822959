"""`run-steps timeline`: what happened in a run, in order, as a picture in the terminal or in files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from attrs import asdict, frozen
from rich.console import Group

from run_steps._files import check_target, resolved, write_whole
from run_steps.cli.archive_notes import note_run
from run_steps.cli.failures import UsageFault
from run_steps.cli.output import STANDARD_OUTPUT, terminal, write_json, write_note, written_to
from run_steps.cli.source import Source, fields_to_include, open_reader
from run_steps.cli.streams import note_stream, read_stream
from run_steps.cli.written import Written, read_messages
from run_steps.timeline import Timeline, build_timeline, to_html, to_svg, to_terminal

_LINES_AT_ONCE = 200

_Drawing: TypeAlias = tuple[Path, Callable[[Timeline], str]]
"""A file to write, and what draws it."""


@frozen
class Files:
    """Where to draw a run; with neither file it is drawn in the terminal.

    Attributes:
        html: Where to write an HTML page.
        svg: Where to write a picture.
        text: Where to write what else is shown in the terminal, drawing or JSON; None for there.
        overwrite: Whether to replace what is there.
        first: Number of the step from which on the page lists steps.
    """

    html: Path | None
    svg: Path | None
    text: Path | None
    overwrite: bool
    first: int = 1


def files_of(
    html: Path | None, svg: Path | None, output: Path | None, *, overwrite: bool, first: int, as_json: bool
) -> Files:
    """Return where to draw a run; the ending of `output` tells what it shall be.

    Raises:
        UsageFault: Its ending tells nothing, or what it tells is to be written elsewhere.
    """
    if output is None:
        return Files(html, svg, None, overwrite, first)
    ending = output.suffix.lower()
    if ending not in {".htm", ".html", ".svg"}:
        if not (as_json or output == STANDARD_OUTPUT or ending == ".txt"):
            raise UsageFault(f"The ending of {output} tells not what to draw: name it .html, .svg or .txt.")
        return Files(html, svg, output, overwrite, first)
    if (svg if ending == ".svg" else html) is not None:
        raise UsageFault(f"--output {output} and --{ending[1:]} say the same: give one of them.")
    html, svg = (html, output) if ending == ".svg" else (output, svg)
    return Files(html, svg, None, overwrite, first)


def draw_run(source: Source, thread_id: str, run_id: str, files: Files, *, as_json: bool) -> None:
    """Draw a run.

    Args:
        source: Where to read from.
        thread_id: Id of the thread.
        run_id: Id of the run.
        files: The files to write.
        as_json: Whether to write what the picture is drawn from as JSON, instead of drawing it in the terminal.

    Raises:
        UsageFault: Both files are the same.
        ExportError: A file is there already, or cannot be written.
    """
    drawings = _drawings(files, as_json=as_json)
    _draw(_read(source, thread_id, run_id), drawings, files, as_json=as_json)


def draw_stream(source: Source, file: str, files: Files, *, finish: bool, as_json: bool) -> None:
    """Draw a run as a stream of events told it, to the moment the stream ended; otherwise as `draw_run`.

    Args:
        source: Where to read from when the stream lacks something, if wanted.
        file: The stream, `-` for standard input.
        files: The files to write.
        finish: Whether that is wanted.
        as_json: As for `draw_run`.

    Raises:
        StreamFailed: The server told an error within the stream; what it told before is drawn.
    """
    drawings = _drawings(files, as_json=as_json)
    written = Written()
    with read_stream(file, written.hear, finish=finish) as stream:
        if finish and not stream.is_complete:
            _draw(_read(source, *stream.ids()), drawings, files, as_json=as_json)
            return
        timeline = build_timeline(stream.steps, stream.run, messages=written.messages.values())
        _draw(timeline, drawings, files, as_json=as_json)
        note_stream(file, stream)


def _draw(timeline: Timeline, drawings: Sequence[_Drawing], files: Files, *, as_json: bool) -> None:
    with written_to(files.text, overwrite=files.overwrite):
        if as_json:
            for row in timeline.rows:
                write_json(asdict(row))
        elif files.text is not None or not drawings:
            _print(timeline)
    for path, draw in drawings:
        if path == STANDARD_OUTPUT:
            sys.stdout.buffer.write(draw(timeline).encode())
        else:
            write_whole(path, [draw(timeline)], overwrite=files.overwrite)
            write_note(f"Wrote {path}.")


def _print(timeline: Timeline) -> None:
    """Draw in the terminal, some lines at a time: rich lays out all it is given before it shows any of it."""
    console = terminal()
    lines = to_terminal(timeline).lines(console.options)
    while some := list(islice(lines, _LINES_AT_ONCE)):
        console.print(Group(*some))


def _read(source: Source, thread_id: str, run_id: str) -> Timeline:
    with open_reader(source, os.environ) as reader:
        run = reader.run(thread_id, run_id)
        steps = list(reader.list(thread_id, run_id, order="asc", include=fields_to_include(include=True)))
        messages = read_messages(reader, thread_id, run_id, steps)
        timeline = build_timeline(steps, run, now=datetime.now(UTC), messages=messages)
        note_run(reader, thread_id, run_id)
        return timeline


def _drawings(files: Files, *, as_json: bool) -> list[_Drawing]:
    """Return each file to write with what draws it; raise `UsageFault` or `ExportError` when one cannot be written."""
    text = files.text or (STANDARD_OUTPUT if as_json else None)
    taken = [resolved(path) for path in (files.html, files.svg, text) if path is not None]
    if len(set(taken)) < len(taken):
        raise UsageFault("Page, picture and text would mix in one file, or on standard output: name a file for each.")
    page: Callable[[Timeline], str] = partial(to_html, first=files.first)
    wanted = ((files.html, page), (files.svg, to_svg))
    drawings: list[_Drawing] = [(path, draw) for path, draw in wanted if path is not None]
    for path, _ in drawings:
        if path != STANDARD_OUTPUT:
            check_target(path, overwrite=files.overwrite)
    return drawings
