# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.code_interpreter_output_delta import CodeInterpreterOutputDelta
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    decode_items,
    encode_items,
    is_a,
    json_type,
)

_FIELDS = {"input": ("input_", "string or null"), "outputs": ("outputs", "array or null")}
_new = object.__new__
_code_interpreter_output_delta_from_dict = CodeInterpreterOutputDelta.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class CodeInterpreterDelta(AdditionalProperties[Any]):
    """What is new of code and of what it gave.

    Attributes:
        input_: The next piece of the code.
        outputs: The outputs that have something new.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    input_: str | None | Unset = UNSET
    outputs: list[CodeInterpreterOutputDelta] | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        if type(src_dict) is not dict and not isinstance(src_dict, Mapping):
            raise TypeError(f"CodeInterpreterDelta: expected object, got {json_type(src_dict)}")
        self = _new(cls)
        unknown = len(src_dict) - 2
        if "input" in src_dict:
            input_ = src_dict["input"]
            if input_ is None or type(input_) is str or is_a(input_, str):
                self.input_ = input_
            else:
                self.input_ = UNSET
                unknown += 1
        else:
            self.input_ = UNSET
            unknown += 1
        if "outputs" in src_dict:
            outputs = src_dict["outputs"]
            if outputs is None:
                self.outputs = outputs
            elif type(outputs) is list or is_a(outputs, list):
                try:
                    self.outputs = [_code_interpreter_output_delta_from_dict(item) for item in outputs]
                except (KeyError, TypeError):
                    self.outputs = decode_items(_code_interpreter_output_delta_from_dict, outputs)
            else:
                self.outputs = UNSET
                unknown += 1
        else:
            self.outputs = UNSET
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
        if self.input_ is not UNSET:
            field_dict["input"] = self.input_
        if not isinstance(self.outputs, Unset):
            field_dict["outputs"] = (
                encode_items([item.to_dict() for item in self.outputs], self.outputs)
                if self.outputs is not None
                else None
            )
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
