"""Turn schemas as written into their normal form."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from attrs import define, field

from workflow.review.description import Description, Place
from workflow.review.schemas.form import NULL, TYPES, Alternatives, Form, Limit, Part, Schema, SchemaKey, key
from workflow.review.schemas.merge import CONSTRAINTS, Merger, sub_schemas
from workflow.review.schemas.numbers import is_whole
from workflow.review.schemas.patterns import matches
from workflow.review.schemas.scalars import admits, type_of

_MAX_DEPTH = 60
_KEPT_BESIDE_REFERENCE = (3, 1)


@define
class Normaliser:
    """Builds and remembers the forms of one description's schemas."""

    description: Description
    _forms: dict[SchemaKey, Form] = field(factory=dict[SchemaKey, Form])
    _in_progress: set[SchemaKey] = field(factory=set[SchemaKey])

    def schema(self, place: Place | None) -> Schema:
        """Return the schema written at a place; anything when there is none."""
        return () if place is None else (Part(place),)

    def resolved(self, schema: Schema) -> Schema:
        """Replace a schema that is nothing but a reference by what it refers to."""
        if len(schema) != 1 or schema[0].place.text("$ref") is None:
            return schema
        place = schema[0].place
        for _ in range(_MAX_DEPTH):
            target = self.description.referred(place)
            if target is None or self._constrains_beside_reference(place):
                return (Part(place, schema[0].unions),)
            place = target
        raise place.error("references lead in a circle here and never to a schema")

    def form(self, schema: Schema) -> Form:
        """Return the normal form of a schema.

        Raises:
            DocumentError: Schemas are nested through `allOf`, `oneOf` or `anyOf` absurdly deep.
        """
        schema = self.resolved(schema)
        known = self._forms.get(key(schema))
        if known is None:
            if len(self._in_progress) > _MAX_DEPTH:
                raise schema[0].place.error(f"more than {_MAX_DEPTH} schemas refer to each other as alternatives here")
            self._in_progress.add(key(schema))
            known = self._forms[key(schema)] = _build(self, schema)
            self._in_progress.discard(key(schema))
        return known

    def known(self, schema_key: SchemaKey) -> Form:
        """Return a form that was built before."""
        return self._forms[schema_key]

    def is_in_progress(self, schema: Schema) -> bool:
        """Whether the form is being built right now, further up: the schema contains itself as an alternative."""
        return key(schema) in self._in_progress

    def _constrains_beside_reference(self, place: Place) -> bool:
        if self.description.version < _KEPT_BESIDE_REFERENCE:
            return False
        return any(name in CONSTRAINTS and name != "$ref" for name, _ in place.members())

    def absorb(self, form: Form, part: Part, depth: int = 0) -> None:
        """Merge one schema object, and those it includes, into a form."""
        place = part.place
        if depth > _MAX_DEPTH:
            raise place.error(f"more than {_MAX_DEPTH} schemas include each other here")
        if any(place.node is known.node for known in form.places):
            return
        if place.value is False:
            form.types = frozenset()
        form.places.append(place)
        had_null = NULL in form.types
        target = self.description.referred(place)
        if target is not None:
            self.absorb(form, Part(target, part.unions), depth + 1)
            if self.description.version < _KEPT_BESIDE_REFERENCE:
                return
        for member in sub_schemas(place, "allOf"):
            self.absorb(form, Part(member, part.unions), depth + 1)
        is_nullable = self.description.version < _KEPT_BESIDE_REFERENCE and place.flag("nullable")
        Merger(self.schema, form, place, part.unions, is_nullable).merge()
        if is_nullable and had_null:
            # A widespread idiom of OpenAPI 3.0: `nullable` beside `allOf` is meant for the whole.
            form.types |= {NULL}


