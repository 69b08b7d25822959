# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.tool_call import ToolCall, tool_call_from_dict
from ..types import AdditionalProperties

_FIELDS = frozenset({"tool_calls"})
_new = object.__new__


@_attrs_define(weakref_slot=False)
class RequiredToolCalls(AdditionalProperties[Any]):
    """Calls of tools that wait for the caller.

    Attributes:
        tool_calls: The calls, without outputs.
    """

    tool_calls: list[ToolCall]
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        self = _new(cls)
        unknown = len(src_dict) - 1
        tool_calls = src_dict["tool_calls"]
        if not isinstance(tool_calls, list):
            raise TypeError(f"RequiredToolCalls.tool_calls: expected list, got {type(tool_calls).__name__}")
        self.tool_calls = list(map(tool_call_from_dict, tool_calls))
        if unknown:
            self.additional_properties = {key: value for key, value in src_dict.items() if key not in _FIELDS}
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "tool_calls": [item.to_dict() for item in self.tool_calls],
        }
        field_dict.update(self.additional_properties)
        return field_dict
