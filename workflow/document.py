"""Read YAML or JSON and remember where every value stood.

A description of an API is read once, here, by everything that reports on it: whoever finds a fault at a
JSON pointer can say in which line of which file it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from attrs import field, frozen

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


@frozen
class Node:
    """One value of a document and the line it starts in.

    Attributes:
        line: Line of the value, from 1. For a member of a mapping this is the line of its key.
        value: A scalar, or None for a mapping or sequence.
        members: Children of a mapping by key.
        items: Children of a sequence.
    """

    line: int
    value: Any = None
    members: dict[str, Node] | None = None
    items: list[Node] | None = None

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
        data: The whole as plain Python data.
        text: The text it was parsed from.
    """

    path: str
    root: Node
    data: Any = field(eq=False, repr=False)
    text: str = field(default="", eq=False, repr=False)

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
    """Parse YAML 1.2 or JSON text.

    Dates and words such as `yes` stay text, as in JSON. Keys are text: an unquoted `200` is `"200"`.

    Args:
        text: The text.
        name: The file name used in messages.

    Returns:
        The document with the line of every value.

    Raises:
        DocumentError: Malformed text, a key given twice, a tag, nesting deeper than `MAX_DEPTH`, aliases that
            refer to themselves or expand to more than `MAX_VALUES` values.
    """
    if text.lstrip()[:1] in ("{", "["):
        text = _json_as_yaml(text)
    try:
        root = _Builder(name).build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        raise DocumentError(name, *_yaml_fault(error, last_line=text.count("\n", 0, -1) + 1)) from None
    except yaml.YAMLError as error:
        raise DocumentError(name, None, f"not well-formed YAML: {' '.join(str(error).split())}") from None
    return Document(name, root, root.plain(), text)


def _yaml_fault(error: yaml.MarkedYAMLError, last_line: int) -> tuple[int, str]:
    """Return line and reason: what the parser met, and where the thing began that it was in."""
    problem, context = error.problem_mark, error.context_mark
    # An end that is missing is missed after the last line.
    line = min(problem.line + 1, last_line) if problem else 1
    beginning = f"{error.context} in line {context.line + 1}, " if error.context and context else ""
    return line, f"not well-formed YAML: {beginning}{error.problem}"


def _json_as_yaml(text: str) -> str:
    """Mend the two things JSON allows and libyaml does not: tabs that indent, and surrogate pairs."""
    text = re.sub(r"^\t+", lambda tabs: " " * len(tabs.group()), text, flags=re.MULTILINE)
    return _SURROGATE_PAIR.sub(lambda pair: pair[1] + json.loads(f'"{pair[2]}"'), text)


_SURROGATE_PAIR = re.compile(r"((?<!\\)(?:\\\\)*)(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})")


class _Builder:
    """Turn parser events into nodes without recursion, so that no document can exhaust the stack."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._values = 0

    def build(self, events: Iterator[yaml.Event]) -> Node:
        root: Node | None = None
        stack: list[_Open] = []
        for event in events:
            line = _line(event)
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                if len(stack) == MAX_DEPTH:
                    raise DocumentError(self._name, line, f"nested deeper than {MAX_DEPTH} levels")
                self._refuse_tag(event.tag, line)
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                node = Node(line, members={}) if is_mapping else Node(line, items=[])
                stack.append(_Open(node, event.anchor, self._values))
                self._count(1, line)
                continue
            if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                opened = stack.pop()
                node = opened.node
                if opened.anchor:
                    self._anchors[opened.anchor] = (node, self._values - opened.values_before)
            elif isinstance(event, yaml.ScalarEvent):
                self._refuse_tag(event.tag, line)
                node = Node(line, value=_scalar(event))
                self._count(1, line)
                if event.anchor:
                    self._anchors[event.anchor] = (node, 1)
            elif isinstance(event, yaml.AliasEvent):
                if event.anchor not in self._anchors:
                    raise DocumentError(self._name, line, f"the alias *{event.anchor} refers to nothing before it")
                node, size = self._anchors[event.anchor]
                self._count(size, line)
            elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise DocumentError(self._name, line, "a second document starts here; one file holds one document")
            else:
                continue
            if stack:
                self._attach(stack[-1], node, line)
            else:
                root = node
        if root is None:
            raise DocumentError(self._name, None, "the file is empty")
        return root

    def _attach(self, parent: _Open, node: Node, line: int) -> None:
        if parent.node.items is not None:
            parent.node.items.append(node)
        elif parent.key is None:
            if node.members is not None or node.items is not None:
                raise DocumentError(self._name, line, "a key must be text, not a mapping or a sequence")
            key = node.value if isinstance(node.value, str) else _key_text(node.value)
            if parent.node.members is not None and key in parent.node.members:
                first = parent.node.members[key].line
                raise DocumentError(self._name, line, f"the key {key!r} stands here twice, first in line {first}")
            parent.key, parent.key_line = key, line
        else:
            assert parent.node.members is not None
            # The line of a member is the line of its key: that is where a reader looks for it.
            parent.node.members[parent.key] = Node(parent.key_line, node.value, node.members, node.items)
            parent.key = None

    def _count(self, size: int, line: int) -> None:
        self._values += size
        if self._values > MAX_VALUES:
            raise DocumentError(self._name, line, f"expands to more than {MAX_VALUES} values through its aliases")

    def _refuse_tag(self, tag: str | None, line: int) -> None:
        if tag and tag not in _HARMLESS_TAGS:
            raise DocumentError(self._name, line, f"the tag {tag} has no meaning in a description of an API")


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    assert mark is not None  # libyaml marks every event
    return mark.line + 1


class _Open:
    """A mapping or sequence whose end has not been reached."""

    __slots__ = ("anchor", "key", "key_line", "node", "values_before")

    def __init__(self, node: Node, anchor: str | None, values_before: int) -> None:
        self.node = node
        self.anchor = anchor
        self.values_before = values_before
        self.key: str | None = None
        self.key_line = 0


_HARMLESS_TAGS = {"!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}

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
    if _INTEGER.match(text) and len(text) < 1000:
        return int(text)
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
