"""The normal form of a schema: what values it accepts, whatever way that was written.

`allOf` and references are merged into one form, `null` is a type in every dialect, keywords that cannot matter to
the accepted types are dropped. Two schemas written differently that accept the same values have, in most cases,
equal forms.
"""

from __future__ import annotations

from typing import Any

from attrs import define, field, frozen

from workflow.review.description import Place
from workflow.review.schemas.numbers import Number, written
from workflow.review.schemas.patterns import matches

NULL = "null"
TYPES = frozenset({NULL, "boolean", "integer", "number", "string", "array", "object"})

_NUMERIC_FORMATS = frozenset(
    {"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float", "double"}
)


@frozen(eq=False)
class Part:
    """One schema object of a description, taken whole or without its `oneOf` and `anyOf`."""

    place: Place
    unions: bool = True


Schema = tuple[Part, ...]
"""Schemas that must all hold. The empty tuple accepts anything."""

SchemaKey = tuple[tuple[int, bool], ...]


def key(schema: Schema) -> SchemaKey:
    """Return what tells schemas of one description apart."""
    return tuple((id(part.place.node), part.unions) for part in schema)


@frozen(eq=False)
class Limit:
    """A bound of a number, a length or a count."""

    value: Number
    exclusive: bool
    place: Place

    def describe(self) -> str:
        """Return the bound as text, such as `10` or `10 (exclusive)`."""
        return f"{written(self.value)} (exclusive)" if self.exclusive else written(self.value)


@frozen(eq=False)
class Closure:
    """An `additionalProperties` and the names it does not speak of."""

    schema: Schema
    names: frozenset[str]
    patterns: tuple[str, ...]


@frozen(eq=False)
class Contains:
    """What some items must be, and how many of them."""

    schema: Schema
    place: Place
    least: Number = 1
    most: Number | None = None


@frozen(eq=False)
class Condition:
    """An `if` with its `then` and `else`."""

    test: Schema
    then: Schema
    otherwise: Schema
    place: Place


@frozen(eq=False)
class Alternatives:
    """The members of a `oneOf` or `anyOf`, `null` aside."""

    kind: str
    members: list[Schema]
    place: Place
    discriminator: Place | None = None
    is_nullable: bool = False

    @property
    def exclusive(self) -> bool:
        """Whether a value that fits two members is refused."""
        return self.kind == "oneOf"


