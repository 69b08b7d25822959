"""A random change whose effect is known gets the known verdict, wherever in a schema it happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.review.descriptions import compare, with_request, with_response
from workflow.review.verdict import Verdict, verdict_of

Wrap = Callable[[Any], Any]

NARROWINGS: dict[str, tuple[Any, Any]] = {
    "null goes": ({"type": ["string", "null"]}, {"type": "string"}),
    "a type goes": ({"type": ["string", "integer"]}, {"type": "string"}),
    "numbers become integers": ({"type": "number"}, {"type": "integer"}),
    "a value goes": ({"type": "string", "enum": ["a", "b", "c"]}, {"type": "string", "enum": ["a", "c"]}),
    "values are enumerated": ({"type": "string"}, {"type": "string", "enum": ["a"]}),
    "a constant comes": ({"type": "integer"}, {"type": "integer", "const": 4}),
    "the maximum falls": ({"type": "integer", "maximum": 10}, {"type": "integer", "maximum": 9}),
    "the maximum becomes exclusive": ({"type": "number", "maximum": 10}, {"type": "number", "exclusiveMaximum": 10}),
    "a minimum comes": ({"type": "number"}, {"type": "number", "minimum": 0}),
    "texts become shorter": ({"type": "string", "maxLength": 9}, {"type": "string", "maxLength": 8}),
    "steps become larger": ({"type": "integer", "multipleOf": 2}, {"type": "integer", "multipleOf": 4}),
    "arrays become shorter": ({"type": "array", "maxItems": 3}, {"type": "array", "maxItems": 2}),
    "items must differ": ({"type": "array"}, {"type": "array", "uniqueItems": True}),
    "items become texts": ({"type": "array"}, {"type": "array", "items": {"type": "string"}}),
    "an item is demanded": ({"type": "array"}, {"type": "array", "contains": {"const": 1}}),
    "a property is demanded": (
        {"type": "object", "properties": {"a": {}}},
        {"type": "object", "properties": {"a": {}}, "required": ["a"]},
    ),
    "an object closes": ({"type": "object"}, {"type": "object", "additionalProperties": False}),
    "names are restricted": ({"type": "object"}, {"type": "object", "propertyNames": {"maxLength": 3}}),
    "a property brings another": ({"type": "object"}, {"type": "object", "dependentRequired": {"a": ["b"]}}),
    "an alternative goes": (
        {"oneOf": [{"type": "string", "maxLength": 2}, {"type": "object", "required": ["a"]}]},
        {"oneOf": [{"type": "string", "maxLength": 2}]},
    ),
    "two choices come": (
        {"type": "string"},
        {
            "allOf": [{"anyOf": [{"maxLength": 2}, {"pattern": "a"}]}, {"anyOf": [{"minLength": 1}, {"pattern": "b"}]}],
            "type": "string",
        },
    ),
    "a choice beside a rule comes": (
        {"type": "string"},
        {
            "allOf": [
                {"oneOf": [{"type": "string", "pattern": "^a"}]},
                {"anyOf": [{"type": "string"}, {"maxLength": 1}]},
            ]
        },
    ),
    "something is forbidden": ({"type": "string"}, {"type": "string", "not": {"pattern": "^x"}}),
    "all is forbidden": (True, False),
}
"""Schemas before and after, by what happened: what the second accepts is a true part of what the first does."""

WITHOUT_EFFECT: dict[str, tuple[Any, Any]] = {
    "one type in a list": ({"type": "string"}, {"type": ["string"]}),
    "an enumeration of one": ({"enum": ["a"]}, {"const": "a"}),
    "a list of types": ({"type": ["string", "integer"]}, {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
    "null as an alternative": ({"type": ["string", "null"]}, {"oneOf": [{"type": "null"}, {"type": "string"}]}),
    "bounds moved into allOf": ({"type": "string", "maxLength": 3}, {"allOf": [{"type": "string"}, {"maxLength": 3}]}),
    "an exclusive bound of integers": (
        {"type": "integer", "exclusiveMinimum": 0},
        {"type": "integer", "minimum": 1},
    ),
    "values in another order": ({"enum": ["a", "b"]}, {"enum": ["b", "a"]}),
    "a pattern that says nothing": ({"type": "string"}, {"type": "string", "pattern": ".*"}),
    "a value that never fitted": ({"type": "string", "enum": ["a", 3]}, {"type": "string", "enum": ["a"]}),
}
"""Schemas written differently that accept the same values, by the difference."""

WRAPS: dict[str, Wrap] = {
    "itself": lambda schema: schema,
    "property": lambda schema: {"type": "object", "properties": {"inner": schema}},
    "required property": lambda schema: {"type": "object", "properties": {"inner": schema}, "required": ["inner"]},
    "item": lambda schema: {"type": "array", "items": schema},
    "first item": lambda schema: {"type": "array", "prefixItems": [schema]},
    "any property": lambda schema: {"type": "object", "additionalProperties": schema},
    "member of allOf": lambda schema: {"allOf": [schema, {"description": "Something else."}]},
    "twice negated": lambda schema: {"not": {"not": {"type": "object", "properties": {"inner": schema}}}},
    "reference": lambda schema: {"$ref": "#/components/schemas/Inner", "description": "There.", "x-inner": schema},
}
"""Places a schema can stand in, none of which hides what it accepts."""

wraps = st.lists(st.sampled_from(sorted(WRAPS)), max_size=3)
few = settings(max_examples=25, derandomize=True)


def described(describe: Callable[..., dict[str, Any]], schema: Any, wrapped: list[str]) -> dict[str, Any]:
    """Describe a schema inside others; a reference leads to a component."""
    components: dict[str, Any] = {}
    for name in wrapped:
        outer = WRAPS[name](schema)
        if name == "reference":
            component = f"Inner{len(components)}"
            components[component] = outer.pop("x-inner")
            outer["$ref"] = f"#/components/schemas/{component}"
        schema = outer
    return describe(schema, schemas=components)


@pytest.mark.parametrize("name", NARROWINGS)
@few
@given(wrapped=wraps)
def test_what_narrows_breaks_requests_and_never_responses(name: str, wrapped: list[str]) -> None:
    """A schema that accepts less breaks who sends values, and is safe for who receives them."""
    before, after = NARROWINGS[name]
    request = compare(*(described(with_request, schema, wrapped) for schema in (before, after)))
    response = compare(*(described(with_response, schema, wrapped) for schema in (before, after)))
    assert verdict_of(request) is Verdict.BREAKING
    assert verdict_of(response) is Verdict.COMPATIBLE


@pytest.mark.parametrize("name", NARROWINGS)
@few
@given(wrapped=wraps)
def test_what_widens_is_safe_in_requests_and_not_in_responses(name: str, wrapped: list[str]) -> None:
    """A schema that accepts more is safe for who sends values, and at least risky for who receives them."""
    before, after = NARROWINGS[name]
    request = compare(*(described(with_request, schema, wrapped) for schema in (after, before)))
    response = compare(*(described(with_response, schema, wrapped) for schema in (after, before)))
    assert verdict_of(request) is Verdict.COMPATIBLE
    assert verdict_of(response) in {Verdict.BREAKING, Verdict.RISKY}


@pytest.mark.parametrize("name", WITHOUT_EFFECT)
@few
@given(wrapped=wraps)
def test_another_way_to_write_the_same_is_no_change_on_the_wire(name: str, wrapped: list[str]) -> None:
    """A schema written differently that accepts the same values is a matter of text."""
    for pair in (WITHOUT_EFFECT[name], WITHOUT_EFFECT[name][::-1]):
        for describe in (with_request, with_response):
            findings = compare(*(described(describe, schema, wrapped) for schema in pair))
            assert verdict_of(findings) is Verdict.DOCS


@given(st.permutations(["title", "description", "examples", "$comment", "x-note"]))
@few
def test_text_is_never_more_than_text(keys: list[str]) -> None:
    """Whatever is said beside a schema, in whatever order, changes nothing on the wire."""
    texts = {key: ["text"] if key == "examples" else "text" for key in keys}
    findings = compare(with_request({"type": "string"}), with_request({**texts, "type": "string"}))
    assert verdict_of(findings) is Verdict.DOCS
    assert len(findings) == len(keys)
