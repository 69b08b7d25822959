# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""Contains some shared types for properties"""

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from decimal import Decimal
from functools import cached_property, reduce
from importlib import import_module
from operator import or_
from typing import IO, Any, BinaryIO, ClassVar, Generic, Literal, NamedTuple, TypeVar

from attrs import define, field

from .parsing import dump_json


class Unset:
    def __reduce__(self) -> str:
        return "UNSET"  # a copy, pickled or not, is UNSET itself

    __repr__ = __reduce__

    def __bool__(self) -> Literal[False]:
        return False


UNSET: Unset = Unset()

# The types that `httpx.Client(files=)` can accept, copied from that library.
FileContent = IO[bytes] | bytes | str
FileTypes = (
    # (filename, file (or bytes), content_type)
    tuple[str | None, FileContent, str | None]
    # (filename, file (or bytes), content_type, headers)
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)
RequestFiles = list[tuple[str, FileTypes]]


@define
class File:
    """Contains information for file uploads"""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """Return a tuple representation that httpx will accept for multipart/form-data"""
        return self.file_name, self.payload, self.mime_type


T = TypeVar("T")


@define
class Response(Generic[T]):
    """A response from an endpoint"""

    status_code: int
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T | None


__all__ = [
    "UNSET",
    "AdditionalProperties",
    "EntriesWithMisfits",
    "ItemsWithMisfits",
    "Misfit",
    "Refused",
    "decode_entries",
    "decode_items",
    "encode_entries",
    "encode_items",
    "Members",
    "NOTHING",
    "is_a",
    "json_type",
    "refusal",
    "refused",
    "File",
    "FileTypes",
    "RequestFiles",
    "Response",
    "Unset",
]
T_co = TypeVar("T_co", covariant=True)
V = TypeVar("V")


class Misfit(NamedTuple):
    """Something a server sent that is not what the contract says.

    Attributes:
        name: Where it was, by the names of the wire: `last_error`, `usage.prompt_tokens`, `data[3]`.
        expected: What the contract says, in its own words: `integer or null`, `object with id (string)`.
        value: What was sent, as parsed JSON; UNSET when nothing was.
    """

    name: str
    expected: str
    value: Any

    def __repr__(self) -> str:
        sent = "" if self.value is UNSET else f", value={self.value!r}"
        return f"Misfit(name={self.name!r}, expected={self.expected!r}{sent})"


class Refused(TypeError):
    """A field that nothing can do without is not what the contract says.

    Attributes:
        misfit: The field.
    """

    def __init__(self, model: str, misfit: Misfit) -> None:
        super().__init__(f"{model}.{misfit.name}: expected {misfit.expected}, got {json_type(misfit.value)}")
        self.misfit = misfit


def refusal(model: str, outer: Misfit, inner: Misfit) -> Refused:
    """Refuse a model for an object in it that was refused: for what does not fit in there, where that has a name."""
    return Refused(model, inner._replace(name=f"{outer.name}.{inner.name}") if inner.name else outer)


def json_type(value: object) -> str:
    """Name the type of a value as the contract does."""
    for types, word in _JSON_TYPES:
        if isinstance(value, types):
            return word
    return type(value).__name__


_JSON_TYPES: list[tuple[type | tuple[type, ...], str]] = [
    (Unset, "nothing"),
    (type(None), "null"),
    (bool, "boolean"),
    ((int, Decimal), "integer"),
    (float, "number"),
    (str, "string"),
    (list, "array"),
    (Mapping, "object"),
]


def is_a(value: object, *types: type) -> bool:
    """Return whether a value has one of the types; other than for Python, true is no integer for JSON."""
    return isinstance(value, types) and (type(value) is not bool or bool in types)


def refused(error: Exception, decode: Callable[[Any], Any], value: Any) -> Misfit:
    """Return why `from_dict` of a model refused a value.

    Args:
        error: What it raised.
        decode: That `from_dict`, or the function of a union.
        value: The value.

    Returns:
        What does not fit, by its name within the value; without a name when that is the value itself.
    """
    if isinstance(error, Refused):
        return error.misfit
    fields: Mapping[str, tuple[str, str]] = getattr(getattr(decode, "__self__", None), "_fields", {})
    if isinstance(error, KeyError) and error.args[0] in fields:
        return Misfit(error.args[0], fields[error.args[0]][1], UNSET)
    return Misfit("", "object", value)


