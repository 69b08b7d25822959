"""What a killed process left beside an archive for SQLite to go on with, and whether it is of that archive.

SQLite takes whatever has the right name: where a file was copied over another one, it would mix the two.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from run_steps.archive.connection import connect
from run_steps.archive.errors import ArchiveError
from run_steps.archive.pages import frames, mapped, number_at
from run_steps.archive.schema import check_file

_JOURNAL_MAGIC = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
"""How a journal begins that is to be taken back: https://www.sqlite.org/fileformat.html#the_rollback_journal."""

_COUNTER = slice(24, 28)
"""Where a file, on its first page, counts how often it was written."""

_KIND = slice(68, 72)
"""Where it says of which application it is."""

_ID = re.compile(rb"[0-9A-F]{16}")
"""What the id of an archive looks like."""


def check_files(path: Path) -> None:
    """Check that a file, and what is beside it, may be opened as an archive.

    Raises:
        ArchiveError: It is something else, or what is beside it is of another file.
    """
    check_file(path)
    for noun, suffix, is_of_another in (
        ("log", "-wal", _has_strange_log),
        ("journal", "-journal", _has_strange_journal),
    ):
        if is_of_another(path):
            raise ArchiveError(
                f"The {noun} beside the archive {path}, {path.name}{suffix}, is of another file: move it away, and "
                "check again."
            )


def _has_strange_log(path: Path) -> bool:
    """Return whether the write-ahead log beside an archive has transactions, and none of this archive."""
    with mapped(path.with_name(f"{path.name}-wal")) as log:
        if not any(number_at(log, place + 4, 4) for place in frames(log)):  # the last of one says how large the file is
            return False
        return (seal := _seal(path)) is not None and log.find(seal[0]) < 0


def _has_strange_journal(path: Path) -> bool:
    """Return whether the rollback journal beside an archive, which SQLite would take back, is of another file.

    It holds pages as they were before a transaction: the one with the id of the archive, and the first one, with a
    counter that goes up by one.
    """
    journal = path.with_name(f"{path.name}-journal")
    header = _beginning(journal, 28)
    if not header.startswith(_JOURNAL_MAGIC) or not _is_foreign(path, journal, header):
        return False
    return _beginning(journal, 28) == header  # otherwise somebody is writing, who knows what it is


def _is_foreign(path: Path, journal: Path, header: bytes) -> bool:
    count, old_size, start, size = (number_at(header, place, 4) for place in (8, 16, 20, 24))
    now = _beginning(path, 100)
    pages = path.stat().st_size // (size or 1)
    if old_size == 0:  # it was just being made, and goes away
        return number_at(now[_COUNTER], 0, 4) > 1
    if count == 0:  # nothing was written yet, but the file is cut to the size it had
        return old_size != pages
    records = _beginning(journal, start + count * (size + 8))
    before = {
        number_at(records, place, 4): records[place + 4 : place + 4 + size]
        for place in range(start, len(records), size + 8)
    }
    if first := before.get(1):
        writes = number_at(now[_COUNTER], 0, 4) - number_at(first[_COUNTER], 0, 4)
        if first[_KIND] != now[_KIND] or writes not in (0, 1):
            return True
    archive_id, root = _seal(path) or (b"", 0)
    return root in before and archive_id not in before[root] and _ID.search(before[root]) is not None


def _seal(path: Path) -> tuple[bytes, int] | None:
    """Return the id of an archive, and the page that has it, of the file as it is; None when they cannot be read."""
    query = "SELECT archive_id, rootpage FROM seal, sqlite_schema WHERE name = 'seal'"
    with suppress(sqlite3.Error, UnicodeDecodeError), closing(connect(path, "immutable=1")) as connection:
        for archive_id, root in connection.execute(query):
            return str(archive_id).encode(), root
    return None


def _beginning(path: Path, length: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(min(length, path.stat().st_size))
    except OSError:  # it is not there; or SQLite will say why it cannot be read
        return b""
