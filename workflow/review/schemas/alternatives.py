"""Compare `oneOf` and `anyOf`: pair the members that correspond, and judge those left over."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import define, evolve, field

from workflow.review.schemas.change import Change, Child, Context, Direction, Sense
from workflow.review.schemas.discriminators import compare_mappings
from workflow.review.schemas.effect import Effect, of_replacement
from workflow.review.schemas.form import NULL, TYPES, Alternatives, Form, Part, Schema


def compare_alternatives(context: Context, base: Form, revision: Form) -> Iterator[Change | Child]:
    """Compare the unions of two forms; a form without one is a union of its types."""
    if len(base.alternatives) == len(revision.alternatives):
        for before, after in zip(base.alternatives, revision.alternatives, strict=True):
            yield from _Pairing(context, base, revision, before, after).compare()
    else:
        yield from _introduced_or_dissolved(context, base, revision)


def _alternative_forms(form: Form, form_of: Callable[[Schema], Form]) -> list[Form]:
    """Return forms that each accept part of the values and together all of them."""
    if len(form.alternatives) == 1:
        own = tuple(Part(part.place, unions=False) for part in form.schema + form.folded)
        parts = [form_of(own + member) for member in form.alternatives[0].members]
        return [evolve(part, types=part.types & form.types) for part in parts]
    if len(form.types) > 1 and form.values is None:
        kinds = form.types - {"integer"} if "number" in form.types else form.types
        return [evolve(form, types=_with_integer(kind)) for kind in sorted(kinds - {NULL})] or [form]
    return [form]


def _without_alternatives(form: Form) -> Form:
    return evolve(form, alternatives=[], types=form.types & form.member_types)


def _with_integer(kind: str) -> frozenset[str]:
    return frozenset({"number", "integer"} if kind == "number" else {kind})


def are_disjoint(one: Form, other: Form, form_of: Callable[[Schema], Form]) -> bool:
    """Whether it can be proven that no value fits both: by type, by enumeration or by a tag that both require."""
    shared = one.types & one.member_types & other.types & other.member_types
    if not shared or one.is_nothing or other.is_nothing:
        return True
    if one.values is not None and other.values is not None and not one.values.keys() & other.values.keys():
        return True
    if shared - {NULL} != frozenset({"object"}):
        return False
    for name in one.properties.keys() & other.properties.keys() & one.required & other.required:
        first, second = form_of(one.properties[name]).values, form_of(other.properties[name]).values
        if first is not None and second is not None and not first.keys() & second.keys():
            return True
    return _is_refused_name(one, other, form_of) or _is_refused_name(other, one, form_of)


def _is_refused_name(one: Form, other: Form, form_of: Callable[[Schema], Form]) -> bool:
    """Whether one requires a property that the other refuses."""
    return any(form_of(other.property_schema(name)).is_nothing for name in one.required)


def _union_effect(context: Context, base: Form, revision: Form, parts: tuple[list[Form], list[Form]]) -> Effect:
    """Return what replacing one form by another does, seen part by part."""
    harm, gain = Effect.NARROWER | Effect.UNSURE, Effect.WIDER | Effect.UNSURE
    # A part may lie in no part of the other side, and yet in the whole.
    afters = parts[1] if revision.alternatives else [*parts[1], revision]
    befores = parts[0] if base.alternatives else [*parts[0], base]
    loses = any(all(context.form_effect(before, after) & harm for after in afters) for before in parts[0])
    gains = any(all(context.form_effect(before, after) & gain for before in befores) for after in parts[1])
    return of_replacement(loses=loses, gains=gains)


def _introduced_or_dissolved(context: Context, base: Form, revision: Form) -> Iterator[Change]:
    before = _alternative_forms(base, context.base_form)
    after = _alternative_forms(revision, context.revision_form)
    if len(base.alternatives) > 1 or len(revision.alternatives) > 1:
        # The combinations of several choices are not followed: that they restrict is all that is said.
        effect = context.form_effect(_without_alternatives(base), _without_alternatives(revision))
        effect |= Effect.NARROWER if len(revision.alternatives) > len(base.alternatives) else Effect.WIDER
    else:
        effect = _union_effect(context, base, revision, (before, after))
    places = base.place("oneOf", "anyOf", "type"), revision.place("oneOf", "anyOf", "type")
    if len(revision.alternatives) > len(base.alternatives):
        kind = revision.alternatives[-1].kind
        if kind == "oneOf" and Effect.NARROWER not in effect:
            effect |= _lost_to_overlap(context, before, after)
        yield Change("alternatives-introduced", effect, f"{{}} is now described by {kind}", *places)
    else:
        kind = base.alternatives[-1].kind
        if kind == "oneOf" and Effect.WIDER not in effect:
            effect |= _lost_to_overlap(_Mirrored(context), after, before).flipped()
        yield Change("alternatives-dissolved", effect, f"{{}} is no longer described by {kind}", *places)


def _lost_to_overlap(context: Context, singles: list[Form], members: list[Form]) -> Effect:
    """Return what `oneOf` refuses because it fits two members: surely when one form lies in two of them."""
    effect = Effect.SAME
    for single in singles:
        holding = [m for m in members if not context.form_effect(single, m) & (Effect.NARROWER | Effect.UNSURE)]
        if len(holding) > 1:
            effect |= Effect.NARROWER
        elif any(not are_disjoint(single, m, context.revision_form) for m in members if m not in holding):
            effect |= Effect.UNSURE
    return effect


@define
class _Mirrored:
    """A context with base and revision exchanged."""

    _context: Context

    @property
    def direction(self) -> Direction:
        return self._context.direction

    def base_form(self, schema: Schema) -> Form:
        return self._context.revision_form(schema)

    def revision_form(self, schema: Schema) -> Form:
        return self._context.base_form(schema)

    def written(self, schema: Schema) -> str:
        return self._context.written(schema)

    def same(self, base: Schema, revision: Schema) -> bool:
        return self._context.same(revision, base)

    def effect(self, base: Schema, revision: Schema) -> Effect:
        return self._context.effect(revision, base).flipped()

    def form_effect(self, base: Form, revision: Form) -> Effect:
        return self._context.form_effect(revision, base).flipped()


@define
class _Pairing:
    """Two unions and which of their members correspond."""

    context: Context
    base: Form
    revision: Form
    before: Alternatives
    after: Alternatives
    pairs: list[tuple[Schema, Schema]] = field(factory=list[tuple[Schema, Schema]])

    def compare(self) -> Iterator[Change | Child]:
        gone, new = self._pair()
        names_now: dict[str, str] = {}
        for before, after in self.pairs:
            names = member_name(before, self.context.base_form), member_name(after, self.context.revision_form)
            names_now[names[0]] = names[1]
            yield Child(before, after, f"|{min(names)}", Sense.NONE if self._is_covered(before, after) else Sense.SAME)
        for member in gone:
            name = member_name(member, self.context.base_form)
            effect = self._effect_of_removal(member, new)
            places = member[0].place, self.after.place
            yield Change("alternative-removed", effect, f"{{}} can no longer be {name}", *places, detail=name)
        for member in new:
            name = member_name(member, self.context.revision_form)
            effect = self._effect_of_addition(member, gone)
            places = self.before.place, member[0].place
            yield Change("alternative-added", effect, f"{{}} can now be {name}", *places, detail=name)
        if self.before.kind != self.after.kind:
            yield self._kind_change()
        yield from self._overlap(gone, new)
        yield from compare_mappings(self.before, self.after, names_now)

    def _is_covered(self, before: Schema, after: Schema) -> bool:
        """Whether another member of `anyOf`, before and after, takes any value of these types anyway."""
        if self.before.exclusive or self.after.exclusive:
            return False
        base_form, revision_form = self.context.base_form, self.context.revision_form
        return any(
            other is not before
            and base_form(other).is_bare_type
            and revision_form(twin).is_bare_type
            and base_form(before).types <= base_form(other).types
            and revision_form(after).types <= revision_form(twin).types
            for other, twin in self.pairs
        )

    def _pair(self) -> tuple[list[Schema], list[Schema]]:
        gone, new = list(self.before.members), list(self.after.members)
        base_form, revision_form = self.context.base_form, self.context.revision_form
        signs: tuple[Callable[[Schema, Callable[[Schema], Form]], str], ...] = (
            _named,
            lambda member, _: self.context.written(member),
            _tagged,
            _titled,
            _shaped,
            _typed,
        )
        for sign in signs:
            waiting: dict[str, list[Schema]] = {}
            for member in new:
                waiting.setdefault(sign(member, revision_form), []).append(member)
            for member in list(gone):
                partners = waiting.get(sign(member, base_form))
                if partners and sign(member, base_form):
                    partner = partners.pop(0)
                    self.pairs.append((member, partner))
                    gone = [other for other in gone if other is not member]
                    new = [other for other in new if other is not partner]
        return gone, new

    def _effect_of_removal(self, member: Schema, new: list[Schema]) -> Effect:
        heirs = new + [after for before, after in self.pairs if self._may_inherit(before, after, self.before)]
        return Effect.SAME if any(self._is_within(member, heir) for heir in heirs) else Effect.NARROWER

    def _effect_of_addition(self, member: Schema, gone: list[Schema]) -> Effect:
        heirs = gone + [before for before, after in self.pairs if self._may_inherit(before, after, self.after)]
        covered = any(not self.context.effect(heir, member) & (Effect.WIDER | Effect.UNSURE) for heir in heirs)
        return Effect.SAME if covered else Effect.WIDER

    def _may_inherit(self, before: Schema, after: Schema, union: Alternatives) -> bool:
        """Members of `oneOf` exclude one another, so one that stayed as it was cannot take over another's values."""
        return not union.exclusive or self.context.effect(before, after) is not Effect.SAME

    def _is_within(self, before: Schema, after: Schema) -> bool:
        return not self.context.effect(before, after) & (Effect.NARROWER | Effect.UNSURE)

    def _kind_change(self) -> Change:
        members = [self.context.revision_form(member) for member in self.after.members]
        apart = all(
            are_disjoint(one, other, self.context.revision_form)
            for index, one in enumerate(members)
            for other in members[:index]
        )
        effect = Effect.SAME if apart else Effect.NARROWER if self.after.exclusive else Effect.WIDER
        action = "narrowed" if self.after.exclusive else "widened"
        text = f"{{}} is now described by {self.after.kind}, before by {self.before.kind}"
        return Change(f"alternatives-kind-{action}", effect, text, self.before.place, self.after.place)

    def _overlap(self, gone: list[Schema], new: list[Schema]) -> Iterator[Change]:
        """Tell when a changed member of `oneOf` may overlap another: values that fit both are refused."""
        if not (self.before.exclusive and self.after.exclusive):
            return
        touched = [pair for pair in self.pairs if self.context.effect(*pair) is not Effect.SAME]
        before = _may_overlap([pair[0] for pair in touched] + gone, self.before.members, self.context.base_form)
        after = _may_overlap([pair[1] for pair in touched] + new, self.after.members, self.context.revision_form)
        if before or after:
            text = "the changed alternatives of {} may overlap others, and a value that fits two is refused"
            yield Change("alternatives-overlap-changed", Effect.UNSURE, text, self.before.place, self.after.place)


