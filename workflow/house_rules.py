"""The rules of the house for a contract, beyond what OpenAPI asks: each with the line where it is broken.

CONTRIBUTING tells them to people; `nox -s generate` checks them before anything is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflow.contract import references
from workflow.document import Document, DocumentError, Node

_SCHEMA_KEYWORDS = frozenset(
    [
        "additionalProperties",
        "allOf",
        "anyOf",
        "const",
        "contentEncoding",
        "contentMediaType",
        "default",
        "deprecated",
        "description",
        "discriminator",
        "enum",
        "examples",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "items",
        "maxItems",
        "maxLength",
        "maximum",
        "minItems",
        "minLength",
        "minimum",
        "multipleOf",
        "not",
        "oneOf",
        "pattern",
        "properties",
        "readOnly",
        "required",
        "title",
        "type",
        "uniqueItems",
        "writeOnly",
        "$ref",
    ]
)
"""Keywords that a schema here may have: not what is misspelt, or of OpenAPI 3.0 (`nullable`, `example`)."""

_SEMANTIC_VERSION = re.compile(r"\d+\.\d+\.\d+")


def broken_rules(document: Document) -> Iterator[DocumentError]:
    """Yield where a valid contract breaks a rule of the house."""
    version = document.data["info"]["version"]
    if not _SEMANTIC_VERSION.fullmatch(str(version)):
        yield document.error(["info", "version"], f"info.version must be MAJOR.MINOR.PATCH, not {version!r}")
    for kind in ("parameters", "headers", "responses", "securitySchemes"):
        for name, node in _children(document.find(["components", kind])):
            yield from _undescribed(document, node, name)
    schemas = dict(_children(document.find(["components", "schemas"])))
    for name, schema in schemas.items():
        yield from _schema_faults(document, name, schema)
        yield from _circle(document, name, schemas)
    used = {reference for _, reference in _schemas_in(document.root)}
    for name in sorted(schemas.keys() - used):
        yield DocumentError(document.path, schemas[name].line, f"{name} is used nowhere: refer to it, or take it out")


def _schema_faults(document: Document, name: str, schema: Node) -> Iterator[DocumentError]:
    yield from _undescribed(document, schema, name)
    if not _value(schema, "examples"):
        yield DocumentError(document.path, schema.line, f"{name} needs `examples`, a list with at least one")
    properties = dict(_children((schema.members or {}).get("properties")))
    for key, prop in properties.items():
        yield from _undescribed(document, prop, f"{name}.{key}")
    for required in _value(schema, "required") or []:
        if required not in properties:
            line = (schema.members or {})["required"].line
            yield DocumentError(document.path, line, f"{name} requires {required!r}, which is none of its properties")
    for place, inner in _inner(name, schema):
        for keyword, node in _children(inner):
            if keyword not in _SCHEMA_KEYWORDS and not keyword.startswith("x-"):
                reason = f"{place}: {keyword!r} is no keyword of a schema here"
                if keyword == "nullable":
                    reason += '; write `type: [..., "null"]`, or `anyOf` with `type: "null"`'
                yield DocumentError(document.path, node.line, reason)
        if inner is not schema and {"properties", "enum"} & (inner.members or {}).keys():
            reason = f"{place}: give this schema a name in components.schemas and refer to it"
            yield DocumentError(document.path, inner.line, reason)


def _undescribed(document: Document, node: Node, name: str) -> Iterator[DocumentError]:
    description = _value(node, "description")
    if not isinstance(description, str) or not description.rstrip().endswith((".", ")")):
        yield DocumentError(
            document.path, node.line, f"{name} needs a `description`: a sentence that ends with a full stop"
        )


def _inner(place: str, schema: Node) -> Iterator[tuple[str, Node]]:
    """Yield a schema and those within it, each with its place."""
    yield place, schema
    members = schema.members or {}
    for key, prop in _children(members.get("properties")):
        yield from _inner(f"{place}.{key}", prop)
    for keyword in ("items", "additionalProperties"):
        if keyword in members and members[keyword].members is not None:
            yield from _inner(f"{place}.{keyword}", members[keyword])
    for keyword in ("anyOf", "oneOf", "allOf"):
        for index, member in _children(members.get(keyword)):
            yield from _inner(f"{place}.{keyword}[{index}]", member)


def _circle(document: Document, start: str, schemas: dict[str, Node]) -> Iterator[DocumentError]:
    """Yield where a schema leads back to itself: a module per model cannot import itself."""
    for line, first in _schemas_in(schemas[start]):
        waiting, seen = [first], set[str]()
        while waiting:
            name = waiting.pop()
            if name == start:
                reason = f"{start} holds itself, through {first}; the templates write no code for that"
                yield DocumentError(document.path, line, reason)
                return
            if name in schemas and name not in seen:
                seen.add(name)
                waiting += [reference for _, reference in _schemas_in(schemas[name])]


def _schemas_in(node: Node) -> Iterator[tuple[int, str]]:
    """Yield line and name of each schema of `components` that is referred to in or below a node."""
    for reference in references(node):
        kind, _, name = str(reference.value).rpartition("/")
        if kind == "#/components/schemas":
            yield reference.line, name


def _children(node: Node | None) -> Iterator[tuple[str, Node]]:
    return node.children() if node is not None else iter(())


def _value(node: Node, key: str) -> Any:
    child = (node.members or {}).get(key)
    return child.plain() if child is not None else None
