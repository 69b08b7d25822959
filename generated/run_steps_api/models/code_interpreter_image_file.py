# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import AdditionalProperties

_FIELDS = frozenset({"file_id"})


@_attrs_define
class CodeInterpreterImageFile(AdditionalProperties[Any]):
    """The file an image was stored in.

    Attributes:
        file_id: Id of the file.
    """

    file_id: str
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        file_id = src_dict["file_id"]
        if not isinstance(file_id, str):
            raise TypeError(f"CodeInterpreterImageFile.file_id: expected str, got {type(file_id).__name__}")
        return cls(
            file_id=file_id,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "file_id": self.file_id,
        }
        field_dict.update(self.additional_properties)
        return field_dict
