"""How far a long command is: a bar in a terminal, a line now and then elsewhere, always on stderr."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from attrs import define, field, frozen
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from run_steps._words import span_text
from run_steps.cli.output import write_note

SECONDS_BETWEEN_LINES = 10.0
"""How often a line is written where there is no terminal (seconds)."""

_MEASURED_FROM = 1.0
"""Time that must have passed before a rate says something (seconds)."""


@frozen
class Status:
    """How far a command is.

    Attributes:
        done: What is done (count of `noun`).
        total: What there is to do, as far as it is known; None when it is not.
        noun: What is counted, in the plural.
        steps: Steps read or written so far (count).
        place: Where in its input the command is, while there may be more to do than is known; otherwise empty.
        quick: What of it was done without any work (count).
    """

    done: int
    total: int | None
    noun: str
    steps: int
    place: str = ""
    quick: int = 0


def status_text(status: Status, seconds: float) -> str:
    """Return a status in words, with rate and time left as far as they are known.

    Args:
        status: How far the command is.
        seconds: For how long it has been going on (seconds).
    """
    of_total = "" if status.total is None else f" of {status.total:,}"
    parts = [f"{status.done:,}{of_total} {status.noun}"]
    if status.place:
        parts[0] += f" known so far ({status.place})"
    rows = status.noun if status.noun in ("steps", "messages") else "steps"
    if status.noun != rows:
        parts.append(f"{status.steps:,} {rows}")
    if seconds >= _MEASURED_FROM:
        parts.append(f"{status.steps / seconds:,.0f} {rows}/s")
        worked = status.done - status.quick
        if status.total and worked > 0 and status.done < status.total:
            left = span_text(seconds / worked * (status.total - status.done))
            parts.append(f"at least {left} left" if status.place else f"{left} left")
    return ", ".join(parts)


@contextmanager
def shown_progress(clock: Callable[[], float] = time.monotonic) -> Generator[Callable[[Status], None]]:
    """Show how far a command is while the `with` block lasts.

    Args:
        clock: A monotonic clock (seconds).

    Yields:
        What to call with each status.
    """
    console = Console(stderr=True, highlight=False, markup=False)
    if not console.is_terminal or console.is_dumb_terminal:
        yield _Lines(clock).show
        return
    began_at = clock()
    with Progress(
        BarColumn(20), TextColumn("{task.description}", markup=False), console=console, transient=True
    ) as bar:
        task = bar.add_task("checking what is there", total=None)

        def show(status: Status) -> None:
            text = status_text(status, clock() - began_at)
            bar.update(task, description=text, completed=status.done, total=status.total)

        yield show


@define
class _Lines:
    """Writes a status as a line, but not too often."""

    clock: Callable[[], float]
    _began_at: float = field(init=False)
    _written_at: float = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._began_at = self._written_at = self.clock()

    def show(self, status: Status) -> None:
        now = self.clock()
        if now - self._written_at >= SECONDS_BETWEEN_LINES:
            write_note(status_text(status, now - self._began_at))
            self._written_at = now
