# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"input", "output"})


@_attrs_define
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
        input_ = src_dict["input"]
        if not isinstance(input_, str):
            raise TypeError(f"InputAndOutput.input_: expected str, got {type(input_).__name__}")
        output = src_dict.get("output", UNSET)
        if output is not None and output is not UNSET and not isinstance(output, str):
            raise TypeError(f"InputAndOutput.output: expected str or None, got {type(output).__name__}")
        return cls(
            input_=input_,
            output=output,
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
        field_dict.update(self.additional_properties)
        return field_dict
