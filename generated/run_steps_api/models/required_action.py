# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.required_tool_calls import RequiredToolCalls
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {
    "type": ("type_", "str or None"),
    "submit_tool_outputs": ("submit_tool_outputs", "dict or None"),
    "submit_tool_approval": ("submit_tool_approval", "dict or None"),
}
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

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: str | None | Unset = UNSET
    submit_tool_outputs: RequiredToolCalls | None | Unset = UNSET
    submit_tool_approval: RequiredToolCalls | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        if not isinstance(src_dict, (dict, Mapping)):
            raise TypeError(f"RequiredAction: expected dict, got {type(src_dict).__name__}")
        self = _new(cls)
        unknown = len(src_dict) - 3
        if "type" in src_dict:
            type_ = src_dict["type"]
            if type_ is None:
                self.type_ = None
            elif type(type_) is str or isinstance(type_, str):
                self.type_ = type_
            else:
                self.type_ = UNSET
                unknown += 1
        else:
            self.type_ = UNSET
            unknown += 1
        if "submit_tool_outputs" in src_dict:
            submit_tool_outputs = src_dict["submit_tool_outputs"]
            if submit_tool_outputs is None:
                self.submit_tool_outputs = None
            elif type(submit_tool_outputs) is dict or isinstance(submit_tool_outputs, dict):
                self.submit_tool_outputs = _required_tool_calls_from_dict(submit_tool_outputs)
            else:
                self.submit_tool_outputs = UNSET
                unknown += 1
        else:
            self.submit_tool_outputs = UNSET
            unknown += 1
        if "submit_tool_approval" in src_dict:
            submit_tool_approval = src_dict["submit_tool_approval"]
            if submit_tool_approval is None:
                self.submit_tool_approval = None
            elif type(submit_tool_approval) is dict or isinstance(submit_tool_approval, dict):
                self.submit_tool_approval = _required_tool_calls_from_dict(submit_tool_approval)
            else:
                self.submit_tool_approval = UNSET
                unknown += 1
        else:
            self.submit_tool_approval = UNSET
            unknown += 1
        if unknown:
            self.additional_properties = {
                key: value
                for key, value in src_dict.items()
                if key not in _FIELDS or getattr(self, _FIELDS[key][0]) is UNSET
            }
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
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
