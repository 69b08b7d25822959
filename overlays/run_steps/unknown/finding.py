"""Look through what servers sent for what the contract does not name: the models keep it, and say what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeAlias, get_args

from attrs import asdict, define, field, frozen

from run_steps.errors import DECODING_FAULTS
from run_steps.timestamps import seconds_or_none
from run_steps.unknown.shapes import Shape, holds_names_of_callers, is_name
from run_steps_api.models import (
    ErrorResponse,
    Message,
    MessageList,
    Run,
    RunList,
    RunStep,
    RunStepDeltaObject,
    RunStepList,
    RunStreamEvent,
    Thread,
)
from run_steps_api.types import UNSET, AdditionalProperties, Members, Misfit, members_of, type_hints

What: TypeAlias = Literal["field", "kind", "value", "misfit"]
"""What is not known: a field of an object, a kind of a union, a value of an enumeration; or what does not fit."""

SOMEWHERE = "a server"
"""Where something was seen when nobody says."""

NOT_TOLD = "(not told)"
"""Stands for a name that does not look like one of a format: it may be anything."""

_MODELS: Mapping[str, Any] = {
    "thread": Thread,
    "thread.message": Message,
    "thread.run": Run,
    "thread.run.step": RunStep,
    "thread.run.step.delta": RunStepDeltaObject,
}
"""What decodes an object, by what it says that it is."""

_LISTS: Mapping[Any, Any] = {Message: MessageList, Run: RunList, RunStep: RunStepList}

_BY_ID = (("step_", RunStep), ("run_", Run), ("msg_", Message), ("thread_", Thread))
"""What an object is that does not say so, by its id."""


@frozen
class Sent:
    """Something that a server sent.

    Attributes:
        payload: Parsed JSON: a step, a run, a message, a thread, a list of them, an error, or what an event holds.
        server: Which server it was, in words for whoever reads the report.
        event: Name of the event of a stream that held it; None for an answer.
    """

    payload: Any
    server: str = SOMEWHERE
    event: str | None = None


@frozen
class Unknown:
    """Something that the contract does not name.

    Attributes:
        what: `field`, `kind`, `value` or `misfit`.
        schema: The schema of the contract that lacks it.
        name: The name of the field, or the word that is the kind or the value.
        expected: What the contract says of a field that does not fit; empty otherwise.
        count: How often it was sent.
        first: The first day that it was of, in UTC; None when no payload tells a time.
        last: The last day.
        servers: Who sent it.
        shape: What its values are made of: of a kind, the object without its tag.
    """

    what: What
    schema: str
    name: str
    expected: str
    count: int
    first: date | None
    last: date | None
    servers: tuple[str, ...]
    shape: Shape

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON: days as ISO 8601, the shape in words."""
        days = {name: day and day.isoformat() for name, day in (("first", self.first), ("last", self.last))}
        return asdict(self, recurse=False) | days | {"servers": list(self.servers), "shape": str(self.shape)}


@frozen
class Report:
    """What was found, and what was looked at; no value of a payload is in it.

    Attributes:
        unknowns: What the contract does not name, by schema.
        objects: How many objects were looked through (count).
        unread: How many were not, by what they say that they are.
    """

    unknowns: tuple[Unknown, ...]
    objects: int
    unread: Mapping[str, int]


def find_unknown(sent: Iterable[Sent]) -> Report:
    """Find what the contract does not name in what servers sent.

    Args:
        sent: What they sent; read once, and nothing of it is kept but names and shapes.

    Returns:
        What was found.
    """
    finder = _Finder()
    for one in sent:
        finder.take(one)
    return finder.report()


@define
class _Sightings:
    """All that is known of one unknown."""

    shape: Shape = field(factory=Shape)
    days: set[date] = field(factory=set[date])
    servers: dict[str, None] = field(factory=dict[str, None])

    def report(self, what: What, schema: str, name: str, expected: str) -> Unknown:
        first, last = min(self.days, default=None), max(self.days, default=None)
        return Unknown(what, schema, name, expected, self.shape.count, first, last, tuple(self.servers), self.shape)