class ItemsWithMisfits(list[V]):
    """The items of a list that are what the contract says, and those that are not.

    Attributes:
        misfits: Position in the list that was sent, what was expected, and the item that was sent.
    """

    def __init__(self, items: Iterable[V] = (), misfits: Iterable[tuple[int, str, Any]] = ()) -> None:
        super().__init__(items)
        self.misfits: list[tuple[int, str, Any]] = list(misfits)

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and self.misfits == getattr(other, "misfits", [])

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __repr__(self) -> str:
        return f"ItemsWithMisfits({super().__repr__()}, {self.misfits!r})"


class EntriesWithMisfits(dict[str, V]):
    """The values of an object by name that are what the contract says, and those that are not.

    Attributes:
        misfits: Name, what was expected, and the value that was sent.
    """

    def __init__(self, entries: Mapping[str, V], misfits: Iterable[tuple[str, str, Any]] = ()) -> None:
        super().__init__(entries)
        self.misfits: list[tuple[str, str, Any]] = list(misfits)

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and self.misfits == getattr(other, "misfits", [])

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __repr__(self) -> str:
        return f"EntriesWithMisfits({super().__repr__()}, {self.misfits!r})"


def decode_items(decode: Callable[[Any], V], items: list[Any]) -> list[V]:
    """Decode the items of a list; one that cannot be decoded costs itself and no more."""
    decoded = ItemsWithMisfits[V]()
    for position, item in enumerate(items):
        try:
            decoded.append(decode(item))
        except (KeyError, TypeError) as error:
            decoded.misfits.append((position, _lacking(refused(error, decode, item)), item))
    return decoded


def decode_entries(decode: Callable[[Any], V], entries: Mapping[str, Any]) -> dict[str, V]:
    """Decode the values of an object by name; one that cannot be decoded costs itself and no more."""
    decoded = EntriesWithMisfits[V]({})
    for name, value in entries.items():
        try:
            decoded[name] = decode(value)
        except (KeyError, TypeError) as error:
            decoded.misfits.append((name, _lacking(refused(error, decode, value)), value))
    return decoded


def _lacking(misfit: Misfit) -> str:
    """Say of something left out as a whole what it should have been."""
    return f"object with {misfit.name} ({misfit.expected})" if misfit.name else misfit.expected


def encode_items(encoded: list[Any], items: list[Any]) -> list[Any]:
    """Put the items that could not be decoded back where they were."""
    if isinstance(items, ItemsWithMisfits):
        for position, _, item in items.misfits:
            encoded.insert(position, item)
    return encoded


def encode_entries(encoded: dict[str, Any], entries: dict[str, Any]) -> dict[str, Any]:
    """Put back the values that could not be decoded, unless others have taken their names."""
    if isinstance(entries, EntriesWithMisfits):
        encoded = {name: value for name, _, value in entries.misfits} | encoded
    return encoded


class Members(dict[str, Callable[[Any], V]]):
    """What decodes each member of a union, by its tag; any other tag is decoded by the last member.

    A member is imported when its tag is met for the first time, and what decodes it kept here from then on.

    Attributes:
        tag: Name on the wire of the property that tells the members apart.
        classes: Names of the classes of all members but the last, by their tags.
        fallback: Name of the class of the last member, which takes what fits no other.
    """

    def __init__(self, tag: str, classes: Mapping[str, str], fallback: str) -> None:
        super().__init__()
        self.tag, self.classes, self.fallback = tag, classes, fallback

    def __missing__(self, tag: str) -> Callable[[Any], V]:
        if tag not in self.classes:
            return self.last
        self[tag] = decode = self._decoder(self.classes[tag])
        return decode

    @cached_property
    def last(self) -> Callable[[Any], V]:
        """What decodes the last member."""
        return self._decoder(self.fallback)

    def union(self) -> Any:
        """Return the union of all members, as for `isinstance`."""
        return reduce(or_, map(self._model, (*self.classes.values(), self.fallback)))

    def _decoder(self, name: str) -> Callable[[Any], V]:
        decode: Callable[[Any], V] = self._model(name).from_dict
        return decode

    @staticmethod
    def _model(name: str) -> Any:
        return getattr(import_module(".models", __package__), name)


NOTHING: dict[str, Any] = {}
"""What every model without additional fields holds for them, so that none costs a dict; it is never handed out."""


