"""The HTML page is one harmless file: its own markup and nothing of what tools wrote, whatever that is."""

import json
import re
from base64 import b64encode
from collections.abc import Collection
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
from run_steps.timeline.json_text import lay_out
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


def _called(name: str, output: str = "done") -> dict[str, Any]:
    return {"type": "tool_calls", "tool_calls": [call(name, output=output)]}


def _many(count: int, name: str, *, failed: Collection[int] = ()) -> Timeline:
    """Return the timeline of a run whose steps call a tool one after the other."""
    return build_timeline(
        step(n, NOON + n, NOON + n + 1, status="failed" if n in failed else "completed", step_details=_called(name))
        for n in range(count)
    )


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
    (facts,) = (text.split("\n") for text in page.texts["pre"] if text.startswith("id\tstep_kinds_07\n"))
    assert "tokens\t688 (640 read, 256 of them cached, 48 written)" in facts
    assert "began\t2026-01-01 01:00:21 UTC" in facts


def test_a_status_that_needs_a_look_is_a_word() -> None:
    """Statuses are told in words where they are not `completed`, so that nothing hangs on colours alone."""
    assert "failed" in _parsed(sample("run_failed")).texts["span"]
    assert "in_progress" in _parsed(sample("run_in_progress")).texts["span"]
    assert "completed" not in _parsed(sample("run_kinds")).texts["span"]


