# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.tool_call import ToolCall, tool_call_from_dict
from ..types import UNSET, AdditionalProperties, decode_items, encode_items

_FIELDS = {"type": ("type_", "'tool_calls'"), "tool_calls": ("tool_calls", "list")}
_new = object.__new__


@_attrs_define(weakref_slot=False)
class ToolCallsDetails(AdditionalProperties[Any]):
    """The step called tools.

    Attributes:
        type_: Kind of the details.
        tool_calls: The calls in the order they were made. Empty while the step is going, and on some failed steps.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["tool_calls"]
    tool_calls: list[ToolCall]
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        type_ = src_dict["type"]
        if type_ != "tool_calls":
            raise TypeError(f"ToolCallsDetails.type_: expected 'tool_calls', got {type(type_).__name__}")
        self.type_ = type_
        tool_calls = src_dict["tool_calls"]
        if not (type(tool_calls) is list or isinstance(tool_calls, list)):
            raise TypeError(f"ToolCallsDetails.tool_calls: expected list, got {type(tool_calls).__name__}")
        try:
            self.tool_calls = list(map(tool_call_from_dict, tool_calls))
        except (KeyError, TypeError):
            self.tool_calls = decode_items(tool_call_from_dict, tool_calls)
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
            "type": self.type_,
            "tool_calls": encode_items([item.to_dict() for item in self.tool_calls], self.tool_calls),
        }
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
