# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.code_interpreter_output import CODE_INTERPRETER_OUTPUT_FROM_DICT, code_interpreter_output_from_dict
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    decode_items,
    encode_items,
    is_a,
)

if TYPE_CHECKING:
    from ..models.code_interpreter_output import CodeInterpreterOutput

_FIELDS = {"input": ("input_", "string"), "outputs": ("outputs", "array or null")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class CodeInterpreter(AdditionalProperties[Any]):
    """Code that was run and what it gave.

    Attributes:
        input_: The code.
        outputs: What it wrote and drew. Often empty although the code ran; null on some servers while it runs.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    input_: str | Unset = UNSET
    outputs: list[CodeInterpreterOutput] | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        try:
            input_ = src_dict["input"]
            outputs = src_dict["outputs"]
        except KeyError:
            input_ = src_dict.get("input", UNSET)
            outputs = src_dict.get("outputs", UNSET)
        if type(input_) is str or input_ is not UNSET and is_a(input_, str):
            self.input_ = input_
        else:
            self.input_ = UNSET
            unknown += 1
        if outputs is None:
            self.outputs = outputs
        elif type(outputs) is list or outputs is not UNSET and is_a(outputs, list):
            try:
                self.outputs = [CODE_INTERPRETER_OUTPUT_FROM_DICT[item["type"]](item) for item in outputs]
            except (KeyError, TypeError):
                self.outputs = decode_items(code_interpreter_output_from_dict, outputs)
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
