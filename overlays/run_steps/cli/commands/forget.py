"""`run-steps forget`: targets that were a mistake, out of an archive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from run_steps.archive import Archive
from run_steps.archive.lock import locked
from run_steps.cli.failures import UsageFault
from run_steps.cli.output import write_line, write_note
from run_steps.cli.targets import given_targets, name_of


def forget_targets(path: Path, words: Sequence[str], file: str | None) -> None:
    """Forget what could not be pulled of targets, and what of them is not complete.

    Args:
        path: The archive.
        words: Threads and runs.
        file: A file with further ones, `-` for standard input; None for none.

    Raises:
        UsageFault: No target is named.
        ArchiveError: The archive cannot be written.
    """
    if not words and file is None:
        raise UsageFault("Name the threads or runs to forget, such as thread_1 or thread_1/run_1, or give --from FILE.")
    Archive.open(path).close()  # so that none is made where there is none
    with locked(path, write_note), Archive.create(path) as archive, given_targets(words, file) as given:
        for target in given.targets:
            if archive.forget(target.thread_id, target.run_id):
                write_line(f"Forgot {name_of(target)}.")
            else:
                write_line(f"{name_of(target)}: nothing to forget; what is complete stays.")
