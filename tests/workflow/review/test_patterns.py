"""Patterns are judged as ECMA-262 means them, in time that no pattern can blow up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.review.schemas.patterns import matches

ATOMS = [
    "a",
    "b",
    "[ab]",
    "[^a]",
    ".",
    r"\d",
    r"\w",
    r"\W",
    r"\s",
    "(?:a|b)",
    "(ab)",
    r"\ba",
    "^a",
    "(?:b$)",
    "x-[a-z]",
]
COUNTS = ["", "*", "+", "?", "{1,3}", "{2}", "{2,}", "*?"]
PATTERNS = st.lists(
    st.tuples(st.sampled_from(ATOMS), st.sampled_from(COUNTS)).map("".join), min_size=1, max_size=4
).map("".join)


@given(PATTERNS, st.text("abx-1 ", max_size=7))
def test_a_text_fits_as_it_does_elsewhere(pattern: str, text: str) -> None:
    """A text fits a pattern when the engine of Python finds a match."""
    assert matches(pattern, text) == (re.search(pattern, text, re.ASCII) is not None)


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$", "^(a*)*b?$", "^((a|aa)+)+$", "a*" * 50 + "c"])
def test_no_pattern_takes_forever(pattern: str) -> None:
    """What keeps a backtracking engine busy for years is answered at once."""
    assert not matches(pattern, "a" * 300 + "!")


@pytest.mark.parametrize("pattern", ["(?=x)y", r"(x)\1", "((x{0,99}){0,99}){0,99}", "[", "(?i)x", r"\p{L}"])
def test_what_cannot_be_judged_is_taken_to_match(pattern: str) -> None:
    """Patterns that look around or back, are very large or are none that Python reads refuse nothing."""
    assert matches(pattern, "y")
