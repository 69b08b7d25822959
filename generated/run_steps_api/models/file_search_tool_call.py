# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.file_search import FileSearch
from ..types import UNSET, AdditionalProperties

_FIELDS = {"id": ("id", "str"), "type": ("type_", "'file_search'"), "file_search": ("file_search", "dict")}
_new = object.__new__
_file_search_from_dict = FileSearch.from_dict


@_attrs_define(weakref_slot=False)
class FileSearchToolCall(AdditionalProperties[Any]):
    """The assistant searched files.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        file_search: A search of files and what it found. An empty object on servers of 2024 and on emulators.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    type_: Literal["file_search"]
    file_search: FileSearch
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        id = src_dict["id"]
        if not (type(id) is str or isinstance(id, str)):
            raise TypeError(f"FileSearchToolCall.id: expected str, got {type(id).__name__}")
        self.id = id
        type_ = src_dict["type"]
        if type_ != "file_search":
            raise TypeError(f"FileSearchToolCall.type_: expected 'file_search', got {type(type_).__name__}")
        self.type_ = type_
        file_search = src_dict["file_search"]
        if not (type(file_search) is dict or isinstance(file_search, dict)):
            raise TypeError(f"FileSearchToolCall.file_search: expected dict, got {type(file_search).__name__}")
        self.file_search = _file_search_from_dict(file_search)
        if unknown:
            self.additional_properties = {
                key: value
                for key, value in src_dict.items()
                if key not in _FIELDS or getattr(self, _FIELDS[key][0]) is UNSET
            }
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "file_search": self.file_search.to_dict(),
        }
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
