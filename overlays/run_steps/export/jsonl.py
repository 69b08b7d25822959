"""Steps as JSON lines: one payload a line, as the server sent it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from run_steps._received import encodable
from run_steps.export.rows import Row

_LINE_BREAKS = str.maketrans("\r\n", "  ")
"""JSON has line breaks between tokens only, where a blank says the same."""


def write_jsonl(rows: Iterable[Row], stream: BinaryIO) -> None:
    """Write the payload of each row, which is its last column, as a line.

    Args:
        rows: The steps.
        stream: Where to write.
    """
    for row in rows:
        payload: str = row[-1]
        if "\n" in payload or "\r" in payload:
            payload = payload.translate(_LINE_BREAKS)
        stream.write(encodable(payload).encode() + b"\n")
