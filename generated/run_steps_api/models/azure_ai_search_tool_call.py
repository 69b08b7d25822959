# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.input_and_output import InputAndOutput
from ..types import UNSET, AdditionalProperties

_FIELDS = {"id": ("id", "str"), "type": ("type_", "'azure_ai_search'"), "azure_ai_search": ("azure_ai_search", "dict")}
_new = object.__new__
_input_and_output_from_dict = InputAndOutput.from_dict


@_attrs_define(weakref_slot=False)
class AzureAiSearchToolCall(AdditionalProperties[Any]):
    """The assistant searched an index of Azure AI Search. Seen on Azure AI Agents.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        azure_ai_search: What a tool was asked and what it answered.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    type_: Literal["azure_ai_search"]
    azure_ai_search: InputAndOutput
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
            raise TypeError(f"AzureAiSearchToolCall.id: expected str, got {type(id).__name__}")
        self.id = id
        type_ = src_dict["type"]
        if type_ != "azure_ai_search":
            raise TypeError(f"AzureAiSearchToolCall.type_: expected 'azure_ai_search', got {type(type_).__name__}")
        self.type_ = type_
        azure_ai_search = src_dict["azure_ai_search"]
        if not (type(azure_ai_search) is dict or isinstance(azure_ai_search, dict)):
            raise TypeError(
                f"AzureAiSearchToolCall.azure_ai_search: expected dict, got {type(azure_ai_search).__name__}"
            )
        self.azure_ai_search = _input_and_output_from_dict(azure_ai_search)
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
            "azure_ai_search": self.azure_ai_search.to_dict(),
        }
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
