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
        const bars = page.querySelectorAll(".step .bar").length;
        const figures = [page.documentElement.scrollWidth, Math.ceil(right), bars];
        return JSON.stringify([...figures, overflowing]);
    """
    answer = served.ask_in_frame(to_html(timeline), script, width=width, profile=tmp_path)

    scrolled, right, bars, overflowing = json.loads(answer)
    assert scrolled == width
    assert right <= width
    assert overflowing == []
    assert bars == len(timeline.rows)


def test_ticks_stand_where_the_bars_are(served: Site, tmp_path: Path) -> None:
    """The axis stands over the bars' own column, at both widths: zero is where the first bar begins."""
    script = """
        const left = (selector) => Math.round(page.querySelector(selector).getBoundingClientRect().left);
        const places = [left(".scale svg"), left(".track")];
        if (page.querySelector(".grid").offsetHeight) places.push(left(".grid svg"));
        return places.join(" ");
    """
    for width in (400, 1400):
        answer = served.ask_in_frame(to_html(sample("run_kinds")), script, width=width, profile=tmp_path / str(width))
        assert len(set(answer.split())) == 1, answer


def test_a_click_opens_a_step_and_filters_work(served: Site, tmp_path: Path) -> None:
    """A click shows what a step did; text, tool and status leave the steps that fit, and say how many."""
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
        const options = [...page.querySelectorAll("#tool option")];
        choose("tool", options.find((option) => option.text === "message (2)").value, "change");
        told.push(seen(), shown());
        choose("tool", "", "change");
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


def test_a_link_opens_its_step(served: Site, tmp_path: Path) -> None:
    """A link to a step unfolds and opens it, also when it is followed later, and brings it into view."""
    script = """
        const frame = document.querySelector("iframe").contentWindow;
        const told = [];
        for (const id of ["step_long_100", "step_long_344"]) {
            frame.location.hash = id;
            await new Promise((resolve) => setTimeout(resolve, 300));
            const step = page.getElementById(id).closest(".step");
            const place = step.getBoundingClientRect().top;
            told.push(step.open && step.closest(".fold").open, place >= 0 && place < 900);
        }
        return JSON.stringify([...told, page.querySelectorAll(".step[open]").length]);
    """
    assert served.ask_in_frame(to_html(sample("run_long")), script, width=1400, profile=tmp_path) == (
        "[true,true,true,true,2]"
    )


def test_keys_move_open_and_filter(served: Site, tmp_path: Path) -> None:
    """Arrows go from row to row, into what is open and past what is not, and open and close it; / begins to filter."""
    script = """
        const press = (key) => {
            const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
            (page.activeElement || page.body).dispatchEvent(event);
        };
        const at = () => page.activeElement.querySelector(".label")?.textContent || page.activeElement.id;
        const told = [];
        for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowRight", "ArrowDown", "ArrowDown"]) {
            press(key);
            told.push(at());
        }
        press("ArrowRight");
        told.push(page.activeElement.parentElement.open);
        press("Escape");
        told.push(page.activeElement.parentElement.open);
        press("/");
        told.push(at());
        page.activeElement.value = "no such words";
        press("Escape");
        told.push(page.activeElement.id, page.getElementById("text").value);
        return JSON.stringify(told);
    """
    answer = served.ask_in_frame(to_html(sample("run_long")), script, width=1400, profile=tmp_path)

    assert json.loads(answer) == [
        *("1 to 50", "51 to 100", "1 to 50", "1 to 50", "1 read_gauge", "2 code_interpreter"),
        *(True, False, "text", "", ""),
    ]


def test_all_steps_open_and_close_at_once(served: Site, tmp_path: Path) -> None:
    """One button opens all steps that are shown, and closes them again; filtering opens the folds of what it finds."""
    script = """
        const open = (kind) => page.querySelectorAll(kind + "[open]").length;
        const tool = page.getElementById("tool");
        const told = [];
        tool.value = "0";
        tool.dispatchEvent(new Event("change"));
        told.push(open(".fold"), page.getElementById("shown").textContent);
        page.getElementById("all").click();
        told.push(open(".step"));
        page.getElementById("all").click();
        told.push(open(".step"), open(".fold"));
        return JSON.stringify(told);
    """
    answer = served.ask_in_frame(to_html(sample("run_long")), script, width=400, profile=tmp_path)

    assert answer == '[7,"115 of 345 steps",115,0,0]'


@pytest.mark.parametrize("run", ["run_long", "run_failed", "run_in_progress"])
def test_nothing_is_cut_on_a_phone(run: str, served: Site, tmp_path: Path) -> None:
    """At 400 pixels no text of a row is cut off, and no lines stick out between the rows."""
    script = """
        for (const fold of page.querySelectorAll(".fold")) fold.open = true;
        const texts = [...page.querySelectorAll(".name > *, .figures > *")];
        const cut = texts.filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display === "block");
        return JSON.stringify([cut.map((e) => e.textContent), page.querySelector(".grid").offsetHeight]);
    """
    assert served.ask_in_frame(to_html(sample(run)), script, width=400, profile=tmp_path) == "[[],0]"
