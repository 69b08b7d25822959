"""`run-steps list`: the steps of a run."""

from __future__ import annotations

import os

from run_steps.archive import Archive
from run_steps.cli.archive_notes import note_run
from run_steps.cli.columns import STEP_COLUMNS
from run_steps.cli.output import write_items, write_received
from run_steps.cli.source import Source, fields_to_include, open_reader
from run_steps.pagination.cursors import Window


def list_steps(
    source: Source,
    thread_id: str,
    run_id: str,
    window: Window,
    fields: str | None,
    *,
    include: bool,
    as_json: bool,
) -> None:
    """Show the steps of a run.

    Args:
        source: Where to read from.
        thread_id: Id of the thread.
        run_id: Id of the run.
        window: Which part of the list.
        fields: Names of the columns to show, with commas between; None for those that are always shown.
        include: Whether to ask for what servers leave out unless asked.
        as_json: Whether to write JSON.

    Raises:
        UsageFault: There is no such column.
    """
    with open_reader(source, os.environ) as reader:
        if as_json and fields is None and isinstance(reader, Archive):
            # All it holds is to be written, for which no model is needed.
            for page in reader.list_received(thread_id, run_id, window).pages():
                write_received(page.items)
            note_run(reader, thread_id, run_id)
            return
        steps = reader.list(
            thread_id,
            run_id,
            order=window.order,
            max_items=window.max_items,
            after=window.after,
            before=window.before,
            include=fields_to_include(include=include),
        )
        write_items(steps, STEP_COLUMNS, fields, as_json=as_json, nothing=f"No steps in {run_id}.")
        note_run(reader, thread_id, run_id)
