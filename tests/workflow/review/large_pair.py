"""Write a pair of descriptions as large as the largest published ones, to measure what a review costs.

python -m tests.workflow.review.large_pair FOLDER [LINES]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

_LINES_PER_RESOURCE = 169
"""Lines one resource takes in the written file, measured."""


def describe(resources: int, *, revised: bool) -> dict[str, Any]:
    """Build a description with linked schemas, shared parameters and unions.

    Args:
        resources: How many resources to describe; each brings two paths, four operations and six schemas.
        revised: Whether to describe them after a change that touches one in ten.

    Returns:
        An OpenAPI 3.1 description as plain data.
    """
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {"Problem": _object({"code": {"type": "string"}, "text": {"type": "string"}}, ["code"])}
    for number in range(resources):
        changed = revised and number % 10 == 0
        paths |= _paths(number)
        schemas |= _schemas(number, (number + 1) % resources, changed=changed)
    parameters = {
        "limit": {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 50 if revised else 100}},
        "cursor": {"name": "cursor", "in": "query", "schema": {"type": "string", "minLength": 1}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Warehouse", "version": "2.0.0" if revised else "1.0.0"},
        "paths": paths,
        "components": {"schemas": schemas, "parameters": parameters},
    }


def write(folder: Path, lines: int = 90_000) -> tuple[Path, Path]:
    """Write base and revision of about `lines` lines each and return their paths."""
    resources = max(2, lines // _LINES_PER_RESOURCE)
    written: list[Path] = []
    for name, revised in (("base.yaml", False), ("revision.yaml", True)):
        path = folder / name
        text = yaml.dump(describe(resources, revised=revised), Dumper=_Dumper, sort_keys=False)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written[0], written[1]


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _paths(number: int) -> dict[str, Any]:
    one, page = _reference(f"Item{number}"), _reference(f"Item{number}Page")
    listed = [{"$ref": "#/components/parameters/limit"}, {"$ref": "#/components/parameters/cursor"}]
    key = [{"name": "key", "in": "path", "required": True, "schema": {"type": "string"}}]
    return {
        f"/items{number}": {
            "get": _operation(f"list_items{number}", page, parameters=listed),
            "post": _operation(f"create_item{number}", one, body=_reference(f"Item{number}Draft")),
        },
        f"/items{number}/{{key}}": {
            "parameters": key,
            "get": _operation(f"get_item{number}", one),
            "delete": _operation(f"delete_item{number}", one),
        },
    }


def _operation(name: str, answer: Any, *, parameters: Any = None, body: Any = None) -> dict[str, Any]:
    operation: dict[str, Any] = {"operationId": name, "summary": f"Do {name}.", "tags": ["items"]}
    if parameters:
        operation["parameters"] = parameters
    if body:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    operation["responses"] = {
        "200": {"description": "Done.", "content": {"application/json": {"schema": answer}}},
        "default": {"description": "Failed.", "content": {"application/json": {"schema": _reference("Problem")}}},
    }
    return operation


def _schemas(number: int, following: int, *, changed: bool) -> dict[str, Any]:
    item = f"Item{number}"
    states = ["new", "packed", "sent"] + (["lost"] if changed else [])
    details = {
        "oneOf": [_reference(f"{item}Box"), _reference(f"{item}Letter"), {"type": "null"}],
        "discriminator": {"propertyName": "kind"},
    }
    properties = {
        "key": {"type": "string", "description": f"Names item {number}.", "pattern": "^[a-z]+$"},
        "state": {"type": "string", "enum": states},
        "weight": {"type": "number", "minimum": 0, "maximum": 50 if changed else 40},
        "labels": {"type": "array", "items": {"type": "string", "maxLength": 64}, "maxItems": 16},
        "details": details,
        "next": _reference(f"Item{following}"),
        "notes": {"type": ["string", "null"], "description": "What people wrote about it."},
    }
    return {
        item: _object(properties, ["key", "state"] if changed else ["key", "state", "weight"]),
        f"{item}Draft": {"allOf": [_reference(item), _object({"origin": {"type": "string"}}, ["origin"])]},
        f"{item}Page": _object(
            {"data": {"type": "array", "items": _reference(item)}, "more": {"type": "boolean"}}, ["data"]
        ),
        f"{item}Box": _object({"kind": {"const": "box"}, "width": {"type": "integer", "format": "int32"}}, ["kind"]),
        f"{item}Letter": _object({"kind": {"const": "letter"}, "stamps": {"type": "integer"}}, ["kind"]),
    }


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required}


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


if __name__ == "__main__":
    for path in write(Path(sys.argv[1]), *(int(argument) for argument in sys.argv[2:3])):
        sys.stdout.write(f"{path}\n")
