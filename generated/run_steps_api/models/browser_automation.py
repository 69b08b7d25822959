# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.browser_automation_step import BrowserAutomationStep
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"input", "output", "steps"})
_new = object.__new__
_browser_automation_step_from_dict = BrowserAutomationStep.from_dict


@_attrs_define(weakref_slot=False)
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
        self = _new(cls)
        unknown = len(src_dict) - 1
        input_ = src_dict["input"]
        if not isinstance(input_, str):
            raise TypeError(f"BrowserAutomation.input_: expected str, got {type(input_).__name__}")
        self.input_ = input_
        if "output" in src_dict:
            output = src_dict["output"]
            if output is not None and not isinstance(output, str):
                raise TypeError(f"BrowserAutomation.output: expected str or None, got {type(output).__name__}")
            self.output = output
            unknown -= 1
        else:
            self.output = UNSET
        if "steps" in src_dict:
            steps = src_dict["steps"]
            if isinstance(steps, list):
                steps = list(map(_browser_automation_step_from_dict, steps))
            elif steps is not None:
                raise TypeError(f"BrowserAutomation.steps: expected list or None, got {type(steps).__name__}")
            self.steps = steps
            unknown -= 1
        else:
            self.steps = UNSET
        if unknown:
            self.additional_properties = {key: value for key, value in src_dict.items() if key not in _FIELDS}
        return self

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
