# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.file_search import FileSearch
from ..types import AdditionalProperties

_FIELDS = frozenset({"id", "type", "file_search"})


@_attrs_define
class FileSearchToolCall(AdditionalProperties[Any]):
    """The assistant searched files.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        file_search: A search of files and what it found. An empty object on servers of 2024 and on emulators.
    """

    id: str
    type_: Literal["file_search"]
    file_search: FileSearch
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"FileSearchToolCall.id: expected str, got {type(id).__name__}")
        type_ = src_dict["type"]
        if type_ != "file_search":
            raise TypeError(f"FileSearchToolCall.type_: expected 'file_search', got {type(type_).__name__}")
        file_search = src_dict["file_search"]
        if not isinstance(file_search, dict):
            raise TypeError(f"FileSearchToolCall.file_search: expected dict, got {type(file_search).__name__}")
        file_search = FileSearch.from_dict(file_search)
        return cls(
            id=id,
            type_=type_,
            file_search=file_search,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "file_search": self.file_search.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
