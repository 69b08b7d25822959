# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {
    "last_step_result": ("last_step_result", "str or None"),
    "current_state": ("current_state", "str or None"),
    "next_step": ("next_step", "str or None"),
}
_new = object.__new__


@_attrs_define(weakref_slot=False)
class BrowserAutomationStep(AdditionalProperties[Any]):
    """One step in a browser.

    Attributes:
        last_step_result: How the step before ended.
        current_state: What the browser shows now.
        next_step: What will be done next.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    last_step_result: str | None | Unset = UNSET
    current_state: str | None | Unset = UNSET
    next_step: str | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        if not isinstance(src_dict, (dict, Mapping)):
            raise TypeError(f"BrowserAutomationStep: expected dict, got {type(src_dict).__name__}")
        self = _new(cls)
        unknown = len(src_dict) - 3
        if "last_step_result" in src_dict:
            last_step_result = src_dict["last_step_result"]
            if last_step_result is None:
                self.last_step_result = None
            elif type(last_step_result) is str or isinstance(last_step_result, str):
                self.last_step_result = last_step_result
            else:
                self.last_step_result = UNSET
                unknown += 1
        else:
            self.last_step_result = UNSET
            unknown += 1
        if "current_state" in src_dict:
            current_state = src_dict["current_state"]
            if current_state is None:
                self.current_state = None
            elif type(current_state) is str or isinstance(current_state, str):
                self.current_state = current_state
            else:
                self.current_state = UNSET
                unknown += 1
        else:
            self.current_state = UNSET
            unknown += 1
        if "next_step" in src_dict:
            next_step = src_dict["next_step"]
            if next_step is None:
                self.next_step = None
            elif type(next_step) is str or isinstance(next_step, str):
                self.next_step = next_step
            else:
                self.next_step = UNSET
                unknown += 1
        else:
            self.next_step = UNSET
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
        if not isinstance(self.last_step_result, Unset):
            field_dict["last_step_result"] = self.last_step_result
        if not isinstance(self.current_state, Unset):
            field_dict["current_state"] = self.current_state
        if not isinstance(self.next_step, Unset):
            field_dict["next_step"] = self.next_step
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
