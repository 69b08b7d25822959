# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.code_interpreter import CodeInterpreter
from ..types import UNSET, AdditionalProperties

_FIELDS = {
    "id": ("id", "str"),
    "type": ("type_", "'code_interpreter'"),
    "code_interpreter": ("code_interpreter", "dict"),
}
_new = object.__new__
_code_interpreter_from_dict = CodeInterpreter.from_dict


@_attrs_define(weakref_slot=False)
class CodeInterpreterToolCall(AdditionalProperties[Any]):
    """The assistant ran code.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        code_interpreter: Code that was run and what it gave.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    type_: Literal["code_interpreter"]
    code_interpreter: CodeInterpreter
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        id = src_dict["id"]
        if not (type(id) is str or isinstance(id, str)):
            raise TypeError(f"CodeInterpreterToolCall.id: expected str, got {type(id).__name__}")
        self.id = id
        type_ = src_dict["type"]
        if type_ != "code_interpreter":
            raise TypeError(f"CodeInterpreterToolCall.type_: expected 'code_interpreter', got {type(type_).__name__}")
        self.type_ = type_
        code_interpreter = src_dict["code_interpreter"]
        if not (type(code_interpreter) is dict or isinstance(code_interpreter, dict)):
            raise TypeError(
                f"CodeInterpreterToolCall.code_interpreter: expected dict, got {type(code_interpreter).__name__}"
            )
        self.code_interpreter = _code_interpreter_from_dict(code_interpreter)
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
            "id": self.id,
            "type": self.type_,
            "code_interpreter": self.code_interpreter.to_dict(),
        }
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
