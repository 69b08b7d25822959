"""A timeline in the terminal fits its width, tells every status by more than colour, and drives no terminal."""

import io
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from run_steps._installation import install_command
from run_steps.shown_text import visible
from run_steps.timeline import Timeline, build_timeline, to_terminal
from tests.overlays.timeline.runs import HOSTILE, NOON, call, everywhere, sample, step


def _printed(timeline: Timeline, width: int = 100) -> list[str]:
    file = io.StringIO()
    Console(file=file, width=width, color_system=None).print(to_terminal(timeline))
    return file.getvalue().removesuffix("\n").split("\n")


def _bar_of(line: str) -> tuple[int, int]:
    """Return where the bar of a line begins and ends (cells)."""
    blocks = [place for place, character in enumerate(line) if character in "█▐▌▶"]
    return blocks[0], blocks[-1]


def test_a_run_is_told_step_by_step() -> None:
    """Above the steps stands what is known of the run; a step has its tool, bar, duration, wait, tokens and output."""
    lines = _printed(sample("run_kinds"))
    text = "\n".join(lines)

    assert lines[0] == "run_kinds: completed"
    assert "2026-01-01 01:00:00 UTC" in text
    assert "1 min 26 s: 58 s in steps, 28 s waiting" in text
    assert "19,952 (18,560 read, 1,392 written)" in text
    (row,) = (line for line in lines if line.startswith(" 8 ✓ find_berth"))
    assert row.split()[-5:] == ["2", "s", "1", "s", "688"]
    assert '{"length_m": 11} → {"berth": 4, "free": true}' in text
    assert "pilot_book: search_pilot_book" in text


def test_bars_are_in_proportion() -> None:
    """A bar begins and ends where its times are; a step without length is still seen; waiting is dotted."""
    lines = _printed(
        build_timeline([step("a", NOON, NOON + 50), step("b", NOON + 75, NOON + 100), step("c", NOON + 100)])
    )
    first, second, third = (line for line in lines if "✓" in line)

    width = _bar_of(second)[1] - _bar_of(first)[0] + 1
    assert (_bar_of(first)[1] - _bar_of(first)[0] + 1) / width == pytest.approx(0.5, abs=0.02)
    assert (_bar_of(second)[1] - _bar_of(second)[0] + 1) / width == pytest.approx(0.25, abs=0.02)
    assert second[: _bar_of(second)[0]].count("·") == pytest.approx(width / 4, abs=1)
    assert _bar_of(third) == (_bar_of(second)[1], _bar_of(second)[1])


def test_bars_are_drawn_in_half_cells() -> None:
    """A bar may begin or end in the middle of a cell."""
    whole = step("a", NOON, NOON + 1000)
    (line,) = (line for line in _printed(build_timeline([whole])) if "✓" in line)
    cell = 1000 / (_bar_of(line)[1] - _bar_of(line)[0] + 1)
    halves = step("b", NOON + 2.5 * cell + 0.001, NOON + 6.5 * cell)

    (line,) = (line for line in _printed(build_timeline([whole, halves])) if line.startswith("2 ✓"))

    assert line[_bar_of(line)[0] : _bar_of(line)[1] + 1] == "▐███▌"


def test_what_went_wrong_is_written_out() -> None:
    """A failed step has its mark, its status and its error; the run's error stands above."""
    lines = _printed(sample("run_failed"))

    assert any(line.startswith("2 ✗") for line in lines)
    assert sum("server_error: The tide service did not answer." in line for line in lines) == 2
    assert any("failed: server_error" in line for line in lines)


def test_what_is_going_is_seen_to_be() -> None:
    """A step in progress has an arrow at its end and its status in words."""
    lines = _printed(sample("run_in_progress"))
    (row,) = (line for line in lines if line.startswith("3 …"))

    assert "▶" in row
    assert lines[lines.index(row) + 1].strip() == "in_progress"


def test_a_break_of_the_axis_is_said() -> None:
    """Idle days are drawn short, with a mark, and the picture says so."""
    lines = _printed(build_timeline([step("a", NOON, NOON + 2), step("b", NOON + 200_000, NOON + 200_003)]))

    assert "┊" in next(line for line in lines if line.startswith("1 ✓"))
    assert lines[-1] == "┊ 2 d 7 h without any step are drawn shorter"


def test_a_wide_terminal_has_a_line_a_step() -> None:
    """Where there is room, arguments and output stand beside the bar instead of under it."""
    timeline = sample("run_kinds")
    wide, narrow = _printed(timeline, 160), _printed(timeline, 100)

    assert len(narrow) - len(wide) == sum(bool(line.startswith("     ") and line.strip()) for line in narrow[10:])
    assert any("✓ find_berth" in line and "length_m" in line for line in wide)


def test_an_empty_run_has_no_bars() -> None:
    """A run without steps is told, not drawn."""
    assert _printed(sample("run_empty"))[-1].split() == ["steps", "none"]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 130, 200])
@pytest.mark.parametrize("run_id", ["run_kinds", "run_failed", "run_in_progress", "run_empty", "run_expired"])
def test_no_line_is_wider_than_the_terminal(run_id: str, width: int) -> None:
    """The picture fits terminals from 40 to 200 cells."""
    timeline = sample(run_id)

    assert all(cell_len(line) <= width for line in _printed(timeline, width))
    assert sum("█" in line or "▌" in line or "▐" in line or "▶" in line for line in _printed(timeline, width)) == len(
        timeline.rows
    )


def _is_harmless(text: str) -> bool:
    return not {character for character in text if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}} - {"\n"}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_hostile_text_drives_no_terminal(text: str) -> None:
    """Escape sequences and control characters are shown as text, markup of rich is not followed, lines fit."""
    lines = _printed(everywhere(text))

    assert all(map(_is_harmless, lines))
    assert all(cell_len(line) <= 100 for line in lines)
    assert visible(" ".join(text.split()))[:12] in "\n".join(lines)


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_is_harmless(text: str) -> None:
    """Whatever a tool wrote, what is printed can be encoded and holds no control character."""
    lines = _printed(everywhere(text))

    assert all(map(_is_harmless, lines))
    "\n".join(lines).encode("utf-8")


def test_huge_texts_are_cut() -> None:
    """Texts of ten million characters take as much room as short ones."""
    huge = {"type": "tool_calls", "tool_calls": [call("x" * 10_000_000, "y" * 10_000_000, "\x1b" * 10_000_000)]}
    lines = _printed(build_timeline([step("a", NOON, NOON + 1, step_details=huge)]))

    assert len("\n".join(lines)) < 2000


def test_a_terminal_without_unicode_gets_ascii() -> None:
    """Where only ASCII can be printed the bars are ASCII, and everything else is escaped."""
    printed = io.BytesIO()
    file = io.TextIOWrapper(printed, encoding="ascii", errors="strict")
    console = Console(file=file, width=80, color_system=None)
    console.print(to_terminal(sample("run_kinds")))
    file.flush()

    assert b"#" in printed.getvalue()


def test_without_rich_the_other_pictures_work() -> None:
    """SVG and HTML need no rich; the terminal says how to install it."""
    code = """
import sys
sys.modules["rich"] = None
from run_steps.timeline import build_timeline, to_html, to_svg, to_terminal
to_html(build_timeline([])), to_svg(build_timeline([]))
try:
    to_terminal(build_timeline([]))
except ImportError as error:
    print(error)
"""
    result = subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, text=True)

    assert install_command("cli") in result.stdout
