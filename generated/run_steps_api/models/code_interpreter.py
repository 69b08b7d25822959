# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.code_interpreter_output import CodeInterpreterOutput, code_interpreter_output_from_dict
from ..types import UNSET, AdditionalProperties, Unset, decode_items, encode_items

_FIELDS = {"input": ("input_", "str"), "outputs": ("outputs", "list or None")}
_new = object.__new__


@_attrs_define(weakref_slot=False)
class CodeInterpreter(AdditionalProperties[Any]):
    """Code that was run and what it gave.

    Attributes:
        input_: The code.
        outputs: What it wrote and drew. Often empty although the code ran; null on some servers while it runs.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    input_: str
    outputs: list[CodeInterpreterOutput] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        input_ = src_dict["input"]
        if not (type(input_) is str or isinstance(input_, str)):
            raise TypeError(f"CodeInterpreter.input_: expected str, got {type(input_).__name__}")
        self.input_ = input_
        if "outputs" in src_dict:
            outputs = src_dict["outputs"]
            if outputs is None:
                self.outputs = None
            elif type(outputs) is list or isinstance(outputs, list):
                try:
                    self.outputs = list(map(code_interpreter_output_from_dict, outputs))
                except (KeyError, TypeError):
                    self.outputs = decode_items(code_interpreter_output_from_dict, outputs)
            else:
                self.outputs = UNSET
                unknown += 1
        else:
            self.outputs = UNSET
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
        if not isinstance(self.outputs, Unset):
            field_dict["outputs"] = (
                encode_items([item.to_dict() for item in self.outputs], self.outputs)
                if self.outputs is not None
                else None
            )
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
