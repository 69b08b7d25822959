# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    is_a,
)

_FIELDS = {"input": ("input_", "string"), "output": ("output", "string or null")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class InputAndOutput(AdditionalProperties[Any]):
    """What a tool was asked and what it answered.

    Attributes:
        input_: What the tool was asked.
        output: What it answered; null until it did.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    input_: str | Unset = UNSET
    output: str | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        try:
            input_ = src_dict["input"]
            output = src_dict["output"]
        except KeyError:
            input_ = src_dict.get("input", UNSET)
            output = src_dict.get("output", UNSET)
        if type(input_) is str or input_ is not UNSET and is_a(input_, str):
            self.input_ = input_
        else:
            self.input_ = UNSET
            unknown += 1
        if output is None or type(output) is str or output is not UNSET and is_a(output, str):
            self.output = output
        else:
            self.output = UNSET
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
        if self.output is not UNSET:
            field_dict["output"] = self.output
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
