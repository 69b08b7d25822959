"""`run-steps runs`: the runs of a thread, or all those of an archive."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import chain, islice

from run_steps.archive import Archive
from run_steps.cli.archive_notes import completeness_column, note_archive
from run_steps.cli.columns import RUN_COLUMNS
from run_steps.cli.failures import UsageFault
from run_steps.cli.output import write_items
from run_steps.cli.source import Source, open_reader
from run_steps.pagination.cursors import Window
from run_steps_api.models import Run


def list_runs(source: Source, thread_id: str | None, window: Window, fields: str | None, *, as_json: bool) -> None:
    """Show the runs of a thread, or all runs of an archive.

    Args:
        source: Where to read from.
        thread_id: Id of the thread; None for all threads of an archive.
        window: Which part of the list.
        fields: Names of the columns to show, with commas between; None for those that are always shown.
        as_json: Whether to write JSON.

    Raises:
        UsageFault: A server was asked for the runs of all threads, or an archive for those around one; or there is no
            such column.
    """
    with open_reader(source, os.environ) as reader:
        runs: Iterable[Run]
        if thread_id is not None:
            runs = reader.runs(
                thread_id, order=window.order, max_items=window.max_items, after=window.after, before=window.before
            )
        elif not isinstance(reader, Archive):
            raise UsageFault("Servers only list the runs of a thread: name it; only an --archive lists those of all.")
        elif window.after or window.before:
            raise UsageFault("--after and --before go with a thread: name it.")
        else:
            every = chain.from_iterable(reader.runs(thread, order=window.order) for thread in reader.threads())
            runs = islice(every, window.max_items)
        columns = (*RUN_COLUMNS, completeness_column(reader, thread_id)) if isinstance(reader, Archive) else RUN_COLUMNS
        write_items(runs, columns, fields, as_json=as_json, nothing="No runs.")
        if isinstance(reader, Archive):
            note_archive(reader)
