# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.tool_call import ToolCall, tool_call_from_dict
from ..types import AdditionalProperties

_FIELDS = frozenset({"type", "tool_calls"})


@_attrs_define
class ToolCallsDetails(AdditionalProperties[Any]):
    """The step called tools.

    Attributes:
        type_: Kind of the details.
        tool_calls: The calls in the order they were made. Empty while the step is going, and on some failed steps.
    """

    type_: Literal["tool_calls"]
    tool_calls: list[ToolCall]
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        type_ = src_dict["type"]
        if type_ != "tool_calls":
            raise TypeError(f"ToolCallsDetails.type_: expected 'tool_calls', got {type(type_).__name__}")
        tool_calls = src_dict["tool_calls"]
        if not isinstance(tool_calls, list):
            raise TypeError(f"ToolCallsDetails.tool_calls: expected list, got {type(tool_calls).__name__}")
        tool_calls = [tool_call_from_dict(item) for item in tool_calls]
        return cls(
            type_=type_,
            tool_calls=tool_calls,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "type": self.type_,
            "tool_calls": [item.to_dict() for item in self.tool_calls],
        }
        field_dict.update(self.additional_properties)
        return field_dict
