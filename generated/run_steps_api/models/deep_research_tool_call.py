# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.input_and_output import InputAndOutput
from ..types import AdditionalProperties

_FIELDS = frozenset({"id", "type", "deep_research"})


@_attrs_define
class DeepResearchToolCall(AdditionalProperties[Any]):
    """The assistant researched a question at length. Seen on Azure AI Agents.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        deep_research: What a tool was asked and what it answered.
    """

    id: str
    type_: Literal["deep_research"]
    deep_research: InputAndOutput
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"DeepResearchToolCall.id: expected str, got {type(id).__name__}")
        type_ = src_dict["type"]
        if type_ != "deep_research":
            raise TypeError(f"DeepResearchToolCall.type_: expected 'deep_research', got {type(type_).__name__}")
        deep_research = src_dict["deep_research"]
        if not isinstance(deep_research, dict):
            raise TypeError(f"DeepResearchToolCall.deep_research: expected dict, got {type(deep_research).__name__}")
        deep_research = InputAndOutput.from_dict(deep_research)
        return cls(
            id=id,
            type_=type_,
            deep_research=deep_research,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "deep_research": self.deep_research.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
