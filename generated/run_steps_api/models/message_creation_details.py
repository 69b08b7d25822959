# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.message_creation import MessageCreation
from ..types import AdditionalProperties

_FIELDS = frozenset({"type", "message_creation"})


@_attrs_define
class MessageCreationDetails(AdditionalProperties[Any]):
    """The step wrote a message.

    Attributes:
        type_: Kind of the details.
        message_creation: The message a step wrote.
    """

    type_: Literal["message_creation"]
    message_creation: MessageCreation
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        type_ = src_dict["type"]
        if type_ != "message_creation":
            raise TypeError(f"MessageCreationDetails.type_: expected 'message_creation', got {type(type_).__name__}")
        message_creation = src_dict["message_creation"]
        if not isinstance(message_creation, dict):
            raise TypeError(
                f"MessageCreationDetails.message_creation: expected dict, got {type(message_creation).__name__}"
            )
        message_creation = MessageCreation.from_dict(message_creation)
        return cls(
            type_=type_,
            message_creation=message_creation,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "type": self.type_,
            "message_creation": self.message_creation.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
