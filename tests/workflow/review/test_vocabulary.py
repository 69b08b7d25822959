"""No keyword of OpenAPI or JSON Schema changes in silence, wherever it stands."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.workflow.review.descriptions import compare

# https://spec.openapis.org/oas v3.0.4, v3.1.1 and v3.2.0, and https://json-schema.org drafts 4 to 2020-12: two values
# for each keyword.
SCHEMA: dict[str, tuple[Any, Any]] = {
    "title": ("a", "b"), "description": ("a", "b"), "default": (1, 2), "deprecated": (False, True),
    "examples": ([1], [2]), "example": (1, 2),
    "type": ("string", "integer"), "enum": (["a"], ["b"]), "const": ("a", "b"), "multipleOf": (2, 3),
    "maximum": (5, 6), "exclusiveMaximum": (5, 6), "minimum": (1, 2), "exclusiveMinimum": (1, 2),
    "maxLength": (5, 6), "minLength": (1, 2), "pattern": ("^a", "^b"), "maxItems": (5, 6), "minItems": (1, 2),
    "uniqueItems": (False, True), "maxContains": (5, 6), "minContains": (2, 3), "maxProperties": (5, 6),
    "minProperties": (1, 2), "required": (["a"], ["b"]), "dependentRequired": ({"a": ["b"]}, {"a": ["c"]}),
    "format": ("date", "uuid"), "contentEncoding": ("base64", "base32"), "contentMediaType": ("a/b", "a/c"),
    "contentSchema": (None, {"type": "string"}), "properties": ({"a": {}}, {"b": {}}),
    "patternProperties": ({"^a": False}, {"^b": False}), "additionalProperties": (False, True),
    "propertyNames": ({"pattern": "^a"}, {"pattern": "^b"}), "unevaluatedProperties": (False, {"type": "string"}),
    "dependentSchemas": ({"a": False}, {"b": False}), "prefixItems": ([{"type": "string"}], [{"type": "integer"}]),
    "items": ({"type": "string"}, {"type": "integer"}), "contains": ({"type": "string"}, {"type": "integer"}),
    "unevaluatedItems": (False, {"type": "string"}), "allOf": ([{"minLength": 1}], [{"minLength": 2}]),
    "anyOf": ([{"type": "string"}], [{"type": "integer"}]), "oneOf": ([{"type": "string"}], [{"type": "integer"}]),
    "not": ({"const": "a"}, {"const": "b"}), "if": ({"const": "a"}, {"const": "b"}),
    "discriminator": ({"propertyName": "a"}, {"propertyName": "b"}), "externalDocs": ({"url": "a"}, {"url": "b"}),
    "xml": ({"name": "a"}, {"name": "b"}), "$comment": ("a", "b"), "x-anything": (1, 2),
    "$defs": ({"a": {}}, {"b": {}}),
    "$anchor": ("a", "b"), "$id": ("a", "b"), "$schema": ("a", "b"), "$vocabulary": ({"a": True}, {"a": False}),
    "$dynamicAnchor": ("a", "b"), "dependencies": ({"a": ["b"]}, {"a": ["c"]}), "additionalItems": (False, True),
    "definitions": ({"a": {}}, {"b": {}}), "$recursiveAnchor": (False, True), "extends": ({}, {"a": 1}),
    "divisibleBy": (2, 3), "somethingNew": (1, 2),
}  # fmt: skip
PROPERTY: dict[str, tuple[Any, Any]] = {
    "readOnly": (False, True),
    "writeOnly": (False, True),
    "type": ("string", "integer"),
}
PARAMETER: dict[str, tuple[Any, Any]] = {
    "description": ("a", "b"), "required": (False, True), "deprecated": (False, True), "allowEmptyValue": (False, True),
    "style": ("form", "pipeDelimited"), "explode": (True, False), "allowReserved": (False, True), "example": (1, 2),
    "examples": ({"a": {}}, {"b": {}}), "x-a": (1, 2), "somethingNew": (1, 2),
}  # fmt: skip
OPERATION: dict[str, tuple[Any, Any]] = {
    "tags": (["a"], ["b"]), "summary": ("a", "b"), "description": ("a", "b"),
    "externalDocs": ({"url": "a"}, {"url": "b"}),
    "operationId": ("a", "b"), "deprecated": (False, True), "security": ([{"a": []}], [{"b": []}]),
    "servers": ([{"url": "/a"}], [{"url": "/b"}]), "callbacks": ({"a": {}}, {"b": {}}), "x-a": (1, 2),
    "parameters": ([], [{"name": "a", "in": "query", "schema": {}}]),
    "requestBody": ({"content": {"a/b": {}}}, {"content": {"a/c": {}}}),
    "responses": ({"200": {"description": "d"}}, {"201": {"description": "d"}}), "somethingNew": (1, 2),
}  # fmt: skip
RESPONSE: dict[str, tuple[Any, Any]] = {
    "description": ("a", "b"), "summary": ("a", "b"), "links": ({"a": {}}, {"b": {}}), "x-a": (1, 2),
    "somethingNew": (1, 2),
    "headers": ({"A": {"schema": {}}}, {"B": {"schema": {}}}), "content": ({"a/b": {}}, {"a/c": {}}),
}  # fmt: skip
MEDIA_TYPE: dict[str, tuple[Any, Any]] = {
    "schema": ({"type": "string"}, {"type": "integer"}), "itemSchema": ({"type": "string"}, {"type": "integer"}),
    "example": (1, 2), "examples": ({"a": {}}, {"b": {}}), "encoding": ({"a": {"contentType": "b/c"}}, {}),
    "prefixEncoding": ([{"contentType": "b/c"}], []), "itemEncoding": ({"contentType": "b/c"}, {}),
    "somethingNew": (1, 2),
}  # fmt: skip
HEADER: dict[str, tuple[Any, Any]] = {
    "description": ("a", "b"), "required": (False, True), "deprecated": (False, True), "explode": (False, True),
    "schema": ({"type": "string"}, {"type": "integer"}), "example": (1, 2), "somethingNew": (1, 2),
}  # fmt: skip
PATH_ITEM: dict[str, tuple[Any, Any]] = {
    "summary": ("a", "b"), "description": ("a", "b"), "servers": ([{"url": "/a"}], [{"url": "/b"}]), "x-a": (1, 2),
    "parameters": ([], [{"name": "a", "in": "query", "schema": {}}]), "query": (None, {"responses": {}}),
    "additionalOperations": ({}, {"COPY": {"responses": {}}}), "post": (None, {"responses": {}}),
    "somethingNew": (1, 2),
}  # fmt: skip
SCHEME: dict[str, tuple[Any, Any]] = {
    "type": ("http", "apiKey"), "description": ("a", "b"), "name": ("a", "b"), "in": ("query", "header"),
    "scheme": ("basic", "bearer"), "bearerFormat": ("a", "b"), "openIdConnectUrl": ("a", "b"),
    "deprecated": (False, True),
    "flows": ({"implicit": {"authorizationUrl": "a"}}, {"implicit": {"authorizationUrl": "b"}}),
    "oauth2MetadataUrl": ("a", "b"), "somethingNew": (1, 2),
}  # fmt: skip
ROOT: dict[str, tuple[Any, Any]] = {
    "$self": ("a", "b"), "jsonSchemaDialect": ("a", "b"), "servers": ([{"url": "/a"}], [{"url": "/b"}]),
    "security": ([{"a": []}], [{"b": []}]), "tags": ([{"name": "a"}], [{"name": "b"}]), "x-a": (1, 2),
    "externalDocs": ({"url": "a"}, {"url": "b"}), "webhooks": ({}, {"a": {"post": {"responses": {}}}}),
    "somethingNew": (1, 2),
}  # fmt: skip
SERVER: dict[str, tuple[Any, Any]] = {
    "url": ("/a", "/b"), "description": ("a", "b"), "name": ("a", "b"), "variables": ({"a": {"default": "1"}}, {}),
    "somethingNew": (1, 2),
}  # fmt: skip
TAG: dict[str, tuple[Any, Any]] = {
    "name": ("a", "b"), "summary": ("a", "b"), "description": ("a", "b"), "parent": ("a", "b"), "kind": ("a", "b"),
    "externalDocs": ({"url": "a"}, {"url": "b"}), "somethingNew": (1, 2),
}  # fmt: skip
INFO: dict[str, tuple[Any, Any]] = {
    "title": ("a", "b"), "summary": ("a", "b"), "description": ("a", "b"), "version": ("1", "2"),
    "somethingNew": (1, 2),
    "termsOfService": ("a", "b"), "contact": ({"name": "a"}, {"name": "b"}), "license": ({"name": "a"}, {"name": "b"}),
}  # fmt: skip

DESCRIPTION: dict[str, Any] = {
    "openapi": "3.2.0",
    "info": {"title": "t", "version": "1"},
    "servers": [{"url": "/"}],
    "tags": [{"name": "a"}],
    "security": [{"key": []}],
    "paths": {
        "/a": {
            "get": {
                "parameters": [{"name": "p", "in": "query", "schema": {"type": "string"}}],
                "requestBody": {"content": {"application/json": {"schema": {"properties": {"a": {"type": "string"}}}}}},
                "responses": {
                    "200": {
                        "description": "d",
                        "headers": {"H": {"schema": {"type": "string"}}},
                        "content": {"application/xml": {"schema": {}}},
                    }
                },
            }
        }
    },
    "components": {"securitySchemes": {"key": {"type": "http", "scheme": "basic"}}},
}
GET = ("paths", "/a", "get")
PLACES: dict[str, tuple[tuple[str | int, ...], dict[str, tuple[Any, Any]]]] = {
    "description": ((), ROOT),
    "info": (("info",), INFO),
    "server": (("servers", 0), SERVER),
    "tag": (("tags", 0), TAG),
    "path item": (("paths", "/a"), PATH_ITEM),
    "operation": (GET, OPERATION),
    "parameter": ((*GET, "parameters", 0), PARAMETER),
    "response": ((*GET, "responses", "200"), RESPONSE),
    "header": ((*GET, "responses", "200", "headers", "H"), HEADER),
    "media type": ((*GET, "requestBody", "content", "application/json"), MEDIA_TYPE),
    "security scheme": (("components", "securitySchemes", "key"), SCHEME),
    "schema of a request": ((*GET, "requestBody", "content", "application/json", "schema"), SCHEMA),
    "schema of a response": ((*GET, "responses", "200", "content", "application/xml", "schema"), SCHEMA),
    "property": ((*GET, "requestBody", "content", "application/json", "schema", "properties", "a"), PROPERTY),
    "schema of a parameter": ((*GET, "parameters", 0, "schema"), SCHEMA),
}  # fmt: skip
KEYWORDS = [(name, keyword) for name, (_, words) in PLACES.items() for keyword in words]
NEEDS: dict[str, dict[str, Any]] = {
    "contentSchema": {"contentMediaType": "application/json"},
    "discriminator": {"oneOf": [{"type": "object"}, {"type": "array", "items": {}}]},
    "if": {"then": False},
    "maxContains": {"contains": {"type": "string"}},
    "minContains": {"contains": {"type": "string"}},
}
"""Keywords that others say nothing without."""


def _with(name: str, keyword: str, value: Any) -> dict[str, Any]:
    description = copy.deepcopy(DESCRIPTION)
    place: Any = description
    path, words = PLACES[name]
    for key in path:
        place = place[key]
    if words is SCHEMA and keyword not in ("type", "const", "enum"):
        place.pop("type", None)
        place |= copy.deepcopy(NEEDS.get(keyword, {}))
    if value is None:
        place.pop(keyword, None)
    else:
        place[keyword] = value
    return description


@pytest.mark.parametrize(("name", "keyword"), KEYWORDS)
def test_a_keyword_that_changes_gives_a_finding(name: str, keyword: str) -> None:
    """Each keyword of each object is told when its value changes, and one that nobody knows as risky."""
    before, after = PLACES[name][1][keyword]
    findings = compare(_with(name, keyword, before), _with(name, keyword, after))

    assert [finding for finding in findings if finding.rule != "rewritten"]
    if keyword == "somethingNew" and name not in ("info", "security scheme"):
        assert [(finding.rule, finding.level.value) for finding in findings] == [("unknown-keyword-changed", "risky")]
