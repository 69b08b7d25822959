# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.code_interpreter import CodeInterpreter
from ..types import AdditionalProperties

_FIELDS = frozenset({"id", "type", "code_interpreter"})


@_attrs_define
class CodeInterpreterToolCall(AdditionalProperties[Any]):
    """The assistant ran code.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        code_interpreter: Code that was run and what it gave.
    """

    id: str
    type_: Literal["code_interpreter"]
    code_interpreter: CodeInterpreter
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"CodeInterpreterToolCall.id: expected str, got {type(id).__name__}")
        type_ = src_dict["type"]
        if type_ != "code_interpreter":
            raise TypeError(f"CodeInterpreterToolCall.type_: expected 'code_interpreter', got {type(type_).__name__}")
        code_interpreter = src_dict["code_interpreter"]
        if not isinstance(code_interpreter, dict):
            raise TypeError(
                f"CodeInterpreterToolCall.code_interpreter: expected dict, got {type(code_interpreter).__name__}"
            )
        code_interpreter = CodeInterpreter.from_dict(code_interpreter)
        return cls(
            id=id,
            type_=type_,
            code_interpreter=code_interpreter,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "code_interpreter": self.code_interpreter.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
