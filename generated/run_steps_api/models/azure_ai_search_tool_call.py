# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.input_and_output import InputAndOutput
from ..types import AdditionalProperties

_FIELDS = frozenset({"id", "type", "azure_ai_search"})


@_attrs_define
class AzureAiSearchToolCall(AdditionalProperties[Any]):
    """The assistant searched an index of Azure AI Search. Seen on Azure AI Agents.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        azure_ai_search: What a tool was asked and what it answered.
    """

    id: str
    type_: Literal["azure_ai_search"]
    azure_ai_search: InputAndOutput
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"AzureAiSearchToolCall.id: expected str, got {type(id).__name__}")
        type_ = src_dict["type"]
        if type_ != "azure_ai_search":
            raise TypeError(f"AzureAiSearchToolCall.type_: expected 'azure_ai_search', got {type(type_).__name__}")
        azure_ai_search = src_dict["azure_ai_search"]
        if not isinstance(azure_ai_search, dict):
            raise TypeError(
                f"AzureAiSearchToolCall.azure_ai_search: expected dict, got {type(azure_ai_search).__name__}"
            )
        azure_ai_search = InputAndOutput.from_dict(azure_ai_search)
        return cls(
            id=id,
            type_=type_,
            azure_ai_search=azure_ai_search,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "azure_ai_search": self.azure_ai_search.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
