"""Streams of events that commands read in place of a server or an archive."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from run_steps.cli.failures import UsageFault
from run_steps.cli.output import write_note
from run_steps.cli.source import Source, choose_server
from run_steps.cli.targets import STANDARD_INPUT
from run_steps.errors import APIError, RunStepsError
from run_steps.streaming import StepStream, StreamEvent


@contextmanager
def open_stream(file: str) -> Generator[StepStream]:
    """Open a stream of events, for a `with` block.

    Args:
        file: The file, or `-` for standard input; what comes through a pipe is read as it comes.

    Raises:
        OSError: It cannot be opened.
    """
    with os.fdopen(0, "rb", closefd=False) if file == STANDARD_INPUT else Path(file).open("rb") as source:
        yield StepStream(source)


@contextmanager
def read_stream(
    file: str, on_event: Callable[[StreamEvent], None] = lambda _: None, *, finish: bool = False
) -> Generator[StepStream]:
    """Read a stream of events to its end, for a `with` block that uses what it told.

    What ended the stream, when that was an error, is raised after the block.

    Args:
        file: As for `open_stream`.
        on_event: Is told each event.
        finish: Whether the block gets from the server what the stream lacks, whatever ended it.

    Raises:
        APIError: The server told an error within the stream.
        RunStepsError: Nothing in it is about a run.
    """
    failure: APIError | None = None
    with open_stream(file) as stream:
        try:
            for event in stream:
                on_event(event)
        except APIError as error:
            failure = error
    if stream.run is None and not stream.steps:
        raise failure or RunStepsError(f"{_name_of(file)} holds no events of a run.")
    yield stream
    if failure is not None and not finish:
        raise failure


def note_stream(file: str, stream: StepStream) -> None:
    """Say on stderr that a stream does not have all of its run, if so; where the rest is to be had."""
    if not stream.is_complete:
        write_note(f"{_name_of(file)} is not proved to have all of the run: its server may have more of it.")


def check_stream(source: Source, file: str | None, *targets: object, finish: bool, asks: bool = False) -> None:
    """Raise `UsageFault` when a command with a stream is told to read something else as well.

    Args:
        source: What the options say of other sources.
        file: The stream; None when there is none.
        targets: What is named beside the stream, if anything.
        finish: Whether the server is to give what the stream lacks.
        asks: Whether anything else is said that only a server needs.
    """
    if file is None:
        if finish:
            raise UsageFault("--finish goes with --sse FILE.")
        return
    if any(targets) or source.archive is not None:
        raise UsageFault("A stream tells its run by itself: give --sse without targets and archives.")
    if finish:
        choose_server(source, os.environ)  # so that a server that is not named is missed now and not in the end
    elif asks or any((source.server, source.key_variable, source.params, source.headers)):
        raise UsageFault("No server is asked for anything: give --finish to get from it what the stream lacks.")


def _name_of(file: str) -> str:
    return "Standard input" if file == STANDARD_INPUT else file
