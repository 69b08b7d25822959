"""A real browser shows the pictures: nothing is fetched or run, everything fits, a click opens a step."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from run_steps.timeline import to_html, to_svg
from tests.overlays.timeline.chromium import Site, site
from tests.overlays.timeline.runs import HOSTILE, everywhere, sample

pytestmark = pytest.mark.browser


@pytest.fixture
def served() -> Iterator[Site]:
    """A server for pages, which records what is asked of it."""
    with site() as found:
        yield found


def _own(served: Site) -> list[str]:
    return [path for path in served.asked if path not in {"/", "/page", "/favicon.ico"}]


def test_what_is_watched_for_would_be_seen(served: Site, tmp_path: Path) -> None:
    """The same hostile text without escaping does fetch and run, so the tests below see it when it happens."""
    dom = served.show(f"<title>page</title>{''.join(HOSTILE[:2])}", tmp_path)

    assert _own(served) == ["/leak/img"]
    assert "<title>owned</title>" in dom or "<title>1</title>" in dom


def test_hostile_text_fetches_and_runs_nothing_in_html(served: Site, tmp_path: Path) -> None:
    """Nothing that tools wrote is fetched or run by the page."""
    dom = served.show(to_html(everywhere(" ".join(HOSTILE).replace("leak.invalid", served.address))), tmp_path)

    assert _own(served) == []
    assert "owned</title>" not in dom
    assert "&lt;script&gt;document.title" in dom


def test_hostile_text_fetches_and_runs_nothing_in_svg(served: Site, tmp_path: Path) -> None:
    """Nothing that tools wrote is fetched or run by the picture, opened as a document of its own."""
    dom = served.show(to_svg(everywhere(" ".join(HOSTILE))), tmp_path)

    assert _own(served) == []
    assert 'viewBox="0 0 1000' in dom


def test_hostile_text_does_nothing_to_a_notebook(served: Site, tmp_path: Path) -> None:
    """What a notebook shows of a timeline stays in its frame: it fetches nothing, and the notebook is as it was."""
    frame = everywhere(" ".join(HOSTILE))._repr_html_()  # pyright: ignore[reportPrivateUsage]
    dom = served.show(f"<title>notebook</title>{frame}<p>the next cell</p>", tmp_path)

    assert _own(served) == []
    assert "<title>notebook</title>" in dom
    assert dom.count("<iframe") == 1
    assert "</iframe><p>the next cell</p>" in dom


@pytest.mark.parametrize("width", [400, 1400])
@pytest.mark.parametrize("text", ["hostile", "run_kinds", "run_failed", "run_in_progress"])
def test_everything_fits(text: str, width: int, served: Site, tmp_path: Path) -> None:
    """On a phone and on a wide screen nothing is wider than the page or its own box, opened steps included."""
    timeline = everywhere("x" + "".join(HOSTILE)) if text == "hostile" else sample(text)
    script = """
        for (const step of page.querySelectorAll("details")) step.open = true;
        const right = Math.max(...[...page.querySelectorAll("body *")].filter((e) => !e.closest("svg"))
            .map((e) => e.getBoundingClientRect().right));
        const texts = [...page.querySelectorAll("h1, h2, p, pre, dt, dd")];
        const overflowing = texts.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent);
        const figures = [page.documentElement.scrollWidth, Math.ceil(right), page.querySelectorAll(".bar").length];
        return JSON.stringify([...figures, overflowing]);
    """
    answer = served.ask_in_frame(to_html(timeline), script, width=width, profile=tmp_path)

    scrolled, right, bars, overflowing = json.loads(answer)
    assert scrolled == width
    assert right <= width
    assert overflowing == []
    assert bars == len(timeline.rows)


def test_ticks_stand_where_the_bars_are(served: Site, tmp_path: Path) -> None:
    """The lines of the axis run through the bars' own column, at both widths: zero is where the first bar begins."""
    script = """
        const left = (selector) => Math.round(page.querySelector(selector).getBoundingClientRect().left);
        return `${left(".scale svg")} ${left(".grid svg")} ${left(".track")}`;
    """
    for width in (400, 1400):
        answer = served.ask_in_frame(to_html(sample("run_kinds")), script, width=width, profile=tmp_path / str(width))
        assert len(set(answer.split())) == 1, answer


def test_a_click_opens_a_step_and_filters_work(served: Site, tmp_path: Path) -> None:
    """A click shows what a step did; text, kind and status leave the steps that fit, and say how many."""
    script = """
        const steps = [...page.querySelectorAll("details")];
        const seen = () => steps.filter((step) => step.offsetHeight > 0).length;
        const shown = () => page.getElementById("shown").textContent;
        const choose = (id, value, event) => {
            page.getElementById(id).value = value;
            page.getElementById(id).dispatchEvent(new Event(event));
        };
        const told = [steps[1].open];
        page.querySelectorAll("summary")[1].click();
        told.push(steps[1].open, page.querySelector(".filters").hidden, seen());
        choose("kind", "message_creation", "change");
        told.push(seen(), shown());
        choose("kind", "", "change");
        choose("text", "FUEL dock", "input");
        await new Promise((resolve) => setTimeout(resolve, 400));
        told.push(seen());
        choose("status", "completed", "change");
        told.push(seen());
        choose("text", "no such words", "input");
        await new Promise((resolve) => setTimeout(resolve, 400));
        told.push(seen());
        return JSON.stringify(told);
    """
    answer = served.ask_in_frame(to_html(sample("run_kinds")), script, width=1400, profile=tmp_path)

    assert answer == '[false,true,false,29,2,"2 of 29 steps",1,1,0]'
