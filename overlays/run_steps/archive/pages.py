"""The rows of a SQLite file, read page by page without SQLite, which goes no further than the first damage on its way.

What is where is told by https://www.sqlite.org/fileformat.html.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TypeAlias

from run_steps.archive.schema import FILE_HEADER

Value: TypeAlias = str | bytes | int | float | None
Content: TypeAlias = bytes | mmap

FRAME_HEADER = 24
"""What comes before each page in a write-ahead log (bytes)."""

_USUAL_SIZE = 4096
"""Of pages, unless a file says otherwise (bytes)."""

_LEAF_OF_TABLE = 0x0D
_WIDTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)
"""Of the values of each type that has a width of its own (bytes)."""


def mapped(path: Path) -> AbstractContextManager[Content]:
    """Give the content of a file, however large it is; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return mmap(file.fileno(), 0, access=ACCESS_READ)
    except (OSError, ValueError):  # an empty one cannot be mapped
        return nullcontext(b"")


def rows(content: Content, log: Content = b"") -> Iterator[tuple[int, list[Value]]]:
    """Yield the key and the columns of whatever looks like a row of a table, on all pages that hold rows.

    Some may be damaged, or may have been removed or replaced since.

    Args:
        content: The file.
        log: The write-ahead log beside it; empty for none.
    """
    size, usable = _sizes(content)
    logged = _logged_pages(log, size)

    def page(number: int) -> bytes:
        place = logged.get(number)
        return content[(number - 1) * size : number * size] if place is None else log[place : place + size]

    for number in range(1, max([len(content) // size, *logged]) + 1):
        leaf = page(number)
        start = 100 if number == 1 else 0
        if leaf[start : start + 1] != bytes([_LEAF_OF_TABLE]):
            continue
        for cell in range(number_at(leaf, start + 3, 2)):
            with suppress(IndexError, ValueError):
                length, place = _varint(leaf, number_at(leaf, start + 8 + 2 * cell, 2))
                key, place = _varint(leaf, place)
                if length < len(content) + len(log):
                    yield key, _values(_record(leaf, place, length, usable, page))


def frames(log: Content) -> Iterator[int]:
    """Yield where the frames of a log begin that were written since it last began anew, and written to their end."""
    length = FRAME_HEADER + number_at(log, 8, 4)
    for place in range(32, len(log) - length + 1, length):
        if log[place + 8 : place + 16] != log[16:24]:
            return
        yield place


def number_at(content: Content, place: int, width: int) -> int:
    """Return the unsigned number of some bytes; 0 behind the end."""
    return int.from_bytes(content[place : place + width], "big")


def _sizes(content: Content) -> tuple[int, int]:
    """Return the size of pages, and how much of each is used (bytes)."""
    size = number_at(content, 16, 2)
    size = 65536 if size == 1 else size
    if content[: len(FILE_HEADER)] != FILE_HEADER or size < 512 or size & (size - 1):
        return _USUAL_SIZE, _USUAL_SIZE
    return size, size - content[20]


def _logged_pages(log: Content, size: int) -> Mapping[int, int]:
    """Return where in a log the last version of each page is that was written to the end of its transaction."""
    pages: dict[int, int] = {}
    of_transaction: dict[int, int] = {}
    for place in frames(log) if number_at(log, 8, 4) == size else ():
        of_transaction[number_at(log, place, 4)] = place + FRAME_HEADER
        if number_at(log, place + 4, 4):
            pages |= of_transaction
            of_transaction.clear()
    return pages


def _record(leaf: bytes, place: int, length: int, usable: int, page: Callable[[int], bytes]) -> bytes:
    """Return a record of some length, which goes on in other pages when it is long."""
    if length <= usable - 35:
        return leaf[place : place + length]
    least = (usable - 12) * 32 // 255 - 23
    here = least + (length - least) % (usable - 4)
    here = here if here <= usable - 35 else least
    pieces = [leaf[place : place + here]]
    missing, following = length - here, number_at(leaf, place + here, 4)
    while missing > 0:
        piece = page(following)[4 : min(usable, 4 + missing)] if following else b""
        if not piece:
            raise ValueError("it breaks off")
        pieces.append(piece)
        missing, following = missing - len(piece), number_at(page(following), 0, 4)
    return b"".join(pieces)


def _values(record: bytes) -> list[Value]:
    end, place = _varint(record, 0)
    at = end
    values: list[Value] = []
    while place < end:
        kind, place = _varint(record, place)
        width = _WIDTHS[kind] if kind < len(_WIDTHS) else (kind - 12) // 2
        piece = record[at : at + width]
        if len(piece) < width:
            raise ValueError("it breaks off")
        values.append(_value(kind, piece))
        at += width
    return values


def _value(kind: int, piece: bytes) -> Value:
    if kind >= len(_WIDTHS):
        return piece.decode() if kind % 2 else piece
    if kind == 7:
        return float(struct.unpack(">d", piece)[0])
    if kind in (8, 9):
        return kind - 8
    return int.from_bytes(piece, "big", signed=True) if piece else None


def _varint(content: bytes, place: int) -> tuple[int, int]:
    """Return a number of variable length, and where it ends."""
    value = 0
    for end in range(place + 1, place + 9):
        byte = content[end - 1]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, end
    return value << 8 | content[place + 8], place + 9
