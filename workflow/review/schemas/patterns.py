"""Regular expressions of schemas: what can be said of them without running a whole engine for ECMA-262."""

from __future__ import annotations

import functools
import re

_ANYTHING = frozenset({"", "^", "$", ".*", "^.*", ".*$", "^.*$", "[\\s\\S]*", "^[\\s\\S]*$"})


def accepts_anything(pattern: str) -> bool:
    """Whether a pattern refuses no text."""
    return pattern in _ANYTHING


def matches(pattern: str, text: str) -> bool:
    """Whether a text contains a match; a pattern Python cannot read is taken to match."""
    compiled = _compiled(pattern)
    return compiled is None or compiled.search(text) is not None


@functools.lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    # ECMA-262 and Python differ in \d, \w and \z; the ASCII flag removes the difference that matters.
    try:
        return re.compile(pattern, re.ASCII)
    except (re.error, RecursionError, OverflowError):
        return None
