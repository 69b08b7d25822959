"""Ask one question in one direction: does our contract accept whatever a published description says?

In responses, theirs must lie within ours, in requests ours within theirs: where that is not so, or cannot be decided, a
review from ours to theirs calls it breaking or risky. What it does not ask is which of their operations, kinds, values
and fields ours does not name, as its unions and enumerations are open: that is found by collecting the names of both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Set
from fnmatch import fnmatchcase
from typing import Any

from attrs import frozen

from workflow.review.description import load
from workflow.review.findings import Level
from workflow.review.sources import Source
from workflow.review.wire.operations import METHODS, compare_descriptions
from workflow.upstream.slicing import shape

_NOT_VALUES = ("operation-", "security-", "server", "tag-")
"""Rules about what is no value: each server has its own address and ways to authorise, and few have all operations."""

_NO_REFUSAL = frozenset(
    {
        "default-added", "default-removed", "discriminator-added", "discriminator-removed",
        "optional-parameter-removed", "optional-property-added", "optional-property-removed", "type-removed",
    }
)  # fmt: skip
"""Rules that call for care when one side changes, while both accept what the other may send."""


@frozen
class Intended:
    """What is meant to be so.

    Attributes:
        what: Patterns for the words of an entry; a star stands for any text.
        reason: Why.
    """

    what: tuple[str, ...]
    reason: str


@frozen
class Entry:
    """One thing in which our contract and theirs part.

    Attributes:
        text: What it is: the sentence of a finding, or the name of what ours does not have.
        where: Where it stands: the operations concerned, or the ways to it.
        reason: Why that is meant; empty when it is not.
    """

    text: str
    where: str
    reason: str = ""


@frozen
class Coverage:
    """The answer.

    Attributes:
        refused: What one side may send and the other refuses, in the words of the review from ours to theirs.
        unnamed: What they name and ours does not.
        unused: Patterns of what is meant that fit nothing.
    """

    refused: tuple[Entry, ...]
    unnamed: tuple[Entry, ...]
    unused: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[Entry, ...]:
        """Everything that is not meant."""
        return tuple(entry for entry in (*self.refused, *self.unnamed) if not entry.reason)


def covers(ours: Source, theirs: Source, today: dt.date, intended: Iterable[Intended] = ()) -> Coverage:
    """Compare our contract with what others publish.

    Args:
        ours: Our contract.
        theirs: Our part of their description; see `unfolded`.
        today: The day that decides which sunsets have passed.
        intended: What is meant to be so.

    Raises:
        DocumentError: One of them cannot be read.
    """
    before, after = load(ours), load(theirs)
    names = unnamed(before.root.document.data, after.root.document.data)
    findings = [
        finding
        for finding in compare_descriptions(before, after, today)
        if not finding.rule.startswith(_NOT_VALUES)
        and (finding.level is Level.BREAKING or (finding.level is Level.RISKY and finding.rule not in _NO_REFUSAL))
    ]
    decisions = [(pattern, decision.reason) for decision in intended for pattern in decision.what]
    used: set[str] = set()

    def entry(text: str, where: str) -> Entry:
        plain = text.replace("`", "")
        fitting = [(pattern, reason) for pattern, reason in decisions if fnmatchcase(plain, _pattern(pattern))]
        used.update(pattern for pattern, _ in fitting)
        return Entry(text, where, fitting[0][1] if fitting else "")

    refused = tuple(entry(finding.text, ", ".join(finding.operations)) for finding in findings)
    missing = tuple(entry(name, ways) for name, ways in names.items())
    return Coverage(refused, missing, tuple(pattern for pattern, _ in decisions if pattern not in used))


def _pattern(pattern: str) -> str:
    return pattern.replace("[", "[[]")


def unfolded(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a description whose schemas with heirs are unions of them.

    What a discriminator leads to by `allOf` is written in no schema that has it. Written as a union it can be compared
    with ours.
    """
    schemas: dict[str, Any] = dict(data.get("components", {}).get("schemas", {}))
    heirs: dict[str, list[str]] = {}
    for name, schema in schemas.items():
        for parent in _parents(schema):
            if "discriminator" in schemas.get(parent, {}) and not {"oneOf", "anyOf"} & schemas[parent].keys():
                heirs.setdefault(parent, []).append(name)
    for parent, names in heirs.items():
        union = schemas[parent]
        itself = f"{parent}.itself"
        schemas[itself] = {key: value for key, value in union.items() if key != "discriminator"}
        schemas[parent] = {"anyOf": [_reference(name) for name in names], "discriminator": union["discriminator"]}
        tags = {str(value).rpartition("/")[2]: tag for tag, value in union["discriminator"].get("mapping", {}).items()}
        field = union["discriminator"].get("propertyName", "type")
        for name in names:
            place = name if name not in heirs or f"{name}.itself" not in schemas else f"{name}.itself"
            own = [_reference(itself) if member == _reference(parent) else member for member in schemas[place]["allOf"]]
            if name not in heirs:
                tag = {"required": [field], "properties": {field: {"type": "string", "enum": [tags.get(name, name)]}}}
                own.append(tag)
            schemas[place] = {**schemas[place], "allOf": own}
    return {**data, "components": {**data.get("components", {}), "schemas": schemas}} if heirs else dict(data)


