"""Steps as JSON lines: one payload a line, as the server sent it, or an object with the columns that are wanted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from run_steps._received import encodable
from run_steps.export.csv import iso_time
from run_steps.export.rows import FLAG_COLUMNS, TIME_COLUMNS, Row

_LINE_BREAKS = str.maketrans("\r\n", "  ")
"""JSON has line breaks between tokens only, where a blank says the same."""


def write_jsonl(rows: Iterable[Row], stream: BinaryIO, fields: Sequence[str]) -> None:
    """Write each row as a line: the payload as received where rows have nothing else, otherwise an object.

    Args:
        rows: The steps.
        stream: Where to write.
        fields: What the rows hold.
    """
    if tuple(fields) == ("payload",):
        stream.writelines(_line(payload) for (payload,) in rows)
        return
    for row in rows:
        members = (f'"{name}": {_value(name, value)}' for name, value in zip(fields, row, strict=True))
        stream.write(_line(f"{{{', '.join(members)}}}"))


def _value(name: str, value: Any) -> str:
    if name == "payload":
        return str(value)
    if value is not None and name in TIME_COLUMNS:
        value = iso_time(value)
    elif value is not None and name in FLAG_COLUMNS:
        value = bool(value)
    return json.dumps(value)


def _line(text: str) -> bytes:
    if "\n" in text or "\r" in text:
        text = text.translate(_LINE_BREAKS)
    return encodable(text).encode() + b"\n"
