"""What can go wrong with an archive, said so that one knows what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from run_steps.errors import RunStepsError


class ArchiveError(RunStepsError):
    """An archive cannot be opened, read or written; the message says which and why."""


class ForeignThread(ArchiveError):
    """A thread is in the archive already, and came from another server."""


class DamagedArchive(ArchiveError):
    """A file is no archive that SQLite can read, or none any more; `salvage` saves what can be read of it."""


def way_out(path: Path) -> str:
    """Return in a sentence what to do about a file that is damaged so that no pull mends it."""
    return f"`run-steps check --salvage {path}` saves what can be read of it, and the next pull gets the rest."


_ADVICE = {
    "SQLITE_FULL": "its disk is full: free space and run the same command again. What was stored is safe.",
    "SQLITE_BUSY": "another process keeps it locked; try again when that is done.",
    "SQLITE_READONLY": "it may not be written to; check the rights of the file and its folder.",
    "SQLITE_CANTOPEN": (
        "it, or the log beside it (its name and -wal), cannot be opened; check that the folder exists and may be "
        "written to, or copy both to another folder."
    ),
    "SQLITE_IOERR": "its disk fails, or is full: check it, and run the same command again.",
}


@contextmanager
def readable_errors(path: Path) -> Generator[None]:
    """Raise errors of SQLite in the `with` block as `ArchiveError`, with what to do about them."""
    try:
        yield
    except UnicodeDecodeError as error:  # of a message of SQLite that repeats what is damaged
        raise DamagedArchive(f"The archive {path} is damaged: {way_out(path)}") from error
    except sqlite3.Error as error:
        # Python itself, which has no name for it, finds text that is not UTF-8.
        unnamed = "SQLITE_CORRUPT" if "decode to UTF-8" in str(error) else type(error).__name__
        name = str(getattr(error, "sqlite_errorname", unnamed))
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise DamagedArchive(f"The archive {path} is damaged: {way_out(path)}") from error
        advice = next((text for prefix, text in _ADVICE.items() if name.startswith(prefix)), f"{error} ({name}).")
        raise ArchiveError(f"The archive {path}: {advice}") from error