@define(weakref_slot=False, repr=False)
class AdditionalProperties(Generic[V]):
    """A model that keeps the fields its contract does not name, and gives them by name as a dict does.

    A field of the contract whose value does not fit is kept here as well, and its attribute is UNSET.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """Attribute and expected type of each field, by its name on the wire."""

    _keeps_names: ClassVar[bool] = False
    """Whether the contract says that fields of any name belong here, so that none is unknown to it."""

    _union: ClassVar[str] = ""
    """Module of the union whose last member this is."""

    _additional_properties: dict[str, V] = field(default=NOTHING, kw_only=True, alias="additional_properties")

    @property
    def additional_properties(self) -> dict[str, V]:
        """Fields the contract does not name, by name."""
        if self._additional_properties is NOTHING:
            self._additional_properties = {}
        return self._additional_properties

    @additional_properties.setter
    def additional_properties(self, entries: dict[str, V]) -> None:
        self._additional_properties = entries

    def __repr__(self) -> str:
        values = [(attribute, getattr(self, attribute)) for attribute, _ in self._fields.values()]
        shown = [f"{attribute}={value!r}" for attribute, value in values if value is not UNSET]
        if self._additional_properties:
            shown.append(f"additional_properties={self._additional_properties!r}")
        return f"{type(self).__name__}({', '.join(shown)})"

    @property
    def misfits(self) -> list[Misfit]:
        """What was sent in this model and those within it that is not what the contract says."""
        found: list[Misfit] = []
        self._find_misfits("", found)
        return found

    def _find_misfits(self, prefix: str, found: list[Misfit]) -> None:
        rest = self._additional_properties
        for name, (attribute, expected) in self._fields.items():
            value = getattr(self, attribute)
            if value is UNSET:
                if name in rest:
                    found.append(Misfit(f"{prefix}{name}", expected, rest[name]))
            elif isinstance(value, (AdditionalProperties, list)):
                self._find_misfits_within(f"{prefix}{name}", value, found)
        for name, reason, value in getattr(rest, "misfits", ()):
            if name not in rest:
                found.append(Misfit(f"{prefix}{name}", reason, value))
        for name, value in rest.items():
            self._find_misfits_within(f"{prefix}{name}", value, found)
        if misfit := self._misfit_of_known_kind():
            found.append(Misfit(f"{prefix}{misfit.name}", *misfit[1:]))

    @staticmethod
    def _find_misfits_within(name: str, value: object, found: list[Misfit]) -> None:
        if isinstance(value, AdditionalProperties):
            value._find_misfits(f"{name}.", found)
        elif isinstance(value, list):
            for position, reason, item in getattr(value, "misfits", ()):
                found.append(Misfit(f"{name}[{position}]", reason, item))
            for position, item in enumerate(value):
                if isinstance(item, AdditionalProperties):
                    item._find_misfits(f"{name}[{position}].", found)

    def _misfit_of_known_kind(self) -> Misfit | None:
        """Return why this is the last member of a union and not the one its tag names: decode that again."""
        if not self._union:
            return None
        members: Members[Any] = getattr(
            import_module(f".models.{self._union}", __package__), f"{self._union.upper()}_FROM_DICT"
        )
        value = self.to_dict()
        kind = value.get(members.tag)
        if not isinstance(kind, str) or kind not in members.classes:
            return None
        try:
            members[kind](value)
        except (KeyError, TypeError) as error:
            return refused(error, members[kind], value)
        return None

    def _unfitting(self, src_dict: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of the contract that were sent and did not fit."""
        return {
            name: src_dict[name]
            for name, (attribute, _) in self._fields.items()
            if name in src_dict and getattr(self, attribute) is UNSET
        }

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        raise NotImplementedError

    def to_json(self, *, indent: int | None = None) -> str:
        """Encode as the JSON text of the object it was decoded from.

        Args:
            indent: Spaces a level is indented by; None for one line.

        Raises:
            RecursionError: A value in it is nested too deeply.
        """
        return dump_json(self.to_dict(), indent=indent)

    @property
    def additional_keys(self) -> list[str]:
        """Names of the additional fields, in the order they came."""
        return list(self._additional_properties)

    def __getitem__(self, key: str) -> V:
        return self._additional_properties[key]

    def __setitem__(self, key: str, value: V) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self._additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self._additional_properties
