"""Values of which one is chosen, by callers and on the command line alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

Order: TypeAlias = Literal["asc", "desc"]
"""Order of a list by `created_at`: oldest or newest first."""

Format: TypeAlias = Literal["jsonl", "csv", "parquet", "otlp", "items"]
"""Format of an export."""

RowTable: TypeAlias = Literal["steps", "messages"]
"""What an export has rows of."""


def one_or_many(values: Iterable[str]) -> list[str]:
    """Return values as a list, where a single one may be given as such: it is no list of letters."""
    return [values] if isinstance(values, str) else list(values)
