# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.input_and_output import InputAndOutput
from ..types import AdditionalProperties

_FIELDS = frozenset({"id", "type", "sharepoint_grounding"})


@_attrs_define
class SharepointGroundingToolCall(AdditionalProperties[Any]):
    """The assistant searched SharePoint. Seen on Azure AI Agents.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        sharepoint_grounding: What a tool was asked and what it answered.
    """

    id: str
    type_: Literal["sharepoint_grounding"]
    sharepoint_grounding: InputAndOutput
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"SharepointGroundingToolCall.id: expected str, got {type(id).__name__}")
        type_ = src_dict["type"]
        if type_ != "sharepoint_grounding":
            raise TypeError(
                f"SharepointGroundingToolCall.type_: expected 'sharepoint_grounding', got {type(type_).__name__}"
            )
        sharepoint_grounding = src_dict["sharepoint_grounding"]
        if not isinstance(sharepoint_grounding, dict):
            raise TypeError(
                f"SharepointGroundingToolCall.sharepoint_grounding: expected dict, got {type(sharepoint_grounding).__name__}"
            )
        sharepoint_grounding = InputAndOutput.from_dict(sharepoint_grounding)
        return cls(
            id=id,
            type_=type_,
            sharepoint_grounding=sharepoint_grounding,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "sharepoint_grounding": self.sharepoint_grounding.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
