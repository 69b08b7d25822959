"""CSV does no harm in a spreadsheet, whatever servers and tools sent."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps.export.csv import harmless, write_csv

FORMULA = re.compile('[\\s"]*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r]')
"""What spreadsheets take for a formula, or guides about CSV injection warn of."""

HOSTILE = (
    st.text(st.sampled_from("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n\0 \u00a0\u3000\"';,|a1\x1b\u202e\ufeff\ud83d"))
    | st.text()
)


def line(*values: str | float | None) -> str:
    """Write one row of two texts, a time and a count."""
    stream = io.BytesIO()
    write_csv([values], stream, ["thread_id", "run_id", "created_at", "total_tokens"])
    return stream.getvalue().decode()


@given(HOSTILE, HOSTILE)
def test_no_cell_is_a_formula(first: str, second: str) -> None:
    """No cell begins like a formula, for programs that take a comma for the separator nor for those of a semicolon."""
    text = line(first, second, 0.0, 7)

    for separator in ",;":
        for cell in next(csv.reader([text], delimiter=separator)):
            assert not FORMULA.match(cell), (separator, cell)


@given(HOSTILE, HOSTILE)
def test_a_row_is_one_line_that_shows_all_it_has(first: str, second: str) -> None:
    """A row is a line of as many cells as columns, with nothing in it that is unseen or drives a terminal."""
    text = line(first, second, 0.0, 7)

    assert text.endswith("\n")
    assert not re.search("[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029\u202e\ufeff]", text[:-1])
    assert len(next(csv.reader([text]))) == 4


@given(st.text("abc,\"'; .:/{}[]é"))
def test_ordinary_text_is_unchanged(text: str) -> None:
    """Commas, quotes and brackets are what they were when the file is read."""
    assert next(csv.reader([line(text, "", 0.0, 7)]))[:2] == [text, ""]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ('  "+1', "'  \"+1"),
        ("\uff1d1", "'\uff1d1"),
        ("a;@SUM(1);b", "a;'@SUM(1);b"),
        ("\t=1", "\\t=1"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a = b - c", "a = b - c"),
        ("", ""),
    ],
)
def test_how_text_is_made_harmless(text: str, shown: str) -> None:
    """An apostrophe stands before what would be a formula, and escapes for what would not be seen."""
    assert harmless(text) == shown


def test_rows_do_not_inherit_cells() -> None:
    """A cell that is empty after one that was not is empty, and the same value again is there again."""
    stream = io.BytesIO()
    write_csv([("=1", 1), (None, 1), ("=1", None), ("=1", 0)], stream, ["thread_id", "total_tokens"])

    assert stream.getvalue().decode() == "'=1,1\n,1\n'=1,\n'=1,0\n"


def test_numbers_are_numbers() -> None:
    """A count is written as it is, even a negative one, and a time that is not known as nothing."""
    assert line("a", None, None, -5) == "a,,,-5\n"
