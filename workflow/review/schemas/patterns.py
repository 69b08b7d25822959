"""Regular expressions of schemas: whether a text fits one, in time that grows with both and no faster.

Descriptions come from anybody, and a backtracking engine can be kept busy for years by a pattern of ten characters. So
the standard library only parses; all ways through the pattern are then followed at once, one character at a time
(Thompson's construction).
"""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Callable, Iterable
from typing import Any

from attrs import define, field

_ANYTHING = frozenset({"", "^", "$", ".*", "^.*", ".*$", "^.*$", "[\\s\\S]*", "^[\\s\\S]*$"})

_MAX_STATES = 5_000
"""States of a machine (count); a pattern that needs more, by large counts in counts, is not judged."""

_PARSER: Any = importlib.import_module("re._parser")


def accepts_anything(pattern: str) -> bool:
    """Whether a pattern refuses no text."""
    return pattern in _ANYTHING


def matches(pattern: str, text: str) -> bool:
    """Whether a text contains a match; a pattern that cannot be judged is taken to match.

    Those are patterns that Python cannot read, that look around or back at what they found, or are very large.
    """
    machine = _machine(pattern)
    return machine is None or machine.finds(text)


@functools.lru_cache(maxsize=1024)
def _machine(pattern: str) -> _Machine | None:
    # ECMA-262 and Python differ in \d, \w and \z; the ASCII flag removes the difference that matters.
    try:
        parsed = _PARSER.parse(pattern, re.ASCII)
        return None if parsed.state.flags & ~(re.ASCII | re.UNICODE) else _Machine().built(parsed)
    except (re.error, RecursionError, OverflowError, _CannotJudge):
        return None


class _CannotJudge(Exception):
    """A pattern says something that no machine without a memory can follow."""


_Test = Callable[[str], bool]
_Condition = Callable[[str, int], bool]


@define
class _Machine:
    """States, numbered from 0, and what leads from one to another."""

    # What each state reads and where that leads; and where it leads without reading, on a condition.
    reading: dict[int, tuple[_Test, int]] = field(factory=dict[int, tuple[_Test, int]])
    jumps: list[list[tuple[_Condition, int]]] = field(factory=list[list[tuple[_Condition, int]]])
    start: int = 0
    end: int = 0

    def finds(self, text: str) -> bool:
        current: set[int] = set()
        for index in range(len(text) + 1):
            current = self._reached([*current, self.start], text, index)
            if self.end in current:
                return True
            if index < len(text):
                read = (self.reading[state] for state in current if state in self.reading)
                current = {target for test, target in read if test(text[index])}
        return False

    def built(self, parsed: Iterable[Any]) -> _Machine:
        self.start = self._state()
        self.end = self._sequence(parsed, self.start)
        return self

    def _reached(self, states: Iterable[int], text: str, index: int) -> set[int]:
        pending, reached = list(states), set[int]()
        while pending:
            state = pending.pop()
            if state not in reached:
                reached.add(state)
                pending += [target for condition, target in self.jumps[state] if condition(text, index)]
        return reached

    def _state(self) -> int:
        if len(self.jumps) == _MAX_STATES:
            raise _CannotJudge
        self.jumps.append([])
        return len(self.jumps) - 1

    def _jump(self, source: int, target: int, condition: _Condition = lambda _text, _index: True) -> None:
        self.jumps[source].append((condition, target))

    def _sequence(self, parsed: Iterable[Any], state: int) -> int:
        """Add what a list of parsed parts reads after a state, and return the state behind it."""
        for kind, value in parsed:
            name = str(kind)
            if name in ("MAX_REPEAT", "MIN_REPEAT"):
                least, most, repeated = value
                state = self._repeat(least, most, repeated, state)
            elif name == "SUBPATTERN" and not value[1] and not value[2]:
                state = self._sequence(value[3], state)
            elif name == "BRANCH":
                ends = [self._sequence(branch, state) for branch in value[1]]
                state = self._state()
                for end in ends:
                    self._jump(end, state)
            else:
                following = self._state()
                if name == "AT":
                    self._jump(state, following, _condition(str(value)))
                else:
                    # A state reads one thing; one that others jump from gets another to read it.
                    reader = self._state()
                    self._jump(state, reader)
                    self.reading[reader] = _test(name, value), following
                state = following
        return state

    def _repeat(self, least: int, most: Any, parsed: Any, state: int) -> int:
        for _ in range(least):
            state = self._sequence(parsed, state)
        end = self._state()
        if str(most) == "MAXREPEAT":
            loop = self._state()
            self._jump(state, loop)
            self._jump(self._sequence(parsed, loop), loop)
            self._jump(loop, end)
            return end
        self._jump(state, end)
        for _ in range(most - least):
            state = self._sequence(parsed, state)
            self._jump(state, end)
        return end


def _is_word(text: str, index: int) -> bool:
    return 0 <= index < len(text) and _CATEGORIES["WORD"](text[index])


def _condition(name: str) -> _Condition:
    if name in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
        return lambda _, index: index == 0
    if name in ("AT_END", "AT_END_STRING"):
        return lambda text, index: index == len(text)
    if name not in ("AT_BOUNDARY", "AT_NON_BOUNDARY"):
        raise _CannotJudge
    wanted = name == "AT_BOUNDARY"
    return lambda text, index: (_is_word(text, index - 1) != _is_word(text, index)) == wanted


_CATEGORIES: dict[str, _Test] = {
    "DIGIT": lambda char: "0" <= char <= "9",
    "SPACE": str.isspace,
    "WORD": lambda char: char == "_" or (char.isascii() and char.isalnum()),
}


def _test(name: str, value: Any) -> _Test:
    """Return what tells whether a character is read by a parsed part."""
    if name == "LITERAL":
        return lambda char: ord(char) == value
    if name == "NOT_LITERAL":
        return lambda char: ord(char) != value
    if name == "ANY":
        return lambda char: char not in "\n\r\u2028\u2029"
    if name == "RANGE":
        return lambda char: value[0] <= ord(char) <= value[1]
    if name == "CATEGORY":
        category = str(value).removeprefix("CATEGORY_")
        test = _CATEGORIES[category.removeprefix("NOT_")]
        return (lambda char: not test(char)) if category.startswith("NOT_") else test
    if name != "IN":
        raise _CannotJudge
    is_negated = str(value[0][0]) == "NEGATE"
    tests = [_test(str(kind), inner) for kind, inner in value[is_negated:]]
    return lambda char: any(test(char) for test in tests) != is_negated
