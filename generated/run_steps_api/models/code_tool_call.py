# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.code_interpreter import CodeInterpreter
from ..types import UNSET, AdditionalProperties

_FIELDS = {"id": ("id", "str"), "type": ("type_", "'code'"), "code": ("code", "dict")}
_new = object.__new__
_code_interpreter_from_dict = CodeInterpreter.from_dict


@_attrs_define(weakref_slot=False)
class CodeToolCall(AdditionalProperties[Any]):
    """The assistant ran code, under another name than `code_interpreter`. Seen on a self-hosted server.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        code: Code that was run and what it gave.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    type_: Literal["code"]
    code: CodeInterpreter
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
            raise TypeError(f"CodeToolCall.id: expected str, got {type(id).__name__}")
        self.id = id
        type_ = src_dict["type"]
        if type_ != "code":
            raise TypeError(f"CodeToolCall.type_: expected 'code', got {type(type_).__name__}")
        self.type_ = type_
        code = src_dict["code"]
        if not (type(code) is dict or isinstance(code, dict)):
            raise TypeError(f"CodeToolCall.code: expected dict, got {type(code).__name__}")
        self.code = _code_interpreter_from_dict(code)
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
            "code": self.code.to_dict(),
        }
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
