"""Bad input is refused with file, line and reason; odd input is compared as well as it goes."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.review.descriptions import compare, in_memory, loaded
from tests.workflow.review.large_pair import describe
from workflow.document import DocumentError
from workflow.review.description import load
from workflow.review.sources import Source

REFUSED = {
    "malformed YAML": ("openapi: 3.1.0\ninfo: {title: [\n", 2, "not well-formed YAML"),
    "a list": ("- openapi\n", 1, "not an OpenAPI 3 description"),
    "no version": ("info: {}\npaths: {}\n", 1, "'openapi' is missing"),
    "Swagger 2.0": ("swagger: '2.0'\npaths: {}\n", 1, "must be converted"),
    "a version to come": ("paths: {}\nopenapi: 4.0.0\n", 2, "OpenAPI 4.0.0 is not 3.0, 3.1 or 3.2"),
    "paths that are a list": ("openapi: 3.1.0\npaths:\n  - /a\n", 2, "'paths' must be a mapping"),
    "nothing to compare": ("openapi: 3.1.0\ninfo: {}\n", 1, "no paths, components or webhooks"),
    "a missing reference": (
        "openapi: 3.1.0\npaths: {}\ncomponents:\n  schemas:\n    A:\n      $ref: '#/components/schemas/B'\n",
        5,
        "refers to '#/components/schemas/B', which is not there",
    ),
    "a missing file": (
        "openapi: 3.1.0\npaths:\n  /a:\n    $ref: other.yaml#/a\n",
        3,
        "there is no such file",
    ),
    "another host": (
        "openapi: 3.1.0\npaths:\n  /a:\n    $ref: https://example.com/a.yaml\n",
        3,
        "never a URL",
    ),
    "nesting without end": ("openapi: 3.1.0\nx: " + "[" * 200 + "]" * 200 + "\n", 2, "nested deeper"),
    "a bomb of aliases": (
        "openapi: 3.1.0\nx0: &x0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
        + "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 10)}]\n" for n in range(1, 8)),
        8,
        "aliases",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_input_is_refused_with_line_and_reason(name: str) -> None:
    """What cannot be compared is refused, and the message says where and why."""
    text, line, reason = REFUSED[name]
    with pytest.raises(DocumentError) as refusal:
        load(in_memory(text))
    assert refusal.value.line == line
    assert refusal.value.path == "openapi.yaml"
    assert reason in refusal.value.reason


def test_references_in_a_circle_are_refused() -> None:
    """A reference that leads back to itself without a value is an error, not an endless loop."""
    schemas = {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}
    paths = {"/a": {"get": {"responses": {"200": {"description": "", "content": content}}}}}
    description = {"openapi": "3.1.0", "paths": paths, "components": {"schemas": schemas}}
    with pytest.raises(DocumentError, match="circle"):
        compare(description, description)


def test_a_reference_in_an_example_is_data() -> None:
    """`$ref` below an example is not followed."""
    loaded({"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"A": {"example": {"$ref": "#/nowhere"}}}}})


def test_a_fault_in_another_file_is_reported_there() -> None:
    """A malformed file that a description refers to is named with its own line."""
    root = "openapi: 3.1.0\npaths:\n  /a:\n    $ref: parts/a.yaml\n"
    with pytest.raises(DocumentError) as refusal:
        load(in_memory(root, **{"parts/a.yaml": "get: {\n  x: [\n"}))
    assert refusal.value.path == "parts/a.yaml"


def _places(value: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if keys:
        yield keys
    children: Iterator[tuple[Any, Any]] = iter(())
    if isinstance(value, dict):
        children = iter(value.items())
    elif isinstance(value, list):
        children = iter(enumerate(value))
    for key, child in children:
        yield from _places(child, (*keys, key))


WHOLE = describe(2, revised=False)
PLACES = list(_places(WHOLE))


@settings(max_examples=80, derandomize=True)
@given(st.sampled_from(PLACES), st.sampled_from([None, True, 0, -1.5, "x", [], ["x"], {}, {"x": 1}, [{}], {"x": []}]))
def test_odd_input_is_compared_or_refused(keys: tuple[Any, ...], junk: Any) -> None:
    """Whatever stands in an unexpected place, the review ends with findings or a refusal."""
    odd = copy.deepcopy(WHOLE)
    owner = odd
    for key in keys[:-1]:
        owner = owner[key]
    owner[keys[-1]] = junk
    for base, revision in ((WHOLE, odd), (odd, WHOLE)):
        with suppress(DocumentError):
            assert compare(base, revision) or json.dumps(base) == json.dumps(revision)


@pytest.mark.parametrize("target", ["../outside.yaml", "/dev/zero", "folder"])
def test_no_link_leads_out_of_the_folder(target: str, tmp_path: Path) -> None:
    """A file that is a link to one elsewhere, to a device or a folder is refused where it is referred to."""
    home = tmp_path / "home"
    (home / "folder").mkdir(parents=True)
    (tmp_path / "outside.yaml").write_text("get: {responses: {}}\n", encoding="utf-8")
    (home / "other.yaml").symlink_to(target)
    (home / "api.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    $ref: other.yaml\n", encoding="utf-8"
    )
    with pytest.raises(DocumentError, match=r"other\.yaml.*(a link leads|no file)") as raised:
        load(Source(str(home / "api.yaml")))

    assert raised.value.line == 4


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    """The folder itself may be a link, and so may files that lead to others in it."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "there.yaml").write_text("get: {responses: {}}\n", encoding="utf-8")
    (home / "other.yaml").symlink_to("there.yaml")
    (home / "api.yaml").write_text("openapi: 3.1.0\npaths: {/a: {$ref: other.yaml}}\n", encoding="utf-8")
    (tmp_path / "link").symlink_to(home)

    assert len(load(Source(str(tmp_path / "link/api.yaml"))).texts()) == 2
