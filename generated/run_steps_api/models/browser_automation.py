# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.browser_automation_step import BrowserAutomationStep
from ..types import UNSET, AdditionalProperties, Unset, decode_items, encode_items

_FIELDS = {"input": ("input_", "str"), "output": ("output", "str or None"), "steps": ("steps", "list or None")}
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

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    input_: str
    output: str | None | Unset = UNSET
    steps: list[BrowserAutomationStep] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        input_ = src_dict["input"]
        if not (type(input_) is str or isinstance(input_, str)):
            raise TypeError(f"BrowserAutomation.input_: expected str, got {type(input_).__name__}")
        self.input_ = input_
        if "output" in src_dict:
            output = src_dict["output"]
            if output is None:
                self.output = None
            elif type(output) is str or isinstance(output, str):
                self.output = output
            else:
                self.output = UNSET
                unknown += 1
        else:
            self.output = UNSET
            unknown += 1
        if "steps" in src_dict:
            steps = src_dict["steps"]
            if steps is None:
                self.steps = None
            elif type(steps) is list or isinstance(steps, list):
                try:
                    self.steps = list(map(_browser_automation_step_from_dict, steps))
                except (KeyError, TypeError):
                    self.steps = decode_items(_browser_automation_step_from_dict, steps)
            else:
                self.steps = UNSET
                unknown += 1
        else:
            self.steps = UNSET
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
        field_dict: dict[str, Any] = {
            "input": self.input_,
        }
        if not isinstance(self.output, Unset):
            field_dict["output"] = self.output
        if not isinstance(self.steps, Unset):
            field_dict["steps"] = (
                encode_items([item.to_dict() for item in self.steps], self.steps) if self.steps is not None else None
            )
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
