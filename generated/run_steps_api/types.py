# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""Contains some shared types for properties"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import IO, TYPE_CHECKING, Any, BinaryIO, ClassVar, Generic, Literal, NamedTuple, TypeVar

from attrs import define


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
    "ItemsWithMisfits",
    "Misfit",
    "decode_items",
    "encode_items",
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
        expected: What the contract says.
        value: What was sent, as parsed JSON.
    """

    name: str
    expected: str
    value: Any


class ItemsWithMisfits(list[V]):
    """The items of a list that are what the contract says, and those that are not.

    Attributes:
        misfits: Position in the list that was sent, what was expected, and the item that was sent.
    """

    def __init__(self) -> None:
        super().__init__()
        self.misfits: list[tuple[int, str, Any]] = []


def decode_items(decode: Callable[[Any], V], items: list[Any]) -> list[V]:
    """Decode the items of a list; one that cannot be decoded costs itself and no more."""
    decoded = ItemsWithMisfits[V]()
    for position, item in enumerate(items):
        try:
            decoded.append(decode(item))
        except (KeyError, TypeError) as error:
            reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            decoded.misfits.append((position, reason, item))
    return decoded


def encode_items(encoded: list[Any], items: list[Any]) -> list[Any]:
    """Put the items that could not be decoded back where they were."""
    if isinstance(items, ItemsWithMisfits):
        for position, _, item in items.misfits:
            encoded.insert(position, item)
    return encoded


class AdditionalProperties(Generic[V]):
    """A model that keeps the fields its contract does not name, and gives them by name as a dict does.

    A field of the contract whose value does not fit is kept here as well, and its attribute is UNSET.
    """

    __slots__ = ()

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """Attribute and expected type of each field, by its name on the wire."""

    additional_properties: dict[str, V]

    @property
    def misfits(self) -> list[Misfit]:
        """What was sent in this model and those within it that is not what the contract says."""
        return list(self._misfits(""))

    def _misfits(self, prefix: str) -> Iterator[Misfit]:
        for name, (attribute, expected) in self._fields.items():
            value = getattr(self, attribute)
            if value is UNSET:
                if name in self.additional_properties:
                    yield Misfit(f"{prefix}{name}", expected, self.additional_properties[name])
            elif isinstance(value, AdditionalProperties):
                yield from value._misfits(f"{prefix}{name}.")
            elif isinstance(value, list):
                for position, reason, item in getattr(value, "misfits", ()):
                    yield Misfit(f"{prefix}{name}[{position}]", reason, item)
                for position, item in enumerate(value):
                    if isinstance(item, AdditionalProperties):
                        yield from item._misfits(f"{prefix}{name}[{position}].")

    if not TYPE_CHECKING:  # for a type checker a model has the attributes it declares and no others

        def __getattr__(self, name: str) -> object:
            """Make the dict when it is first looked at: most payloads have nothing to put there."""
            if name != "additional_properties":
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            self.additional_properties = {}
            return self.additional_properties

    @property
    def additional_keys(self) -> list[str]:
        """Names of the additional fields, in the order they came."""
        return list(self.additional_properties)

    def __getitem__(self, key: str) -> V:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: V) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
