"""Compare two schemas as sets of accepted values: what changed at one level, and the effect through all levels."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from attrs import define, field

from workflow.review.sameness import Sameness
from workflow.review.schemas.alternatives import compare_alternatives
from workflow.review.schemas.arrays import compare_arrays
from workflow.review.schemas.change import Change, Child, Context, Direction, Sense
from workflow.review.schemas.discriminators import compare_discriminators
from workflow.review.schemas.effect import Effect, of_replacement
from workflow.review.schemas.form import NULL, Form, Schema, SchemaKey, key
from workflow.review.schemas.normalise import Normaliser
from workflow.review.schemas.objects import compare_objects
from workflow.review.schemas.values import (
    compare_defaults,
    compare_idle,
    compare_null,
    compare_types,
    compare_values,
    compare_xml,
)

_MAX_DEPTH = 40
"""Levels below which the effect of one change on another schema is no longer followed but called unsure."""


_Pair = tuple[SchemaKey, SchemaKey]


def compare_forms(context: Context, base: Form, revision: Form) -> Iterator[Change | Child]:
    """Compare two forms at their own level.

    Yields:
        The changes of this level, and the pairs of inner schemas to compare next.
    """
    yield from compare_defaults(base, revision)
    yield from compare_xml(base, revision)
    yield from compare_idle(base, revision)
    yield from _compare_children(base, revision)
    unions_differ = len(base.alternatives) != len(revision.alternatives)
    if unions_differ and 0 in (len(base.alternatives), len(revision.alternatives)):
        # Types, bounds and members of a union stand in its members: only the whole can be compared.
        yield from compare_null(base, revision)
        yield from compare_alternatives(context, base, revision)
        return
    yield from compare_types(base, revision)
    shared = base.types & revision.types
    both_enumerated = base.values is not None and revision.values is not None
    if both_enumerated or shared - {NULL}:
        yield from compare_values(base, revision)
    if not shared:
        return
    if base.values is None and revision.values is None:
        if "array" in shared:
            yield from compare_arrays(context, base, revision)
        if "object" in shared:
            yield from compare_objects(context, base, revision)
    yield from compare_alternatives(context, base, revision)
    yield from _compare_negations(context, base, revision)
    yield from _compare_conditions(context, base, revision)


def _compare_children(base: Form, revision: Form) -> Iterator[Change | Child]:
    """Compare the schemas that a discriminator leads to, and nothing else does."""
    for tag in dict.fromkeys([*base.children, *revision.children]):
        before, after = base.children.get(tag), revision.children.get(tag)
        if before is not None and after is not None:
            yield Child(before, after, f"|{tag}")
        else:
            action = "added" if before is None else "removed"
            text = (
                f"the tag {tag} of {{}} {'now leads' if before is None else 'no longer leads'} to a schema of its own"
            )
            places = (before or base.schema)[0].place, (after or revision.schema)[0].place
            yield Change(f"discriminator-child-{action}", Effect.UNSURE, text, *places, detail=tag)
    if not base.alternatives and not revision.alternatives:
        yield from compare_discriminators(base.discriminator, revision.discriminator, (base.place(), revision.place()))


def _compare_negations(context: Context, base: Form, revision: Form) -> Iterator[Change | Child]:
    places = base.place("not"), revision.place("not")
    shared = min(len(base.negations), len(revision.negations))
    for index in range(shared):
        yield Child(base.negations[index], revision.negations[index], "(not)", Sense.REVERSED)
    for schema in revision.negations[shared:]:
        effect = Effect.NARROWER if context.revision_form(schema).types & base.types else Effect.SAME
        yield Change("negation-added", effect, "{} must no longer fit what its 'not' forbids", *places)
    for schema in base.negations[shared:]:
        effect = Effect.WIDER if context.base_form(schema).types & revision.types else Effect.SAME
        yield Change("negation-removed", effect, "{} may fit what its 'not' forbade", *places)


def _compare_conditions(context: Context, base: Form, revision: Form) -> Iterator[Change | Child]:
    places = base.place("if"), revision.place("if")
    shared = min(len(base.conditions), len(revision.conditions))
    for before, after in zip(base.conditions[:shared], revision.conditions[:shared], strict=True):
        if context.effect(before.test, after.test) is not Effect.SAME:
            text = "the condition on which {} must fit further schemas changed"
            yield Change("condition-changed", Effect.DIFFERENT, text, before.place, after.place)
        yield Child(before.then, after.then, "(then)")
        yield Child(before.otherwise, after.otherwise, "(else)")
    if len(revision.conditions) > shared:
        yield Change("condition-added", Effect.NARROWER, "{} must now fit further schemas on a condition", *places)
    elif len(base.conditions) > shared:
        yield Change("condition-removed", Effect.WIDER, "{} need no longer fit further schemas on a condition", *places)


@define
class Comparison:
    """Two descriptions' schemas in one direction, with a memory of what was compared.

    Attributes:
        base: Forms of the base's schemas.
        revision: Forms of the revision's schemas.
        direction: Who writes the values.
        equal: Which parts of the descriptions are equal.
    """

    base: Normaliser
    revision: Normaliser
    direction: Direction
    equal: Sameness
    _effects: dict[_Pair, Effect] = field(factory=dict[_Pair, Effect])
    _in_progress: dict[_Pair, int] = field(factory=dict[_Pair, int])
    # Effects that rest on what was assumed of a pair further up, with the level of the highest of those.
    _assumed: dict[_Pair, tuple[Effect, int]] = field(factory=dict[_Pair, tuple[Effect, int]])
    _form_effects: dict[tuple[int, int], tuple[Form, Form, Effect]] = field(
        factory=dict[tuple[int, int], tuple[Form, Form, Effect]]
    )
    _settling: list[_Pair] | None = None
    _highest: int = sys.maxsize
    _depth: int = 0

    def base_form(self, schema: Schema) -> Form:
        """Return the form of a schema of the base."""
        return self.base.form(schema)

    def revision_form(self, schema: Schema) -> Form:
        """Return the form of a schema of the revision."""
        return self.revision.form(schema)

    def written(self, schema: Schema) -> str:
        """Return what schemas of both sides have in common that are written alike; empty where that is not known."""
        return self.equal.written(schema)

    def same(self, base: Schema, revision: Schema) -> bool:
        """Whether two schemas are known to be equal through and through."""
        return self.equal.schemas(base, revision)

    def effect(self, base: Schema, revision: Schema) -> Effect:
        """Return what replacing one schema by another does, seen through all levels.

        A pair that contains itself adds nothing new on the second round, so it is assumed to be the same meanwhile.
        What rests on such an assumption is kept while the pair is compared, and completed when it turns out not to
        be the same. So a pair is compared once for each circle it is on, and not once for each way that leads to it.
        """
        if self.equal.schemas(base, revision):
            return Effect.SAME
        base, revision = self.base.resolved(base), self.revision.resolved(revision)
        pair = key(base), key(revision)
        known = self._effects.get(pair)
        if known is not None:
            return known
        if pair in self._in_progress:
            self._highest = min(self._highest, self._in_progress[pair])
            return Effect.SAME
        if pair in self._assumed:
            effect, highest = self._assumed[pair]
            self._highest = min(self._highest, highest)
            return effect
        level, outer_highest = len(self._in_progress), self._highest
        self._in_progress[pair], self._highest = level, level
        effect = self.form_effect(self.base.form(base), self.revision.form(revision))
        del self._in_progress[pair]
        highest, self._highest = self._highest, min(outer_highest, self._highest)
        if highest < level:
            self._assumed[pair] = effect, highest
            return effect
        self._effects[pair] = effect
        self._highest = outer_highest
        if self._settling is not None:
            self._settling.append(pair)
        rests = [other for other, (_, assumed) in self._assumed.items() if assumed >= level]
        for other in rests:
            self._effects[other] = self._assumed.pop(other)[0]
        if effect is not Effect.SAME:
            self._settle([pair, *rests])
        return self._effects[pair]

    def _settle(self, pairs: list[_Pair]) -> None:
        """Give up the assumption that something was the same: tell all that rests on it, until all know."""
        outer, self._settling = self._settling, pairs
        is_settled = False
        while not is_settled:
            is_settled = True
            for pair in pairs:
                known = self._effects[pair]
                if Effect.DIFFERENT not in known:
                    now = known | self.form_effect(self.base.known(pair[0]), self.revision.known(pair[1]))
                    self._effects[pair] = now
                    is_settled &= now == known
        self._settling = outer

    def form_effect(self, base: Form, revision: Form) -> Effect:
        """Return what replacing one form by another does, seen through all levels."""
        if base.is_nothing or revision.is_nothing:
            return of_replacement(loses=not base.is_nothing, gains=not revision.is_nothing)
        known = self._form_effects.get((id(base), id(revision)))
        if known is not None and self._settling is None:
            return known[2]
        if self._depth >= _MAX_DEPTH:
            return Effect.UNSURE
        self._depth += 1
        highest, self._highest = self._highest, len(self._in_progress)
        effect = Effect.SAME
        for found in compare_forms(self, base, revision):
            if isinstance(found, Change):
                effect |= found.effect
            elif found.sense is not Sense.NONE:
                effect |= self.effect(found.base, found.revision).seen(found.sense)
            if Effect.DIFFERENT in effect:
                break
        self._depth -= 1
        if self._highest >= len(self._in_progress) and self._settling is None:
            # Nothing was assumed of a pair further up; the forms are kept so that no others get their identities.
            self._form_effects[id(base), id(revision)] = base, revision, effect
        self._highest = min(highest, self._highest)
        return effect