def _may_overlap(touched: list[Schema], members: list[Schema], form_of: Callable[[Schema], Form]) -> bool:
    return any(
        not are_disjoint(form_of(one), form_of(other), form_of)
        for one in touched
        for other in members
        if one is not other
    )


def member_name(member: Schema, form_of: Callable[[Schema], Form]) -> str:
    """Return what a reader calls a member: its schema's name, its tag, its title or its type."""
    for sign in (_named, _tagged, _titled, _typed):
        name = sign(member, form_of)
        if name:
            return name
    return "anything"


def _named(member: Schema, _: Callable[[Schema], Form]) -> str:
    component = member[0].place.component if member else None
    return component[1] if component else ""


def _tagged(member: Schema, form_of: Callable[[Schema], Form]) -> str:
    form = form_of(member)
    tags = [(name, form_of(form.properties[name]).values) for name in sorted(form.required & form.properties.keys())]
    return " ".join(f"{name}={','.join(sorted(values))}" for name, values in tags if values)


def _titled(member: Schema, _: Callable[[Schema], Form]) -> str:
    return next((title for part in member if (title := part.place.text("title"))), "")


def _shaped(member: Schema, form_of: Callable[[Schema], Form]) -> str:
    return " ".join(sorted(form_of(member).properties))


def _typed(member: Schema, form_of: Callable[[Schema], Form]) -> str:
    form = form_of(member)
    types = form.spoken_of or TYPES if form.types == TYPES else form.types
    return " or ".join(sorted(types - {"integer"} if "number" in types else types))
