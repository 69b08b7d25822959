# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.required_tool_calls import RequiredToolCalls
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    is_a,
)

_FIELDS = {
    "type": ("type_", "string or null"),
    "submit_tool_outputs": ("submit_tool_outputs", "object or null"),
    "submit_tool_approval": ("submit_tool_approval", "object or null"),
}
_new = object.__new__
_required_tool_calls_from_dict = RequiredToolCalls.from_dict


@_attrs_define(weakref_slot=False, repr=False)
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

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        try:
            type_ = src_dict["type"]
        except KeyError:
            type_ = src_dict.get("type", UNSET)
        if type_ is None or type(type_) is str or type_ is not UNSET and is_a(type_, str):
            self.type_ = type_
        else:
            self.type_ = UNSET
            unknown += 1
        if "submit_tool_outputs" in src_dict:
            submit_tool_outputs = src_dict["submit_tool_outputs"]
            if submit_tool_outputs is None:
                self.submit_tool_outputs = submit_tool_outputs
            else:
                try:
                    self.submit_tool_outputs = _required_tool_calls_from_dict(submit_tool_outputs)
                except (KeyError, TypeError):
                    self.submit_tool_outputs = UNSET
                    unknown += 1
        else:
            self.submit_tool_outputs = UNSET
            unknown += 1
        if "submit_tool_approval" in src_dict:
            submit_tool_approval = src_dict["submit_tool_approval"]
            if submit_tool_approval is None:
                self.submit_tool_approval = submit_tool_approval
            else:
                try:
                    self.submit_tool_approval = _required_tool_calls_from_dict(submit_tool_approval)
                except (KeyError, TypeError):
                    self.submit_tool_approval = UNSET
                    unknown += 1
        else:
            self.submit_tool_approval = UNSET
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
        if self.type_ is not UNSET:
            field_dict["type"] = self.type_
        if not isinstance(self.submit_tool_outputs, Unset):
            field_dict["submit_tool_outputs"] = (
                self.submit_tool_outputs.to_dict() if self.submit_tool_outputs is not None else None
            )
        if not isinstance(self.submit_tool_approval, Unset):
            field_dict["submit_tool_approval"] = (
                self.submit_tool_approval.to_dict() if self.submit_tool_approval is not None else None
            )
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
