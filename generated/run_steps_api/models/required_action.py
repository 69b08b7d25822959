# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.required_tool_calls import RequiredToolCalls
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"type", "submit_tool_outputs", "submit_tool_approval"})
_new = object.__new__
_required_tool_calls_from_dict = RequiredToolCalls.from_dict


@_attrs_define(weakref_slot=False)
class RequiredAction(AdditionalProperties[Any]):
    """What the caller has to do before a run goes on. Kinds not named here are kept whole.

    Attributes:
        type_: Kind of the action, `submit_tool_outputs` or, on Azure AI Agents, `submit_tool_approval`.
        submit_tool_outputs: The calls whose outputs the run waits for.
        submit_tool_approval: The calls that need to be approved. Seen on Azure AI Agents.
    """

    type_: str | None | Unset = UNSET
    submit_tool_outputs: RequiredToolCalls | None | Unset = UNSET
    submit_tool_approval: RequiredToolCalls | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        if not isinstance(src_dict, (dict, Mapping)):
            raise TypeError(f"RequiredAction: expected dict, got {type(src_dict).__name__}")
        self = _new(cls)
        unknown = len(src_dict)
        if "type" in src_dict:
            type_ = src_dict["type"]
            if type_ is not None and not isinstance(type_, str):
                raise TypeError(f"RequiredAction.type_: expected str or None, got {type(type_).__name__}")
            self.type_ = type_
            unknown -= 1
        else:
            self.type_ = UNSET
        if "submit_tool_outputs" in src_dict:
            submit_tool_outputs = src_dict["submit_tool_outputs"]
            if isinstance(submit_tool_outputs, dict):
                submit_tool_outputs = _required_tool_calls_from_dict(submit_tool_outputs)
            elif submit_tool_outputs is not None:
                raise TypeError(
                    f"RequiredAction.submit_tool_outputs: expected dict or None, got {type(submit_tool_outputs).__name__}"
                )
            self.submit_tool_outputs = submit_tool_outputs
            unknown -= 1
        else:
            self.submit_tool_outputs = UNSET
        if "submit_tool_approval" in src_dict:
            submit_tool_approval = src_dict["submit_tool_approval"]
            if isinstance(submit_tool_approval, dict):
                submit_tool_approval = _required_tool_calls_from_dict(submit_tool_approval)
            elif submit_tool_approval is not None:
                raise TypeError(
                    f"RequiredAction.submit_tool_approval: expected dict or None, got {type(submit_tool_approval).__name__}"
                )
            self.submit_tool_approval = submit_tool_approval
            unknown -= 1
        else:
            self.submit_tool_approval = UNSET
        if unknown:
            self.additional_properties = {key: value for key, value in src_dict.items() if key not in _FIELDS}
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.type_, Unset):
            field_dict["type"] = self.type_
        if not isinstance(self.submit_tool_outputs, Unset):
            field_dict["submit_tool_outputs"] = (
                self.submit_tool_outputs.to_dict() if self.submit_tool_outputs is not None else None
            )
        if not isinstance(self.submit_tool_approval, Unset):
            field_dict["submit_tool_approval"] = (
                self.submit_tool_approval.to_dict() if self.submit_tool_approval is not None else None
            )
        field_dict.update(self.additional_properties)
        return field_dict
