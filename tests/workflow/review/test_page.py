"""A real browser shows the page of a review with 300 findings: it fits, filters, and lets nothing else run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.overlays.timeline.chromium import site
from tests.workflow.review.descriptions import TODAY, in_memory
from workflow.review.report import FORMATS
from workflow.review.review import review

pytestmark = pytest.mark.browser

LONG = "a_name_without_an_end_" * 8


def described(*, revised: bool) -> dict[str, Any]:
    """Describe a hundred operations, each of which changes in three ways."""
    paths: dict[str, Any] = {}
    for number in range(100):
        properties: dict[str, Any] = {
            f"{LONG}{number}": {"type": "integer" if revised else "string", "description": "x" * 300},
            "state": {"enum": ["sent", *(["lost"] if revised else [])]},
        }
        schema = {"type": "object", "properties": properties, "required": [] if revised else ["state"]}
        answer = {"description": "d", "content": {"application/json": {"schema": schema}}}
        paths[f"/{LONG}{number}/{{key}}"] = {"get": {"responses": {"200": answer}}}
    return {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths}


@pytest.fixture(scope="module")
def page() -> str:
    """The page of a review with 300 findings."""
    base, revision = (in_memory(described(revised=revised)) for revised in (False, True))
    result = review(base, revision, wire_only=True, approvals=[], today=TODAY)
    assert len(result.findings) == 300
    return FORMATS["html"](result)


@pytest.mark.parametrize("width", [400, 1400])
def test_everything_fits(width: int, page: str, tmp_path: Path) -> None:
    """On a phone and on a wide screen nothing is wider than the page or its own box."""
    script = """
        const texts = [...page.querySelectorAll("h1, h2, p, pre, li, figcaption, .line")];
        const overflowing = texts.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent);
        const right = Math.max(...[...page.querySelectorAll("body *")].map((e) => e.getBoundingClientRect().right));
        return JSON.stringify([page.documentElement.scrollWidth, Math.ceil(right) <= page.documentElement.clientWidth,
            overflowing.length, page.querySelectorAll("mark").length > 0]);
    """
    with site() as served:
        answer = served.ask_in_frame(page, script, width=width, profile=tmp_path)

    scrolled, is_inside, overflowing, has_marks = json.loads(answer)
    assert scrolled <= width
    assert (is_inside, overflowing, has_marks) == (True, 0, True)


def test_its_own_script_runs_and_no_other(page: str, tmp_path: Path) -> None:
    """The filter and the style of the page work under its policy; a script or picture put into it does not."""
    script = """
        const box = page.querySelector("input[value=risky]");
        box.click();
        const hidden = page.querySelectorAll(".finding[hidden]").length;
        const styled = getComputedStyle(page.querySelector(".sides")).display;
        const evil = page.createElement("script");
        evil.textContent = "document.title = 'owned'";
        const picture = page.createElement("img");
        picture.src = "/leak";
        page.body.append(evil, picture);
        await new Promise((done) => setTimeout(done, 500));
        return JSON.stringify([hidden, styled, page.title]);
    """
    with site() as served:
        answer = served.ask_in_frame(page, script, width=1400, profile=tmp_path)

        assert "/leak" not in served.asked
    assert json.loads(answer) == [100, "grid", "API review: breaking"]
