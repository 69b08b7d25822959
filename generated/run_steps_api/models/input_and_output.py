# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {"input": ("input_", "str"), "output": ("output", "str or None")}
_new = object.__new__


@_attrs_define(weakref_slot=False)
class InputAndOutput(AdditionalProperties[Any]):
    """What a tool was asked and what it answered.

    Attributes:
        input_: What the tool was asked.
        output: What it answered; null until it did.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    input_: str
    output: str | None | Unset = UNSET
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
            raise TypeError(f"InputAndOutput.input_: expected str, got {type(input_).__name__}")
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
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
