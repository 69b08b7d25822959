"""What a delta adds to a step, on JSON alone.

A step so far is a tree of dicts that is never changed: each delta makes a new one that shares what stayed. Texts that
come in pieces are kept so that a piece costs its own length, and joined when the step is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from typing import Any, TypeAlias

from attrs import frozen


@frozen
class _Appended:
    """A text that comes in pieces."""


@frozen
class _Parts:
    """A list whose elements come in parts, each under its `index`."""

    rules: _Rules


_Rules: TypeAlias = Mapping[str, Any]

_CALL: _Rules = {
    "code_interpreter": {"input": _Appended(), "outputs": _Parts({"logs": _Appended()})},
    "function": {"arguments": _Appended()},
}
_RULES: _Rules = {"step_details": {"tool_calls": _Parts(_CALL), "activities": _Parts({})}}
"""Where a delta goes on with what is there. Dicts are merged name by name, and everything else replaces what was there:
servers repeat whole values there, as the ids of a file search."""

_MAX_PARTS = 1_000
"""How many parts or names one list or dict may grow to by deltas (count): each delta costs a copy of its neighbours."""


@frozen(eq=False)
class _Text:
    """The first characters of a text that may have grown since."""

    buffer: StringIO
    length: int

    def __str__(self) -> str:
        return self.buffer.getvalue()[: self.length]


class _ByIndex(dict[int, Any]):
    """Elements of a list by their indexes."""


def with_delta(tree: Mapping[str, Any], delta: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a step with a delta; the very same when it says nothing new."""
    after: Mapping[str, Any] = _merged(tree, delta, _RULES, is_object=False)
    return after


def with_object(tree: Mapping[str, Any], payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a step with what a whole object says of it, which may be older and takes nothing away; as `with_delta`."""
    after: Mapping[str, Any] = _merged(tree, payload, _RULES, is_object=True)
    return after


def resolved(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return a step so far as JSON has it: texts whole, lists as lists."""
    value: dict[str, Any] = _resolved(tree, _RULES)
    return value


def _merged(before: Any, part: Any, rules: Any, *, is_object: bool) -> Any:
    """Return a value with a part of a delta, or with what a whole object says of it.

    Null takes nothing away, nor does a part that is none of what its place is made of.

    Returns:
        The very value, when nothing in it is another.

    Raises:
        ValueError: It would have more parts than `_MAX_PARTS`.
    """
    if part is None:
        return before
    if rules is None:
        if isinstance(part, dict) and isinstance(before, dict):
            return _merged_dict(before, part, {}, is_object=is_object)
        return before if type(before) is type(part) and before == part else part
    if isinstance(rules, dict):
        if isinstance(part, dict) and (rules or isinstance(before, dict)):
            return _merged_dict(before, part, rules, is_object=is_object)
    elif isinstance(rules, _Parts):
        if isinstance(part, list):
            return _merged_parts(before, part, rules.rules, is_object=is_object)
    elif isinstance(part, str):
        return _merged_text(before, part, is_object=is_object)
    return part if before is None else before


def _merged_dict(before: Any, part: dict[str, Any], rules: _Rules, *, is_object: bool) -> Any:
    old: dict[str, Any] = before if isinstance(before, dict) else {}
    after = old
    for key, value in part.items():
        new = _merged(old.get(key), value, rules.get(key), is_object=is_object)
        if key not in old or new is not old[key]:
            if after is old:
                after = dict(old)
            after[key] = new
    _check_size(after, old)
    return before if after is old and before is not None else after


def _merged_parts(before: Any, parts: list[Any], rules: _Rules, *, is_object: bool) -> Any:
    old = before if isinstance(before, _ByIndex) else _ByIndex(enumerate(before if isinstance(before, list) else ()))
    after = old
    for position, part in enumerate(parts):
        index = position
        if not is_object:
            if not isinstance(part, dict):
                continue
            index = _index(part, position, after)
            part = {key: value for key, value in part.items() if key != "index" or value != index}  # noqa: PLW2901
        item = after.get(index)
        new = _merged(item, part, rules, is_object=is_object)
        if index not in after or new is not item:
            if after is old:
                after = _ByIndex(old)
            after[index] = new
    _check_size(after, old)
    return before if after is old and isinstance(before, list) else after


def _check_size(after: dict[Any, Any], before: dict[Any, Any]) -> None:
    if len(after) > max(_MAX_PARTS, len(before)):
        raise ValueError(f"more than {_MAX_PARTS:,} parts")


def _index(part: Mapping[str, Any], position: int, known: _ByIndex) -> int:
    """Return where a part belongs: by its `index`, or else its id, or else where it stands in the delta."""
    index = part.get("index")
    if isinstance(index, int) and not isinstance(index, bool) and index >= 0:
        return index
    part_id = part.get("id")
    if part_id is None:
        return position
    same = (index for index, item in known.items() if isinstance(item, dict) and item.get("id") == part_id)
    return next(same, max(known, default=-1) + 1)


def _merged_text(before: Any, part: str, *, is_object: bool) -> Any:
    if not before or not isinstance(before, str | _Text):
        return before if before == part else part
    if is_object:
        return before if str(before).startswith(part) else part
    if not part:
        return before
    if isinstance(before, str) or before.buffer.tell() != before.length:
        # Nothing grows from an older state: there the text goes on in a buffer of its own.
        buffer = StringIO(newline="")
        buffer.write(str(before))
    else:
        buffer = before.buffer
    buffer.write(part)
    return _Text(buffer, buffer.tell())


def _resolved(value: Any, rules: Any) -> Any:
    if isinstance(value, _Text):
        return str(value)
    if isinstance(value, _ByIndex):
        inner = rules.rules
        return [_resolved(value[index], inner) for index in sorted(value)]
    if isinstance(rules, Mapping) and isinstance(value, dict):
        return {key: _resolved(item, rules[key]) if key in rules else item for key, item in value.items()}
    if isinstance(rules, _Parts) and isinstance(value, list):
        return [_resolved(item, rules.rules) for item in value]
    return value
