"""`run-steps watch`: what happens in a run while it happens, a line a change."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from rich.text import Text

from run_steps import RunSteps
from run_steps.cli.archive_notes import note_run
from run_steps.cli.columns import reason_of, tokens_of, took_of, what_of
from run_steps.cli.output import terminal, write_json
from run_steps.cli.source import Source, fields_to_include, open_reader
from run_steps.reader import Reader
from run_steps.shown_text import one_line, visible
from run_steps.timeline.building import error_of, required_of
from run_steps.timeline.calls import text_of
from run_steps.timeline.summary import alerts
from run_steps.timeline.terminal import status_style
from run_steps.watching import Change, watch


def watch_run(
    source: Source, thread_id: str, run_id: str, *, deadline: float | None, include: bool, as_json: bool
) -> None:
    """Show what happens in a run until it is over.

    Args:
        source: Where to read from.
        thread_id: Id of the thread.
        run_id: Id of the run.
        deadline: How long to watch (seconds); None for as long as it takes.
        include: Whether to ask for what servers leave out unless asked.
        as_json: Whether to write JSON.

    Raises:
        DeadlineExceeded: The run is not over in time.
    """
    console = terminal()
    with open_reader(source, os.environ) as reader:
        note_run(reader, thread_id, run_id)
        for change in _changes(reader, thread_id, run_id, deadline, include=include):
            if as_json:
                write_json({"change": change.kind, **_payload(change)})
            elif console.is_terminal:
                for line in _lines(change, console.width):
                    console.print(line, soft_wrap=True)
            else:
                sys.stdout.write("\t".join(map(visible, (change.kind, *_facts(change), _reason(change)))) + "\n")
                sys.stdout.flush()


def _changes(reader: Reader, thread_id: str, run_id: str, deadline: float | None, *, include: bool) -> Iterator[Change]:
    fields = fields_to_include(include=include)
    if isinstance(reader, RunSteps):
        return reader.watch(thread_id, run_id, deadline=deadline, include=fields)
    return watch(reader, thread_id, run_id, deadline=deadline, include=fields)


def _payload(change: Change) -> dict[str, object]:
    return {"run": change.run.to_dict()} if change.step is None else {"step": change.step.to_dict()}


def _facts(change: Change) -> tuple[str, ...]:
    """Return id, what it did, status, how long it took, and tokens, of the step or the run that changed."""
    if change.step is None:
        return change.run.id, "run", text_of(change.run.status), took_of(change.run), tokens_of(change.run.usage)
    step = change.step
    return step.id, what_of(step), text_of(step.status), took_of(step), tokens_of(step.usage)


def _reason(change: Change) -> str:
    """Return why a run or step failed, or what a run waits for; empty when it does neither."""
    if change.step is not None:
        return error_of(change.step)
    return reason_of(change.run)


def _lines(change: Change, width: int) -> Iterator[Text]:
    """Yield what a terminal shows of a change: a line, and one for each thing a run waits for or failed of."""
    item_id, what, status, took, tokens = _facts(change)
    parts = (
        (item_id, "bold" if change.step is None else ""),
        (what, ""),
        (status, status_style(status)),
        (took, "dim"),
        (f"{tokens} tokens" if tokens else "", "dim"),
    )
    line = Text("  ").join(Text(visible(text), style=style) for text, style in parts if text)
    line.truncate(width, overflow="ellipsis")
    yield line
    if change.step is None:
        for name, text in alerts(error_of(change.run), required_of(change.run)):
            yield Text.assemble((f"  {name}  ", "dim"), (one_line(text, max(1, width - len(name) - 4)), "yellow"))
