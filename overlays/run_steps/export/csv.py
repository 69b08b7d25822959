"""Steps as CSV that does no harm in a spreadsheet, whatever a server or a tool put into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import compress
from operator import ne
from typing import Any, BinaryIO

from run_steps.export.rows import COUNT_COLUMNS, FLAG_COLUMNS, TIME_COLUMNS, Row
from run_steps.shown_text import visible

_FORMULA_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_AT_THE_BEGINNING = re.compile(rf"(?=[\s\"']*[{_FORMULA_SIGNS}])")
_AFTER_A_SEMICOLON = re.compile(rf"(?<=;)(?=[\s\"']*[{_FORMULA_SIGNS}])")
"""Where half of Europe the list separator is a semicolon, and a spreadsheet begins a new cell there."""

_SHOWN = bytes(code if 0x20 <= code < 0x7F else ord("?") for code in range(256))
"""What stands for each byte: itself when it shows as it is."""

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_ .:/-]*")
"""Most ids and words: nothing to do, and nothing to look for in vain."""

_SECONDS = [f":{second:02}Z" for second in range(60)]


def header(columns: Sequence[str]) -> bytes:
    """Return the first line of a file."""
    return (",".join(columns) + "\n").encode()


def write_csv(rows: Iterable[Row], stream: BinaryIO, columns: Sequence[str]) -> None:
    """Write each row as a line; the header is written apart.

    Text is written so that no spreadsheet takes it for a formula, by an apostrophe before it, and control characters
    are visible escapes; line breaks too, so that each step is one line. Times are ISO 8601 in UTC. What is not known is
    empty.

    Args:
        rows: The steps.
        stream: Where to write.
        columns: What the rows hold.
    """
    to_cells = [_cell_writer(name) for name in columns]
    places = range(len(columns))
    # Steps of a run share most of what is known about them: only what differs from the row before is written anew.
    before: Row = (None,) * len(columns)
    cells = [""] * len(columns)
    for row in rows:
        for place in compress(places, map(ne, row, before)):
            value = row[place]
            cells[place] = "" if value is None else to_cells[place](value)
        before = row
        line = ",".join(cells)
        line += "\n"
        stream.write(line.encode())


def harmless(text: str) -> str:
    """Return text as it may stand in a cell: no formula anywhere, nothing that is unseen or drives a terminal.

    A cell that begins like a formula, blanks and quotes aside, gets an apostrophe before it, as
    https://owasp.org/www-community/attacks/CSV_Injection advises, and so does what follows a semicolon like one.
    """
    # For long text in a third of the time of `str.isprintable`.
    if not text.isascii() or (encoded := text.encode()).translate(_SHOWN) != encoded:
        text = visible(text)
    if ";" in text:
        text = _AFTER_A_SEMICOLON.sub("'", text)
    return f"'{text}" if _AT_THE_BEGINNING.match(text) else text


def iso_time(seconds: float) -> str:
    """Return Unix seconds as ISO 8601 in UTC, such as `2025-01-31T12:00:00Z`."""
    whole = int(seconds)
    if whole != seconds:
        return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
    minute, second = divmod(whole, 60)
    return _iso_minute(minute) + _SECONDS[second]


@lru_cache(maxsize=64)  # steps come in the order of time
def _iso_minute(minute: int) -> str:
    return datetime.fromtimestamp(minute * 60, UTC).isoformat(timespec="minutes").removesuffix("+00:00")


def _cell_writer(column: str) -> Callable[[Any], str]:
    if column in TIME_COLUMNS:
        return iso_time
    if column in FLAG_COLUMNS:
        return lambda value: "true" if value else "false"
    return str if column in COUNT_COLUMNS else _text_cell


def _text_cell(text: str) -> str:
    """Return text as a cell of RFC 4180; the csv module, which looks at each character, takes several times as long."""
    if _PLAIN.fullmatch(text):
        return text
    text = harmless(text)
    if '"' in text:
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return f'"{text}"' if "," in text else text
