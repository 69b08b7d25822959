"""Lay out JSON to be read, token by token: numbers, names and their order stay as they were written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_STRING = r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'
_FLAT = re.compile(rf"([{{\[](?:[^{{}}\[\]\"]|{_STRING})*+[}}\]])\s*", re.DOTALL)
_TOKEN = re.compile(rf'({_STRING}|[{{}}\[\],:]|[^\s{{}}\[\],:"]+)\s*', re.DOTALL)
_LINE = 80
"""What fits on a line is left on it (characters): texts, and objects and arrays that hold no others."""

_MOST_READ, _DEEPEST = 1_000_000, 12
"""Longer texts are not looked at (characters); what is nested deeper stays on its line (levels)."""


def lay_out(text: str, room: int) -> str:
    """Return the beginning of a text: of JSON that is longer than a line, with a line for each of its members.

    Args:
        text: Any text.
        room: Up to where (characters of the text as it is).
    """
    begin = text[:room]
    if not _LINE < len(text) <= _MOST_READ or not text.startswith(("{", "[")):
        return begin
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return begin
    return "".join(_pieces(begin))


def _pieces(text: str) -> Iterator[str]:
    depth, place, before = 0, 0, ""
    while found := _FLAT.match(text, place, place + _LINE) or _TOKEN.match(text, place):
        piece = found[1]
        if piece in {"}", "]"}:
            depth -= 1
        if before in {"{", "[", ","} or piece in {"}", "]"}:
            yield "\n" + "  " * depth if depth < _DEEPEST else " "
        if piece in {"{", "["}:
            depth += 1
        yield piece + " " * (piece == ":")
        before, place = piece, found.end()
    yield text[place:]