def test_filters_offer_what_there_is() -> None:
    """Tools and statuses to filter by are those of the run; without a script the filters stay hidden."""
    page = _parsed(sample("run_failed"))

    assert page.texts["option"] == [
        "all",
        "message (1)",
        "no tool called (1)",
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
    """No element leads out of the page, only to its own steps, and neither style nor script names an address."""
    page = _parsed(everywhere("x"))

    assert not {"img", "link", "iframe", "object", "form", "base"} & {tag for tag, _ in page.structure}
    assert not {"src", "action", "style", "srcset"} & {name for name, _ in page.attributes}
    assert [(tag, names) for tag, names in page.structure if "href" in names and tag != "a"] == []
    assert page.values("href") == ["#step-1", "#step_2"]
    for text in (*page.texts["style"], *page.texts["script"]):
        assert not re.search(r"url\(|@import|//\w|fetch|innerHTML", text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_hostile_text_is_text(text: str) -> None:
    """Markup, escape sequences and half characters are shown and change nothing else of the page."""
    page = _parsed(everywhere(text))

    assert page.structure == _parsed(everywhere("plain")).structure
    assert visible(text, keep="\n\t") in page.texts["pre"]
    assert _parsed(_many(70, text)).structure == _parsed(_many(70, "plain")).structure


@pytest.mark.parametrize("identity", ["step_1'onclick=", "text", "step_é", "step_ 1", "step_" + "1" * 200, ""])
def test_ids_that_are_none_lead_nowhere_else(identity: str) -> None:
    """A step whose id could be something else in the page, or in its markup, is linked by its number."""
    page = _parsed(build_timeline([step("a", NOON, id=identity)]))

    assert page.values("href") == ["#step-1"]
    assert page.values("id").count("step-1") == page.values("id").count("text") == 1


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_text_is_text(text: str) -> None:
    """The page has the elements and attributes it always has, whatever tools wrote, and shows it made visible."""
    text = "x" + text
    page = _parsed(everywhere(text))

    assert page.structure == _parsed(everywhere("plain")).structure
    assert visible(text.replace("\r\n", "\n"), keep="\n\t") in page.texts["pre"]


def test_the_reason_of_a_failure_is_in_its_row() -> None:
    """Nobody has to open a step to see why it failed."""
    summaries = to_html(sample("run_failed")).split("<summary>")[1:]

    assert "server_error: The tide service did not answer." in summaries[1].partition("</summary>")[0]


def test_colours_are_those_of_tools() -> None:
    """Steps of a tool have one colour, other tools others, and messages theirs; of very many tools some share one."""
    rows = [step(n, NOON + n, step_details=_called(f"tool {n % 9}")) for n in range(27)]
    message = {"type": "message_creation", "message_creation": {"message_id": "msg_1"}}
    page = _parsed(build_timeline([*rows, step("m", NOON + 40, type="message_creation", step_details=message)]))
    colours = [value.split()[1] for value in page.values("class") if value.startswith("step ")]

    assert colours[:9] == colours[9:18] == [*(f"tool{n}" for n in range(1, 8)), "other", "other"]
    assert colours[-1] == "message"


def test_json_is_laid_out() -> None:
    """A long object has a line a member, short parts stay on one; nothing but blanks is changed."""
    output = json.dumps({"name": "x" * 70, "near": [1, 2.50, {"a": "b, {c}"}], "n": 1e400, "void": {}}) + " "
    page = _parsed(build_timeline([step("a", NOON, step_details=_called("find", output))]))

    assert page.texts["pre"][-2].split("\n") == [
        "{",
        f'  "name": "{"x" * 70}",',
        '  "near": [',
        "    1,",
        "    2.5,",
        '    {"a": "b, {c}"}',
        "  ],",
        '  "n": Infinity,',
        '  "void": {}',
        "}",
    ]


_JSON = st.recursive(
    st.text() | st.floats() | st.integers() | st.none(), lambda some: st.lists(some) | st.dictionaries(st.text(), some)
)


@given(_JSON)
def test_layout_changes_blanks_only(value: Any) -> None:
    """Whatever JSON is laid out, it is the same JSON afterwards; the beginning of it is the beginning."""
    text = json.dumps([value, "x" * 80])

    assert json.dumps(json.loads(lay_out(text, len(text)))) == text
    assert "".join(lay_out(text, 50).split()) == "".join(text[:50].split())


@pytest.mark.parametrize("text", ["[bold] " + "x" * 90, "[" * 50_000, "[" * 900 + "]" * 900, '{"a": 1}'])
def test_what_is_no_json_or_short_or_very_deep_stays_bounded(text: str) -> None:
    """What only looks like JSON is left alone, and no nesting makes a page grow without end."""
    assert len(lay_out(text, 20_000)) <= 3 * len(text) + 1000
    if not text.startswith("[["):
        assert lay_out(text, 20_000) == text


def test_long_runs_are_folded() -> None:
    """Neighbours that went well share a row that opens; what failed stands by itself, and every step is in the page."""
    page = _parsed(_many(345, "find", failed={100}))
    heads = [text.strip() for text in page.texts["span"] if re.fullmatch(r"[\d,]+ to [\d,]+\n", text)]

    assert heads == ["1 to 50", "51 to 100", "102 to 151", "152 to 201", "202 to 251", "252 to 301", "302 to 345"]
    assert len(page.texts["details"]) == 345 + len(heads)
    assert len(_parsed(_many(59, "find")).texts["details"]) == 59


def test_each_tool_has_its_totals() -> None:
    """Above the steps of a longer run stands when each tool was called, how often, and how often that went wrong."""
    page = _parsed(_many(70, "find", failed={3, 4}))

    assert "70 steps, 2 gone wrong" in page.texts["span"]
    assert page.texts["option"][1] == "find (70)"


def test_of_very_many_steps_some_are_listed() -> None:
    """A page lists 10,000 steps and what went wrong elsewhere, says so, and can begin at another step."""
    timeline = _many(10_060, "find", failed={10_050})

    page = to_html(timeline)
    assert page.count('<details class="step') == 10_001
    assert "59 others" in page
    assert 'href="#step_10050"' in page
    assert "10,060 steps, 1 gone wrong" in page

    rest = to_html(timeline, first=10_001)
    assert rest.count('<details class="step') == 60
    assert 'href="#step_10059"' in rest


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
    assert html.count('<details class="step') == 2000


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
