"""`run-steps watch`: what happens in a run while it happens, a line a change."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial

from rich.console import Console
from rich.text import Text

from run_steps import RunSteps, RunStepsError
from run_steps.cli.archive_notes import note_run
from run_steps.cli.columns import reason_of, seconds_of, tokens_of, took_of, what_of
from run_steps.cli.output import plain_number, terminal, write_json
from run_steps.cli.source import Source, fields_to_include, open_reader
from run_steps.cli.streams import note_stream, read_stream
from run_steps.cli.written import Written
from run_steps.errors import Advice
from run_steps.reader import Reader, written_messages
from run_steps.shown_text import one_line, visible
from run_steps.streaming import StreamEvent
from run_steps.timeline.building import error_of, required_of
from run_steps.timeline.calls import text_of
from run_steps.timeline.summary import alerts
from run_steps.timeline.terminal import status_style
from run_steps.watching import Change, is_over, watch
from run_steps.watching.states import ChangeKind, kind_of_change
from run_steps_api.models import Run, RunStep


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
        written = None if as_json else Written(partial(written_messages, reader, thread_id, run_id))
        for change in _changes(reader, thread_id, run_id, deadline, include=include):
            _show(console, change.kind, change.step or change.run, written)


def watch_stream(
    source: Source, file: str, *, finish: bool, deadline: float | None, include: bool, as_json: bool
) -> None:
    """Show what happens in a run as a stream of events tells it, and then its server; otherwise as `watch_run`.

    Args:
        source: Where to read from when the stream lacks something, if wanted.
        file: The stream, `-` for standard input.
        finish: Whether that is wanted.
        deadline: As for `watch_run`, from the end of the stream.
        include: As for `watch_run`.
        as_json: Whether to write JSON. Otherwise a piece of text that shows in no line is no line.

    Raises:
        StreamFailed: The server told an error within the stream.
        RunStepsError: The stream ended before the run did.
    """
    console, written = terminal(), None if as_json else Written()
    shown: dict[str, tuple[str, ...]] = {}

    def show(event: StreamEvent) -> None:
        item = event.step or event.run
        if written is not None:
            written.hear(event)
        if event.kind is None or item is None:
            return
        if as_json or event.kind != "changed" or shown.get(item.id) != _facts(item):
            _show(console, event.kind, item, written)
            shown[item.id] = _facts(item)

    with read_stream(file, show, finish=finish) as stream:
        if finish and not stream.is_complete:
            known = {item.id: item for item in (stream.run, *stream.steps) if item is not None}
            with open_reader(source, os.environ) as reader:
                if written is not None:
                    written.read = partial(written_messages, reader, *stream.ids())
                for change in _changes(reader, *stream.ids(), deadline, include=include):
                    item = change.step or change.run
                    if kind := kind_of_change(known.get(item.id), item):
                        _show(console, kind, item, written)
                    known[item.id] = item
            return
        is_known_to_be_over = stream.run is not None and is_over(stream.run)
        if is_known_to_be_over:
            note_stream(file, stream)
    if not is_known_to_be_over:
        raise RunStepsError("The stream ended before the run did.", advice=Advice.FINISH)


def _show(console: Console, kind: ChangeKind, item: Run | RunStep, written: Written | None) -> None:
    """Show a change, with what the step wrote; without anything to tell that, as JSON."""
    if written is None:
        write_json({"change": kind, "run" if isinstance(item, Run) else "step": item.to_dict()})
        return
    text = "" if isinstance(item, Run) else written.text(item)
    if console.is_terminal:
        for line in _lines(item, text, console.width):
            console.print(line, soft_wrap=True)
    else:
        item_id, what, status, _, tokens = _facts(item)
        facts = (kind, item_id, what, status, plain_number(seconds_of(item)), tokens, _reason(item), text)
        sys.stdout.write("\t".join(map(visible, facts)) + "\n")
        sys.stdout.flush()


def _changes(reader: Reader, thread_id: str, run_id: str, deadline: float | None, *, include: bool) -> Iterator[Change]:
    fields = fields_to_include(include=include)
    if isinstance(reader, RunSteps):
        return reader.watch(thread_id, run_id, deadline=deadline, include=fields)
    return watch(reader, thread_id, run_id, deadline=deadline, include=fields)


def _facts(item: Run | RunStep) -> tuple[str, ...]:
    """Return id, what it did, status, how long it took, and tokens, of the step or the run that changed."""
    what = "run" if isinstance(item, Run) else what_of(item)
    return item.id, what, text_of(item.status), took_of(item), tokens_of(item.usage)


def _reason(item: Run | RunStep) -> str:
    """Return why a run or step failed, or what a run waits for; empty when it does neither."""
    return reason_of(item) if isinstance(item, Run) else error_of(item)


def _lines(item: Run | RunStep, written: str, width: int) -> Iterator[Text]:
    """Yield what a terminal shows of a change: a line, and one for what was written, waited for or went wrong."""
    item_id, what, status, took, tokens = _facts(item)
    parts = (
        (item_id, "bold" if isinstance(item, Run) else ""),
        (what, ""),
        (status, status_style(status)),
        (took, "dim"),
        (f"{tokens} tokens" if tokens else "", "dim"),
    )
    line = Text("  ").join(Text(visible(text), style=style) for text, style in parts if text)
    line.truncate(width, overflow="ellipsis")
    yield line
    notes = [("wrote", written, "")] if written else []
    if isinstance(item, Run):
        notes += [(name, text, "yellow") for name, text in alerts(error_of(item), required_of(item))]
    for name, text, style in notes:
        yield Text.assemble((f"  {name}  ", "dim"), (one_line(text, max(1, width - len(name) - 4)), style))
