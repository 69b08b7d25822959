"""The guides for people who come from other libraries name what is there: ours here, theirs in tests/interop."""

from __future__ import annotations

import builtins
import re
from pathlib import Path

import httpx
import pytest

import run_steps
import run_steps_api.models
from run_steps import servers, streaming
from run_steps.pagination import Page
from run_steps.responses import RawResponse
from run_steps_api.models import RunStep

GUIDES = {name: Path(__file__).parent.parent / "docs" / f"coming-from-{name}.md" for name in ("openai", "azure")}
ROW = re.compile(r"^\| (.*?) \| (.*) \|$", flags=re.MULTILINE)
CLASS = re.compile(r"(?<![\w.])(?:[a-z_.]+\.)?([A-Z][a-z]\w*)(?![\w=-])")
CALL = re.compile(r"^([a-z]\w*)\(")
ATTRIBUTE = re.compile(r"^(step|page|error|servers|client)\.(\w+)")


def words(guide: str, column: int) -> list[str]:
    """Return what stands as code in a column of all tables of a guide."""
    rows = ROW.findall(GUIDES[guide].read_text(encoding="utf-8"))
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row[column])]


@pytest.mark.parametrize("guide", GUIDES)
def test_the_guides_name_what_is_here(guide: str) -> None:
    """Every class, call and attribute that a table gives for a word of another library exists."""
    modules = (run_steps, run_steps_api.models, streaming, httpx, builtins)
    holders = {
        "step": RunStep,
        "page": Page,
        "error": run_steps.APIStatusError("", RawResponse(404, httpx.Headers(), b"")),
        "servers": servers,
        "client": run_steps.RunSteps,
    }
    here = words(guide, 1)

    assert len(here) > 40
    for word in here:
        for name in CLASS.findall(word):
            assert any(hasattr(module, name) for module in modules), word
        for name in CALL.findall(word):
            assert any(hasattr(place, name) for place in (run_steps.RunSteps, run_steps, RawResponse, builtins)), word
        for holder, name in ATTRIBUTE.findall(word):
            found = holders[holder]
            fields = {field.name for field in getattr(found, "__attrs_attrs__", ())}
            assert hasattr(found, name) or name in fields | set(getattr(found, "__annotations__", ())), word
