"""The shapes of values: what they are made of, and nothing of what they say."""

from __future__ import annotations

import re
from typing import Any

from attrs import define, field

from run_steps_api.types import json_type

LONGEST_NAME = 40
"""Longest name that is told (characters)."""

_NAME = re.compile(r"[@$_]?[A-Za-z]{1,24}\d{0,2}(?:[._-]{1,2}(?:[A-Za-z]{1,24}\d{0,2}|\d{1,4}))*", re.ASCII)
"""A word of a format, as programmers make them up; ids, keys, dates and addresses are written otherwise."""

_OF_CALLERS = frozenset(
    {
        "args",
        "arguments",
        "attributes",
        "body",
        "context",
        "data",
        "definitions",
        "env",
        "extra",
        "headers",
        "input",
        "inputs",
        "json",
        "json_schema",
        "labels",
        "metadata",
        "output",
        "parameters",
        "params",
        "payload",
        "properties",
        "query",
        "result",
        "schema",
        "tags",
        "tool_resources",
        "tools",
        "variables",
    }
)
"""Fields that hold objects with names which a caller or a model made up: these are data as much as the values are."""

_MOST_NAMES = 30
"""How many names an object has at most (count): one with more of them is a table, and its names are keys."""

_DEEPEST = 8
"""How far shapes go down (count)."""


def holds_names_of_callers(name: str) -> bool:
    """Return whether an object under this name has names that a caller or a model made up."""
    return not is_name(name) or name in _OF_CALLERS


def is_name(text: str) -> bool:
    """Return whether a text is a word of a format, which may be told, rather than something that somebody wrote."""
    return len(text) <= LONGEST_NAME and _NAME.fullmatch(text) is not None


@define(repr=False)
class Shape:
    """What values are made of, all those that were seen in a place together.

    Attributes:
        count: How many values they were.
        types: Their types, in the words of JSON.
        entries: Shape of what objects have under names that are not told; None when there is nothing.
        items: Shape of the items of arrays; None when there were none.
    """

    count: int = 0
    types: set[str] = field(factory=set[str])
    entries: Shape | None = None
    items: Shape | None = None
    _fields: dict[str, Shape] = field(factory=dict[str, "Shape"])
    _objects: int = 0

    def add(self, value: Any, *, names_are_data: bool = False, depth: int = 0) -> None:
        """Take in a value.

        Args:
            value: Parsed JSON.
            names_are_data: Whether the names in it, when it is an object, may tell something about somebody.
            depth: How many objects and arrays it is within (count).
        """
        self.count += 1
        self.types.add(json_type(value))
        if depth >= _DEEPEST:
            return
        if isinstance(value, dict):
            self._objects += 1
            for name, inner in value.items():
                is_told = is_name(name) and not names_are_data
                shape = self._field(name) if is_told and len(self._fields) <= _MOST_NAMES else self._entry()
                shape.add(inner, names_are_data=names_are_data or holds_names_of_callers(name), depth=depth + 1)
        elif isinstance(value, list):
            for item in value:
                self.items = self.items or Shape()
                self.items.add(item, names_are_data=names_are_data, depth=depth + 1)

    @property
    def fields(self) -> dict[str, Shape]:
        """Shapes of the fields of objects, by name; none when the names may be keys of a table."""
        is_odd = self.entries is not None or len(self._fields) > _MOST_NAMES
        most = max((shape.count for shape in self._fields.values()), default=0)
        is_varied = self._objects > 2 and most * 2 <= self._objects
        return {} if is_odd or is_varied else self._fields

    @property
    def has_other_names(self) -> bool:
        """Whether objects have names that are not told."""
        return self.entries is not None or bool(self._fields and not self.fields)

    def __str__(self) -> str:
        """Say it in one line, such as `object (target: string, zoom: number or null)`."""
        words = sorted(self.types, key=lambda word: (word == "null", word))
        return " or ".join(map(self._described, words))

    def __repr__(self) -> str:
        return f"Shape({str(self)!r})"

    def _described(self, word: str) -> str:
        if word == "array" and self.items:
            return f"array of {self.items}" if len(self.items.types) == 1 else f"array of ({self.items})"
        if word != "object":
            return word
        fields = [f"{name}: {shape}" for name, shape in self.fields.items()]
        if self.has_other_names:
            fields.append("names that are not told")
        return f"object ({', '.join(fields)})" if fields else "object"

    def _field(self, name: str) -> Shape:
        return self._fields.setdefault(name, Shape())

    def _entry(self) -> Shape:
        self.entries = self.entries or Shape()
        return self.entries
