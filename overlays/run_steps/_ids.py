"""Ids that users give, checked before they stand in a path."""

from __future__ import annotations

import unicodedata

from run_steps.errors import InvalidArgument

MAX_ID_LENGTH = 1000
"""Ids longer than this (characters) are refused: a URL cannot hold them; known ones have some 30."""

_NOT_IN_IDS = {"Cc", "Cs"}
"""Control characters and surrogates: https://www.unicode.org/reports/tr44/#General_Category_Values."""


def checked_id(name: str, value: str) -> str:
    """Return an id that names one thing in a path.

    Everything else is escaped when the path is written; these cannot be: an empty id would ask for the list above, dots
    would climb to it, and a lone surrogate has no UTF-8. No id has control characters, and logs had better have none.

    Raises:
        InvalidArgument: The id is empty, `.` or `..`, too long, or holds a control character or a lone surrogate.
    """
    if not isinstance(value, str) or value in {"", ".", ".."}:
        raise InvalidArgument(f"{name} must be the id of something, not {value!r}")
    if len(value) > MAX_ID_LENGTH:
        raise InvalidArgument(f"{name} has {len(value)} characters, more than any id: {value[:30]!r} ...")
    if any(unicodedata.category(character) in _NOT_IN_IDS for character in value):
        raise InvalidArgument(f"{name} holds a line break or another character that no id has: {value!r}")
    return value


def checked_cursor(name: str, value: str | None) -> str | None:
    """Return a cursor, which is an id, or nothing; raises as `checked_id`."""
    return checked_id(name, value) if value else None
