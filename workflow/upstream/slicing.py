"""Cut out of a big description the operations whose paths are ours by shape, and all that they refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import unquote

from attrs import define, field, frozen

from workflow.upstream.swagger import converted

_DATA = frozenset({"const", "default", "enum", "mapping", "required", "scopes", "security"})
"""Keys whose values are kept as they are."""

_MAPS = frozenset(
    {
        "$defs", "callbacks", "components", "content", "definitions", "dependentSchemas", "encoding", "headers",
        "parameters", "pathItems", "paths", "patternProperties", "properties", "requestBodies", "responses", "schemas",
        "securityDefinitions", "securitySchemes", "variables",
    }
)  # fmt: skip
"""Keys of maps from names that people chose, `example` and `x-note` among them."""

_LEFT_OUT = frozenset({"example", "examples", "externalDocs", "links"})
_EXTENSIONS = frozenset(
    {"x-extensible-enum", "x-ms-discriminator-value", "x-nullable", "x-stability-level", "x-sunset"}
)
"""What the review, or the conversion of Swagger 2.0, understands; other extensions only make noise."""


@frozen
class Slice:
    """Our part of a description.

    Attributes:
        data: An OpenAPI 3 description; without paths when none of them is ours.
        left_open: References that lead nowhere or to other files: what they stand for is not known.
    """

    data: dict[str, Any]
    left_open: tuple[str, ...] = ()

    @property
    def components(self) -> int:
        """How many components came along (count)."""
        return sum(len(named) for named in self.data.get("components", {}).values())


def shape(path: str) -> str:
    """Return a path with the names of its parameters left out."""
    return re.sub(r"\{[^{}]*\}", "{}", path)


def sliced(description: Any, patterns: Sequence[str]) -> Slice:
    """Cut our part out of a description.

    Args:
        description: OpenAPI 3 or Swagger 2.0 as plain data; the latter is converted.
        patterns: Shapes of paths that are ours, such as `/threads/{}/runs*`; a star stands for any text.

    Raises:
        ValueError: It is neither.
    """
    if not isinstance(description, dict) or not ("openapi" in description or description.get("swagger") == "2.0"):
        raise ValueError("this is neither OpenAPI 3 nor Swagger 2.0")
    paths = _mapping(description, "paths") | _mapping(description, "x-ms-paths")
    ours = {
        path: item
        for path, item in paths.items()
        if isinstance(item, dict) and any(fnmatchcase(shape(path), pattern) for pattern in patterns)
    }
    cut = _Cut(description)
    head = {key: description[key] for key in ("openapi", "swagger", "info") if key in description}
    head["info"] = {key: value for key, value in _mapping(head, "info").items() if key in ("title", "version")}
    kept = ("servers", "host", "basePath", "schemes", "x-ms-parameterized-host", "consumes", "produces", "security")
    head |= {key: description[key] for key in kept if key in description}
    data = head | {"paths": {path: cut.taken(item) for path, item in ours.items()}} | cut.referred()
    return Slice(converted(data) if "swagger" in data else data, tuple(cut.left_open))


def _mapping(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


@define
class _Cut:
    """A description being cut: what was taken of it, and what that refers to."""

    description: dict[str, Any]
    left_open: dict[str, None] = field(factory=dict[str, None])
    _wanted: set[tuple[str, ...]] = field(factory=set[tuple[str, ...]])
    _pending: list[tuple[str, ...]] = field(factory=list[tuple[str, ...]])
    _led_to: set[tuple[str, ...]] = field(factory=set[tuple[str, ...]])
    _schemes: set[str] = field(factory=set[str])

    def taken(self, value: Any, *, is_map: bool = False) -> Any:
        """Return a value without what makes noise, and remember what it refers to."""
        if isinstance(value, list):
            return [
                self.taken(item) for item in value if not (isinstance(item, dict) and self._is_lost_parameter(item))
            ]
        if not isinstance(value, dict):
            return value
        reference = value.get("$ref")
        if not is_map and isinstance(reference, str) and not self._want(reference):
            return {"description": f"Left open: {reference}"}
        if not is_map:
            for mapped in _mapping(_mapping(value, "discriminator"), "mapping").values():
                self._want_mapped(str(mapped))
            self._schemes |= {name for choice in value.get("security") or () for name in choice}
        return {
            key: child if key in _DATA and not is_map else self.taken(child, is_map=not is_map and key in _MAPS)
            for key, child in value.items()
            if is_map or (key not in _LEFT_OUT and (not key.startswith("x-") or key in _EXTENSIONS))
        }

    def referred(self) -> dict[str, Any]:
        """Return the components that were referred to, and theirs, in the order of the description."""
        for choice in self.description.get("security") or ():
            self._schemes |= choice.keys()
        found: dict[tuple[str, ...], Any] = {}
        heirs = self._heirs()
        while self._pending:
            place = self._pending.pop()
            found[place] = self.taken(_at(self.description, place))
            if place in self._led_to or "discriminator" in (found[place] or ()):
                for heir in heirs.get(place, ()):
                    self._led_to.add(heir)
                    self._take(heir)
        is_old = "swagger" in self.description
        schemes = ("securityDefinitions",) if is_old else ("components", "securitySchemes")
        for name in self._schemes & _mapping_at(self.description, schemes).keys():
            found[(*schemes, name)] = self.taken(_at(self.description, (*schemes, name)))
        result: dict[str, Any] = {}
        for place in self._order():
            if place in found:
                target = result
                for key in place[:-1]:
                    target = target.setdefault(key, {})
                target[place[-1]] = found[place]
        return result

    def _order(self) -> Iterator[tuple[str, ...]]:
        if "swagger" in self.description:
            for kind in ("definitions", "parameters", "responses", "securityDefinitions"):
                yield from ((kind, name) for name in _mapping(self.description, kind))
            return
        for kind, named in _mapping(self.description, "components").items():
            yield from (("components", kind, name) for name in named or ())

    def _take(self, place: tuple[str, ...]) -> None:
        if place not in self._wanted:
            self._wanted.add(place)
            self._pending.append(place)

    def _want(self, reference: str) -> bool:
        """Remember the component a reference leads to, or into; return whether it leads to one."""
        keys = [unquote(key).replace("~1", "/").replace("~0", "~") for key in reference.split("/")[1:]]
        place = tuple(keys[: 3 if keys[:1] == ["components"] else 2])
        is_ours = reference.startswith("#/") and place[0] != "paths" and _at(self.description, tuple(keys)) is not None
        if is_ours:
            self._take(place)
        else:
            self.left_open[reference] = None
        return is_ours

    def _want_mapped(self, value: str) -> None:
        if _at(self.description, ("components", "schemas", value)) is not None:
            self._take(("components", "schemas", value))
        else:
            self._want(value)

    def _is_lost_parameter(self, item: dict[str, Any]) -> bool:
        """Whether this is a parameter in another file: nothing can stand in its place."""
        reference = item.get("$ref")
        return isinstance(reference, str) and "parameters" in reference.lower() and not self._want(reference)

    def _heirs(self) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
        """Return the schemas that include each one by `allOf`: a discriminator there leads to them by name."""
        home = ("definitions",) if "swagger" in self.description else ("components", "schemas")
        heirs: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for name, schema in _mapping_at(self.description, home).items():
            included = schema.get("allOf") if isinstance(schema, dict) else None
            for member in included if isinstance(included, list) else ():
                reference = member.get("$ref") if isinstance(member, dict) else None
                if isinstance(reference, str):
                    heirs.setdefault((*home, reference.rpartition("/")[2]), []).append((*home, name))
        return heirs


def _at(data: Any, keys: Sequence[str]) -> Any:
    for key in keys:
        if isinstance(data, list) and key.isdecimal() and int(key) < len(data):
            data = data[int(key)]
        else:
            data = data.get(key) if isinstance(data, dict) else None
    return data


def _mapping_at(data: Any, keys: Sequence[str]) -> dict[str, Any]:
    found = _at(data, keys)
    return found if isinstance(found, dict) else {}
