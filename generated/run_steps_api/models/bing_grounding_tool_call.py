# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.bing_search import BingSearch
from ..types import UNSET, AdditionalProperties

_FIELDS = {"id": ("id", "str"), "type": ("type_", "'bing_grounding'"), "bing_grounding": ("bing_grounding", "dict")}
_new = object.__new__
_bing_search_from_dict = BingSearch.from_dict


@_attrs_define(weakref_slot=False)
class BingGroundingToolCall(AdditionalProperties[Any]):
    """The assistant searched the web with Bing. Seen on Azure AI Agents.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        bing_grounding: A search with Bing.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    type_: Literal["bing_grounding"]
    bing_grounding: BingSearch
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
            raise TypeError(f"BingGroundingToolCall.id: expected str, got {type(id).__name__}")
        self.id = id
        type_ = src_dict["type"]
        if type_ != "bing_grounding":
            raise TypeError(f"BingGroundingToolCall.type_: expected 'bing_grounding', got {type(type_).__name__}")
        self.type_ = type_
        bing_grounding = src_dict["bing_grounding"]
        if not (type(bing_grounding) is dict or isinstance(bing_grounding, dict)):
            raise TypeError(f"BingGroundingToolCall.bing_grounding: expected dict, got {type(bing_grounding).__name__}")
        self.bing_grounding = _bing_search_from_dict(bing_grounding)
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
            "bing_grounding": self.bing_grounding.to_dict(),
        }
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
