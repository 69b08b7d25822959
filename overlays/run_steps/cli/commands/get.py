"""`run-steps get`: one step with all it holds."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

from rich.text import Text

from run_steps.cli.columns import STEP_COLUMNS, began_of, iso_of, seconds_of, took_of
from run_steps.cli.output import plain_number, terminal, write_items, write_json
from run_steps.cli.source import Source, fields_to_include, open_reader
from run_steps.cli.written import read_messages
from run_steps.shown_text import visible
from run_steps.timeline import Call, build_timeline
from run_steps.timeline.summary import tokens_text
from run_steps.timeline.terminal import status_style
from run_steps_api.models import Message, RunStep

_INDENT = "    "


def get_step(
    source: Source, thread_id: str, run_id: str, step_id: str, fields: str | None, *, include: bool, as_json: bool
) -> None:
    """Show one step.

    Args:
        source: Where to read from.
        thread_id: Id of the thread.
        run_id: Id of the run.
        step_id: Id of the step.
        fields: Names of what to show of it alone, as of `list`, with commas between; None for all.
        include: Whether to ask for what servers leave out unless asked.
        as_json: Whether to write JSON.

    Raises:
        UsageFault: There is no such field.
    """
    with open_reader(source, os.environ) as reader:
        step = reader.retrieve(thread_id, run_id, step_id, include=fields_to_include(include=include))
        if fields is not None:
            write_items([step], STEP_COLUMNS, fields, as_json=as_json, nothing="")
            return
        messages = [] if as_json else read_messages(reader, thread_id, run_id, [step])
    if as_json:
        write_json(step.to_dict())
        return
    console = terminal()
    for line in step_lines(step, messages, for_people=console.is_terminal):
        if isinstance(line, Text):
            console.print(line, soft_wrap=True)
        else:
            sys.stdout.write(f"{line}\n")


def step_lines(step: RunStep, messages: Iterable[Message] = (), *, for_people: bool = True) -> Iterator[Text | str]:
    """Yield what there is to know about a step: its facts, then what it called with input and output in full.

    Inputs and outputs come as plain text, as they may be too long to be laid out in reasonable time.

    Args:
        step: The step.
        messages: Messages it may have written.
        for_people: Whether times and lengths of time are in words, or as other programs read them.
    """
    (row,) = build_timeline([step], messages=messages).rows
    if for_people:
        began, took = f"{began_of(step)} UTC" if began_of(step) else "", took_of(step)
    else:
        began, took = iso_of(step.created_at), plain_number(seconds_of(step))
    yield Text(visible(step.id), style="bold")
    for name, text, style in (
        ("run", step.run_id, ""),
        ("thread", step.thread_id, ""),
        ("assistant", step.assistant_id, ""),
        ("kind", row.kind, ""),
        ("status", row.status, status_style(row.status)),
        ("error", row.error, "bold red"),
        ("began", began, ""),
        ("took", took, ""),
        ("tokens", tokens_text(row.tokens), ""),
    ):
        if text:
            yield Text.assemble((f"  {name:<11}", "dim"), (visible(text), style))
    for number, call in enumerate(row.calls, start=1):
        yield Text()
        yield from _call_lines(number, call, row.error)


def _call_lines(number: int, call: Call, told: str) -> Iterator[Text | str]:
    title = Text.assemble((f"{number} ", "dim"), (visible(call.name), "bold"))
    if call.id:
        title.append(f"  {visible(call.id)}", style="dim")
    yield title
    for name, text in (
        ("input", call.input),
        ("output", call.output),
        ("error", "" if call.error == told else call.error),
    ):
        if text:
            yield Text(f"  {name}", style="dim")
            yield _INDENT + visible(text, keep="\n\t").replace("\n", "\n" + _INDENT)
