"""The targets that a command line and the file it names give."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from attrs import frozen

from run_steps.archive import Damage, Failure
from run_steps.cli.failures import UsageFault
from run_steps.pulling import Target, target
from run_steps.pulling.target_files import count_targets, open_targets, targets_of

STANDARD_INPUT = "-"


@frozen
class GivenTargets:
    """Targets to read once.

    Attributes:
        targets: The targets, read as it goes.
        known: How many there are (count); None when that shows only in the end.
    """

    targets: Iterator[Target]
    known: int | None


@contextmanager
def given_targets(words: Sequence[str], file: str | None) -> Generator[GivenTargets]:
    """Open the targets of a command, for a `with` block.

    A regular file is read to its end first, so that a mistake in it is reported before anything is done.

    Args:
        words: Threads and runs of the command line.
        file: A file with further ones, `-` for standard input; None for none.

    Raises:
        UsageFault: What is there cannot be read, or names nothing; from a pipe also while the targets are read.
        OSError: The file cannot be opened.
    """
    named = list(_readable(map(target, words)))
    if file is None:
        yield GivenTargets(iter(named), len(named))
    elif file == STANDARD_INPUT:
        with os.fdopen(0, "rb", closefd=False) as stream, targets_of(stream, "standard input") as rest:
            yield GivenTargets(chain(named, _some(_readable(rest), "Standard input")), None)
    else:
        path = Path(file)
        known = len(named) + _count(path) if path.is_file() else None
        with open_targets(path) as rest:
            yield GivenTargets(chain(named, _some(_readable(rest), file)), known)


def named_run(thread: str | None, run: str | None) -> tuple[str, str]:
    """Return the ids of thread and run, which may be written as one word with a slash between.

    Raises:
        UsageFault: The run is missing.
    """
    if thread is None:
        raise UsageFault("Name the run: THREAD RUN, or THREAD/RUN; or give --sse FILE.")
    if run is not None:
        return thread, run
    (both,) = _readable(map(target, [thread]))
    if both.run_id is None:
        raise UsageFault("Name the run as well: THREAD RUN, or THREAD/RUN.")
    return both.thread_id, both.run_id


def named_step(thread: str, run: str, step: str | None) -> tuple[str, str, str]:
    """Return the ids of thread, run and step, of which the first two may be written as one word.

    Raises:
        UsageFault: The step is missing.
    """
    if step is not None:
        return thread, run, step
    if "/" not in thread:
        raise UsageFault("Name the step as well: THREAD RUN STEP, or THREAD/RUN STEP.")
    return *named_run(thread, None), run


def name_of(item: Target | Failure | Damage) -> str:
    """Return what is to be pulled, or could not be, in one word, as `target` reads it."""
    return "/".join(name for name in (item.thread_id, item.run_id) if name is not None)


def _count(path: Path) -> int:
    try:
        count = count_targets(path)
    except ValueError as error:
        raise UsageFault(f"{error}.") from None
    if not count:
        raise UsageFault(f"{path} names no targets.")
    return count


def _readable(targets: Iterable[Target]) -> Iterator[Target]:
    try:
        yield from targets
    except ValueError as error:
        raise UsageFault(f"{error}.") from None


def _some(targets: Iterator[Target], name: str) -> Iterator[Target]:
    first = next(targets, None)
    if first is None:
        raise UsageFault(f"{name} names no targets.")
    yield first
    yield from targets
