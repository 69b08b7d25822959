"""What people mean decides where it is plain, and what a description says in another way is not passed over."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workflow.review.descriptions import (
    TODAY,
    compare,
    loaded,
    with_operation,
    with_parameter,
    with_request,
    with_response,
)
from workflow.document import DocumentError, parse
from workflow.review.findings import Level
from workflow.review.verdict import verdict_of
from workflow.review.wire.operations import compare_descriptions

PET = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
BASIC, KEY = {"type": "http", "scheme": "basic"}, {"type": "apiKey", "in": "header", "name": "X-Key"}


def _cat(age: str) -> dict[str, Any]:
    return {
        "allOf": [{"$ref": "#/components/schemas/Pet"}, {"required": ["age"], "properties": {"age": {"type": age}}}]
    }


def _family(age: str, *, mapping: dict[str, str] | None) -> dict[str, Any]:
    discriminator: dict[str, Any] = {"propertyName": "kind"} | ({"mapping": mapping} if mapping else {})
    schemas = {"Pet": {**PET, "discriminator": discriminator}, "Cat": _cat(age)}
    return with_response({"$ref": "#/components/schemas/Pet"}, schemas=schemas)


def _queried(name: str) -> dict[str, Any]:
    form = {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}}
    operation = {"parameters": [{"name": name, "in": "querystring", "content": form}], "responses": {}}
    return {
        "openapi": "3.2.0",
        "info": {"title": "T", "version": "1.0.0"},
        "paths": {"/things": {"get": operation}},
    }


def _form(schema: Any, media_type: str = "application/x-www-form-urlencoded") -> dict[str, Any]:
    body = {"content": {media_type: {"schema": {"type": "object", "properties": {"a": schema}}}}}
    return with_operation(requestBody=body)


def _body(*media_types: str, **schema: Any) -> dict[str, Any]:
    return with_operation(
        requestBody={"content": {name: {"schema": schema or {"type": "object"}} for name in media_types}}
    )


def _answers(**responses: str) -> dict[str, Any]:
    content = {name: {"description": "d", "content": {media: {}}} for name, media in responses.items()}
    return with_operation(responses={name.removeprefix("s"): value for name, value in content.items()})


def _secured(name: str, scheme: dict[str, Any]) -> dict[str, Any]:
    return with_operation(security=[{name: []}]) | {"components": {"securitySchemes": {name: scheme}}}


def _consts(*values: str, kind: str = "oneOf") -> dict[str, Any]:
    return with_response({kind: [{"const": value, "title": value.upper()} for value in values]})


def _old(schema: dict[str, Any]) -> dict[str, Any]:
    return with_response(schema, version="3.0.3")


CASES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "a mapped child changes": (
        _family("string", mapping={"cat": "#/components/schemas/Cat"}),
        _family("integer", mapping={"cat": "#/components/schemas/Cat"}),
        "breaking",
    ),
    "a child mapped by name changes": (
        _family("string", mapping={"cat": "Cat"}),
        _family("integer", mapping={"cat": "Cat"}),
        "breaking",
    ),
    "a child that nothing names changes": (
        _family("string", mapping=None),
        _family("integer", mapping=None),
        "breaking",
    ),
    "a property comes to a closed response": (
        with_response({"type": "object", "additionalProperties": False}),
        with_response({"type": "object", "additionalProperties": False, "properties": {"a": {}}}),
        "compatible",
    ),
    "an operation gets servers of its own": (with_operation(), with_operation(servers=[{"url": "/v2"}]), "breaking"),
    "a parameter is written as a media type": (
        with_parameter(name="f", **{"in": "query"}, schema={"type": "object"}),
        with_parameter(name="f", **{"in": "query"}, content={"application/json": {"schema": {"type": "object"}}}),
        "breaking",
    ),
    "a status leaves its range": (
        _answers(s4XX="application/json"),
        _answers(s4XX="application/json", s404="text/plain"),
        "breaking",
    ),
    "a status leaves the default": (
        _answers(default="application/json"),
        _answers(default="application/json", s404="text/plain"),
        "breaking",
    ),
    "a status joins its range as it was": (
        _answers(s4XX="text/plain", s404="text/plain"),
        _answers(s4XX="text/plain"),
        "compatible",
    ),
    "a security scheme is renamed": (
        _secured("basic", BASIC),
        _secured("login", {**BASIC, "description": "d"}),
        "compatible",
    ),
    "a key is renamed": (_secured("a", KEY), _secured("b", KEY), "compatible"),
    "a key moves and is renamed": (_secured("a", KEY), _secured("b", {**KEY, "name": "Y-Key"}), "breaking"),
    "a number in a form becomes a text": (_form({"type": "integer"}), _form({"type": "string"}), "compatible"),
    "a switch in a multipart form becomes a text": (
        _form({"type": "boolean"}, "multipart/form-data"),
        _form({"type": "string"}, "multipart/form-data"),
        "compatible",
    ),
    "a text in a form becomes a number": (_form({"type": "string"}), _form({"type": "integer"}), "breaking"),
    "a number in JSON becomes a text": (
        _form({"type": "integer"}, "application/json"),
        _form({"type": "string"}, "application/json"),
        "breaking",
    ),
    "a request takes any media type": (_body("application/json"), _body("*/*"), "compatible"),
    "a request takes any text": (_body("text/plain"), _body("text/*"), "compatible"),
    "a request takes one type of a range": (_body("text/*"), _body("text/plain"), "breaking"),
    "a range does not hold other kinds": (_body("application/json"), _body("text/*"), "breaking"),
    "constants of a response grow": (_consts("a", "b"), _consts("a", "b", "c"), "risky"),
    "constants of any kind grow": (_consts("a", "b", kind="anyOf"), _consts("a", "b", "c", kind="anyOf"), "risky"),
    "constants become an enumeration": (_consts("a", "b"), with_response({"enum": ["a", "b"]}), "docs"),
    "an enumeration of a response goes": (
        with_response({"type": "string", "enum": ["a"]}),
        with_response({"type": "string"}),
        "risky",
    ),
    "the type of an object is written out": (
        with_request({"properties": {"a": {}}}),
        with_request({"type": "object", "properties": {"a": {}}}),
        "risky",
    ),
    "the type of a list is written out": (
        with_request({"items": {"type": "string"}}),
        with_request({"type": "array", "items": {"type": "string"}}),
        "risky",
    ),
    "null beside alternatives": (
        _old({"oneOf": [{"type": "object"}, {"type": "array", "items": {}}]}),
        _old({"nullable": True, "oneOf": [{"type": "object"}, {"type": "array", "items": {}}]}),
        "breaking",
    ),
    "a property is written as an attribute in XML": (
        with_response({"type": "object", "properties": {"a": {"type": "string"}}}),
        with_response({"type": "object", "properties": {"a": {"type": "string", "xml": {"attribute": True}}}}),
        "risky",
    ),
    "an element in XML is called as its property already was": (
        with_response({"type": "object", "properties": {"a": {"type": "string"}}}),
        with_response({"type": "object", "properties": {"a": {"type": "string", "xml": {"name": "a"}}}}),
        "compatible",
    ),
    "what the whole query string is called": (_queried("filter"), _queried("search"), "compatible"),
    "required comes to a list": (
        with_request({"type": "array", "items": {}}),
        with_request({"type": "array", "items": {}, "required": ["a"]}),
        "risky",
    ),
    "base64 is written as in 3.1": (
        _old({"type": "string", "format": "byte"}),
        with_response({"type": "string", "contentEncoding": "base64"}),
        "compatible",
    ),
    "null in an enumeration is written as in 3.1": (
        _old({"type": "string", "nullable": True, "enum": ["a", None]}),
        with_response({"type": ["string", "null"], "enum": ["a", None]}),
        "compatible",
    ),
}


@pytest.mark.parametrize(("base", "revision", "verdict"), CASES.values(), ids=CASES.keys())
def test_a_change_means_what_people_mean(base: dict[str, Any], revision: dict[str, Any], verdict: str) -> None:
    """Each change has the verdict that practice gives it."""
    assert verdict_of(compare(base, revision)).value == verdict


def test_a_strict_review_lets_no_closed_object_grow() -> None:
    """By set theory a property that comes to a closed response breaks clients."""
    base, revision, _ = CASES["a property comes to a closed response"]

    assert verdict_of(compare(base, revision, strict=True)).value == "breaking"


def _two_files(path: str, other: str) -> list[Any]:
    """Compare a description whose part stands in another file, with a string there and then an integer."""
    root = f"openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\n{path}\n"

    def described(kind: str) -> Any:
        return root, {"other.yaml": other.replace("KIND", kind)}

    sides = [loaded(text, **others) for text, others in (described("string"), described("integer"))]
    return compare_descriptions(sides[0], sides[1], TODAY)


JSON_200 = "responses: {'200': {description: d, content: {application/json: {schema: {type: KIND}}}}}"


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("paths: {$ref: other.yaml}", f"/a: {{get: {{{JSON_200}}}}}"),
        ("paths: {/a: {$ref: other.yaml}}", f"get: {{{JSON_200}}}"),
        ("paths: {/a: {get: {$ref: other.yaml}}}", JSON_200),
        ("paths: {/a: {get: {$ref: 'other.yaml#/operations/list'}}}", f"operations: {{list: {{{JSON_200}}}}}"),
        ("paths: {/a: {get: {responses: {$ref: other.yaml}}}}", JSON_200.removeprefix("responses: ")),
        (
            "paths: {/a: {get: {responses: {'200': {description: d, content: {$ref: other.yaml}}}}}}",
            "application/json: {schema: {type: KIND}}",
        ),
        (
            (
                "paths: {/a: {get: {responses: {'200': {description: d, content: {application/json: {schema:"
                " {type: object, properties: {$ref: other.yaml}}}}}}}}}"
            ),
            "a: {type: KIND}",
        ),
        (
            "paths: {/a: {get: {responses: {'200': {description: d, headers: {$ref: other.yaml}}}}}}",
            "X-A: {schema: {type: KIND}}",
        ),
        (
            "paths: {/a: {get: {parameters: {$ref: other.yaml}, responses: {}}}}",
            "[{name: a, in: cookie, schema: {type: array, items: {type: KIND}}}]",
        ),
        (
            (
                "paths: {/a: {get: {responses: {'200': {description: d, content: {application/json: {schema:"
                " {type: string, enum: {$ref: other.yaml}}}}}}}}}"
            ),
            "[a, KIND]",
        ),
    ],
)
def test_a_reference_is_followed_wherever_it_stands(path: str, other: str) -> None:
    """What is written in another file is compared, whatever it is a part of."""
    assert [finding for finding in _two_files(path, other) if finding.level is not Level.DOCS]


@pytest.mark.parametrize(
    "reference", ["/etc/hostname", "../secret.yaml", "a/../../secret.yaml", "file:///etc/hostname"]
)
def test_no_reference_leads_out_of_the_folder(reference: str) -> None:
    """Only what is below the folder of the description is read; anything else is refused with its line."""
    with pytest.raises(DocumentError, match="only") as raised:
        compare(with_response({"$ref": reference}), with_response({}))

    assert raised.value.line is not None


def test_merge_keys_are_merged() -> None:
    """A merge key brings the members of what it names; own members and earlier sources win."""
    text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  y: 3\n  <<: [*a, *b]\nd: {<<: *a, '<<': text}\n"

    data = parse(text, "api.yaml").data
    assert data["c"] == {"y": 3, "x": 1, "z": 2}
    assert data["d"] == {"x": 1, "y": 1, "<<": "text"}
    with pytest.raises(DocumentError, match="only mappings can be merged") as raised:
        parse("a: 1\nb:\n  <<: [1]\n", "api.yaml")
    assert raised.value.line == 3


def test_a_circle_of_many_schemas_ends() -> None:
    """Schemas that all refer to one another, and a union of two, take no longer than others."""
    names = [f"S{number}" for number in range(40)]

    def described(kind: str) -> dict[str, Any]:
        schemas: dict[str, Any] = {
            name: {
                "type": "object",
                "properties": {other: {"$ref": f"#/components/schemas/{other}"} for other in names},
            }
            for name in names
        }
        schemas["S7"]["properties"]["extra"] = {"type": kind}
        union = {"oneOf": [{"$ref": "#/components/schemas/S0"}, {"$ref": "#/components/schemas/S1"}]}
        return with_response(union, schemas=schemas)

    assert {finding.rule for finding in compare(described("string"), described("integer"))} >= {"type-changed"}


def test_alternatives_in_alternatives_end() -> None:
    """Unions nested in unions are compared once a level."""

    def nested(depth: int, kind: str) -> dict[str, Any]:
        if depth == 0:
            return {"type": kind}
        inner = nested(depth - 1, kind)
        return {
            "oneOf": [
                {"type": "array", "items": inner},
                {"type": "object", "required": ["a"], "properties": {"a": inner}},
            ]
        }

    assert compare(with_response(nested(12, "string")), with_response(nested(12, "integer")))
