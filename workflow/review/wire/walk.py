"""Walk two descriptions side by side: collect findings, and compare every pair of schemas once.

A schema that many operations share is compared once per direction, however often it is referred to; the operations
it concerns are added up afterwards. That keeps the cost linear and a report readable.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from itertools import compress

from attrs import define, evolve, field, frozen

from workflow.review.description import Description, Place
from workflow.review.findings import Finding, Level, visible
from workflow.review.sameness import Sameness
from workflow.review.schemas.change import Change, Direction, Sense
from workflow.review.schemas.compare import Comparison, compare_forms
from workflow.review.schemas.form import NULL, Form, Schema, SchemaKey, key
from workflow.review.schemas.merge import CONSTRAINTS
from workflow.review.schemas.normalise import Normaliser
from workflow.review.wire.annotations import compare_annotations, text_level
from workflow.review.wire.lifecycle import KEYS as LIFECYCLE_KEYS
from workflow.review.wire.lifecycle import compare_lifecycle
from workflow.review.wire.reach import Node, hand_down
from workflow.review.wire.rules import level_of


@frozen
class Subject:
    """What is being compared.

    Attributes:
        label: As readers call it.
        identity: The same for the same thing in every description, whatever stands around it.
        operation: Number of the operation that led here; None outside operations.
    """

    label: str
    identity: str
    operation: int | None = None

    def member(self, name: str, label: str = "") -> Subject:
        """Return the subject of something inside this one."""
        return Subject(
            label or self.label + name, f"{self.identity} {name}" if label else self.identity + name, self.operation
        )


Places = tuple[Place | None, Place | None]
"""Where something stands in the base and in the revision; None where nothing comes near it."""


@frozen
class Writing:
    """How values are written where that is not as in JSON, in which a number is no text.

    Attributes:
        is_text: Whether the value is a text, or a list of texts: a number is a text like any other there.
        has_fields: Whether what an object holds is texts in turn.
        is_repeated: Whether a list is written as its items are, one after another, so that one of one is its item.
        goes_on: Whether everything below is written so, too.
        other: Fields that are written in another way.
    """

    is_text: bool = False
    has_fields: bool = False
    is_repeated: bool = False
    goes_on: bool = False
    other: frozenset[str] = frozenset()

    def inside(self, name: str) -> Writing:
        """Return how what is inside the value is written, by the name it has there."""
        if name.startswith("|") or (self.goes_on and not name.startswith("(")):
            return self
        if name == "[]" and self.is_text:
            return Writing(is_text=True)
        if self.has_fields and name.startswith(".") and name[1:] not in self.other:
            return Writing(is_text=True, is_repeated=self.is_repeated)
        return JSON


JSON = Writing()

_UnitKey = tuple[SchemaKey, SchemaKey, Direction, Sense, Writing]


@define(eq=False)
class _Unit(Node):
    """A pair of schemas to compare; its origins are the operations that lead to it."""

    base: Schema
    revision: Schema
    direction: Direction
    sense: Sense
    subject: Subject
    places: Places = (None, None)
    writing: Writing = JSON


@define(eq=False)
class _Report:
    """A finding, the operations that reported it, and the pairs of schemas it was found in."""

    finding: Finding
    operations: int = 0
    units: list[_Unit] = field(factory=list[_Unit])


@define
class Walk:
    """Two descriptions under comparison.

    Attributes:
        base: The description before.
        revision: The description after.
        today: The day that decides which sunsets have passed.
        strict: Whether set theory alone decides about properties that come to closed objects of responses.
        equal: Which parts of the descriptions are equal.
    """

    base: Description
    revision: Description
    today: dt.date
    strict: bool = False
    _operations: list[str] = field(factory=list[str])
    _reports: dict[tuple[object, ...], _Report] = field(factory=dict[tuple[object, ...], "_Report"])
    _units: dict[_UnitKey, _Unit] = field(factory=dict[_UnitKey, _Unit])
    _pending: list[_Unit] = field(factory=list[_Unit])
    equal: Sameness = field(init=False)
    _comparisons: dict[Direction, Comparison] = field(init=False)

    def __attrs_post_init__(self) -> None:
        before, after = Normaliser(self.base), Normaliser(self.revision)
        self.equal = Sameness(self.base, self.revision)
        self._comparisons = {direction: Comparison(before, after, direction, self.equal) for direction in Direction}

    def operation(self, name: str, identity: str) -> Subject:
        """Return the subject of one more operation."""
        self._operations.append(visible(name))
        return Subject(name, identity, len(self._operations) - 1)

    def report(
        self,
        rule: str,
        level: Level,
        text: str,
        subject: Subject,
        places: Places,
        *,
        direction: Direction | None = None,
        detail: str = "",
        within: _Unit | None = None,
    ) -> None:
        """Report a change; a second report of the same change adds its operation to the first.

        Args:
            rule: What happened.
            level: How much it asks.
            text: The sentence, with `{}` for the name of the subject.
            subject: What changed.
            places: Where it stood in the base, and where it stands in the revision.
            direction: Who writes the values concerned.
            detail: What tells it apart from other changes by the same rule on the same subject.
            within: The pair of schemas it was found in, whose operations it concerns.
        """
        base, revision = places
        nodes = id(base.node) if base else None, id(revision.node) if revision else None
        known_key = rule, level, direction, nodes, detail, subject.label
        report = self._reports.get(known_key)
        if report is None:
            sentence = _sentence(text.replace("{}", f"`{subject.label}`"), direction)
            finding = Finding(
                rule, level, direction, subject.label, subject.identity, sentence, base, revision, detail=detail
            )
            report = self._reports[known_key] = _Report(finding)
        if within is not None:
            report.units.append(within)
        elif subject.operation is not None:
            report.operations |= 1 << subject.operation

    def promises(self, base: Place, revision: Place, subject: Subject) -> None:
        """Report what changed in deprecation, sunset and stability."""
        if self.equal.alike(base, revision):
            return
        for promise in compare_lifecycle(base, revision):
            places = base.get(promise.key) or base, revision.get(promise.key) or revision
            self.report(promise.rule, promise.level, promise.text, subject, places, detail=promise.detail)

    def texts(self, base: Place | None, revision: Place | None, subject: Subject, interpreted: Collection[str]) -> None:
        """Report what changed in the members that nothing interprets."""
        if base is not None and revision is not None and self.equal.alike(base, revision):
            return
        for change in compare_annotations(base, revision, interpreted):
            places = change.base, change.revision
            level = text_level(change)
            self.report(change.rule, level, change.text, subject, places, detail=change.detail)

    def schemas(
        self,
        base: Place | None,
        revision: Place | None,
        direction: Direction,
        subject: Subject,
        *,
        writing: Writing = JSON,
    ) -> None:
        """Put two schemas on the list of those to compare.

        Args:
            base: The schema before.
            revision: The schema after.
            direction: Who writes the values.
            subject: What they are of.
            writing: How they are written.
        """
        if self.equal(base, revision):
            return
        comparison = self._comparisons[direction]
        before, after = comparison.base.schema(base), comparison.revision.schema(revision)
        unit = self._unit(before, after, direction, Sense.SAME, subject=subject, writing=writing)
        if subject.operation is not None:
            unit.origins |= 1 << subject.operation

    def findings(self) -> list[Finding]:
        """Compare all schemas on the list and return what was found, in order of discovery."""
        while self._pending:
            self._compare(self._pending.pop())
        hand_down(self._units.values())
        results: list[Finding] = []
        for report in self._reports.values():
            for unit in report.units:
                report.operations |= unit.origins
            # The digits of the number are flags, the last one that of the first operation.
            flags = map(int, reversed(f"{report.operations:b}"))
            results.append(evolve(report.finding, operations=tuple(compress(self._operations, flags))))
        return results

    def _unit(
        self,
        base: Schema,
        revision: Schema,
        direction: Direction,
        sense: Sense,
        *,
        subject: Subject,
        owner: _Unit | None = None,
        writing: Writing = JSON,
    ) -> _Unit:
        comparison = self._comparisons[direction]
        written = base, revision
        base, revision = comparison.base.resolved(base), comparison.revision.resolved(revision)
        self._compare_references(written, subject, owner)
        unit_key = key(base), key(revision), direction, sense, writing
        names = component_name(base), component_name(revision)
        if base and revision and names[0] != names[1]:
            before, after = (name or "described in place" for name in names)
            text = f"the schema of {{}} is now {after}, before {before}"
            detail = " ".join(sorted(names))
            places = written[0][0].place, written[1][0].place
            rule, level = "schema-renamed", Level.SAFE
            self.report(rule, level, text, subject, places, direction=direction, detail=detail, within=owner)
        unit = self._units.get(unit_key)
        if unit is None:
            name = names[1] or names[0]
            if name:
                # Both names, in an order that does not depend on which came first.
                subject = Subject(name, "schema " + " ".join(sorted({*names} - {""})))
            fallback: Places = owner.places if owner else (None, None)
            around = base[0].place if base else fallback[0], revision[0].place if revision else fallback[1]
            unit = self._units[unit_key] = _Unit(base, revision, direction, sense, subject, around, writing)
            self._pending.append(unit)
        return unit

    def _compare(self, unit: _Unit) -> None:
        comparison = self._comparisons[unit.direction]
        base, revision = comparison.base_form(unit.base), comparison.revision_form(unit.revision)
        self._compare_texts(base, revision, unit)
        if unit.writing.is_text and self._compare_as_text(base, revision, unit):
            return
        for found in compare_forms(comparison, base, revision):
            if isinstance(found, Change):
                effect = found.effect.seen(unit.sense)
                self._report_change(found, level_of(found.rule, effect, unit.direction, strict=self.strict), unit)
                continue
            self._enter(unit, found.base, found.revision, found.name, found.sense)

    def _enter(self, unit: _Unit, base: Schema, revision: Schema, name: str, sense: Sense = Sense.SAME) -> None:
        """Go on with two schemas inside others."""
        if self.equal.schemas(base, revision) and component_name(base) == component_name(revision):
            return
        subject, writing = unit.subject.member(name), unit.writing.inside(name)
        sense = Sense(unit.sense * sense)
        inner = self._unit(base, revision, unit.direction, sense, subject=subject, owner=unit, writing=writing)
        unit.inner.append(inner)

    def _compare_as_text(self, before: Form, after: Form, unit: _Unit) -> bool:
        """Compare two types that look alike once written as text; return whether they do."""
        widened = _is_wider_text(before, after, unit.writing)
        if not widened and not _is_wider_text(after, before, unit.writing):
            return False
        harmless = widened == (unit.direction is Direction.REQUEST)
        level = Level.SAFE if harmless == (unit.sense is not Sense.REVERSED) else Level.BREAKING
        action = "widened" if widened else "narrowed"
        text = f"the type of {{}} {action}: what is written for one is a text the other takes"
        places = before.place("type"), after.place("type")
        self.report(f"type-{action}", level, text, unit.subject, places, direction=unit.direction, within=unit)
        if "array" in before.types | after.types:
            items = [form.items if "array" in form.types else form.schema for form in (before, after)]
            self._enter(unit, items[0], items[1], "[]")
        return True

    def _report_change(self, change: Change, level: Level, unit: _Unit) -> None:
        subject = unit.subject.member(change.name)
        places = change.base or unit.places[0], change.revision or unit.places[1]
        direction, detail = unit.direction, change.detail
        self.report(change.rule, level, change.text, subject, places, direction=direction, detail=detail, within=unit)

    def _compare_references(self, written: tuple[Schema, Schema], subject: Subject, owner: _Unit | None) -> None:
        """Compare what stands beside two references."""
        if not all(schema and schema[0].place.text("$ref") is not None for schema in written):
            return
        before, after = (schema[0].place for schema in written)
        for change in compare_annotations(before, after, CONSTRAINTS | LIFECYCLE_KEYS):
            where: Places = change.base, change.revision
            level = text_level(change)
            self.report(change.rule, level, change.text, subject, where, detail=change.detail, within=owner)

    def _compare_texts(self, base: Form, revision: Form, unit: _Unit) -> None:
        if not base.places or not revision.places:
            return
        for before, after in _corresponding(base.places, revision.places):
            if self.equal.alike(before, after):
                continue
            for change in compare_annotations(before, after, CONSTRAINTS | LIFECYCLE_KEYS):
                places: Places = change.base, change.revision
                text, detail = change.text, change.detail
                level = text_level(change)
                self.report(change.rule, level, text, unit.subject, places, detail=detail, within=unit)
            for promise in compare_lifecycle(before, after):
                level, text, detail = promise.level, promise.text, promise.detail
                where = before.get(promise.key) or before, after.get(promise.key) or after
                self.report(promise.rule, level, text, unit.subject, where, detail=detail, within=unit)


def _is_wider_text(narrow: Form, wide: Form, writing: Writing) -> bool:
    """Whether every text written for one form can be read as another type.

    A list of one item, repeated, is written like the item; a number or a switch is a text like any other.
    """
    types = narrow.types - {NULL}
    if not types or types & {"array", "object"}:
        return False
    if wide.types - {NULL} == frozenset({"array"}):
        least = wide.limits.get("minItems")
        return writing.is_repeated and (least is None or least.value <= 1) and not wide.contains and not wide.prefix
    # A choice of several types is a promise about each of them, not about text.
    is_plain = "string" not in types and len(types - {"integer"}) <= 1
    return is_plain and wide.types - {NULL} == frozenset({"string"}) and wide.is_bare_type


def component_name(schema: Schema) -> str:
    """Return the name a schema has among the components; empty for a schema described in place."""
    kind, name = (schema[0].place.component if len(schema) == 1 else None) or ("", "")
    return name if kind == "schemas" else ""


def _corresponding(base: list[Place], revision: list[Place]) -> Iterator[tuple[Place, Place]]:
    """Pair the schema objects merged into two forms: by name, and the others in order."""
    if len(base) == len(revision) == 1:
        yield base[0], revision[0]
        return
    named = {tuple(place.keys()): place for place in base}
    rest_base = list(base)
    rest_revision: list[Place] = []
    for place in revision:
        partner = named.get(tuple(place.keys()))
        if partner is not None and partner in rest_base:
            rest_base.remove(partner)
            yield partner, place
        else:
            rest_revision.append(place)
    yield from zip(rest_base, rest_revision, strict=False)


def _sentence(text: str, direction: Direction | None) -> str:
    sentence = f"in {direction}s {text}" if direction else text
    return sentence[:1].upper() + sentence[1:] + "."