def _parents(schema: Any) -> Iterator[str]:
    for member in schema.get("allOf", ()) if isinstance(schema, dict) else ():
        if isinstance(member, dict) and str(member.get("$ref", "")).startswith("#/components/schemas/"):
            yield member["$ref"].rpartition("/")[2]


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def unnamed(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, str]:
    """Return what theirs names and ours does not, each with the ways to it.

    What stands below something unnamed is not told as well.
    """
    known = {name.way for name in _Walk(ours, None).names()}
    found: dict[str, dict[str, None]] = {}
    for name in _Walk(theirs, known).names():
        if name.way not in known:
            found.setdefault(name.label, {})[name.way] = None
    return {label: _some(list(ways)) for label, ways in found.items()}


def _some(ways: list[str]) -> str:
    more = f" and {len(ways) - _SHOWN_WAYS} more" if len(ways) > _SHOWN_WAYS else ""
    return ", ".join(ways[:_SHOWN_WAYS]) + more


_SHOWN_WAYS = 3


@frozen
class _Name:
    """Something a description names.

    Attributes:
        way: The way to it, which is the same in every description.
        label: What readers call it: by the component it stands in, where there is one.
    """

    way: str
    label: str


@frozen
class _Walk:
    """A walk through all names of a description: operations, parameters, fields and values.

    Attributes:
        data: The description.
        known: The ways to go on below; None for all. It bounds the walk through what others wrote.
    """

    data: Mapping[str, Any]
    known: Set[str] | None

    def names(self) -> Iterator[_Name]:
        """Yield all names, each behind what it stands in."""
        for path, written in self.data.get("paths", {}).items():
            item = self.resolved(written)
            operations = {key: item[key] for key in METHODS if key in item} | item.get("additionalOperations", {})
            for method, operation in operations.items():
                way = f"{method.upper()} {shape(path)}"
                yield _Name(way, way)
                if self._goes_on(way):
                    yield from self._of_operation(item, operation, way)

    def _goes_on(self, way: str) -> bool:
        return self.known is None or way in self.known

    def _of_operation(self, item: Mapping[str, Any], operation: Mapping[str, Any], way: str) -> Iterator[_Name]:
        for written in [*item.get("parameters", ()), *operation.get("parameters", ())]:
            parameter = self.resolved(written)
            if parameter.get("in") == "path":
                continue
            name = str(parameter.get("name")).removesuffix("[]")
            name = name.lower() if parameter.get("in") == "header" else name
            inner = f"{way} {parameter.get('in')} parameter {name}"
            yield _Name(inner, inner)
            if self._goes_on(inner):
                yield from self._below(parameter.get("schema", {}), inner, inner, ())
        yield from self._content(operation.get("requestBody", {}), f"{way} request")
        for status, response in operation.get("responses", {}).items():
            kind = "response" if str(status).startswith("2") else "error"
            yield from self._content(response, f"{way} {kind}")

    def resolved(self, value: Any) -> dict[str, Any]:
        """Follow references; nothing stands for what is no mapping."""
        for _ in range(100):
            reference = value.get("$ref") if isinstance(value, dict) else None
            if not isinstance(reference, str):
                break
            value = self.data
            for key in reference.split("/")[1:]:
                value = value.get(key.replace("~1", "/").replace("~0", "~")) if isinstance(value, dict) else None
        return value if isinstance(value, dict) else {}

    def _content(self, holder: Any, way: str) -> Iterator[_Name]:
        """Yield the names in a body or response, of all its media types."""
        for media_type in self.resolved(holder).get("content", {}).values():
            for key in ("schema", "itemSchema"):
                yield from self._below(media_type.get(key, {}), way, way, ())

    def _below(self, written: Any, way: str, label: str, above: tuple[int, ...]) -> Iterator[_Name]:
        """Yield the names in a schema, those of all alternatives together."""
        schema = self.resolved(written)
        if id(schema) in above:
            return
        above = (*above, id(schema))
        reference = str(written.get("$ref", "")) if isinstance(written, dict) else ""
        if reference.startswith("#/components/schemas/"):
            label = reference.rpartition("/")[2].removesuffix(".itself")
        for value in [*schema.get("enum", ()), *([schema["const"]] if "const" in schema else [])]:
            if isinstance(value, str):
                yield _Name(f"{way} = {value}", f"{label} = {value}")
        for key in ("allOf", "anyOf", "oneOf"):
            for member in schema.get(key, ()):
                yield from self._below(member, way, label, above)
        for name, child in schema.get("properties", {}).items():
            inner, inner_label = f"{way}.{name}", f"{label}.{name}"
            yield _Name(inner, inner_label)
            if self._goes_on(inner):
                yield from self._below(child, inner, inner_label, above)
        for key, sign in (("items", "[]"), ("additionalProperties", "{}")):
            if isinstance(schema.get(key), dict):
                yield from self._below(schema[key], way + sign, label + sign, above)
