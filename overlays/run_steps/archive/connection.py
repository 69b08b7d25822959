"""Connections to the SQLite file of an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

_BUSY_SECONDS = 30.0
"""How long to wait for another process that writes to the archive."""


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
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


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
