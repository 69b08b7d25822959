# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"last_step_result", "current_state", "next_step"})


@_attrs_define
class BrowserAutomationStep(AdditionalProperties[Any]):
    """One step in a browser.

    Attributes:
        last_step_result: How the step before ended.
        current_state: What the browser shows now.
        next_step: What will be done next.
    """

    last_step_result: str | None | Unset = UNSET
    current_state: str | None | Unset = UNSET
    next_step: str | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        last_step_result = src_dict.get("last_step_result", UNSET)
        if last_step_result is not None and last_step_result is not UNSET and not isinstance(last_step_result, str):
            raise TypeError(
                f"BrowserAutomationStep.last_step_result: expected str or None, got {type(last_step_result).__name__}"
            )
        current_state = src_dict.get("current_state", UNSET)
        if current_state is not None and current_state is not UNSET and not isinstance(current_state, str):
            raise TypeError(
                f"BrowserAutomationStep.current_state: expected str or None, got {type(current_state).__name__}"
            )
        next_step = src_dict.get("next_step", UNSET)
        if next_step is not None and next_step is not UNSET and not isinstance(next_step, str):
            raise TypeError(f"BrowserAutomationStep.next_step: expected str or None, got {type(next_step).__name__}")
        return cls(
            last_step_result=last_step_result,
            current_state=current_state,
            next_step=next_step,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.last_step_result, Unset):
            field_dict["last_step_result"] = self.last_step_result
        if not isinstance(self.current_state, Unset):
            field_dict["current_state"] = self.current_state
        if not isinstance(self.next_step, Unset):
            field_dict["next_step"] = self.next_step
        field_dict.update(self.additional_properties)
        return field_dict
