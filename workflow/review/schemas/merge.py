"""Merge the keywords of one schema object into a form, one method per keyword."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from attrs import define

from workflow.review.description import Place
from workflow.review.schemas.form import (
    NULL,
    TYPES,
    Alternatives,
    Closure,
    Condition,
    Contains,
    Form,
    Limit,
    Part,
    Schema,
)
from workflow.review.schemas.numbers import Number, as_number, is_whole
from workflow.review.schemas.patterns import accepts_anything
from workflow.review.schemas.scalars import canonical

_ENCODINGS = {
    "byte": ("contentEncoding", "base64"),
    "binary": ("contentMediaType", "application/octet-stream"),
}
_LOWER = ("minimum", "minLength", "minItems", "minProperties")
_COUNTS_FROM_ZERO = _LOWER[1:]
_UPPER = ("maximum", "maxLength", "maxItems", "maxProperties")


@define
class Merger:
    """Merges the keywords of one schema object into a form.

    Attributes:
        schema_at: Returns the schema written at a place.
        form: What the keywords are merged into.
        place: The schema object.
        unions: Whether its `oneOf` and `anyOf` count.
        is_nullable: Whether it says `nullable` and its dialect knows the word.
    """

    schema_at: Callable[[Place | None], Schema]
    form: Form
    place: Place
    unions: bool
    is_nullable: bool

    def merge(self) -> None:
        """Merge every keyword of the schema object."""
        for name, place in self.place.members():
            if name in CONSTRAINTS:
                self.form.keywords[name] = place
            handler = self.HANDLERS.get(name)
            if handler is not None:
                handler(self, place)
        if any(
            self.place.get(name) is not None for name in ("properties", "patternProperties", "additionalProperties")
        ):
            self._properties()
        if any(self.place.get(name) is not None for name in ("items", "prefixItems")):
            self._items()

    def _type(self, place: Place) -> None:
        names = [item.value for item in place.items()] or [place.value]
        types = frozenset(name for name in names if isinstance(name, str))
        if "number" in types:
            types |= {"integer"}
        if self.is_nullable:
            types |= {NULL}
        # A type nobody knows is a type of its own: it shares no value with any other.
        self.form.types &= types or TYPES
        if not types <= TYPES and not self.form.types:
            self.form.types = types

    def _enum(self, place: Place) -> None:
        self._restrict([item.plain() for item in place.node.items or []])

    def _const(self, place: Place) -> None:
        self.form.is_const = True
        self._restrict([place.node.plain()])

    def _restrict(self, values: list[Any]) -> None:
        form = self.form
        if None not in values and not self.is_nullable:
            form.types -= {NULL}
        known = {canonical(value): value for value in values if value is not None}
        form.values = known if form.values is None else {k: v for k, v in form.values.items() if k in known}

    def _open_enum(self, place: Place) -> None:
        self.form.open_values = {canonical(item.plain()): item.plain() for item in place.node.items or []}

    def _limit(self, place: Place) -> None:
        value = as_number(place.value)
        says_nothing = place.key in _COUNTS_FROM_ZERO and value is not None and value <= 0
        if value is not None and not says_nothing:
            exclusive = place.key in ("minimum", "maximum") and self.place.flag("exclusive" + place.key.capitalize())
            self._tighten(place.key, Limit(value, exclusive, place))

    def _exclusive_limit(self, place: Place) -> None:
        value = as_number(place.value)
        if value is not None:
            self._tighten(place.key.removeprefix("exclusive").lower(), Limit(value, exclusive=True, place=place))

    def _tighten(self, keyword: str, limit: Limit) -> None:
        known = self.form.limits.get(keyword)
        if known is not None and limit.value != known.value:
            is_tighter = (limit.value > known.value) == (keyword in _LOWER)
        else:
            is_tighter = known is None or limit.exclusive > known.exclusive
        if is_tighter:
            self.form.limits[keyword] = limit

    def _multiple_of(self, place: Place) -> None:
        value = as_number(place.value)
        if value:
            self.form.multiples |= {value}

    def _pattern(self, place: Place) -> None:
        if isinstance(place.value, str) and not accepts_anything(place.value):
            self.form.patterns |= {place.value}

    def _format(self, place: Place) -> None:
        if place.value in _ENCODINGS:
            # The migration guide from OpenAPI 3.0 to 3.1 writes these two formats so.
            keyword, value = _ENCODINGS[str(place.value)]
            self.form.content.setdefault(keyword, value)
        elif isinstance(place.value, str):
            self.form.formats |= {place.value}

    def _content(self, place: Place) -> None:
        if isinstance(place.value, str):
            self.form.content[place.key] = place.value

    def _content_schema(self, place: Place) -> None:
        self.form.content_schema = (self.form.content_schema or ()) + self.schema_at(place)

    def _unique_items(self, place: Place) -> None:
        self.form.unique |= place.value is True

    def _contains(self, place: Place) -> None:
        least, most = self._count("minContains", 1), self._count("maxContains", None)
        self.form.contains.append(Contains(self.schema_at(place), place, least or 0, most))

    def _count(self, keyword: str, default: int | None) -> Number | None:
        place = self.place.get(keyword)
        value = as_number(place.value) if place is not None else None
        return value if value is not None and is_whole(value) else default

    def _unevaluated_items(self, place: Place) -> None:
        self.form.unevaluated_items = (self.form.unevaluated_items or ()) + self.schema_at(place)

    def _unevaluated_properties(self, place: Place) -> None:
        self.form.unevaluated_properties = (self.form.unevaluated_properties or ()) + self.schema_at(place)

    def _required(self, place: Place) -> None:
        self.form.required |= {item.value for item in place.items() if isinstance(item.value, str)}

    def _property_names(self, place: Place) -> None:
        self.form.property_names += self.schema_at(place)

    def _dependent_required(self, place: Place) -> None:
        for name, names in place.members():
            known = self.form.dependent_required.get(name, frozenset())
            self.form.dependent_required[name] = known | {str(item.value) for item in names.items()}

    def _dependent_schemas(self, place: Place) -> None:
        for name, schema in place.members():
            self.form.dependent_schemas[name] = self.form.dependent_schemas.get(name, ()) + self.schema_at(schema)

    def _alternatives(self, place: Place) -> None:
        members = [(Part(member),) for member in place.items()]
        if members and self.unions:
            discriminator = self.place.get("discriminator")
            union = Alternatives(place.key, list(members), place, discriminator, self.is_nullable)
            self.form.alternatives.append(union)

    def _negation(self, place: Place) -> None:
        self.form.negations.append(self.schema_at(place))

    def _condition(self, place: Place) -> None:
        schema = self.schema_at
        then, otherwise = schema(self.place.get("then")), schema(self.place.get("else"))
        self.form.conditions.append(Condition(schema(place), then, otherwise, place))

    def _default(self, place: Place) -> None:
        self.form.has_default, self.form.default = True, place.node.plain()

    def _xml(self, place: Place) -> None:
        self.form.xml |= {name: value.node.plain() for name, value in place.members() if not name.startswith("x-")}

    def _read_only(self, place: Place) -> None:
        self.form.read_only |= place.value is True

    def _write_only(self, place: Place) -> None:
        self.form.write_only |= place.value is True

    def _properties(self) -> None:
        form, schema = self.form, self.schema_at
        own = dict(_members(self.place, "properties"))
        for name, place in own.items():
            form.properties[name] = form.properties.get(name, ()) + schema(place)
        patterns = dict(_members(self.place, "patternProperties"))
        for pattern, place in patterns.items():
            form.pattern_properties[pattern] = form.pattern_properties.get(pattern, ()) + schema(place)
        additional = self.place.get("additionalProperties")
        if additional is not None and additional.value is not True:
            form.closures.append(Closure(schema(additional), frozenset(own), tuple(patterns)))

    def _items(self) -> None:
        form, schema = self.form, self.schema_at
        prefix = [schema(place) for place in sub_schemas(self.place, "prefixItems")]
        rest = self.place.get("items")
        items = schema(rest) if rest is not None and rest.value is not True else ()
        length = max(len(prefix), len(form.prefix))
        mine = [prefix[index] if index < len(prefix) else items for index in range(length)]
        form.prefix = [form.item_schema(index) + mine[index] for index in range(length)]
        form.items += items

    HANDLERS: ClassVar[dict[str, Callable[[Merger, Place], None]]] = {
        "type": _type,
        "enum": _enum,
        "const": _const,
        "x-extensible-enum": _open_enum,
        **dict.fromkeys((*_LOWER, *_UPPER), _limit),
        "exclusiveMinimum": _exclusive_limit,
        "exclusiveMaximum": _exclusive_limit,
        "multipleOf": _multiple_of,
        "pattern": _pattern,
        "format": _format,
        "contentEncoding": _content,
        "contentMediaType": _content,
        "contentSchema": _content_schema,
        "uniqueItems": _unique_items,
        "contains": _contains,
        "unevaluatedItems": _unevaluated_items,
        "unevaluatedProperties": _unevaluated_properties,
        "required": _required,
        "propertyNames": _property_names,
        "dependentRequired": _dependent_required,
        "dependentSchemas": _dependent_schemas,
        "oneOf": _alternatives,
        "anyOf": _alternatives,
        "not": _negation,
        "if": _condition,
        "default": _default,
        "xml": _xml,
        "readOnly": _read_only,
        "writeOnly": _write_only,
    }
    """What merges each keyword."""


def _members(place: Place, keyword: str) -> Iterator[tuple[str, Place]]:
    child = place.get(keyword)
    return child.members() if child is not None else iter(())


def sub_schemas(place: Place, keyword: str) -> Iterator[Place]:
    """Yield the schemas listed under a keyword."""
    child = place.get(keyword)
    return child.items() if child is not None else iter(())


CONSTRAINTS = frozenset(Merger.HANDLERS) | {
    "$ref", "allOf", "nullable", "properties", "patternProperties", "additionalProperties", "items", "prefixItems",
    "minContains", "maxContains", "then", "else", "discriminator",
}  # fmt: skip
"""Keywords that take part in what a schema accepts."""
