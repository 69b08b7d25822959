# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.browser_automation_step import BrowserAutomationStep
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"input", "output", "steps"})


@_attrs_define
class BrowserAutomation(AdditionalProperties[Any]):
    """A task in a browser, its outcome and the steps between.

    Attributes:
        input_: The task.
        output: The outcome; null until there is one.
        steps: The steps in order.
    """

    input_: str
    output: str | None | Unset = UNSET
    steps: list[BrowserAutomationStep] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        input_ = src_dict["input"]
        if not isinstance(input_, str):
            raise TypeError(f"BrowserAutomation.input_: expected str, got {type(input_).__name__}")
        output = src_dict.get("output", UNSET)
        if output is not None and output is not UNSET and not isinstance(output, str):
            raise TypeError(f"BrowserAutomation.output: expected str or None, got {type(output).__name__}")
        steps = src_dict.get("steps", UNSET)
        if isinstance(steps, list):
            steps = [BrowserAutomationStep.from_dict(item) for item in steps]
        elif steps is not None and steps is not UNSET:
            raise TypeError(f"BrowserAutomation.steps: expected list or None, got {type(steps).__name__}")
        return cls(
            input_=input_,
            output=output,
            steps=steps,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "input": self.input_,
        }
        if not isinstance(self.output, Unset):
            field_dict["output"] = self.output
        if not isinstance(self.steps, Unset):
            field_dict["steps"] = [item.to_dict() for item in self.steps] if self.steps is not None else None
        field_dict.update(self.additional_properties)
        return field_dict
