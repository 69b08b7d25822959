"""Read YAML or JSON and remember where every value stood.

A description of an API is read once, here, by everything that reports on it: whoever finds a fault at a
JSON pointer can say in which line of which file it is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import Any, Literal

import yaml
from attrs import define, field, frozen

MAX_DEPTH = 100
"""Nesting beyond this is refused (levels); the deepest published descriptions stay below 40."""

MAX_VALUES = 2_000_000
"""Documents whose aliases expand to more values than this are refused (count)."""


class DocumentError(Exception):
    """Something is wrong with a document: what, in which file, in which line.

    Attributes:
        path: The file as the user named it.
        line: The line it is about, from 1; None when it is about the file as a whole.
        reason: One sentence: what is wrong and, where that helps, what to do.
    """

    def __init__(self, path: str, line: int | None, reason: str) -> None:
        self.path = path
        self.line = line
        self.reason = reason
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {reason}")


@define  # not frozen: a large file has hundreds of thousands, and freezing each doubles what it costs
class Node:
    """One value of a document and the line it starts in.

    Attributes:
        line: Line of the value, from 1. For a member of a mapping this is the line of its key.
        value: A scalar, or None for a mapping or sequence.
        members: Children of a mapping by key.
        items: Children of a sequence.
        home: The document it was written in, where that is not the one it stands in.
    """

    line: int
    value: Any = None
    members: dict[str, Node] | None = None
    items: list[Node] | None = None
    home: Document | None = field(default=None, eq=False, repr=False)

    def children(self) -> Iterator[tuple[str, Node]]:
        """Yield each child with its key, or its index as text."""
        if self.members is not None:
            yield from self.members.items()
        elif self.items is not None:
            yield from ((str(index), item) for index, item in enumerate(self.items))

    def plain(self) -> Any:
        """Return the value as JSON-like Python data: dict, list, str, int, float, bool or None."""
        if self.members is not None:
            return {key: node.plain() for key, node in self.members.items()}
        if self.items is not None:
            return [node.plain() for node in self.items]
        return self.value


@frozen
class Document:
    """A parsed file: its data and the place of every value in it.

    Attributes:
        path: The file as the user named it.
        root: The outermost value.
        text: The text it was parsed from.
    """

    path: str
    root: Node
    text: str = field(default="", eq=False, repr=False)

    @functools.cached_property
    def data(self) -> Any:
        """The whole as plain Python data."""
        return self.root.plain()

    def find(self, keys: Sequence[str | int]) -> Node | None:
        """Return the node at a path of keys and indexes, or None when there is none."""
        node: Node | None = self.root
        for key in keys:
            node = dict(node.children()).get(str(key)) if node is not None else None
        return node

    def line(self, keys: Sequence[str | int]) -> int:
        """Return the line of the value at a path of keys, or of its nearest existing ancestor."""
        node = self.root
        for key in keys:
            child = dict(node.children()).get(str(key))
            if child is None:
                break
            node = child
        return node.line

    def error(self, keys: Sequence[str | int], reason: str) -> DocumentError:
        """Build the error that says `reason` about the value at a path of keys."""
        return DocumentError(self.path, self.line(keys), reason)


def read(path: Path, *, name: str | None = None) -> Document:
    """Read a YAML or JSON file.

    Args:
        path: The file.
        name: How to call it in messages; the path itself when left out.

    Returns:
        The document with the line of every value.

    Raises:
        DocumentError: The file cannot be read, is not UTF-8, or is not what `parse` takes.
    """
    name = name or str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DocumentError(name, None, "there is no such file") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DocumentError(name, line, "the file is not UTF-8 text") from None
    except OSError as error:
        raise DocumentError(name, None, f"cannot be read: {error.strerror}") from None
    return parse(text, name)


def parse(text: str, name: str) -> Document:
    """Parse JSON or YAML 1.2 text: what is JSON is read as JSON, everything else as YAML.

    In YAML, dates and words such as `yes` stay text, as in JSON. Keys are text: an unquoted `200` is `"200"`.

    Args:
        text: The text.
        name: The file name used in messages.

    Returns:
        The document with the line of every value. An integer of more than 4,300 digits, which no `int` is made of, is
        a `Decimal`.

    Raises:
        DocumentError: Malformed text, a key given twice, a tag, nesting deeper than `MAX_DEPTH`, aliases that
            refer to themselves or expand to more than `MAX_VALUES` values, half of a surrogate pair.
    """
    try:
        root = _Builder(name).build(_json_events(text))
    except JSONDecodeError as error:
        if name.endswith(".json") and text.strip():
            raise DocumentError(name, error.lineno, f"not well-formed JSON: {error.msg}") from None
        root = _Builder(name).build(_yaml_events(text, name))
    return Document(name, root, text)


_Kind = Literal["mapping", "sequence", "close", "scalar", "alias", "document"]

_Event = tuple[_Kind, int, Any, str | None, str | None]
"""One thing a parser met, whatever the language: its kind, line, value, anchor and tag."""


def _yaml_events(text: str, name: str) -> Iterator[_Event]:
    try:
        events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
        for event in events:
            line = event.start_mark.line + 1
            kind = type(event)
            if kind is yaml.ScalarEvent:
                is_merge = event.value == "<<" and event.implicit[0] and not event.style
                tag = _MERGE if is_merge else event.tag
                yield "scalar", line, _scalar(event), event.anchor, tag
            elif kind is yaml.MappingStartEvent:
                yield "mapping", line, None, event.anchor, event.tag
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                yield "close", line, None, None, None
            elif kind is yaml.SequenceStartEvent:
                yield "sequence", line, None, event.anchor, event.tag
            elif kind is yaml.AliasEvent:
                yield "alias", line, None, event.anchor, None
            elif kind is yaml.DocumentStartEvent:
                yield "document", line, None, None, None
    except yaml.MarkedYAMLError as error:
        raise DocumentError(name, *_yaml_fault(error, last_line=text.count("\n", 0, -1) + 1)) from None
    except yaml.YAMLError as error:
        raise DocumentError(name, None, f"not well-formed YAML: {' '.join(str(error).split())}") from None


def _yaml_fault(error: yaml.MarkedYAMLError, last_line: int) -> tuple[int, str]:
    """Return line and reason: what the parser met, and where the thing began that it was in."""
    problem, context = error.problem_mark, error.context_mark
    # An end that is missing is missed after the last line.
    line = min(problem.line + 1, last_line) if problem else 1
    if error.problem and "nesting depth" in error.problem:
        # libyaml from 0.2.6 on has a bound of its own, and looks ahead of what it has told.
        return line, _TOO_DEEP
    beginning = f"{error.context} in line {context.line + 1}, " if error.context and context else ""
    return line, f"not well-formed YAML: {beginning}{error.problem}"


_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"


def _json_events(text: str) -> Iterator[_Event]:
    """Read JSON text as events; the standard library's parser knows no positions.

    Raises:
        JSONDecodeError: The text is not JSON.
    """
    closers: list[str] = []
    expected: Literal["value", "key", "colon", "comma"] = "value"
    may_close = False  # directly behind an opening bracket
    position, line = 0, 1
    while True:
        start = position
        if space := _JSON_SPACE.match(text, position):
            position = space.end()
        line += text.count("\n", start, position)
        char = text[position : position + 1]
        if closers and char == closers[-1] and (may_close or expected == "comma"):
            closers.pop()
            yield "close", line, None, None, None
            expected, may_close, position = "comma", False, position + 1
            continue
        may_close = False
        if expected == "comma" and not closers:
            if char:
                raise JSONDecodeError("more text behind the end", text, position)
            return
        if expected in _PUNCTUATION:
            if char != _PUNCTUATION[expected]:
                raise JSONDecodeError(f"a {expected} is missing", text, position)
            expected, position = "value" if expected == "colon" or closers[-1] == "]" else "key", position + 1
        elif expected == "value" and char in _JSON_CLOSERS:
            closers.append(_JSON_CLOSERS[char])
            yield "mapping" if char == "{" else "sequence", line, None, None, None
            expected, may_close, position = "key" if char == "{" else "value", True, position + 1
        elif char == '"' or (expected == "value" and not text.startswith(_CONSTANTS, position)):
            value, position = _JSON_SCALARS.raw_decode(text, position)
            yield "scalar", line, value, None, None
            expected = "comma" if expected == "value" else "colon"
        else:
            raise JSONDecodeError(f"a {expected} is missing", text, position)


_JSON_SPACE = re.compile(r"[ \t\n\r]+")
_CONSTANTS = ("NaN", "Infinity", "-Infinity")  # which the standard library takes for JSON
_JSON_CLOSERS = {"{": "}", "[": "]"}
_PUNCTUATION = {"comma": ",", "colon": ":"}


def _integer(text: str) -> int | Decimal:
    """Read digits exactly: an `int` of very many takes quadratic time, and Python refuses more than these."""
    return int(text) if len(text) <= _INT_DIGITS else Decimal(text)


_INT_DIGITS = 4300


_JSON_SCALARS = JSONDecoder(parse_int=_integer)


class _Builder:
    """Turn parser events into nodes without recursion, so that no document can exhaust the stack."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._values = 0

    def build(self, events: Iterable[_Event]) -> Node:
        root: Node | None = None
        stack: list[_Open] = []
        for kind, line, value, anchor, tag in events:
            if tag and tag not in _HARMLESS_TAGS:
                raise DocumentError(self._name, line, f"the tag {tag} has no meaning in a description of an API")
            is_shared = anchor is not None
            if kind == "scalar":
                if isinstance(value, str) and not value.isascii() and _SURROGATE.search(value):
                    raise DocumentError(self._name, line, "half of a surrogate pair is no text")
                node = Node(line, value)
                self._values += 1
                if anchor is not None:
                    self._anchors[anchor] = (node, 1)
            elif kind == "close":
                opened = stack.pop()
                node = opened.node
                self._merge(opened)
                if opened.anchor:
                    self._anchors[opened.anchor] = (node, self._values - opened.values_before)
                    is_shared = True
            elif kind == "alias":
                if anchor not in self._anchors:
                    raise DocumentError(self._name, line, f"the alias *{anchor} refers to nothing before it")
                node, size = self._anchors[anchor]
                self._count(size, line)
            elif kind == "document":
                if root is not None:
                    raise DocumentError(self._name, line, "a second document starts here; one file holds one document")
                continue
            else:
                self._count(1, line)
                if len(stack) == MAX_DEPTH:
                    raise DocumentError(self._name, line, _TOO_DEEP)
                node = Node(line, None, {}) if kind == "mapping" else Node(line, None, None, [])
                stack.append(_Open(node, anchor, self._values - 1))
                continue
            if stack:
                self._attach(stack[-1], node, line, is_merge=tag == _MERGE, is_shared=is_shared)
            else:
                root = node
        if root is None:
            raise DocumentError(self._name, None, "the file is empty")
        return root

    def _merge(self, opened: _Open) -> None:
        """Add what the merge keys of a mapping refer to: https://yaml.org/type/merge.html. Its own members win."""
        for line, source in opened.merges:
            for node in source.items if source.items is not None else [source]:
                if node.members is None:
                    raise DocumentError(self._name, line, "only mappings can be merged with <<")
                for key, member in node.members.items():
                    assert opened.node.members is not None
                    opened.node.members.setdefault(key, member)

    def _attach(self, parent: _Open, node: Node, line: int, *, is_merge: bool, is_shared: bool) -> None:
        members = parent.node.members
        if members is None:
            assert parent.node.items is not None
            parent.node.items.append(node)
        elif parent.is_merging:
            parent.merges.append((line, node))
            parent.is_merging = False
        elif parent.key is None and is_merge:
            parent.is_merging = True
        elif parent.key is None:
            if node.members is not None or node.items is not None:
                raise DocumentError(self._name, line, "a key must be text, not a mapping or a sequence")
            key = node.value if isinstance(node.value, str) else _key_text(node.value)
            if key in members:
                first = members[key].line
                raise DocumentError(self._name, line, f"the key {key!r} stands here twice, first in line {first}")
            parent.key, parent.key_line = key, line
        else:
            # The line of a member is the line of its key: that is where a reader looks for it.
            if is_shared:
                node = Node(parent.key_line, node.value, node.members, node.items)
            else:
                node.line = parent.key_line
            members[parent.key] = node
            parent.key = None

    def _count(self, size: int, line: int) -> None:
        self._values += size
        if self._values > MAX_VALUES:
            raise DocumentError(self._name, line, f"expands to more than {MAX_VALUES} values through its aliases")


