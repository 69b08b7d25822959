# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"input", "output"})
_new = object.__new__


@_attrs_define(weakref_slot=False)
class InputAndOutput(AdditionalProperties[Any]):
    """What a tool was asked and what it answered.

    Attributes:
        input_: What the tool was asked.
        output: What it answered; null until it did.
    """

    input_: str
    output: str | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        self = _new(cls)
        unknown = len(src_dict) - 1
        input_ = src_dict["input"]
        if not isinstance(input_, str):
            raise TypeError(f"InputAndOutput.input_: expected str, got {type(input_).__name__}")
        self.input_ = input_
        if "output" in src_dict:
            output = src_dict["output"]
            if output is not None and not isinstance(output, str):
                raise TypeError(f"InputAndOutput.output: expected str or None, got {type(output).__name__}")
            self.output = output
            unknown -= 1
        else:
            self.output = UNSET
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
        field_dict.update(self.additional_properties)
        return field_dict