@define
class _Finder:
    _found: dict[tuple[What, str, str, str], _Sightings] = field(factory=dict[tuple[What, str, str, str], _Sightings])
    _objects: int = 0
    _unread: Counter[str] = field(factory=Counter[str])
    _server: str = ""

    def report(self) -> Report:
        unknowns = [sightings.report(*key) for key, sightings in self._found.items()]
        unknowns.sort(key=lambda one: (one.schema, one.what, one.name, one.expected))
        return Report(tuple(unknowns), self._objects, dict(self._unread.most_common()))

    def take(self, sent: Sent) -> None:
        self._server = sent.server
        if sent.event is not None:
            self._look_through(RunStreamEvent.from_dict({"event": sent.event}), None)
        if sent.event != "done":
            self._take(sent.payload)

    def _take(self, payload: Any) -> None:
        if isinstance(payload, list):
            for item in payload:
                self._take(item)
            return
        if not isinstance(payload, dict):
            self._unread["that cannot be read"] += 1
            return
        items = payload.get("data")
        if isinstance(items, list):
            models = {_model_of(item) for item in items} if items else {RunStep}
            model = _LISTS.get(models.pop()) if len(models) == 1 else None
            if model is None:
                for item in items:
                    self._take(item)
                return
        else:
            model = _model_of(payload)
        if model is None:
            kind = payload.get("object")
            self._unread[kind if isinstance(kind, str) and is_name(kind) else "of no known kind"] += 1
            return
        try:
            decoded = model.from_dict(payload)
        except DECODING_FAULTS:
            self._unread[f"{model.__name__} that lacks what it is known by"] += 1
            return
        self._objects += max(1, len(items)) if isinstance(items, list) else 1
        self._look_through(decoded, None)

    def _look_through(self, model: Any, day: date | None) -> None:
        schema, rest = type(model).__name__, model.additional_properties
        day = _day_of(model) or day
        if (members := members_of(type(model))) is not None:
            self._look_at_unknown_kind(model, members, day)
            return
        for name, (attribute, expected) in model._fields.items():
            value = getattr(model, attribute)
            if value is UNSET:
                if name in rest:
                    self._see("misfit", schema, name, rest[name], day, expected)
            elif isinstance(value, str) and (enum := enums_of(model.__class__).get(attribute)):
                if value and not isinstance(value, enum):
                    self._see("value", enum.__name__, _told(value), value, day)
            else:
                self._look_at(schema, name, value, day)
        for name, value in rest.items():
            if name in model._fields:
                continue
            if isinstance(value, AdditionalProperties):
                self._look_through(value, day)
            elif not model._keeps_names:
                self._see("field", schema, _told(name), value, day)
        for _, expected, value in getattr(rest, "misfits", ()):
            self._see("misfit", schema, "(each name)", value, day, expected)

    def _look_at(self, schema: str, name: str, value: Any, day: date | None) -> None:
        if isinstance(value, AdditionalProperties):
            self._look_through(value, day)
        elif isinstance(value, list):
            for _, expected, item in getattr(value, "misfits", ()):
                self._see("misfit", schema, f"{name}[]", item, day, expected)
            for item in value:
                if isinstance(item, AdditionalProperties):
                    self._look_through(item, day)

    def _look_at_unknown_kind(self, model: Any, members: Members[Any], day: date | None) -> None:
        """Tell the kind, or when that is known, what of it does not fit."""
        payload = model.to_dict()
        kind = payload.pop(members.tag, None)
        if not isinstance(kind, str) or kind not in members.classes:
            name = _told(kind) if isinstance(kind, str) else f"(no {members.tag})"
            self._see("kind", union_of(type(model)), name, payload, day)
        for misfit in model.misfits:
            self._see_misfit(members.classes.get(str(kind), type(model).__name__), misfit, day)

    def _see_misfit(self, schema: str, misfit: Misfit, day: date | None) -> None:
        name = misfit.name.partition(".")[0].partition("[")[0] or "(itself)"
        self._see("misfit", schema, name, misfit.value, day, misfit.expected)

    def _see(self, what: What, schema: str, name: str, value: Any, day: date | None, expected: str = "") -> None:
        sightings = self._found.setdefault((what, schema, name, expected), _Sightings())
        sightings.shape.add(value, names_are_data=what != "kind" and holds_names_of_callers(name.removesuffix("[]")))
        sightings.servers[self._server] = None
        if day is not None:
            sightings.days.add(day)


def union_of(fallback: type) -> str:
    """Return the name of the union whose last member a model is."""
    return fallback.__name__.removeprefix("Unknown")


def _told(name: str) -> str:
    return name if is_name(name) else NOT_TOLD


def _model_of(payload: Any) -> Any:
    """Return what decodes an object; None when nobody knows what it is."""
    if not isinstance(payload, dict):
        return None
    kind, item_id = payload.get("object"), payload.get("id")
    if isinstance(kind, str):
        return _MODELS.get(kind)
    if "step_details" in payload:
        return RunStep
    if "error" in payload or "detail" in payload:
        return ErrorResponse
    by_id = (model for start, model in _BY_ID if isinstance(item_id, str) and item_id.startswith(start))
    return next(by_id, None)


def _day_of(model: AdditionalProperties[Any]) -> date | None:
    seconds = seconds_or_none(getattr(model, "created_at", None))
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).date()


@cache
def enums_of(model: type) -> dict[str, type[Enum]]:
    """Return the enumeration of each attribute that has one."""
    return {name: enum for name, hint in type_hints(model).items() for enum in _enums_in(hint)}


def _enums_in(hint: Any) -> Iterator[type[Enum]]:
    yield from (kind for kind in get_args(hint) if isinstance(kind, type) and issubclass(kind, Enum))
