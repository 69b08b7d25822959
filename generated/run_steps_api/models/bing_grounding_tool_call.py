# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.bing_search import BingSearch
from ..types import AdditionalProperties

_FIELDS = frozenset({"id", "type", "bing_grounding"})


@_attrs_define
class BingGroundingToolCall(AdditionalProperties[Any]):
    """The assistant searched the web with Bing. Seen on Azure AI Agents.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        bing_grounding: A search with Bing.
    """

    id: str
    type_: Literal["bing_grounding"]
    bing_grounding: BingSearch
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"BingGroundingToolCall.id: expected str, got {type(id).__name__}")
        type_ = src_dict["type"]
        if type_ != "bing_grounding":
            raise TypeError(f"BingGroundingToolCall.type_: expected 'bing_grounding', got {type(type_).__name__}")
        bing_grounding = src_dict["bing_grounding"]
        if not isinstance(bing_grounding, dict):
            raise TypeError(f"BingGroundingToolCall.bing_grounding: expected dict, got {type(bing_grounding).__name__}")
        bing_grounding = BingSearch.from_dict(bing_grounding)
        return cls(
            id=id,
            type_=type_,
            bing_grounding=bing_grounding,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "bing_grounding": self.bing_grounding.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
