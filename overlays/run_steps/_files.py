"""Writing of files and folders that appear under their name when they are complete, and not before."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from uuid import uuid4

from run_steps.archive import ArchiveError
from run_steps.archive.lock import locked
from run_steps.archive.schema import FILE_HEADER
from run_steps.errors import Advice, RunStepsError

_SCRATCH_PREFIX = ".run-steps-export-"

_SQLITE_BEGINNINGS = (
    FILE_HEADER,
    b"\x37\x7f\x06\x82",
    b"\x37\x7f\x06\x83",
    b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7",
)
"""How a database, its log and its journal begin: https://www.sqlite.org/fileformat.html."""


class ExportError(RunStepsError):
    """An export or a drawing cannot be written where it should be; what was there before is still there."""


def takes_bytes_in_turn(target: Path) -> bool:
    """Return whether a target is a pipe or a device, which is written to and never replaced."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def check_file(target: Path, *, overwrite: bool) -> None:
    """Check that a file may be written; one of SQLite, such as an archive, is never replaced.

    Raises:
        ExportError: It may not; the message says why and what to do.
    """
    check_parent(target)
    if target.is_dir():
        raise ExportError(f"{target} is a folder: name a file in it.")
    if is_of_sqlite(target):
        raise ExportError(
            f"{target} is an archive, or another file of SQLite, which is never replaced: choose another."
        )
    if target.exists() and not overwrite:
        raise exists_already(target)


def check_target(target: Path, *, overwrite: bool) -> None:
    """Check that `write_whole` may write a file; raises `ExportError` when it may not."""
    if not takes_bytes_in_turn(target):
        check_file(resolved(target), overwrite=overwrite)


def write_whole(target: Path, texts: Iterable[str], *, overwrite: bool) -> None:
    """Write a file so that it appears under its name when it is whole; write to a pipe or device as it comes.

    Args:
        target: The file.
        texts: What to write, one piece after the other.
        overwrite: Whether to replace a file.

    Raises:
        ExportError: It cannot be written; what was there before is as it was.
    """
    if takes_bytes_in_turn(target):
        with target.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(texts)
        return
    path = resolved(target)
    with scratch_folder(path) as scratch:
        whole = scratch / "whole"
        with whole.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(texts)
        check_file(path, overwrite=overwrite)  # something may have come to be there meanwhile
        put_in_place(whole, path, scratch)


@contextmanager
def scratch_folder(target: Path) -> Generator[Path]:
    """Yield a new folder beside the target, on the same file system; it is gone after the `with` block.

    What an export that was killed left beside the target goes as well.

    Raises:
        ExportError: Something cannot be written, there or in the `with` block; the disk may be full.
    """
    folder = target.parent / f"{_SCRATCH_PREFIX}{uuid4().hex}"
    try:
        for left in {path.with_suffix("") for path in target.parent.glob(f"{_SCRATCH_PREFIX}*")}:
            with suppress(ArchiveError), locked(left):  # whoever is still at it holds the lock
                _remove(left)
        with locked(folder):
            try:
                folder.mkdir(mode=0o700)
                yield folder
            finally:
                _remove(folder)
    except (OSError, ArchiveError) as error:
        reason = error.__cause__ if isinstance(error, ArchiveError) else error  # SQLite's own words for the lock
        raise ExportError(f"{target} cannot be written: {reason}. What was there before has not changed.") from error


def _remove(folder: Path) -> None:
    # A worker that was given up may still be writing while the folder is removed.
    shutil.rmtree(folder, ignore_errors=True)


def put_in_place(whole: Path, target: Path, scratch: Path) -> None:
    """Give what is whole the name of the target, in place of what had it.

    Args:
        whole: A file or folder in `scratch`.
        target: Its name to be; a symbolic link goes on leading there.
        scratch: The folder that will be removed.
    """
    if target.is_dir():
        # No system replaces a folder that holds something in one go.
        previous = scratch / "previous"
        target.rename(previous)
        try:
            whole.rename(target)
        except BaseException:
            previous.rename(target)
            raise
    else:
        whole.replace(target)


def resolved(target: str | PathLike[str]) -> Path:
    """Return the file that a path leads to, through symbolic links, so that the link stays when it is replaced."""
    return Path(target).resolve()


def check_parent(target: Path) -> None:
    """Check that the folder of a target is there; raises `ExportError`."""
    if not target.parent.is_dir():
        raise ExportError(f"There is no folder {target.parent}: make it first.")


def is_of_sqlite(target: Path) -> bool:
    """Return whether a file is a database of SQLite, such as an archive, or the log or journal of one."""
    if not target.is_file():
        return False
    with target.open("rb") as file:
        return file.read(max(map(len, _SQLITE_BEGINNINGS))).startswith(_SQLITE_BEGINNINGS)


def exists_already(target: Path) -> ExportError:
    """Build the error for a target that would be replaced unasked."""
    return ExportError(f"{target} exists already.", advice=Advice.OVERWRITE)
