# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..models.tool_call import TOOL_CALL_FROM_DICT, tool_call_from_dict
from ..types import (
    NOTHING,
    AdditionalProperties,
    Misfit,
    Refused,
    decode_items,
    encode_items,
    is_a,
)

if TYPE_CHECKING:
    from ..models.tool_call import ToolCall

_FIELDS = {"type": ("type_", '"tool_calls"'), "tool_calls": ("tool_calls", "array")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class ToolCallsDetails(AdditionalProperties[Any]):
    """The step called tools.

    Attributes:
        type_: Kind of the details.
        tool_calls: The calls in the order they were made. Empty while the step is going, and on some failed steps.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["tool_calls"]
    tool_calls: list[ToolCall]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        type_ = src_dict["type"]
        if type_ == "tool_calls":
            self.type_ = type_
        else:
            raise Refused("ToolCallsDetails", Misfit("type", '"tool_calls"', type_))
        tool_calls = src_dict["tool_calls"]
        if type(tool_calls) is list or is_a(tool_calls, list):
            try:
                self.tool_calls = [TOOL_CALL_FROM_DICT[item["type"]](item) for item in tool_calls]
            except (KeyError, TypeError):
                self.tool_calls = decode_items(tool_call_from_dict, tool_calls)
        else:
            raise Refused("ToolCallsDetails", Misfit("tool_calls", "array", tool_calls))
        if unknown:
            rest = {key: value for key, value in src_dict.items() if key not in _FIELDS}
            self._additional_properties = rest
        else:
            self._additional_properties = NOTHING
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "type": self.type_,
            "tool_calls": encode_items([item.to_dict() for item in self.tool_calls], self.tool_calls),
        }
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
