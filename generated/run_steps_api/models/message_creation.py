# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import AdditionalProperties

_FIELDS = frozenset({"message_id"})


@_attrs_define
class MessageCreation(AdditionalProperties[Any]):
    """The message a step wrote.

    Attributes:
        message_id: Id of the message.
    """

    message_id: str
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        message_id = src_dict["message_id"]
        if not isinstance(message_id, str):
            raise TypeError(f"MessageCreation.message_id: expected str, got {type(message_id).__name__}")
        return cls(
            message_id=message_id,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "message_id": self.message_id,
        }
        field_dict.update(self.additional_properties)
        return field_dict
