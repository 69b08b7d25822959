"""Compare what two forms say of objects."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.review.description import Place
from workflow.review.schemas.arrays import compare_optional
from workflow.review.schemas.change import Change, Child, Context, Direction
from workflow.review.schemas.effect import Effect
from workflow.review.schemas.form import Form


def compare_objects(context: Context, base: Form, revision: Form) -> Iterator[Change | Child]:
    """Compare properties, and what holds of names and of undeclared properties, of two forms that accept objects."""
    for name in dict.fromkeys([*base.properties, *revision.properties]):
        if name in base.properties and name in revision.properties:
            yield Child(base.properties[name], revision.properties[name], f".{name}")
            yield from _compare_required(context, base, revision, name)
        else:
            yield from _one_sided_property(context, base, revision, name)
    for name in sorted((base.required | revision.required) - base.properties.keys() - revision.properties.keys()):
        yield from _compare_required(context, base, revision, name)
    yield from _compare_undeclared(context, base, revision)
    yield from _compare_pattern_properties(context, base, revision)
    names = base.property_names, revision.property_names
    yield from compare_optional("propertyNames", ".(names)", (base, revision), names)
    unevaluated = base.unevaluated_properties, revision.unevaluated_properties
    yield from compare_optional("unevaluatedProperties", ".(rest)", (base, revision), unevaluated)
    yield from _compare_dependencies(base, revision)


def _requires(form: Form, declared: Form | None, name: str, direction: Direction) -> bool:
    """Whether a property must be there: `required` says nothing of read-only ones in requests, and vice versa."""
    if name not in form.required or declared is None:
        return name in form.required
    return not (declared.read_only if direction is Direction.REQUEST else declared.write_only)


def _declared(context: Context, base: Form, revision: Form, name: str) -> tuple[Form | None, Form | None]:
    before = context.base_form(base.properties[name]) if name in base.properties else None
    after = context.revision_form(revision.properties[name]) if name in revision.properties else None
    return before, after


def _compare_required(context: Context, base: Form, revision: Form, name: str) -> Iterator[Change]:
    schemas = base.properties.get(name, ()), revision.properties.get(name, ())
    if (name in base.required) == (name in revision.required) and context.same(*schemas):
        return
    before, after = _declared(context, base, revision, name)
    was = _requires(base, before, name, context.direction)
    now = _requires(revision, after, name, context.direction)
    places = base.place("required"), revision.place("required")
    yield from _compare_access(before, after, name, required=name in base.required and name in revision.required)
    by_access = (name in base.required) == (name in revision.required)
    if was == now or by_access:
        return
    rule, effect = ("became-required", Effect.NARROWER) if now else ("became-optional", Effect.WIDER)
    text = "{} is now required" if now else "{} is no longer required"
    yield Change(rule, effect, text, *places, name=f".{name}")


def _compare_access(before: Form | None, after: Form | None, name: str, *, required: bool) -> Iterator[Change]:
    if before is None or after is None:
        return
    for label, was, now in (
        ("read-only", before.read_only, after.read_only),
        ("write-only", before.write_only, after.write_only),
    ):
        if was == now:
            continue
        rule = f"became-{label}" if now else f"became-not-{label}"
        text = f"{{}} is now {label}" if now else f"{{}} is no longer {label}"
        if required:
            rule = f"required-property-{rule}"
        keyword = "readOnly" if label == "read-only" else "writeOnly"
        yield Change(rule, Effect.SAME, text, before.place(keyword), after.place(keyword), name=f".{name}")


def _one_sided_property(context: Context, base: Form, revision: Form, name: str) -> Iterator[Change]:
    """Tell of a property declared on one side only: what the other side says of undeclared ones decides."""
    before, after = _declared(context, base, revision, name)
    added = after is not None
    declared = after or before
    assert declared is not None
    required = _requires(revision if added else base, declared, name, context.direction)
    effect = context.effect(base.property_schema(name), revision.property_schema(name))
    unsent = declared.read_only if context.direction is Direction.REQUEST else declared.write_only
    if unsent:
        effect = Effect.SAME
    if required:
        effect |= Effect.NARROWER if added else Effect.WIDER
    kind = "required" if required else "optional"
    action = "added" if added else "removed"
    text = f"the {kind} property {{}} was {action}"
    # Where it stood, or the object it is missing from.
    places = _property_place(base, name), _property_place(revision, name)
    yield Change(f"{kind}-property-{action}", effect, text, *places, name=f".{name}")


def _property_place(form: Form, name: str) -> Place | None:
    schema = form.properties.get(name)
    return schema[0].place if schema else form.place("properties", "required")


def _compare_undeclared(context: Context, base: Form, revision: Form) -> Iterator[Change | Child]:
    before, after = base.additional, revision.additional
    if not before and not after:
        return
    was_closed = context.base_form(before).is_nothing
    is_closed = context.revision_form(after).is_nothing
    places = base.place("additionalProperties"), revision.place("additionalProperties")
    if is_closed and not was_closed:
        text = "{} no longer takes properties that are not declared"
        yield Change("additional-properties-closed", Effect.NARROWER, text, *places)
    elif was_closed and not is_closed:
        text = "{} now takes properties that are not declared"
        yield Change("additional-properties-opened", Effect.WIDER, text, *places)
    elif not was_closed:
        yield Child(before, after, ".*")


def _compare_pattern_properties(context: Context, base: Form, revision: Form) -> Iterator[Change | Child]:
    places = base.place("patternProperties"), revision.place("patternProperties")
    for pattern in dict.fromkeys([*base.pattern_properties, *revision.pattern_properties]):
        before, after = base.pattern_properties.get(pattern), revision.pattern_properties.get(pattern)
        if before is not None and after is not None:
            yield Child(before, after, f".({pattern})")
            continue
        effect = context.effect(
            base.additional if before is None else before, revision.additional if after is None else after
        )
        action = "added" if before is None else "removed"
        text = f"what {{}} says of properties named like {pattern} was {action}"
        yield Change(f"pattern-property-{action}", effect, text, *places, detail=pattern)


def _compare_dependencies(base: Form, revision: Form) -> Iterator[Change | Child]:
    places = base.place("dependentRequired"), revision.place("dependentRequired")
    for name in dict.fromkeys([*base.dependent_required, *revision.dependent_required]):
        before = base.dependent_required.get(name, frozenset())
        after = revision.dependent_required.get(name, frozenset())
        for other in sorted(after - before):
            text = f"{{}} now requires {other} beside {name}"
            yield Change("dependent-required-added", Effect.NARROWER, text, *places, detail=f"{name} {other}")
        for other in sorted(before - after):
            text = f"{{}} no longer requires {other} beside {name}"
            yield Change("dependent-required-removed", Effect.WIDER, text, *places, detail=f"{name} {other}")
    places = base.place("dependentSchemas"), revision.place("dependentSchemas")
    for name in dict.fromkeys([*base.dependent_schemas, *revision.dependent_schemas]):
        if name not in base.dependent_schemas:
            text = f"{{}} is now restricted when it has {name}"
            yield Change("dependent-schema-added", Effect.NARROWER, text, *places, detail=name)
        elif name not in revision.dependent_schemas:
            text = f"{{}} is no longer restricted when it has {name}"
            yield Change("dependent-schema-removed", Effect.WIDER, text, *places, detail=name)
        else:
            yield Child(base.dependent_schemas[name], revision.dependent_schemas[name], f"(with {name})")
