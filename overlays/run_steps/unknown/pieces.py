"""What the contract would have to say to name what it does not: the piece of `openapi.yaml` to add."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, TypeAlias

from attrs import define, field

from run_steps.unknown.finding import Unknown, enums_of
from run_steps.unknown.shapes import Shape, is_name
from run_steps_api import models
from run_steps_api.types import members_of

_Piece: TypeAlias = dict[str, Any]

_SCALARS = ("string", "integer", "number", "boolean")
"""Types that a property may have several of, in the order in which the contract names them."""

_PLACEHOLDERS: Mapping[str, Any] = {"string": "text", "integer": 1, "number": 0.5, "boolean": True, "null": None}

_HEAD = """\
# What was sent and openapi.yaml does not name. Read it, describe it, and merge it there: properties, values of enum and
# entries of mapping go behind the others, a member of anyOf before the last one. Then `nox -s regenerate`.
"""

_PLAIN = re.compile(r"[$A-Za-z_][\w.,:;()' /-]*[\w.)]|[A-Za-z_]")
_WORDS_OF_YAML = frozenset({"false", "n", "no", "null", "off", "on", "true", "y", "yes"})


def as_contract(unknowns: Iterable[Unknown]) -> str:
    """Write what the contract would say if it named everything that was found.

    It obeys the rules of the contract: everything is open and optional, and says where it was seen. What nobody can
    decide without looking, such as a field that is no object where one is described, is a comment.

    Args:
        unknowns: What was found.

    Returns:
        YAML to read and to merge into the contract; comments alone when there is nothing to add.
    """
    pieces = _Pieces()
    for unknown in unknowns:
        pieces.add(unknown)
    lines = _yaml({"components": {"schemas": pieces.schemas}}) if pieces.schemas else ()
    remarks = ["# Not decided here:", *(f"#   {remark}" for remark in pieces.remarks)] if pieces.remarks else []
    return "".join(f"{line}\n" for line in (*_HEAD.splitlines(), *lines, *remarks))


@define
class _Pieces:
    schemas: dict[str, _Piece] = field(factory=dict[str, _Piece])
    remarks: list[str] = field(factory=list[str])

    def add(self, unknown: Unknown) -> None:
        schema, name = unknown.schema, unknown.name
        if unknown.what == "misfit":
            self._widen(unknown)
        elif not is_name(name):
            self.remarks.append(f"{unknown.what} of {schema} {name}: {unknown.shape}")
        elif unknown.what == "value":
            self._add_value(schema, name)
        elif unknown.what == "kind":
            self._add_kind(unknown)
        else:
            properties = self._properties(schema)
            properties[name] = self._property(f"{schema}_{name}", unknown.shape, _seen(unknown))

    def _add_value(self, schema: str, value: str) -> None:
        piece = self.schemas.setdefault(schema, {})
        piece.setdefault("enum", []).append(value)
        enum: Iterable[Enum] = getattr(models, schema)
        if any(member.name != constant(str(member.value)) for member in enum):
            piece.setdefault("x-enum-varnames", []).append(constant(value))

    def _add_kind(self, unknown: Unknown) -> None:
        members = members_of(getattr(models, f"Unknown{unknown.schema}"))
        assert members is not None
        tag = members.tag
        schema = self._new(f"{unknown.name}_{unknown.schema}")
        properties = {tag: {"description": f"Kind. {_seen(unknown)}", "const": unknown.name}}
        self.schemas[schema] = {
            "description": f"Not described yet. {_seen(unknown)}",
            "type": "object",
            "required": [tag],
            "properties": properties,
        }
        for name, shape in unknown.shape.fields.items():
            properties[name] = self._property(f"{schema}_{name}", shape, _seen(unknown))
        self.schemas[schema]["examples"] = [{tag: unknown.name, **_example(unknown.shape)}]
        union = self.schemas.setdefault(unknown.schema, {"anyOf": [], "discriminator": {"mapping": {}}})
        union["anyOf"].append({"$ref": _reference(schema)})
        union["discriminator"]["mapping"][unknown.name] = _reference(schema)

    def _widen(self, unknown: Unknown) -> None:
        """Add types to a property of plain values; anything else is for a person to decide."""
        model, name = getattr(models, unknown.schema, None), unknown.name
        types = {*unknown.expected.split(" or "), *unknown.shape.types}
        attribute, _ = getattr(model, "_fields", {}).get(name, ("", ""))
        if not attribute or not types <= {*_SCALARS, "null"} or attribute in enums_of(model):
            where = f"{unknown.schema}.{name}"
            self.remarks.append(f"{where} is {unknown.expected}, and was {unknown.shape}. {_seen(unknown)}")
            return
        self._properties(unknown.schema)[name] = {"type": _types(types)}

    def _properties(self, schema: str) -> _Piece:
        properties: _Piece = self.schemas.setdefault(schema, {}).setdefault("properties", {})
        return properties

    def _property(self, name: str, shape: Shape, seen: str) -> _Piece:
        """Return the schema of a property; objects in it get a schema of their own, under a name made of this one."""
        described = {"description": f"Not described yet. {seen}"}
        types, kinds = shape.types - {"null"}, shape.types
        if types == {"object"}:
            reference = {"$ref": _reference(self._object(name, shape, seen))}
            return described | (reference if kinds == types else {"anyOf": [reference, {"type": "null"}]})
        if types == {"array"} and shape.items and shape.items.types == {"object"}:
            items = {"$ref": _reference(self._object(f"{name}_item", shape.items, seen))}
            return described | {"type": "array" if kinds == types else ["array", "null"], "items": items}
        if types and types <= set(_SCALARS):
            return described | {"type": _types(kinds)}
        return described  # which is anything

    def _object(self, name: str, shape: Shape, seen: str) -> str:
        schema = self._new(name)
        piece: _Piece = {"description": f"Not described yet. {seen}", "type": "object"}
        self.schemas[schema] = piece
        if shape.fields:
            piece["properties"] = {
                inner: self._property(f"{name}_{inner}", part, seen) for inner, part in shape.fields.items()
            }
        if shape.has_other_names or not shape.fields:
            piece["additionalProperties"] = True
        piece["examples"] = [_example(shape)]
        return schema

    def _new(self, name: str) -> str:
        """Return a name for a schema that is not taken."""
        words = re.split(r"[^A-Za-z0-9]+", name)
        wanted = "".join(word[:1].upper() + word[1:] for word in words)
        taken = {*dir(models), *self.schemas}
        return next(one for one in (wanted, *(f"{wanted}{number}" for number in range(2, 1000))) if one not in taken)


def _seen(unknown: Unknown) -> str:
    servers = " and ".join(" ".join(re.findall(r"[\w.-]+", server)) for server in unknown.servers)
    return f"Seen on {servers}."


def _reference(schema: str) -> str:
    return f"#/components/schemas/{schema}"


def _types(types: Iterable[str]) -> str | list[str]:
    found = set(types)
    if "number" in found:
        found.discard("integer")  # which a number may be
    words = [word for word in (*_SCALARS, "null") if word in found]
    return words if len(words) > 1 else words[0]


def _example(shape: Shape) -> _Piece:
    """Return an object of a shape that says nothing of those that were seen."""
    return {name: value for name, part in shape.fields.items() for value in _examples(part)}


def _examples(shape: Shape) -> Iterator[Any]:
    """Yield a value of a shape, if there is one to show."""
    types = shape.types - {"null"}
    if types == {"object"}:
        yield _example(shape)
    elif types == {"array"} and shape.items and shape.items.types == {"object"}:
        yield [_example(shape.items)]
    elif types and types <= set(_SCALARS):
        yield next(_PLACEHOLDERS[word] for word in _SCALARS if word in types)


def constant(value: str) -> str:
    """Return what the generator calls a value of an enumeration."""
    return re.sub(r"[^A-Za-z0-9]+", "_", value).upper()


def _yaml(value: Any, indent: int = 0) -> Iterator[str]:
    """Yield the lines of JSON as YAML."""
    blanks = " " * indent
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _entry(f"{blanks}{_scalar(key)}:", inner, indent)
    elif isinstance(value, list) and value:
        for item in value:
            first, *rest = list(_yaml(item, indent + 2))
            yield f"{blanks}- {first.lstrip()}"
            yield from rest
    else:
        yield f"{blanks}{_scalar(value)}"


def _entry(key: str, value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, list) and all(isinstance(item, str) for item in value) and key.strip() in _SHORT:
        yield f"{key} [{', '.join(map(_scalar, value))}]"
    elif isinstance(value, dict | list) and value:
        yield key
        yield from _yaml(value, indent + 2)
    else:
        yield f"{key} {_scalar(value)}"


_SHORT = ("type:", "required:")
"""Lists that stand in one line."""


def _scalar(value: Any) -> str:
    is_plain = isinstance(value, str) and _PLAIN.fullmatch(value) and ": " not in value
    return value if is_plain and value.lower() not in _WORDS_OF_YAML else json.dumps(value)
