"""Any text becomes harmless to show, and ordinary text stays as it is."""

import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps.shown_text import cells_of, one_line, visible

EVERY_CHARACTER = map(chr, range(0x110000))
ANY_TEXT = st.text(st.characters(exclude_categories=()))
"""Text with everything in it, lone surrogates too."""

HARMFUL = {"Cc", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("\x9b31m", r"\x9b31m"),
        ("bell\a, null\0, delete\x7f", r"bell\x07, null\x00, delete\x7f"),
        ("one\r\ntwo\tthree", r"one\r\ntwo\tthree"),
        ("half \ud83d of an emoji", r"half \ud83d of an emoji"),
        ("user\u202egpj.exe", r"user\u202egpj.exe"),
        ("\u2066isolated\u2069", r"\u2066isolated\u2069"),
        ("line\u2028paragraph\u2029", r"line\u2028paragraph\u2029"),
        ("pay\u200bpal, pay\u200dpal, pay\u00adpal", r"pay\u200bpal, pay\u200dpal, pay\xadpal"),
        ("\ufeffbegin", r"\ufeffbegin"),
        ("tagged\U000e0041", r"tagged\U000e0041"),
        ("not a character: \ufffe \U0010ffff", r"not a character: \ufffe \U0010ffff"),
        ("filler\u3164", r"filler\u3164"),
        ("a\ufe0f", r"a\ufe0f"),
    ],
    ids=ascii,
)
def test_what_deceives_becomes_readable(text: str, shown: str) -> None:
    """Escape sequences, control characters, changes of direction and unseen characters are shown as escapes."""
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "plain text, <b>&amp;</b> [bold]",
        "Grüße, naïve, Ελληνικά, русский",
        "漢字かな交じり文",
        "שלום עולם",
        "\u0645\u06cc\u200c\u062e\u0648",  # Persian is spelt with a joiner
        "क्\u200dष",  # and so is Hindi
        "👩\u200d👩\u200d👧, ❤\ufe0f, 1\ufe0f⃣, 🏳\ufe0f\u200d🌈",
        "\u00a0\u2003",
        "C:\\path\\x1b",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    """What people write, in any script and with emoji, is left as it is."""
    assert visible(text) == text


def test_every_harmful_character_is_escaped() -> None:
    """No control character, surrogate, separator or unseen format character of Unicode is left alone."""
    shown_marks = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
    hieroglyphs = set(
        map(chr, range(0x13430, 0x13440))
    )  # they arrange signs, and stand for themselves when they cannot
    left = {
        character
        for character in EVERY_CHARACTER
        if unicodedata.category(character) in HARMFUL | {"Cf"} and visible(character) == character
    }

    assert left <= shown_marks | hieroglyphs


def test_characters_to_keep_are_kept() -> None:
    """Line breaks and tabs stay when asked for, and only they."""
    assert visible("one\n\ttwo\r\x1b", keep="\n\t") == "one\n\ttwo\\r\\x1b"


def test_marks_do_not_pile_up() -> None:
    """A letter carries the marks a language needs and not so many that they cover other lines."""
    assert visible("o\u0302\u0323") == "o\u0302\u0323"
    assert visible("Z" + "\u0301" * 6) == "Z" + "\u0301" * 4 + r"\u0301\u0301"


@given(ANY_TEXT, st.sampled_from(["", "\n\t"]))
def test_what_is_shown_is_safe(text: str, keep: str) -> None:
    """Shown text can be encoded, holds no harmful character, and is not changed by being made visible again."""
    shown = visible(text, keep=keep)

    shown.encode("utf-8")
    assert not {character for character in shown if unicodedata.category(character) in HARMFUL} - set(keep)
    assert visible(shown, keep=keep) == shown


@pytest.mark.parametrize(
    ("text", "cells", "line"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("  many\n\n lines \t of it  ", 40, "many lines of it"),
        ("word and more", 6, "word…"),
        ("漢字漢字", 8, "漢字漢字"),
        ("漢字漢字", 7, "漢字漢…"),
        ("漢字漢字", 6, "漢字…"),
        ("\x1b[2J", 40, r"\x1b[2J"),
        ("", 5, ""),
        (" \n ", 5, ""),
        ("ab", 1, "…"),
        ("🏳\ufe0f\u200d🌈 flag", 4, "🏳\ufe0f…"),
    ],
)
def test_one_line(text: str, cells: int, line: str) -> None:
    """A text on one line has single blanks, shows escapes, and is cut by the cells it takes."""
    assert one_line(text, cells) == line


@given(ANY_TEXT, st.integers(1, 60))
def test_a_line_fits_and_says_what_it_leaves_out(text: str, cells: int) -> None:
    """A line never takes more than its room and is safe; without an ellipsis nothing is missing."""
    line = one_line(text, cells)

    assert cells_of(line) <= cells
    assert visible(line) == line
    assert line.endswith("…") or line == visible(" ".join(text.split()))


@pytest.mark.parametrize("unit", ["x", " ", "\x1b", "\u0301", "漢", "\n"], ids=ascii)
def test_a_huge_text_costs_no_more_than_its_beginning(unit: str) -> None:
    """Of a text of ten million characters only what can be shown is looked at."""
    text = "x" + unit * 10_000_000
    began = process_time()
    for _ in range(20):
        assert cells_of(one_line(text, 80)) <= 80

    assert process_time() - began < 2


@given(st.text(st.characters(exclude_categories=())))
def test_the_fast_way_gives_what_the_thorough_one_gives(text: str) -> None:
    """A tab in front, which never passes at a glance, changes nothing about the rest."""
    assert visible(f"\t{text}") == rf"\t{visible(text)}"


def test_every_character_is_judged_alike_both_ways() -> None:
    """No single character slips through the glance."""
    for code in range(0x110000):
        character = chr(code)
        assert visible(f"\t a{character}") == rf"\t a{visible(character)}"
