# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.code_interpreter_output import CodeInterpreterOutput, code_interpreter_output_from_dict
from ..types import AdditionalProperties

_FIELDS = frozenset({"input", "outputs"})


@_attrs_define
class CodeInterpreter(AdditionalProperties[Any]):
    """Code that was run and what it gave.

    Attributes:
        input_: The code.
        outputs: What it wrote and drew. Often empty although the code ran.
    """

    input_: str
    outputs: list[CodeInterpreterOutput]
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        input_ = src_dict["input"]
        if not isinstance(input_, str):
            raise TypeError(f"CodeInterpreter.input_: expected str, got {type(input_).__name__}")
        outputs = src_dict["outputs"]
        if not isinstance(outputs, list):
            raise TypeError(f"CodeInterpreter.outputs: expected list, got {type(outputs).__name__}")
        outputs = [code_interpreter_output_from_dict(item) for item in outputs]
        return cls(
            input_=input_,
            outputs=outputs,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "input": self.input_,
            "outputs": [item.to_dict() for item in self.outputs],
        }
        field_dict.update(self.additional_properties)
        return field_dict