def _build(normaliser: Normaliser, schema: Schema) -> Form:
    form = Form(schema)
    for part in schema:
        normaliser.absorb(form, part)
        _add_children(normaliser, form, part)
    _fold_alternatives(normaliser, form)
    _fold_negations(normaliser, form)
    _finish(form)
    return form


def _add_children(normaliser: Normaliser, form: Form, part: Part) -> None:
    """Add the schemas that a discriminator leads to, also from behind a reference with something beside it."""
    place = normaliser.description.resolve(part.place)
    included = list(sub_schemas(place, "allOf"))
    while place.get("discriminator") is None and len(included) == 1:
        place = normaliser.description.resolve(included[0])
        included = list(sub_schemas(place, "allOf"))
    if place.get("discriminator") is not None:
        form.discriminator = place.get("discriminator")
        children = normaliser.description.children(place)
        if not any(part.place.node is child.node for child in children.values()):
            form.children |= {tag: normaliser.schema(child) for tag, child in children.items()}


def _fold_alternatives(normaliser: Normaliser, form: Form) -> None:
    """Turn alternatives into plainer terms: null into a type, one member into itself, bare types into types."""
    # With each union goes whether it still decides about null.
    pending = [(union, not union.is_nullable) for union in form.alternatives]
    form.alternatives = []
    while pending:
        union, decides_null = pending.pop(0)
        members = [normaliser.resolved(member) for member in union.members]
        rest = [member for member in members if not _is_null(normaliser, member)]
        forms = [normaliser.form(member) for member in rest if not normaliser.is_in_progress(member)]
        nulls = len(members) - len(rest) + sum(NULL in member.types for member in forms)
        if decides_null and len(forms) == len(rest) and (nulls == 0 or (union.exclusive and nulls > 1)):
            form.types -= {NULL}
        form.null_in_doubt |= any(member.null_in_doubt for member in forms)
        null = form.types & {NULL}
        if len(rest) == 1:
            for part in rest[0]:
                normaliser.absorb(form, part)
                _add_children(normaliser, form, part)
            form.folded += rest[0]
            form.types |= null
            pending = [(inner, False) for inner in form.alternatives] + pending
            form.alternatives = []
            continue
        if len(forms) == len(rest):
            possible = frozenset[str]().union(*(member.types & member.member_types for member in forms)) | null
            if _are_bare_types(forms, exclusive=union.exclusive):
                form.types &= possible
                continue
            if _are_values(forms):
                form.types &= possible
                form.keywords.setdefault("enum", union.place)
                _restrict_to_values(form, forms, exclusive=union.exclusive)
                continue
            form.member_types &= possible
            form.members_speak_of |= frozenset[str]().union(
                *(member.spoken_of if member.types == TYPES else member.types for member in forms)
            )
        form.alternatives.append(Alternatives(union.kind, rest, union.place, union.discriminator))


def _is_null(normaliser: Normaliser, schema: Schema) -> bool:
    return not normaliser.is_in_progress(schema) and normaliser.form(schema).types == frozenset({NULL})


def _are_bare_types(forms: list[Form], *, exclusive: bool) -> bool:
    if not all(form.is_bare_type and form.types != TYPES for form in forms):
        return False
    distinct = len(frozenset[str]().union(*(form.types for form in forms)))
    return not exclusive or sum(len(form.types) for form in forms) == distinct


def _are_values(forms: list[Form]) -> bool:
    """Whether alternatives are nothing but values: an enumeration with a text for each."""
    return all(form.values is not None and not form.alternatives and not form.has_default for form in forms)


def _restrict_to_values(form: Form, members: list[Form], *, exclusive: bool) -> None:
    counts = Counter(text for member in members for text in member.values or ())
    values = {text: value for member in members for text, value in (member.values or {}).items()}
    known = {text: value for text, value in values.items() if not exclusive or counts[text] == 1}
    form.values = known if form.values is None else {k: v for k, v in form.values.items() if k in known}


