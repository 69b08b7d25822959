"""Decide how generated models annotate, check, decode and encode each kind of property.

The generator hands its templates one object per property. A codec turns that object into the few expressions
`templates/model.py.jinja` prints, so that the template lays out code and this module knows about values.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen
from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.enum_property import EnumProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.strings import PythonIdentifier, snake_case

RESERVED = {"additional_keys", "additional_properties", "from_dict", "misfits", "to_dict", "to_json"}
"""Names of attributes that every model has."""
WIRE_TAG = "tag"
"""Attribute of the last member of a union with the word the server wrote; the tag itself is `UNKNOWN` there."""
UNKNOWN = "unknown"


class UnsupportedError(Exception):
    """A property is of a kind that the templates of this project do not write code for.

    Attributes:
        schema: Name of the schema at fault, where it is not the one that holds the property.
    """

    def __init__(self, reason: str, schema: str = "") -> None:
        super().__init__(reason)
        self.schema = schema


@frozen
class Union:
    """A union of models that the contract names, told apart by a constant tag.

    Attributes:
        name: Its name in the contract, such as `ToolCall`.
        tag: Wire name of the property that names the member.
        attribute: Attribute of that property.
        members: Class of each member by the literal of its tag, in the order of the contract.
        fallback: Class of the last member, which takes what fits no other.
    """

    name: str
    tag: str
    attribute: str
    members: Sequence[tuple[str, str]]
    fallback: str

    @property
    def module(self) -> str:
        """Name of the module that holds it."""
        return snake_case(self.name)

    @property
    def table(self) -> str:
        """Name of the constant that holds what decodes each member by its tag."""
        return f"{self.module.upper()}_FROM_DICT"

    @property
    def classes(self) -> list[str]:
        """Class of every member, the fallback last."""
        return [*(name for _, name in self.members), self.fallback]


@frozen
class Codec:
    """Code for the values of one property; `{}` stands for the value.

    Attributes:
        annotation: The Python type, without what may stand in its place, None and Unset.
        expected: What the contract says, in its own words; empty when anything is allowed.
        fits: Expression that is true when a present, non-null value is what the contract says; empty when anything is,
            and for an object, which its decoder checks.
        decode: Expression that makes the Python value of a fitting JSON value; empty when they are the same.
        encode: Expression that makes the JSON value of a Python value; empty when they are the same.
        nullable: Whether null is allowed.
        plain: Code for the plain value that may stand in the place of an object or list.
        decoder: The function that decodes the object, or each item of the list; it refuses with KeyError or TypeError.
        is_list: Whether `decoder` is for the items.
        bound: Name and value of a constant of the module: a class method bound once instead of at each call.
        enum: Class of the enum whose members `decode` looks up.
        union: The union that `decoder` decodes.
    """

    annotation: str
    expected: str = ""
    fits: str = ""
    decode: str = ""
    encode: str = ""
    nullable: bool = False
    plain: Codec | None = None
    decoder: str = ""
    is_list: bool = False
    bound: tuple[str, str] | None = None
    enum: str = ""
    union: Union | None = None

    @property
    def told(self) -> str:
        """What the contract says, null and all."""
        words = [self.expected or "anything", *([self.plain.expected] if self.plain else [])]
        return " or ".join([*words, *(["null"] if self.nullable and self.expected else [])])

    @property
    def as_it_is(self) -> str:
        """Expression that is true for what is not decoded where an object or list is expected; empty for nothing."""
        return " or ".join([*(["{0} is None"] if self.nullable else []), *([self.plain.fits] if self.plain else [])])

    def annotate(self, *, required: bool) -> str:
        """Return the annotation of the attribute."""
        plain = f" | {self.plain.annotation}" if self.plain else ""
        return self.annotation + plain + " | None" * self.nullable + " | Unset" * (not required)


# Word of the contract, and Python's types for it.
_SCALARS: dict[type[PropertyProtocol], tuple[str, tuple[str, ...]]] = {
    StringProperty: ("string", ("str",)),
    IntProperty: ("integer", ("int",)),
    # JSON writes a whole number without a point, whatever the contract calls it.
    FloatProperty: ("number", ("float", "int")),
    BooleanProperty: ("boolean", ("bool",)),
}
_JSON_TYPES = {"str": "string", "int": "integer"}
_PLAIN = {"str": "str.__str__({})", "int": "int({})"}
"""What makes a plain value of the member of an enum; `str()` of one calls Python code."""


class Codecs:
    """Codecs for the properties of the models of one contract.

    Args:
        models: Every model of the contract. A property that refers to a model may hold it as it was before its own
            properties were parsed; here it is complete.
        schemas: `components.schemas` of the contract: the generator forgets the names of unions.
    """

    def __init__(self, models: Iterable[ModelProperty], schemas: Mapping[str, Any]) -> None:
        self._models = {str(model.class_info.name): model for model in models}
        self._union_names = {
            frozenset(str(member.get("$ref", "")).rpartition("/")[2] for member in schema["anyOf"]): name
            for name, schema in schemas.items()
            if "anyOf" in schema
        }
        self._schemas = schemas
        self.unions: dict[str, Union] = {}
        """Unions met so far, by name."""
        self.last_of: dict[str, Union] = {}
        """These unions, by the class of their last member."""

    def of(self, prop: PropertyProtocol) -> Codec:
        """Return the code for a property.

        Args:
            prop: A property of a model, as the generator parsed it.

        Returns:
            The expressions to print.

        Raises:
            UnsupportedError: The templates write no code for this kind of property.
        """
        if prop.python_name in RESERVED:
            raise UnsupportedError("every model has an attribute of this name; call the property otherwise")
        if isinstance(prop, AnyProperty):
            return Codec("Any")
        if isinstance(prop, ConstProperty):
            literal = prop.value.python_code.as_unembedded_code()
            return Codec(f"Literal[{literal}]", _as_json(literal), f"{{}} == {_verbatim(literal)}")
        if isinstance(prop, EnumProperty):
            return _closed_enum(prop)
        if isinstance(prop, ModelProperty):
            name = prop.class_info.name
            decoder = f"_{snake_case(name)}_from_dict"
            return evolve(_object(name, decoder), bound=(decoder, f"{name}.from_dict"))
        if isinstance(prop, ListProperty):
            return _list(self.of(prop.inner_property))
        if isinstance(prop, UnionProperty):
            return self._union(prop)
        return _scalars([prop])

    def bound(self, props: Iterable[PropertyProtocol]) -> list[tuple[str, str]]:
        """Return name and value of each constant that the codecs of these properties use, each once."""
        return list(dict.fromkeys(bound for prop in props if (bound := self.of(prop).bound)))

    def usual(self, model: ModelProperty) -> list[PropertyProtocol]:
        """Return the optional properties that nearly every answer has, so that looking them up first pays.

        They are those of all examples of the contract. An object is none of them: decoding one in vain costs too much.
        """
        examples = self._schemas.get(str(model.class_info.name), {}).get("examples", [])
        shown = set.intersection(*map(set, examples)) if examples else set[str]()
        return [prop for prop in model.optional_properties or [] if _wire_name(prop) in shown and self.of(prop).fits]

    def keeps_names(self, model: ModelProperty) -> bool:
        """Return whether the contract says that fields of any name belong in a model, so that none is unknown to it."""
        return "additionalProperties" in self._schemas.get(str(model.class_info.name), {})

    def _union(self, prop: UnionProperty) -> Codec:
        inner = [one for one in prop.inner_properties if not isinstance(one, NoneProperty)]
        nullable = len(inner) < len(prop.inner_properties)
        enums = [one for one in inner if isinstance(one, EnumProperty)]
        if len(inner) == 1:
            result = self.of(inner[0])
        elif all(isinstance(one, ModelProperty) for one in inner):
            result = self._tagged([one.class_info.name for one in inner if isinstance(one, ModelProperty)])
        elif len(inner) == 2 and len(enums) == 1 and any(isinstance(one, StringProperty) for one in inner):
            result = _open_enum(enums[0])
        elif len(whole := [one for one in inner if isinstance(one, ModelProperty | ListProperty)]) == 1:
            result = _or_plain(self.of(whole[0]), _scalars([one for one in inner if one is not whole[0]]))
        else:
            result = _scalars(inner)
        return evolve(result, nullable=nullable)

    def _tagged(self, classes: Sequence[str]) -> Codec:
        name = self._union_names.get(frozenset(classes))
        if name is None:
            raise UnsupportedError(
                "a union of objects needs a name: put it into components.schemas and refer to it there"
            )
        if name not in self.unions:
            models = [self._models[one] for one in classes]
            self.unions[name] = _tagged_union(name, models)
            self.last_of[self.unions[name].fallback] = self.unions[name]
            _free_the_tag(self.unions[name], models[-1])
        union = self.unions[name]
        return evolve(_object(name, f"{union.module}_from_dict"), union=union)


def _object(annotation: str, decoder: str) -> Codec:
    return Codec(annotation, "object", encode="{0}.to_dict()", decoder=decoder)


def _scalars(props: Sequence[PropertyProtocol]) -> Codec:
    words: list[str] = []
    names: list[str] = []
    for prop in props:
        if type(prop) not in _SCALARS:
            raise UnsupportedError(
                f"{prop.get_type_string(no_optional=True).as_unembedded_code()} is not decoded by the templates of this"
                " project; describe it as plain JSON (string, number, ...), or extend workflow/codecs.py"
            )
        word, types = _SCALARS[type(prop)]
        words.append(word)
        names += [name for name in types if name not in names]
    return Codec(" | ".join(names), " or ".join(words), _has_type(*names))


def _or_plain(codec: Codec, plain: Codec) -> Codec:
    """Return the code for an object or list, in whose place a plain value may stand."""
    if not codec.decoder:
        raise UnsupportedError("a plain value in the place of a list of anything: describe both as anything")
    return evolve(codec, plain=plain, encode=f"{{0}} if isinstance({{0}}, {plain.annotation}) else {codec.encode}")


def _has_type(*names: str) -> str:
    """Return a test for types: the quickest one, which nearly all values pass, then one that knows subclasses."""
    return f"type({{0}}) is {names[0]} or is_a({{0}}, {', '.join(names)})"


def _closed_enum(prop: EnumProperty) -> Codec:
    name, json_type = prop.class_info.name, prop.value_type.__name__
    table = enum_table(name)
    return Codec(
        name,
        " or ".join(json.dumps(value, ensure_ascii=False) for value in prop.values.values()),
        f"({_has_type(json_type)}) and {{0}} in {table}",
        f"{table}[{{}}]",
        _PLAIN[json_type],
        enum=name,
    )


def _open_enum(prop: EnumProperty) -> Codec:
    name, json_type = prop.class_info.name, prop.value_type.__name__
    table = enum_table(name)
    return Codec(
        f"{name} | {json_type}",
        _JSON_TYPES[json_type],
        _has_type(json_type),
        f"{table}[{{0}}] if {{0}} in {table} else {{0}}",
        _PLAIN[json_type],
        enum=name,
    )


def enum_table(name: str) -> str:
    """Return the name of the constant that holds the members of an enum by value."""
    return f"_{snake_case(name).upper()}"


def _list(inner: Codec) -> Codec:
    if inner.nullable or (inner.expected and not inner.decoder):
        raise UnsupportedError(
            "a list of plain or nullable values is not decoded by the templates of this project;"
            " make its items objects, or extend workflow/codecs.py"
        )
    return Codec(
        f"list[{inner.annotation}]",
        "array",
        _has_type("list"),
        encode=f"encode_items([{inner.encode.format('item')} for item in {{0}}], {{0}})" if inner.encode else "",
        decoder=inner.decoder,
        is_list=True,
        bound=inner.bound,
        union=inner.union,
    )


def _tagged_union(name: str, models: Sequence[ModelProperty]) -> Union:
    """Build a union of models: all but the last have a constant tag, the last takes the rest."""
    *members, last = models
    if last.required_properties or not last.additional_properties:
        raise UnsupportedError(
            f"{last.class_info.name}, the last member of {name}, must take anything: no required properties and"
            " additionalProperties: true",
            schema=name,
        )
    tags = _constants(members[0])
    if len(tags) != 1:
        raise UnsupportedError(
            f"{members[0].class_info.name}, a member of {name}, needs exactly one required `const`: its tag",
            schema=name,
        )
    (tag,) = tags
    (attribute,) = (str(prop.python_name) for prop in members[0].required_properties or [] if _wire_name(prop) == tag)
    by_tag: list[tuple[str, str]] = []
    for member in members:
        literal = _constants(member).get(tag)
        if literal is None:
            raise UnsupportedError(
                f"{member.class_info.name}, a member of {name} before its last, needs a required `{tag}` with a"
                " `const`",
                schema=name,
            )
        if ast.literal_eval(literal) == UNKNOWN:
            raise UnsupportedError(
                f"{member.class_info.name}, a member of {name}, has the tag that its last member has in Python:"
                f" {UNKNOWN}",
                schema=name,
            )
        by_tag.append((literal, member.class_info.name))
    return Union(name, tag, attribute, by_tag, last.class_info.name)


def _free_the_tag(union: Union, last: ModelProperty) -> None:
    """Keep what the server wrote for the kind in another attribute of the last member.

    The tag is a constant there as in all members: else a type checker could not tell them apart by it.
    """
    props = last.optional_properties or []
    written = [position for position, prop in enumerate(props) if _wire_name(prop) == union.tag]
    others = {str(prop.python_name) for prop in props if _wire_name(prop) != union.tag}
    if not written or union.attribute == WIRE_TAG or WIRE_TAG in others:
        raise UnsupportedError(
            f"{union.fallback}, the last member of {union.name}, needs a property `{union.tag}` and no other called"
            f" `{WIRE_TAG}`: there its Python class keeps what the server wrote for `{union.tag}`",
            schema=union.name,
        )
    props[written[0]] = evolve(props[written[0]], python_name=PythonIdentifier(WIRE_TAG, ""))


def _wire_name(prop: PropertyProtocol) -> str:
    return prop.name.get_untrusted_value()


def _as_json(literal: str) -> str:
    return json.dumps(ast.literal_eval(literal), ensure_ascii=False)


def _verbatim(literal: str) -> str:
    """Protect the braces of a literal from `str.format`."""
    return literal.replace("{", "{{").replace("}", "}}")


def _constants(model: ModelProperty) -> dict[str, str]:
    """Return the literals of the required constant properties of a model by wire name."""
    return {
        _wire_name(prop): prop.value.python_code.as_unembedded_code()
        for prop in model.required_properties or []
        if isinstance(prop, ConstProperty)
    }
