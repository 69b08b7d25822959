"""The recipes for pandas and Polars work with what these libraries really do."""

from __future__ import annotations

from pathlib import Path

from run_steps.archive import ROW_COLUMNS
from run_steps.timeline import Call
from tests.test_readme import run_examples

GUIDE = Path(__file__).parents[2] / "docs" / "tables.md"


def test_the_recipes_run() -> None:
    """Every example of the guide, one after the other, as a reader would try them."""
    run_examples(GUIDE)


def test_every_column_is_told() -> None:
    """The guide names each column of rows, and each field of a call."""
    text = GUIDE.read_text(encoding="utf-8")
    names = [*ROW_COLUMNS, *Call.__annotations__]
    assert [name for name in names if f"`{name}`" not in text] == []