def _fold_negations(normaliser: Normaliser, form: Form) -> None:
    """Turn the negation of bare types into the types that are left."""
    pending, form.negations = form.negations, []
    for schema in pending:
        negated = None if normaliser.is_in_progress(schema) else normaliser.form(schema)
        if negated is not None and negated.is_bare_type:
            form.types -= negated.types
        else:
            form.negations.append(schema)


def _finish(form: Form) -> None:
    """Complete the properties, and drop what no accepted type can have."""
    form.null_in_doubt = NULL in form.types and bool(form.null_in_doubt or form.conditions or form.negations)
    _complete_properties(form)
    _drop_idle(form)
    if form.types <= {"integer", NULL}:
        _make_inclusive(form)
    if form.values is not None:
        form.values = {text: value for text, value in form.values.items() if admits(form, value)}
        form.types = frozenset(type_of(value) for value in form.values.values()) | (form.types & {NULL})


def _complete_properties(form: Form) -> None:
    """Give every declared property what all merged schemas say of its name."""
    for name in form.properties:
        for pattern, schema in form.pattern_properties.items():
            if matches(pattern, name):
                form.properties[name] += schema
        for closure in form.closures:
            if name not in closure.names and not any(matches(pattern, name) for pattern in closure.patterns):
                form.properties[name] += closure.schema
    form.additional = sum((closure.schema for closure in form.closures), ())


def _drop_idle(form: Form) -> None:
    for keyword, types in _TYPES_OF_KEYWORD.items():
        if keyword in form.keywords and not types & form.types and not _says_nothing(form.keywords[keyword]):
            form.idle[keyword] = form.keywords[keyword].node.plain()
    for keyword in list(form.limits):
        if _TYPE_OF_LIMIT[keyword] not in form.types:
            form.idle_limits[keyword] = form.limits.pop(keyword)
    if not form.types & {"number", "integer"}:
        form.multiples = frozenset()
    if "string" not in form.types:
        form.patterns, form.content, form.content_schema = frozenset(), {}, None
    if not form.types & {"string", "number", "integer"}:
        form.formats = frozenset()
    if "array" not in form.types:
        form.items, form.prefix, form.contains, form.unique, form.unevaluated_items = (), [], [], False, None
    if "object" not in form.types:
        form.properties, form.pattern_properties, form.required = {}, {}, frozenset()
        form.additional, form.closures, form.unevaluated_properties, form.property_names = (), [], None, ()
        form.dependent_required, form.dependent_schemas = {}, {}


def _make_inclusive(form: Form) -> None:
    for keyword, step in (("minimum", 1), ("maximum", -1)):
        limit = form.limits.get(keyword)
        if limit is None or not limit.exclusive:
            continue
        if not isinstance(limit.value, Decimal) and is_whole(limit.value):  # a sum of Decimals is rounded
            form.limits[keyword] = Limit(limit.value + step, exclusive=False, place=limit.place)


def _says_nothing(place: Place) -> bool:
    return place.value in (True, False) or (place.node.items == [] or place.node.members == {})


_TYPES_OF_KEYWORD = {
    **dict.fromkeys(("pattern", "contentEncoding", "contentMediaType", "contentSchema"), frozenset({"string"})),
    "format": frozenset({"string", "number", "integer"}),
    "multipleOf": frozenset({"number", "integer"}),
    **dict.fromkeys(("items", "prefixItems", "contains", "uniqueItems", "unevaluatedItems"), frozenset({"array"})),
    **dict.fromkeys(
        (
            "required",
            "properties",
            "patternProperties",
            "additionalProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedProperties",
        ),
        frozenset({"object"}),
    ),
}
"""Types that each keyword speaks of."""

_TYPE_OF_LIMIT = {
    "minimum": "integer",
    "maximum": "integer",
    "minLength": "string",
    "maxLength": "string",
    "minItems": "array",
    "maxItems": "array",
    "minProperties": "object",
    "maxProperties": "object",
}
