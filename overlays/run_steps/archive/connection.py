"""Connections to the SQLite file of an archive."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

_BUSY_SECONDS = 30.0
"""How long to wait for another process that writes to the archive."""

_BUSY_PAUSE = 0.01
"""How long to wait before asking again, where SQLite does not wait itself (seconds)."""


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open a file.

    Args:
        path: The file.
        mode: How, as a parameter of https://www.sqlite.org/uri.html, such as `mode=ro`.

    Returns:
        A connection in autocommit mode; threads that share it have to take turns.

    Raises:
        sqlite3.Error: It cannot be opened.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA trusted_schema = OFF")  # views and triggers of strangers call nothing
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a file to read it, and nothing else; otherwise as `connect`.

    It may be opened for writing all the same, where that is allowed: what a writer that was killed left half-written is
    then taken back, and the log beside the file goes away with the last who has it open.
    """
    try:
        return _opened(path, "mode=rw")
    except sqlite3.OperationalError as error:
        # The log of a file in write-ahead mode cannot be opened where nothing can be written. Nobody else writes there
        # either, so that the file can be read without it, unless there is something in it.
        if not error.sqlite_errorname.startswith("SQLITE_CANTOPEN") or _has_log(path):
            raise
        return _opened(path, "immutable=1")


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    connection = connect(path, mode)
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # nothing is opened before it is read
    except BaseException:
        connection.close()
        raise
    return connection


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def set_journal_mode(connection: sqlite3.Connection, mode: str) -> None:
    """Choose how changes are undone: https://www.sqlite.org/pragma.html#pragma_journal_mode."""
    give_up_at = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute(f"PRAGMA journal_mode = {mode}")
        except sqlite3.OperationalError as error:
            # SQLite does not wait here, as two that change the mode of a new file at once would wait for each other.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_at:
                raise
            time.sleep(_BUSY_PAUSE)
        else:
            return


@contextmanager
def any_text(connection: sqlite3.Connection) -> Generator[None]:
    """Read texts that are not UTF-8 in the `with` block, which are errors otherwise: their bytes become surrogates."""
    connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = str


@contextmanager
def transaction(connection: sqlite3.Connection) -> Generator[None]:
    """Write all that the `with` block writes, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk ends the transaction by itself
            connection.execute("ROLLBACK")
        raise