class _Open:
    """A mapping or sequence whose end has not been reached."""

    __slots__ = ("anchor", "is_merging", "key", "key_line", "merges", "node", "values_before")

    def __init__(self, node: Node, anchor: str | None, values_before: int) -> None:
        self.node = node
        self.anchor = anchor
        self.values_before = values_before
        self.key: str | None = None
        self.key_line = 0
        self.is_merging = False
        self.merges: list[tuple[int, Node]] = []


_SURROGATE = re.compile("[\ud800-\udfff]")
_MERGE = "tag:yaml.org,2002:merge"
_HARMLESS_TAGS = {_MERGE, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}

# The core schema of YAML 1.2, https://yaml.org/spec/1.2.2/#103-core-schema
_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL_OR_HEX = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_SPECIAL_FLOAT = re.compile(r"([-+]?)\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z")


def _scalar(event: yaml.ScalarEvent) -> Any:
    text: str = event.value
    is_plain = event.implicit[0] and not event.style
    if not is_plain:
        return text
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text[0] not in "0123456789+-.":
        return text
    if _INTEGER.match(text):
        return _integer(text)
    if _OCTAL_OR_HEX.match(text):
        return int(text, 0)
    if _FLOAT.match(text):
        return float(text)
    if _SPECIAL_FLOAT.match(text):
        return float(text.replace(".", "", 1))
    return text


def _key_text(value: Any) -> str:
    """Write a key as JSON would: an unquoted 200 is "200", an unquoted null "null"."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