@define(eq=False)
class Form:
    """The values a schema accepts.

    Attributes:
        schema: The schema this is the form of.
        places: Every schema object that was merged, outermost first.
        types: The accepted types; `number` always brings `integer` along.
        member_types: The types the members of its alternatives accept.
        null_in_doubt: Whether a condition or negation may refuse the null that the types accept.
        values: Accepted values by their canonical JSON when they are enumerated; `null` is told by `types` alone.
        limits: Bounds by keyword: minimum, maximum, minLength, ...
        folded: The members of alternatives that had only one, which are merged into this form.
        idle_limits: Bounds that no accepted type can have.
        idle: Other keywords that no accepted type can have, as they are written.
        discriminator: What tells the schemas apart that it leads to without alternatives.
        children: Those schemas, by tag.
        members_speak_of: The types that the members of its alternatives speak of.
        xml: How it is written in XML.
        keywords: Where each other keyword was found, by keyword.
    """

    schema: Schema
    places: list[Place] = field(factory=list[Place])
    types: frozenset[str] = TYPES
    member_types: frozenset[str] = TYPES
    null_in_doubt: bool = False
    values: dict[str, Any] | None = None
    is_const: bool = False
    open_values: dict[str, Any] | None = None
    limits: dict[str, Limit] = field(factory=dict[str, Limit])
    idle_limits: dict[str, Limit] = field(factory=dict[str, Limit])
    multiples: frozenset[Number] = frozenset()
    patterns: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    content: dict[str, str] = field(factory=dict[str, str])
    content_schema: Schema | None = None
    unique: bool = False
    prefix: list[Schema] = field(factory=list[Schema])
    items: Schema = ()
    contains: list[Contains] = field(factory=list[Contains])
    unevaluated_items: Schema | None = None
    properties: dict[str, Schema] = field(factory=dict[str, Schema])
    pattern_properties: dict[str, Schema] = field(factory=dict[str, Schema])
    additional: Schema = ()
    closures: list[Closure] = field(factory=list[Closure])
    unevaluated_properties: Schema | None = None
    property_names: Schema = ()
    required: frozenset[str] = frozenset()
    dependent_required: dict[str, frozenset[str]] = field(factory=dict[str, frozenset[str]])
    dependent_schemas: dict[str, Schema] = field(factory=dict[str, Schema])
    folded: Schema = ()
    alternatives: list[Alternatives] = field(factory=list[Alternatives])
    negations: list[Schema] = field(factory=list[Schema])
    conditions: list[Condition] = field(factory=list[Condition])
    has_default: bool = False
    default: Any = None
    read_only: bool = False
    write_only: bool = False
    keywords: dict[str, Place] = field(factory=dict[str, Place])
    idle: dict[str, Any] = field(factory=dict[str, Any])
    discriminator: Place | None = None
    children: dict[str, Schema] = field(factory=dict[str, Schema])
    members_speak_of: frozenset[str] = frozenset()
    xml: dict[str, Any] = field(factory=dict[str, Any])

    @property
    def is_bare_type(self) -> bool:
        """Whether only the type decides."""
        return not self._is_constrained()

    @property
    def is_nothing(self) -> bool:
        """Whether no value is accepted."""
        return not self.types or (self.values == {} and NULL not in self.types)

    def place(self, *keywords: str) -> Place | None:
        """Return where the first of these keywords was found, or else the schema object itself."""
        for keyword in keywords:
            if keyword in self.keywords:
                return self.keywords[keyword]
        return self.places[0] if self.places else None

    @property
    def spoken_of(self) -> frozenset[str]:
        """The types that its keywords speak of, apart from `type` itself."""
        limits = self.limits.keys()
        numeric = self.formats & _NUMERIC_FORMATS
        spoken = {
            "object": self.properties or self.required or self.closures or self.pattern_properties
            or {"minProperties", "maxProperties"} & limits,
            "array": self.items or self.prefix or self.contains or self.unique or {"minItems", "maxItems"} & limits,
            "string": self.patterns or self.content or {"minLength", "maxLength"} & limits or self.formats - numeric,
            "number": self.multiples or {"minimum", "maximum"} & limits or numeric,
            "integer": self.multiples or {"minimum", "maximum"} & limits or numeric,
        }  # fmt: skip
        return frozenset(name for name, keywords in spoken.items() if keywords) | self.members_speak_of

    def property_schema(self, name: str) -> Schema:
        """Return what a property must be, whether it is declared or not."""
        declared = self.properties.get(name)
        return declared if declared is not None else self.undeclared(name)

    def undeclared(self, name: str) -> Schema:
        """Return what a property that is not declared must be, by its name's pattern or by default."""
        matching = [schema for pattern, schema in self.pattern_properties.items() if matches(pattern, name)]
        return sum(matching, ()) if matching else self.additional

    def item_schema(self, index: int) -> Schema:
        """Return what the item at an index must be."""
        return self.prefix[index] if index < len(self.prefix) else self.items

    def _is_constrained(self) -> bool:
        return bool(
            self.values is not None
            or self.limits
            or self.multiples
            or self.patterns
            or self.formats
            or self.content
            or self.content_schema
            or self.unique
            or self.prefix
            or self.items
            or self.contains
            or self.unevaluated_items is not None
            or self.properties
            or self.pattern_properties
            or self.additional
            or self.unevaluated_properties is not None
            or self.property_names
            or self.required
            or self.dependent_required
            or self.dependent_schemas
            or self.alternatives
            or self.negations
            or self.conditions
        )
