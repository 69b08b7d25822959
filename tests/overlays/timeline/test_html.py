"""The HTML page is one harmless file: its own markup and nothing of what tools wrote, whatever that is."""

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import define, field
from hypothesis import given
from hypothesis import strategies as st

from run_steps.shown_text import visible
from run_steps.timeline import Timeline, build_timeline, to_html
from tests.overlays.timeline.runs import HOSTILE, NOON, call, everywhere, sample, step


@define
class Page:
    """What a parser finds in a page.

    Attributes:
        structure: Tags with the names of their attributes, in order.
        attributes: Names and values of all attributes.
        texts: Text by the tag it stands in.
    """

    structure: list[tuple[str, tuple[str, ...]]] = field(factory=list)
    attributes: list[tuple[str, str]] = field(factory=list)
    texts: dict[str, list[str]] = field(factory=dict)

    def values(self, name: str) -> list[str]:
        """Return the values of an attribute."""
        return [value for key, value in self.attributes if key == name]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.structure.append((tag, tuple(name for name, _ in attrs)))
        self.page.attributes += [(name, value or "") for name, value in attrs]
        if tag not in {"meta", "input"}:
            self.open.append(tag)
            self.page.texts.setdefault(tag, []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1]:
            self.page.texts[self.open[-1]][-1] += data


def _parsed(timeline: Timeline) -> Page:
    parser = _Parser()
    text = to_html(timeline)
    text.encode("utf-8")
    parser.feed(text.removeprefix("<!doctype html>\n"))
    parser.close()
    assert parser.open == [""], "every tag is closed"
    return parser.page


def test_the_head_tells_the_run() -> None:
    """Run, status, times, tokens, counts, and the error stand at the top."""
    page = _parsed(sample("run_failed"))
    facts = list(zip(page.texts["dt"], page.texts["dd"], strict=True))
    told = dict(reversed(facts))  # the first of a name is that of the run

    assert page.texts["h1"] == ["run_failed: failed"]
    assert page.texts["title"] == ["run_failed: failed"]
    assert told["took"] == "33 s: 32 s in steps, 1 s waiting"
    assert told["tokens"] == "704 (640 read, 64 written)"
    assert told["steps"] == "2: 1 message_creation, 1 tool_calls"
    assert " server_error: The tide service did not answer." in page.texts["p"]


def test_a_step_opens_to_all_it_did() -> None:
    """Each step is a disclosure that opens without a script: calls with input and output, id, times, tokens."""
    page = _parsed(sample("run_kinds"))

    assert len(page.texts["details"]) == len(page.texts["summary"]) == len(sample("run_kinds").rows)
    assert "plot(tides)\nprint('range', 2.8)" in page.texts["pre"]
    assert "range 2.8\n[image file-tide-chart]" in page.texts["pre"]
    assert "step_kinds_07" in page.texts["dd"]
    assert "688 (640 read, 256 of them cached, 48 written)" in page.texts["dd"]
    assert "2026-01-01 01:00:03 UTC" in page.texts["dd"]


def test_a_status_that_needs_a_look_is_a_word() -> None:
    """Statuses are told in words where they are not `completed`, so that nothing hangs on colours alone."""
    assert "failed" in _parsed(sample("run_failed")).texts["span"]
    assert "in_progress" in _parsed(sample("run_in_progress")).texts["span"]
    assert "completed" not in _parsed(sample("run_kinds")).texts["span"]


def test_filters_offer_what_there_is() -> None:
    """Kinds and statuses to filter by are those of the run; without a script the filters stay hidden."""
    page = _parsed(sample("run_failed"))

    assert page.texts["option"] == [
        "all",
        "message_creation (1)",
        "tool_calls (1)",
        "all",
        "completed (1)",
        "failed (1)",
    ]
    assert ("div", ("class", "hidden")) in page.structure


def test_the_policy_allows_the_pages_own_style_and_script_only() -> None:
    """The content security policy forbids everything but the style sheet and the script of the page, by hash."""
    page = _parsed(sample("run_kinds"))
    (policy,) = (value for value in page.values("content") if "default-src" in value)

    def source(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src {source(page.texts['style'][0])}",
        f"script-src {source(page.texts['script'][0])}",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert len(page.texts["style"]) == len(page.texts["script"]) == 1


def test_the_page_fetches_nothing() -> None:
    """No element of the page can hold an address, and neither style nor script names one."""
    page = _parsed(everywhere("x"))

    assert not {"a", "img", "link", "iframe", "object", "form", "base"} & {tag for tag, _ in page.structure}
    assert not {"href", "src", "action", "style", "srcset"} & {name for name, _ in page.attributes}
    for text in (*page.texts["style"], *page.texts["script"]):
        assert not re.search(r"url\(|@import|//\w|fetch|innerHTML", text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_hostile_text_is_text(text: str) -> None:
    """Markup, escape sequences and half characters are shown and change nothing else of the page."""
    page = _parsed(everywhere(text))

    assert page.structure == _parsed(everywhere("plain")).structure
    assert visible(text, keep="\n\t") in page.texts["pre"]


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_text_is_text(text: str) -> None:
    """The page has the elements and attributes it always has, whatever tools wrote, and shows it made visible."""
    text = "x" + text
    page = _parsed(everywhere(text))

    assert page.structure == _parsed(everywhere("plain")).structure
    assert visible(text.replace("\r\n", "\n"), keep="\n\t") in page.texts["pre"]


def test_long_texts_are_cut_with_their_length() -> None:
    """Of a huge text the beginning is shown, with how many characters are missing."""
    html = to_html(everywhere("x" * 10_000_000))

    assert "9,980,000 more characters" in html
    assert len(html) < 1_000_000


def test_many_texts_are_cut_earlier() -> None:
    """A page of thousands of long outputs can still be opened."""
    details: dict[str, Any] = {"type": "tool_calls", "tool_calls": [call(output="y" * 20_000)]}
    html = to_html(build_timeline(step(number, NOON + number, step_details=details) for number in range(2000)))

    assert len(html) < 12_000_000
    assert html.count("<details") == 2000


def test_many_calls_and_fields_of_a_step_are_counted() -> None:
    """A step with hundreds of calls or fields shows the first of them and how many more there are."""
    details: dict[str, Any] = {"type": "tool_calls", "tool_calls": [call() for _ in range(250)]}
    fields: dict[str, Any] = {f"field_{number}": number for number in range(150)}
    html = to_html(build_timeline([step("a", NOON, step_details=details, **fields)]))

    assert "50 more calls" in html
    assert "51 more fields" in html


def test_a_run_without_steps_says_so() -> None:
    """An empty run has a page with its head."""
    page = _parsed(sample("run_empty"))

    assert page.texts["p"] == ["This run has no steps."]
    assert page.texts["h1"] == ["run_empty: queued"]


def test_a_notebook_shows_the_page() -> None:
    """A timeline as the last line of a cell is the page in a frame; a very long one says how to see it."""
    timeline = sample("run_failed")
    shown = timeline._repr_html_()  # pyright: ignore[reportPrivateUsage]
    long = build_timeline([step(number, NOON + number, NOON + number) for number in range(1001)])

    assert unescape(shown.partition('srcdoc="')[2].partition('"')[0]) == to_html(timeline)
    assert 'sandbox="allow-scripts"' in shown
    assert "1,001 steps, too many" in long._repr_html_()  # pyright: ignore[reportPrivateUsage]
