# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"type", "text"})


@_attrs_define
class FileSearchContent(AdditionalProperties[Any]):
    """One part of a passage.

    Attributes:
        type_: Kind of the part; `text` in all recordings.
        text: The text.
    """

    type_: str | Unset = UNSET
    text: str | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        type_ = src_dict.get("type", UNSET)
        if type_ is not UNSET and not isinstance(type_, str):
            raise TypeError(f"FileSearchContent.type_: expected str, got {type(type_).__name__}")
        text = src_dict.get("text", UNSET)
        if text is not None and text is not UNSET and not isinstance(text, str):
            raise TypeError(f"FileSearchContent.text: expected str or None, got {type(text).__name__}")
        return cls(
            type_=type_,
            text=text,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.type_, Unset):
            field_dict["type"] = self.type_
        if not isinstance(self.text, Unset):
            field_dict["text"] = self.text
        field_dict.update(self.additional_properties)
        return field_dict
