"""The SVG picture is well-formed whatever is in it, needs nothing else, and draws times in proportion."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps.shown_text import one_line
from run_steps.timeline import Timeline, build_timeline, to_svg
from tests.overlays.timeline.runs import HOSTILE, NOON, call, everywhere, run, sample, step

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "style", "rect", "line", "text", "g"}


def _drawn(timeline: Timeline) -> ET.Element:
    return ET.fromstring(to_svg(timeline).encode("utf-8"))


def _texts(picture: ET.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


def _bars(picture: ET.Element) -> list[tuple[float, float]]:
    """Return left edge and width of the bars (percent)."""
    return [
        (float(element.attrib["x"].rstrip("%")), float(element.attrib["width"].rstrip("%")))
        for element in picture.iter(f"{SVG}rect")
        if element.get("class", "").startswith("bar")
    ]


def _structure(picture: ET.Element) -> list[tuple[str, tuple[str, ...]]]:
    return [(element.tag.removeprefix(SVG), tuple(element.attrib)) for element in picture.iter()]


def test_bars_are_in_proportion() -> None:
    """Bars lie where their times are, and one without length is still seen."""
    timeline = build_timeline(
        [step("a", NOON, NOON + 50), step("b", NOON + 75, NOON + 100), step("c", NOON + 80), step("d", NOON + 100)]
    )

    first, second, between, last = _bars(_drawn(timeline))

    assert [first, second] == [(0, 50), (75, 25)]
    assert between[0] == 80
    assert between[1] == last[1] > 0
    assert last[0] + last[1] == pytest.approx(100)


def test_steps_are_named_and_measured() -> None:
    """A step has its tool, arguments and output, duration, wait and tokens; the run stands above."""
    texts = _texts(_drawn(sample("run_kinds")))

    assert texts[0] == "run_kinds: completed"
    assert "8 find_berth" in texts
    assert '{"length_m": 11} → {"berth": 4, "free": true}' in texts
    assert "2 s, 688 tokens" in texts
    assert "after 1 s of waiting" in texts
    assert "1 min 26 s: 58 s in steps, 28 s waiting" in texts


def test_what_went_wrong_is_written_out() -> None:
    """A status other than completed, an error, and calls that wait for the caller are told in words."""
    wanted = {"type": "submit_tool_outputs", "submit_tool_outputs": {"tool_calls": [call("ask", '{"a": 1}', None)]}}

    assert "server_error: The tide service did not answer." in _texts(_drawn(sample("run_failed")))
    assert any(text.startswith("failed: server_error") for text in _texts(_drawn(sample("run_failed"))))
    assert "in_progress" in _texts(_drawn(sample("run_in_progress")))
    assert 'ask {"a": 1}' in _texts(_drawn(build_timeline([], run("requires_action", required_action=wanted))))


def test_a_bar_says_what_it_is_when_pointed_at() -> None:
    """The title of a bar tells step, status, times, and what was asked and answered."""
    (_, title) = _drawn(build_timeline([step("a", NOON, NOON + 3)])).iter(f"{SVG}title")

    assert title.text == "1 find_berth, completed, 3 s. {} → done"


def test_steps_without_a_time_and_breaks_are_told() -> None:
    """A step without a readable time has a row without a bar; idle days are drawn short and the picture says so."""
    timeline = build_timeline(
        [step("a", NOON, NOON + 2), step("b", "soon", None), step("c", NOON + 200_000, NOON + 200_003)]
    )
    picture = _drawn(timeline)

    assert len(_bars(picture)) == 2
    assert "time not known" in _texts(picture)
    assert "2 d 7 h without any step are drawn shorter" in _texts(picture)


def test_of_very_many_steps_several_share_a_row() -> None:
    """Thousands of steps each keep a bar, and the picture stays low enough to be opened."""
    timeline = build_timeline(
        step(number, NOON + number, NOON + number + 1, status="failed" if number == 17 else "completed")
        for number in range(3000)
    )
    picture = _drawn(timeline)

    assert len(_bars(picture)) == 3000
    assert float(picture.attrib["height"]) < 50_000
    assert "1 to 3" in _texts(picture)
    assert "1 failed" in _texts(picture)


def test_many_steps_of_a_row_are_one_shape() -> None:
    """From eleven on, which none can tell apart; what failed among them stays in sight."""
    timeline = build_timeline(
        step(number, NOON + number, NOON + number + 1, status="failed" if number == 17 else "completed")
        for number in range(10_010)
    )
    picture = _drawn(timeline)
    failed = picture.findall(f".//{SVG}g[@class='failed']//{SVG}path")

    assert ("1 to 11" in _texts(picture), _bars(picture), len(failed)) == (True, [], 1)
    assert len(to_svg(timeline)) < 1_000_000


def test_the_file_needs_nothing_else() -> None:
    """There is no script, no link, no image and no address in the file but the name of its format."""
    text = to_svg(everywhere("x"))

    assert {element.tag.removeprefix(SVG) for element in _drawn(everywhere("x")).iter()} <= ELEMENTS
    assert text.count("//") == text.count("http://www.w3.org/2000/svg") == 1
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_hostile_text_is_text(text: str) -> None:
    """Markup, escape sequences and half characters are shown, cut to their room, and change nothing else."""
    picture = _drawn(everywhere(text))

    assert _structure(picture) == _structure(_drawn(everywhere("plain")))
    assert one_line(f"1 {text} (2)", 42) in _texts(picture)


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_text_is_text(text: str) -> None:
    """The picture parses and has the same shape whatever tools wrote, and shows it made visible."""
    picture = _drawn(everywhere("x" + text))

    assert _structure(picture) == _structure(_drawn(everywhere("plain")))
    assert one_line(f"1 x{text} (2)", 42) in _texts(picture)


def test_huge_texts_are_cut() -> None:
    """Texts of ten million characters take as much room as short ones."""
    assert len(to_svg(everywhere("x" * 10_000_000))) < 20_000
