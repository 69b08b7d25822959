"""Values of which one is chosen, by callers and on the command line alike."""

from __future__ import annotations

from typing import Literal, TypeAlias

Order: TypeAlias = Literal["asc", "desc"]
"""Order of a list by `created_at`: oldest or newest first."""

Format: TypeAlias = Literal["jsonl", "csv", "parquet"]
"""Format of an export."""
