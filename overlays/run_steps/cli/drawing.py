"""`run-steps timeline`: what happened in a run, in order, as a picture in the terminal or in files."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from attrs import asdict

from run_steps.cli.connection import Source, fields_to_include, open_reader
from run_steps.cli.output import terminal, write_json, write_note
from run_steps.timeline import Timeline, build_timeline, to_html, to_svg, to_terminal


def draw_run(
    source: Source, thread_id: str, run_id: str, *, html: Path | None, svg: Path | None, as_json: bool
) -> None:
    """Draw a run.

    Args:
        source: Where to read from.
        thread_id: Id of the thread.
        run_id: Id of the run.
        html: Where to write an HTML page.
        svg: Where to write a picture. With neither, the run is drawn in the terminal.
        as_json: Whether to write what the picture is drawn from as JSON, instead of drawing it in the terminal.
    """
    timeline = _read(source, thread_id, run_id)
    if as_json:
        for row in timeline.rows:
            write_json(asdict(row))
    elif html is None and svg is None:
        terminal().print(to_terminal(timeline))
    for path, draw in ((html, to_html), (svg, to_svg)):
        if path is not None:
            path.write_text(draw(timeline), encoding="utf-8")
            write_note(f"Wrote {path}.")


def _read(source: Source, thread_id: str, run_id: str) -> Timeline:
    with open_reader(source, os.environ) as reader:
        run = reader.run(thread_id, run_id)
        steps = reader.list(thread_id, run_id, order="asc", include=fields_to_include(include=True))
        return build_timeline(steps, run, now=datetime.now(UTC))
