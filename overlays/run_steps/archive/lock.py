"""One writer at a time: a lock that names its holder, and that goes with its process, however that ends.

It is a file beside what it locks, which SQLite locks as it does any, on network file systems, too.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from socket import gethostname
from uuid import uuid4

from run_steps.archive.errors import ArchiveError, readable_errors

_PAUSE = 0.2
"""How long to wait before trying again (seconds)."""

_HELD = ("SQLITE_BUSY", "SQLITE_READONLY_DBMOVED", "SQLITE_IOERR_DELETE_NOENT")

OnWait = Callable[[str], None]
"""Called once with who holds a lock that is waited for, in a sentence."""


@contextmanager
def locked(path: Path, on_wait: OnWait | None = None) -> Generator[None]:
    """Be the only one that writes to an archive in the `with` block.

    Args:
        path: The archive, which need not be there.
        on_wait: Called when another one has to be waited for; None to wait for nobody.

    Raises:
        ArchiveError: Another one writes to it and is not waited for, or the lock cannot be written.
    """
    lock = Path(f"{path.absolute()}.lock")
    is_told = False
    while (connection := _taken(path, lock)) is None:
        text = f"{path} is being written to by {_holder(lock)}"
        if on_wait is None:
            raise ArchiveError(f"{text}: try again when that is done.")
        if not is_told:
            on_wait(f"{text}; waiting until that is done.")
            is_told = True
        time.sleep(_PAUSE)
    with closing(connection):
        try:
            yield
        finally:
            with suppress(OSError):  # some systems remove nothing that is open; the next one takes it as it is
                lock.unlink()


def _taken(path: Path, lock: Path, tries: int = 3) -> sqlite3.Connection | None:
    """Return the connection that holds the lock from now on, or None when another one holds it."""
    token = uuid4().hex
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    with readable_errors(path):
        connection = sqlite3.connect(lock, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("CREATE TABLE IF NOT EXISTS holder (token, host, process, since)")
            connection.execute("DELETE FROM holder")
            connection.execute("INSERT INTO holder VALUES (?, ?, ?, ?)", (token, gethostname(), os.getpid(), since))
            connection.execute("COMMIT")
            connection.execute("BEGIN IMMEDIATE")
            if _holder(lock, "token") == token:
                return connection
        except sqlite3.OperationalError as error:
            # Who held it may have removed the file that was opened here, or the journal that goes by its name.
            if error.sqlite_errorname == "SQLITE_CANTOPEN" and tries > 1:  # also when the folder is not there
                connection.close()
                return _taken(path, lock, tries - 1)
            if not error.sqlite_errorname.startswith(_HELD):
                connection.close()
                raise
        connection.close()
        return None


def _holder(lock: Path, what: str = "'process ' || process || ' on ' || host || ' since ' || since") -> str:
    """Read who holds a lock, from the file that has its name now."""
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{lock.absolute().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        for (text,) in connection.execute(f"SELECT {what} FROM holder"):  # noqa: S608 - fixed words
            return str(text)
    return "another process"
