"""Everything of a description that is not a schema: each change has its rule and its level."""

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
from tests.workflow.review.mirrors import mirrored
from workflow.review.findings import Level
from workflow.review.wire.operations import compare_descriptions

BREAKING, RISKY, SAFE, DOCS = Level.BREAKING, Level.RISKY, Level.SAFE, Level.DOCS


def described(paths: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Describe some paths."""
    return {"openapi": "3.1.0", "info": {"title": "Parcels", "version": "1.4.0"}, "paths": paths, **more}


def query(**parameter: Any) -> dict[str, Any]:
    """Describe one operation with one query parameter."""
    return with_parameter(**{"name": "q", "in": "query", "schema": {"type": "string"}, **parameter})


def answered(*responses: str, headers: dict[str, Any] | None = None, **content: Any) -> dict[str, Any]:
    """Describe one operation with some responses, all alike."""
    response: dict[str, Any] = {"description": ""}
    if headers is not None:
        response["headers"] = headers
    if content:
        response["content"] = {name.replace("_", "/"): value for name, value in content.items()}
    return with_operation(responses=dict.fromkeys(responses, response))


def secured(*ways: dict[str, list[str]]) -> dict[str, Any]:
    """Describe one operation that accepts some ways to authorise."""
    return with_operation(security=list(ways))


GET: dict[str, Any] = {"get": {"responses": {}}}
KEYS = {"key": {"type": "apiKey", "in": "header", "name": "key"}}
OLD = {"deprecated": True, "x-sunset": "2026-05-31"}
GOING = {"deprecated": True, "x-sunset": "2026-12-31"}
BODY: dict[str, Any] = {"content": {"text/plain": {}}}

CHANGES: dict[str, tuple[Any, Any, str, Level]] = {
    "operation goes": (described({"/a": GET, "/b": GET}), described({"/b": GET}), "operation-removed", BREAKING),
    "method goes": (
        described({"/a": {**GET, "put": {"responses": {}}}}),
        described({"/a": GET}),
        "operation-removed",
        BREAKING,
    ),
    "operation goes after its sunset": (
        described({"/a": {"get": {"responses": {}, **OLD}}}),
        described({}),
        "operation-removed",
        RISKY,
    ),
    "operation goes before its sunset": (
        described({"/a": {"get": {"responses": {}, **GOING}}}),
        described({}),
        "operation-removed",
        BREAKING,
    ),
    "operation comes": (described({}), described({"/a": GET}), "operation-added", SAFE),
    "path parameter is renamed": (
        described({"/a/{x}": GET}),
        described({"/a/{y}": GET}),
        "path-parameters-renamed",
        SAFE,
    ),
    "required parameter comes": (with_operation(), query(required=True), "required-parameter-added", BREAKING),
    "optional parameter comes": (with_operation(), query(), "optional-parameter-added", SAFE),
    "parameter goes": (query(), with_operation(), "optional-parameter-removed", RISKY),
    "parameter goes before its sunset": (query(**GOING), with_operation(), "optional-parameter-removed", BREAKING),
    "parameter becomes required": (query(), query(required=True), "became-required", BREAKING),
    "parameter becomes optional": (query(required=True), query(), "became-optional", SAFE),
    "parameter is narrowed": (
        query(),
        query(schema={"type": "string", "enum": ["a"]}),
        "enum-added",
        BREAKING,
    ),
    "default changes": (
        query(schema={"type": "integer", "default": 20}),
        query(schema={"type": "integer", "default": 10}),
        "default-changed",
        BREAKING,
    ),
    "number becomes text": (query(schema={"type": "integer"}), query(), "type-widened", SAFE),
    "text becomes number": (query(), query(schema={"type": "integer"}), "type-narrowed", BREAKING),
    "text becomes a list": (
        query(),
        query(schema={"type": "array", "items": {"type": "string"}}),
        "type-widened",
        SAFE,
    ),
    "list is written otherwise": (query(explode=True), query(explode=False), "style-changed", BREAKING),
    "header in other letters": (
        with_parameter(name="X-Trace", schema={}, **{"in": "header"}),
        with_parameter(name="x-trace", schema={}, **{"in": "header"}),
        "rewritten",
        DOCS,
    ),
    "required body comes": (
        with_operation(),
        with_operation(requestBody={"required": True, **BODY}),
        "required-body-added",
        BREAKING,
    ),
    "optional body comes": (with_operation(), with_operation(requestBody=BODY), "optional-body-added", SAFE),
    "body goes": (with_operation(requestBody=BODY), with_operation(), "optional-body-removed", BREAKING),
    "body becomes required": (
        with_operation(requestBody=BODY),
        with_operation(requestBody={"required": True, **BODY}),
        "became-required",
        BREAKING,
    ),
    "request media type goes": (
        with_operation(requestBody={"content": {"text/plain": {}, "text/csv": {}}}),
        with_operation(requestBody=BODY),
        "media-type-removed",
        BREAKING,
    ),
    "success goes": (answered("200", "201"), answered("201"), "success-response-removed", BREAKING),
    "another success comes": (answered("200"), answered("200", "202"), "success-response-added", RISKY),
    "error comes": (answered("200"), answered("200", "404"), "error-response-added", SAFE),
    "error goes": (answered("200", "404"), answered("200"), "error-response-removed", SAFE),
    "response media type goes": (
        answered("200", text_plain={}, text_csv={}),
        answered("200", text_csv={}),
        "media-type-removed",
        BREAKING,
    ),
    "charset comes": (
        with_operation(requestBody=BODY),
        with_operation(requestBody={"content": {"text/plain; charset=utf-8": {}}}),
        "media-type-changed",
        SAFE,
    ),
    "required header goes": (
        answered("200", headers={"ETag": {"required": True}}),
        answered("200", headers={}),
        "required-header-removed",
        BREAKING,
    ),
    "optional header goes": (
        answered("200", headers={"ETag": {}}),
        answered("200", headers={}),
        "optional-header-removed",
        RISKY,
    ),
    "header may be missing": (
        answered("200", headers={"ETag": {"required": True}}),
        answered("200", headers={"ETag": {}}),
        "became-optional",
        BREAKING,
    ),
    "authorisation comes": (secured(), secured({"key": []}), "security-removed", BREAKING),
    "another way to authorise comes": (
        secured({"key": []}),
        secured({"key": []}, {"token": []}),
        "security-added",
        SAFE,
    ),
    "a scope comes": (secured({"oauth": ["read"]}), secured({"oauth": ["read", "list"]}), "security-removed", BREAKING),
    "a scope goes": (secured({"oauth": ["read", "list"]}), secured({"oauth": ["read"]}), "security-removed", SAFE),
    "the key moves": (
        described({}, components={"securitySchemes": KEYS}),
        described({}, components={"securitySchemes": {"key": {**KEYS["key"], "in": "query"}}}),
        "security-scheme-changed",
        BREAKING,
    ),
    "server goes": (
        described({}, servers=[{"url": "https://a.example"}, {"url": "https://b.example"}]),
        described({}, servers=[{"url": "https://a.example"}]),
        "server-removed",
        RISKY,
    ),
    "deprecation": (with_operation(), with_operation(deprecated=True), "deprecated", SAFE),
    "sunset comes": (with_operation(deprecated=True), with_operation(**GOING), "sunset-added", SAFE),
    "sunset goes": (with_operation(**GOING), with_operation(deprecated=True), "sunset-removed", BREAKING),
    "sunset moves closer": (
        with_operation(**GOING),
        with_operation(deprecated=True, **{"x-sunset": "2026-07-01"}),
        "sunset-decreased",
        BREAKING,
    ),
    "sunset is no date": (
        with_operation(**GOING),
        with_operation(deprecated=True, **{"x-sunset": "soon"}),
        "sunset-unreadable-changed",
        BREAKING,
    ),
    "stability falls": (
        with_operation(),
        with_operation(**{"x-stability-level": "beta"}),
        "stability-decreased",
        BREAKING,
    ),
    "operation id changes": (
        with_operation(operationId="list"),
        with_operation(operationId="all"),
        "operation-id-changed",
        RISKY,
    ),
    "tag comes": (with_operation(), with_operation(tags=["parcels"]), "tag-added", SAFE),
    "summary changes": (with_operation(summary="List."), with_operation(summary="List all."), "text-changed", DOCS),
    "unused component comes": (
        described({}),
        described({}, components={"schemas": {"A": {"type": "string"}}}),
        "unused-component-added",
        SAFE,
    ),
    "property of a request goes": (
        with_request({"type": "object", "properties": {"a": {"type": "string"}}}),
        with_request({"type": "object"}),
        "optional-property-removed",
        RISKY,
    ),
    "property of a request comes": (
        with_request({"type": "object"}),
        with_request({"type": "object", "properties": {"a": {"type": "string"}}}),
        "optional-property-added",
        RISKY,
    ),
    "property of a response comes": (
        with_response({"type": "object"}),
        with_response({"type": "object", "properties": {"a": {"type": "string"}}}),
        "optional-property-added",
        SAFE,
    ),
    "property of a closed response comes": (
        with_response({"type": "object", "additionalProperties": False}),
        with_response({"type": "object", "additionalProperties": False, "properties": {"a": {}}}),
        "optional-property-added",
        SAFE,
    ),
    "enumeration of a response grows": (
        with_response({"enum": ["a"]}),
        with_response({"enum": ["a", "b"]}),
        "enum-value-added",
        RISKY,
    ),
    "every value of an enumeration is another": (
        with_request({"enum": [1]}),
        with_request({"enum": ["a"]}),
        "enum-value-removed",
        BREAKING,
    ),
    "open enumeration of a response grows": (
        with_response({"anyOf": [{"enum": ["a"]}, {"type": "string"}]}),
        with_response({"anyOf": [{"enum": ["a", "b"]}, {"type": "string"}]}),
        "enum-value-added",
        SAFE,
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_has_its_rule_and_level(name: str) -> None:
    """The worst finding of a change is the one expected."""
    base, revision, rule, level = CHANGES[name]
    found = [(finding.level, finding.rule) for finding in compare(base, revision)]
    assert (level, rule) in found
    assert found[0][0] is level


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_has_its_mirror(name: str) -> None:
    """Exchanged descriptions give the opposite findings at the same places."""
    base, revision, _, _ = CHANGES[name]
    there = sorted((mirrored(f.rule), str(f.direction), f.identity) for f in compare(base, revision))
    back = sorted((f.rule, str(f.direction), f.identity) for f in compare(revision, base))
    assert there == back


def test_who_sends_a_webhook_is_the_other_side() -> None:
    """The body of a webhook is written by the server: it must not grow, and may shrink."""

    def webhook(schema: Any) -> dict[str, Any]:
        body = {"content": {"application/json": {"schema": schema}}}
        return described({}, webhooks={"sent": {"post": {"requestBody": body, "responses": {}}}})

    wide, narrow = webhook({"type": ["string", "null"]}), webhook({"type": "string"})
    assert [finding.level for finding in compare(wide, narrow)] == [SAFE]
    assert [finding.level for finding in compare(narrow, wide)] == [BREAKING]


def test_a_callback_is_compared_from_the_other_side() -> None:
    """The body of a callback is written by the server, its response by the client."""

    def callback(required: bool) -> dict[str, Any]:
        item = {"post": {"requestBody": {"required": required, **BODY}, "responses": {}}}
        return with_operation(callbacks={"done": {"{$request.query.url}": item}})

    assert [finding.level for finding in compare(callback(required=True), callback(required=False))] == [BREAKING]
    assert [finding.level for finding in compare(callback(required=False), callback(required=True))] == [SAFE]


def test_a_read_only_property_is_not_required_of_requests() -> None:
    """`required` speaks of read-only properties in responses only."""
    schema = {"type": "object", "properties": {"id": {"type": "string", "readOnly": True}}}
    assert {f.level for f in compare(with_request(schema), with_request({**schema, "required": ["id"]}))} == {DOCS}
    required = compare(with_response({**schema, "required": ["id"]}), with_response(schema))
    assert [(finding.rule, finding.level) for finding in required] == [("became-optional", BREAKING)]


def test_null_is_the_same_in_both_dialects() -> None:
    """Moving from `nullable` in 3.0 to a type in 3.1 changes nothing on the wire."""
    old = with_response({"type": "string", "nullable": True}, version="3.0.3")
    new = with_response({"type": ["string", "null"]}, version="3.1.0")
    assert [(finding.rule, finding.level) for finding in compare(old, new)] == [("openapi-changed", SAFE)]


def test_a_shared_schema_is_reported_once_for_all_its_operations() -> None:
    """One change of a component is one finding that names every operation it concerns."""

    def shared(types: list[str]) -> dict[str, Any]:
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Parcel"}}}
        item = {"get": {"responses": {"200": {"description": "", "content": content}}}}
        schema = {"type": "object", "properties": {"weight": {"type": types}}}
        return described({"/a": item, "/b": item, "/c": GET}, components={"schemas": {"Parcel": schema}})

    (finding,) = compare(shared(["integer"]), shared(["integer", "null"]))
    assert finding.operations == ("GET /a", "GET /b")
    assert finding.subject == "Parcel.weight"
    assert finding.pointer == "/components/schemas/Parcel/properties/weight/type"


def test_schemas_that_contain_themselves_are_compared() -> None:
    """A recursive schema is compared once, and its change found."""

    def tree(least: int) -> dict[str, Any]:
        node = {"type": "object", "properties": {"size": {"minimum": least, "type": "integer"}, "next": {"$ref": REF}}}
        return with_request({"$ref": REF}, schemas={"Node": node})

    assert [finding.rule for finding in compare(tree(0), tree(1))] == ["minimum-increased"]


REF = "#/components/schemas/Node"


def test_a_long_chain_of_schemas_is_no_problem() -> None:
    """Schemas that refer to one another in a chain of hundreds are compared to the last."""

    def chain(last: str) -> dict[str, Any]:
        schemas: dict[str, Any] = {
            f"Link{n}": {"type": "object", "properties": {"next": {"$ref": f"#/components/schemas/Link{n + 1}"}}}
            for n in range(800)
        }
        return with_response({"$ref": "#/components/schemas/Link0"}, schemas={**schemas, "Link800": {"type": last}})

    assert [finding.subject for finding in compare(chain("integer"), chain("string"))] == ["Link800"]


def test_a_fingerprint_survives_unrelated_edits() -> None:
    """Other lines, other operations and other parameters leave a fingerprint alone; another value does not."""

    def parcels(maximum: int, *, edited: bool) -> dict[str, Any]:
        limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": maximum}}
        others = [{"name": "after", "in": "query", "schema": {"type": "string"}}] if edited else []
        paths = {"/parcels": {"get": {"parameters": [*others, limit], "responses": {}}}}
        return described({"/a": GET, **paths} if edited else paths)

    def fingerprint(maximum: int, *, edited: bool) -> str:
        (finding,) = compare(parcels(100, edited=edited), parcels(maximum, edited=edited))
        return finding.fingerprint

    assert fingerprint(50, edited=False) == fingerprint(50, edited=True)
    assert fingerprint(50, edited=False) != fingerprint(40, edited=False)


def test_references_lead_into_other_files() -> None:
    """What stands in another file is compared, and its lines are those of that file."""
    root = "openapi: 3.1.0\npaths:\n  /a:\n    $ref: parts/a.yaml#/item\n"
    part = "item:\n  get:\n    parameters:\n      - {name: q, in: query, schema: {$ref: b.yaml}}\n    responses: {}\n"
    sides = [
        loaded(root, **{"parts/a.yaml": part, "parts/b.yaml": f"# text\ntype: string\nmaxLength: {length}\n"})
        for length in (9, 8)
    ]
    (finding,) = compare_descriptions(sides[0], sides[1], TODAY)
    assert finding.revision is not None
    assert (finding.revision.document.path, finding.revision.line) == ("parts/b.yaml", 3)
