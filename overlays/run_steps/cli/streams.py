"""Streams of events that commands read in place of a server or an archive."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from run_steps.cli.failures import UsageFault
from run_steps.cli.output import write_note
from run_steps.cli.source import Source
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
def read_stream(file: str, on_event: Callable[[StreamEvent], None] = lambda _: None) -> Generator[StepStream]:
    """Read a stream of events to its end, for a `with` block that uses what it told.

    What ended the stream, when that was an error, is raised after the block.

    Args:
        file: As for `open_stream`.
        on_event: Is told each event.

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
    if failure is not None:
        raise failure


def note_stream(file: str, stream: StepStream) -> None:
    """Say on stderr that a stream does not have all of its run, if so; where the rest is to be had."""
    if not stream.is_complete:
        write_note(f"{_name_of(file)} is not proved to have all of the run: its server may have more of it.")


def refuse_other_sources(source: Source, *targets: object) -> None:
    """Raise `UsageFault` when a command with a stream is told to read something else as well."""
    if any((*targets, source.server, source.archive, source.key_variable, source.params, source.headers)):
        raise UsageFault("A stream tells its run by itself: give --sse alone.")


def _name_of(file: str) -> str:
    return "Standard input" if file == STANDARD_INPUT else file
