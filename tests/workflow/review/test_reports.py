"""Every report tells the same review, each in the form its readers need."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from io import StringIO
from typing import Any

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator
from rich.console import Console

from tests.workflow.review.descriptions import TODAY, in_memory, with_response
from workflow.review.approvals import Approval
from workflow.review.findings import Level
from workflow.review.report import FORMATS, terminal
from workflow.review.report.common import groups
from workflow.review.review import Review, review
from workflow.review.schemas.change import Direction
from workflow.review.why import why

TRICKY = "<script>alert(1)</script>, *a* | b\n%0A::error::"


def parcel(**properties: Any) -> dict[str, Any]:
    """Describe a response with some properties."""
    return with_response({"type": "object", "description": TRICKY, "properties": properties})


def reviewed(*approvals: Approval) -> Review:
    """Review a change that breaks, risks, adds and rewords."""
    base = parcel(weight={"type": "integer"}, state={"enum": ["sent"]}, note={"type": "string"})
    revision = parcel(
        weight={"type": "integer", "description": TRICKY},
        state={"enum": ["sent", "lost"]},
        note={"type": ["string", "null"]},
        **{"<b>": {"type": "string"}},
    )
    return review(in_memory(base), in_memory(revision), wire_only=True, approvals=approvals, today=TODAY)


BREAKING = next(finding for finding in reviewed().findings if finding.rule == "became-nullable")


def test_json_is_what_its_schema_says() -> None:
    """The JSON report is valid against the committed schema, and tells verdict, bump, places and levels."""
    schema = json.loads((files("workflow.review.report") / "report.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    data = json.loads(FORMATS["json"](reviewed()))
    Draft202012Validator(schema).validate(data)
    assert (data["verdict"], data["bump"]) == ("breaking", "major")
    assert [change["level"] for change in data["changes"]] == ["breaking", "risky", "safe", "docs"]
    first = data["changes"][0]
    assert first["operation"] == "GET /parcels"
    assert first["direction"] == "response"
    assert first["pointer"].endswith("/properties/note/type")
    assert (first["base_line"], first["revision_line"]) != (None, None)


@pytest.mark.parametrize("name", FORMATS)
def test_every_report_tells_the_worst_first(name: str) -> None:
    """The verdict and the breaking change are in every report."""
    text = FORMATS[name](reviewed())
    assert "breaking" in text
    assert BREAKING.fingerprint in text


@pytest.mark.parametrize("name", FORMATS)
def test_every_report_tells_of_approvals(name: str) -> None:
    """An approval in force, an expired and an unused one can all be seen."""
    day = TODAY.replace(year=2027)
    kept = Approval(BREAKING.fingerprint, "Agreed with all users.", day, 1)
    assert "Agreed with all users." in FORMATS[name](reviewed(kept))
    gone = Approval(BREAKING.fingerprint, "Once.", TODAY.replace(year=2020), 1)
    assert "expired" in FORMATS[name](reviewed(gone))
    unused = Approval("0123456789ab", "Long ago.", day, 1)
    assert "0123456789ab" in FORMATS[name](reviewed(unused))


def test_html_needs_nothing_else() -> None:
    """The page loads nothing, and text from the descriptions cannot become markup."""
    page = FORMATS["html"](reviewed())
    assert not re.search(r"(?:src|href)=[\"'](?!#)", page)
    assert not re.search(r"url\(|@import|fetch\(|https?://", page)
    assert "<script>alert" not in page
    assert "<b>:" not in page


def test_html_shows_both_sides_and_filters_by_level() -> None:
    """Each change shows the lines of base and revision, and each level present has its filter."""
    page = FORMATS["html"](reviewed())
    for level in ("breaking", "risky", "safe", "docs"):
        assert f'value="{level}"' in page
        assert f'data-level="{level}"' in page
    assert page.count('<figure class="base') == page.count('<figure class="revision') == 4
    assert "not there" in page


def test_github_annotations_stand_at_the_line_and_are_escaped() -> None:
    """Breaking changes are errors, risky ones warnings; line breaks and percent signs cannot start a new command."""
    lines = FORMATS["github"](reviewed()).splitlines()
    assert all(re.match(r"::(error|warning|notice) [a-z]", line) for line in lines)
    assert lines[0].startswith("::error file=openapi.yaml,line=")
    assert f"line={BREAKING.revision.line if BREAKING.revision else 0}," in lines[0]
    assert lines[1].startswith("::warning ")


def test_markdown_fits_a_comment() -> None:
    """A comment on GitHub holds 65,536 characters, however many changes there are."""
    properties = {f"property_with_a_long_name_{number}": {"type": "string"} for number in range(2000)}
    result = review(in_memory(parcel(**properties)), in_memory(parcel()), wire_only=True, approvals=[], today=TODAY)
    text = FORMATS["markdown"](result)
    assert len(text) < 65_536
    assert "Not all of the 2000 changes are shown" in text


def test_nothing_to_tell_is_told() -> None:
    """A review without findings says so in every form."""
    same = in_memory(parcel())
    result = review(same, same, wire_only=True, approvals=[], today=TODAY)
    for name, render in FORMATS.items():
        assert "none" in render(result) or "Nothing changed." in render(result), name


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_no_report_obeys_or_pings(form: str) -> None:
    """Escapes of terminals come through in no report, and a mention in a path pings nobody."""
    evil = "\x1b]52;c;aGk=\x07\x1b[2J\u202e"
    base = in_memory({"openapi": "3.1.0", "info": {"title": "t", "version": "1.0.0"}, "paths": {}})
    added: dict[str, Any] = {f"/x/@octocat{evil}": {"get": {"responses": {}}}}
    revision = in_memory({"openapi": "3.1.0", "info": {"title": "t", "version": "1.0.0"}, "paths": added})

    text = FORMATS[form](review(base, revision, wire_only=True, approvals=[], today=TODAY))
    assert "octocat" in text
    # Programs need pointers as they are, and JSON has escapes of its own.
    assert not set("\x1b\x07" if form == "json" else "\x1b\x07\u202e") & set(text)
    assert form != "markdown" or "### GET /x/@octocat" not in text


@pytest.mark.parametrize("name", FORMATS)
def test_a_level_hides_what_is_less(name: str) -> None:
    """Reports show findings from a level on, and tell of the whole all the same."""
    text = FORMATS[name](evolve(reviewed(), least=Level.BREAKING))

    assert BREAKING.fingerprint in text
    assert not [finding for finding in reviewed().findings[1:] if finding.fingerprint in text]
    assert name == "json" or "risky" in text


@pytest.mark.parametrize("name", FORMATS)
def test_every_finding_says_why(name: str) -> None:
    """Each report gives the reason for the level of each finding it shows."""
    text = re.sub(r"</?\w+[^>]*>", "", FORMATS[name](reviewed())).lower()

    assert all(why(finding) in text for finding in reviewed().findings if finding.level is not Level.DOCS)


def test_no_reason_contradicts_a_level() -> None:
    """What breaks is never said to work, and a level that was set says so."""
    for level in (Level.BREAKING, Level.RISKY, Level.SAFE):
        for direction in (*Direction, None):
            finding = evolve(BREAKING, rule="any", level=level, direction=direction)
            is_calm = bool(re.search(r"still|nothing that", why(finding)))
            assert is_calm == (level is Level.SAFE)
    assert "was set" in why(evolve(BREAKING, is_set=True))


def test_groups_can_be_told_apart() -> None:
    """Values of one enumeration are one finding, added operations one group, and no two groups have one title."""
    shared = {"A": ["/a", "/b", "/c", "/d"], "B": ["/a", "/b", "/c", "/e"], "C": ["/a", "/b", "/d", "/e"]}

    def described(values: list[str], *more: str) -> dict[str, Any]:
        paths: dict[str, Any] = {
            path: {"get": {"responses": {}}} for path in (*(f"/{letter}" for letter in "abcde"), *more)
        }
        for path, item in paths.items():
            used = [name for name, users in shared.items() if path in users]
            properties = {name: {"$ref": f"#/components/schemas/{name}"} for name in used}
            schema = {"type": "object", "properties": properties}
            item["get"]["responses"]["200"] = {"description": "d", "content": {"application/json": {"schema": schema}}}
        schemas = {name: {"enum": values} for name in shared}
        info = {"title": "t", "version": "1"}
        return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}

    base, revision = described(["x"]), described(["x", "y", "z"], "/new", "/newer")
    result = review(in_memory(base), in_memory(revision), wire_only=True, approvals=[], today=TODAY)
    found = groups(result.findings)

    assert len({group.title for group in found}) == len(found) == 4
    assert [len(group.findings) for group in found] == [1, 1, 1, 2]
    assert found[-1].title == "Added operations"
    assert 'now includes the values "y", "z"' in found[0].findings[0].text


def test_a_terminal_breaks_lines_between_words() -> None:
    """On a narrow terminal long sentences go on in the next line, under where they began."""
    screen = StringIO()
    terminal.show(reviewed(), Console(file=screen, width=60, force_terminal=True, color_system=None))

    lines = screen.getvalue().splitlines()
    assert max(map(len, lines)) <= 60
    assert any(line.startswith(" " * 12) for line in lines)
