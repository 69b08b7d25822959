# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.message_creation import MessageCreation
from ..models.run_step_type import RunStepType
from ..models.tool_call_delta import ToolCallDelta
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    decode_items,
    encode_items,
    is_a,
)

_FIELDS = {
    "type": ("type_", "string"),
    "message_creation": ("message_creation", "object or null"),
    "tool_calls": ("tool_calls", "array or null"),
}
_new = object.__new__
_message_creation_from_dict = MessageCreation.from_dict
_tool_call_delta_from_dict = ToolCallDelta.from_dict
_RUN_STEP_TYPE = {member.value: member for member in RunStepType}


@_attrs_define(weakref_slot=False, repr=False)
class StepDetailsDelta(AdditionalProperties[Any]):
    """What is new of what a step did, of whatever kind it is.

    Attributes:
        type_: Kind of the details; on one server the kind of the tool, such as `mcp`.
        message_creation: The message that is being written.
        tool_calls: The calls that have something new; null on a self-hosted server when none has.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: RunStepType | str | Unset = UNSET
    message_creation: MessageCreation | None | Unset = UNSET
    tool_calls: list[ToolCallDelta] | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        try:
            type_ = src_dict["type"]
            tool_calls = src_dict["tool_calls"]
        except KeyError:
            type_ = src_dict.get("type", UNSET)
            tool_calls = src_dict.get("tool_calls", UNSET)
        if type(type_) is str or type_ is not UNSET and is_a(type_, str):
            self.type_ = _RUN_STEP_TYPE[type_] if type_ in _RUN_STEP_TYPE else type_
        else:
            self.type_ = UNSET
            unknown += 1
        if "message_creation" in src_dict:
            message_creation = src_dict["message_creation"]
            if message_creation is None:
                self.message_creation = message_creation
            else:
                try:
                    self.message_creation = _message_creation_from_dict(message_creation)
                except (KeyError, TypeError):
                    self.message_creation = UNSET
                    unknown += 1
        else:
            self.message_creation = UNSET
            unknown += 1
        if tool_calls is None:
            self.tool_calls = tool_calls
        elif type(tool_calls) is list or tool_calls is not UNSET and is_a(tool_calls, list):
            try:
                self.tool_calls = [_tool_call_delta_from_dict(item) for item in tool_calls]
            except (KeyError, TypeError):
                self.tool_calls = decode_items(_tool_call_delta_from_dict, tool_calls)
        else:
            self.tool_calls = UNSET
            unknown += 1
        if unknown:
            rest = {key: value for key, value in src_dict.items() if key not in _FIELDS}
            if len(rest) != unknown:
                rest = self._unfitting(src_dict) | rest
            self._additional_properties = rest
        else:
            self._additional_properties = NOTHING
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.type_, Unset):
            field_dict["type"] = str.__str__(self.type_)
        if not isinstance(self.message_creation, Unset):
            field_dict["message_creation"] = (
                self.message_creation.to_dict() if self.message_creation is not None else None
            )
        if not isinstance(self.tool_calls, Unset):
            field_dict["tool_calls"] = (
                encode_items([item.to_dict() for item in self.tool_calls], self.tool_calls)
                if self.tool_calls is not None
                else None
            )
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
