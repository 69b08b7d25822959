"""Compare what two forms say of plain values: types, enumerations, bounds, patterns, formats, encodings."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.review.schemas.change import Change
from workflow.review.schemas.effect import Effect, of_replacement
from workflow.review.schemas.form import NULL, TYPES, Form, Limit
from workflow.review.schemas.numbers import Number, divides, written
from workflow.review.schemas.scalars import admits, canonical

_LOWER = ("minimum", "minLength", "minItems", "minProperties")
_WIDER_FORMATS = {("int32", "int64"), ("float", "double")}


def compare_null(base: Form, revision: Form) -> Iterator[Change]:
    """Compare whether null is accepted."""
    if NULL in base.types & revision.types and base.null_in_doubt != revision.null_in_doubt:
        text = "whether {} may be null depends on other conditions than before"
        yield Change("null-condition-changed", Effect.UNSURE, text, base.place(), revision.place())
    if NULL in base.types and NULL not in revision.types:
        places = base.place("nullable", "type"), revision.place("type")
        yield Change("became-not-nullable", Effect.NARROWER, "{} may no longer be null", *places)
    if NULL not in base.types and NULL in revision.types:
        places = base.place("type"), revision.place("nullable", "type")
        yield Change("became-nullable", Effect.WIDER, "{} may now be null", *places)


def compare_types(base: Form, revision: Form) -> Iterator[Change]:
    """Compare the accepted types; `null` is told apart from the others."""
    # What a type says beyond the members of alternatives is of no consequence.
    possible = (base.member_types | revision.member_types) - {NULL}
    before, after = base.types & possible, revision.types & possible
    if before != after and (_is_written_out(base, revision) or _is_written_out(revision, base)):
        is_new = _is_written_out(base, revision)
        action, told, effect = ("added", revision, Effect.NARROWER) if is_new else ("removed", base, Effect.WIDER)
        text = f"the type that the keywords of {{}} speak of, {_types(told.types)}, was {action}"
        yield Change(f"type-{action}", effect, text, base.place("type"), revision.place("type"))
        return
    # "Anything" includes null.
    if before == after or TYPES not in (base.types, revision.types):
        yield from compare_null(base, revision)
    if before == after or (base.values is not None and revision.values is not None):
        return
    effect = of_replacement(loses=bool(before - after), gains=bool(after - before))
    action = {Effect.NARROWER: "narrowed", Effect.WIDER: "widened"}.get(effect, "changed")
    text = f"the type of {{}} {action} from {_types(before)} to {_types(after)}"
    places = base.place("type"), revision.place("type")
    yield Change(f"type-{action}", effect, text, *places, detail=f"{_types(before)} {_types(after)}")


def _is_written_out(silent: Form, told: Form) -> bool:
    """Whether one form says no type, and the other the one that the keywords of the first speak of anyway."""
    if silent.types | {NULL} != TYPES or silent.values is not None or told.types - {NULL, *silent.spoken_of}:
        return False
    kinds = told.types - {NULL}
    if kinds | {NULL} == TYPES:
        return False
    # Bounds speak of numbers; that they are whole is more than was said.
    return bool(kinds) and (kinds != frozenset({"integer"}) or bool(silent.formats & told.formats))


def compare_values(base: Form, revision: Form) -> Iterator[Change]:
    """Compare enumerations, or everything else that restricts plain values when neither side enumerates them."""
    if base.values is not None or revision.values is not None:
        yield from _compare_enumerations(base, revision)
    else:
        yield from _compare_limits(base, revision)
        yield from _compare_words(base, revision)
        yield from _compare_content(base, revision)
    yield from _compare_open_values(base, revision)


def _compare_enumerations(base: Form, revision: Form) -> Iterator[Change]:
    places = base.place("const", "enum"), revision.place("const", "enum")
    before, after = base.values, revision.values
    if before is not None and after is not None:
        if base.is_const and revision.is_const and before.keys() != after.keys():
            text = f"the one value of {{}} changed from {_list(before)} to {_list(after)}"
            yield Change("const-changed", Effect.DIFFERENT, text, *places, detail=f"{_list(before)} {_list(after)}")
            return
        gone, new = _without(before, after), _without(after, before)
        if gone:
            text = f"{{}} no longer includes {_values(gone)}"
            yield Change("enum-value-removed", Effect.NARROWER, text, *places, detail=_list(gone))
        if new:
            text = f"{{}} now includes {_values(new)}"
            yield Change("enum-value-added", Effect.WIDER, text, *places, detail=_list(new))
    elif after is not None:
        gains = any(not admits(base, value) for value in after.values())
        rule = "const-added" if revision.is_const else "enum-added"
        text = f"{{}} is now limited to {_list(after)}"
        yield Change(rule, of_replacement(loses=True, gains=gains), text, *places, detail=_list(after))
    elif before is not None:
        loses = any(not admits(revision, value) for value in before.values())
        rule = "const-removed" if base.is_const else "enum-removed"
        text = f"{{}} is no longer limited to {_list(before)}"
        yield Change(rule, of_replacement(loses=loses, gains=True), text, *places, detail=_list(before))


def _compare_limits(base: Form, revision: Form) -> Iterator[Change]:
    for keyword in dict.fromkeys([*base.limits, *revision.limits]):
        before, after = base.limits.get(keyword), revision.limits.get(keyword)
        lower = keyword in _LOWER
        label = _words(keyword)
        places = (before or after) and (
            before.place if before else base.place(),
            after.place if after else revision.place(),
        )
        assert places
        if before is None and after is not None:
            text = f"{{}} now has a {label} of {after.describe()}"
            yield Change(f"{label}-added".replace(" ", "-"), Effect.NARROWER, text, *places, detail=after.describe())
        elif after is None and before is not None:
            text = f"{{}} no longer has a {label} of {before.describe()}"
            yield Change(f"{label}-removed".replace(" ", "-"), Effect.WIDER, text, *places, detail=before.describe())
        elif before is not None and after is not None and _order(before, lower) != _order(after, lower):
            increased = _order(after, lower) > _order(before, lower)
            action = "increased" if increased else "decreased"
            effect = Effect.NARROWER if increased == lower else Effect.WIDER
            text = f"the {label} of {{}} {action} from {before.describe()} to {after.describe()}"
            detail = f"{before.describe()} {after.describe()}"
            yield Change(f"{label}-{action}".replace(" ", "-"), effect, text, *places, detail=detail)
    for keyword in dict.fromkeys([*base.idle_limits, *revision.idle_limits]):
        shown = [idle.describe() if (idle := form.idle_limits.get(keyword)) else "none" for form in (base, revision)]
        if shown[0] != shown[1]:
            text = f"the {_words(keyword)} of {{}}, which its type cannot have, changed from {shown[0]} to {shown[1]}"
            places = base.place(keyword), revision.place(keyword)
            yield Change("idle-limit-changed", Effect.UNSURE, text, *places, detail=f"{keyword} {' '.join(shown)}")
    if base.multiples != revision.multiples:
        yield _multiples_change(base, revision)


def _order(limit: Limit, lower: bool) -> tuple[Number, int]:  # noqa: FBT001
    """Return what sorts bounds: an exclusive lower bound lies above the same inclusive one."""
    return limit.value, (1 if lower else -1) if limit.exclusive else 0


def _multiples_change(base: Form, revision: Form) -> Change:
    loses = not all(any(divides(step, known) for known in base.multiples) for step in revision.multiples)
    gains = not all(any(divides(step, known) for known in revision.multiples) for step in base.multiples)
    effect = of_replacement(loses=loses, gains=gains)
    before, after = (
        ", ".join(written(step) for step in sorted(form.multiples)) or "anything" for form in (base, revision)
    )
    action = "added" if not base.multiples else "removed" if not revision.multiples else "changed"
    text = f"{{}} must be a multiple of {after}, before of {before}"
    places = base.place("multipleOf"), revision.place("multipleOf")
    return Change(f"multiple-of-{action}", effect, text, *places, detail=f"{before} {after}")


def _compare_words(base: Form, revision: Form) -> Iterator[Change]:
    for keyword, before, after in (
        ("pattern", base.patterns, revision.patterns),
        ("format", base.formats, revision.formats),
    ):
        if before == after:
            continue
        gone, new = ", ".join(sorted(before - after)), ", ".join(sorted(after - before))
        places = base.place(keyword), revision.place(keyword)
        if gone and new:
            effect = _replaced_format(gone, new) if keyword == "format" else Effect.UNSURE
            text = f"the {keyword} of {{}} changed from {gone} to {new}"
            yield Change(f"{keyword}-changed", effect, text, *places, detail=f"{gone} {new}")
        elif new:
            text = f"{{}} must now have the {keyword} {new}"
            yield Change(f"{keyword}-added", Effect.NARROWER, text, *places, detail=new)
        else:
            text = f"{{}} need no longer have the {keyword} {gone}"
            yield Change(f"{keyword}-removed", Effect.WIDER, text, *places, detail=gone)


def _replaced_format(before: str, after: str) -> Effect:
    if (before, after) in _WIDER_FORMATS:
        return Effect.WIDER
    return Effect.NARROWER if (after, before) in _WIDER_FORMATS else Effect.DIFFERENT


def _compare_content(base: Form, revision: Form) -> Iterator[Change]:
    for keyword in ("contentEncoding", "contentMediaType"):
        before, after = base.content.get(keyword), revision.content.get(keyword)
        if before == after:
            continue
        places = base.place(keyword), revision.place(keyword)
        label = "content encoding" if keyword == "contentEncoding" else "content media type"
        rule = label.replace(" ", "-")
        if before is None:
            yield Change(
                f"{rule}-added", Effect.NARROWER, f"{{}} now has the {label} {after}", *places, detail=f"{after}"
            )
        elif after is None:
            text = f"{{}} no longer has the {label} {before}"
            yield Change(f"{rule}-removed", Effect.WIDER, text, *places, detail=before)
        else:
            text = f"the {label} of {{}} changed from {before} to {after}"
            yield Change(f"{rule}-changed", Effect.DIFFERENT, text, *places, detail=f"{before} {after}")
    places = base.place("contentSchema"), revision.place("contentSchema")
    if base.content_schema is None and revision.content_schema is not None:
        yield Change("content-schema-added", Effect.NARROWER, "the text in {} must now fit a schema", *places)
    if base.content_schema is not None and revision.content_schema is None:
        yield Change("content-schema-removed", Effect.WIDER, "the text in {} need no longer fit a schema", *places)


def compare_idle(base: Form, revision: Form) -> Iterator[Change]:
    """Compare keywords that the types cannot have: they say nothing, but somebody meant something by them."""
    if base.types != revision.types:
        return
    for keyword in dict.fromkeys([*base.idle, *revision.idle]):
        if base.idle.get(keyword) != revision.idle.get(keyword):
            text = f"the {keyword} of {{}}, which its type cannot have, changed"
            places = base.place(keyword), revision.place(keyword)
            yield Change("idle-keyword-changed", Effect.UNSURE, text, *places, detail=keyword)


def compare_xml(base: Form, revision: Form) -> Iterator[Change]:
    """Compare how values are written in XML: as an element or attribute, by which name, wrapped or not."""
    for word in dict.fromkeys([*base.xml, *revision.xml]):
        before, after = base.xml.get(word), revision.xml.get(word)
        if (before or None) != (after or None):
            is_alike = word == "prefix" or (word == "name" and (before or _name(base)) == (after or _name(revision)))
            effect = Effect.SAME if is_alike else Effect.UNSURE
            text = f"the {word} of {{}} in XML changed from {canonical(before)} to {canonical(after)}"
            yield Change("xml-changed", effect, text, base.place("xml"), revision.place("xml"), detail=word)


def _name(form: Form) -> str | None:
    """Return the name of the property a schema is of: an element in XML is called so unless it says otherwise."""
    places = (place for place in form.places if place.parent is not None and place.parent.key == "properties")
    return next((place.key for place in places), None)


def _compare_open_values(base: Form, revision: Form) -> Iterator[Change]:
    before, after = base.open_values, revision.open_values
    if before is None or after is None:
        return
    places = base.place("x-extensible-enum"), revision.place("x-extensible-enum")
    gone, new = _without(before, after), _without(after, before)
    if gone:
        text = f"{{}} no longer knows {_values(gone)}"
        yield Change("open-enum-value-removed", Effect.NARROWER, text, *places, detail=_list(gone))
    if new:
        yield Change(
            "open-enum-value-added", Effect.WIDER, f"{{}} now knows {_values(new)}", *places, detail=_list(new)
        )


def compare_defaults(base: Form, revision: Form) -> Iterator[Change]:
    """Compare the values taken when nothing is sent."""
    if not base.has_default and not revision.has_default:
        return
    before, after = canonical(base.default), canonical(revision.default)
    places = base.place("default"), revision.place("default")
    if not base.has_default:
        yield Change("default-added", Effect.SAME, f"{{}} now has the default {after}", *places, detail=after)
    elif not revision.has_default:
        yield Change("default-removed", Effect.SAME, f"{{}} no longer has the default {before}", *places, detail=before)
    elif before != after:
        text = f"the default of {{}} changed from {before} to {after}"
        yield Change("default-changed", Effect.SAME, text, *places, detail=f"{before} {after}")


def _types(types: frozenset[str]) -> str:
    if types == TYPES - {NULL}:
        return "anything"
    shown = types - {"integer"} if "number" in types else types
    return " or ".join(sorted(shown)) or "nothing"


def _without(values: dict[str, object], others: dict[str, object]) -> dict[str, object]:
    return {text: value for text, value in values.items() if text not in others}


def _values(values: dict[str, object]) -> str:
    return f"the {'value' if len(values) == 1 else 'values'} {_list(values)}"


def _list(values: dict[str, object]) -> str:
    return ", ".join(values) or "nothing"


def _words(keyword: str) -> str:
    return {
        "minLength": "minimum length",
        "maxLength": "maximum length",
        "minItems": "minimum item count",
        "maxItems": "maximum item count",
        "minProperties": "minimum property count",
        "maxProperties": "maximum property count",
    }.get(keyword, keyword)
