# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..models.code_interpreter import CodeInterpreter
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Misfit,
    Refused,
    Unset,
    is_a,
    refusal,
    refused,
)

_FIELDS = {
    "type": ("type_", '"code_interpreter"'),
    "code_interpreter": ("code_interpreter", "object"),
    "id": ("id", "string"),
}
_new = object.__new__
_code_interpreter_from_dict = CodeInterpreter.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class CodeInterpreterToolCall(AdditionalProperties[Any]):
    """The assistant ran code.

    Attributes:
        type_: Kind of the tool.
        code_interpreter: Code that was run and what it gave.
        id: Id of the call.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["code_interpreter"]
    code_interpreter: CodeInterpreter
    id: str | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        try:
            id = src_dict["id"]
        except KeyError:
            id = src_dict.get("id", UNSET)
        type_ = src_dict["type"]
        if type_ == "code_interpreter":
            self.type_ = type_
        else:
            raise Refused("CodeInterpreterToolCall", Misfit("type", '"code_interpreter"', type_))
        code_interpreter = src_dict["code_interpreter"]
        try:
            self.code_interpreter = _code_interpreter_from_dict(code_interpreter)
        except (KeyError, TypeError) as error:
            raise refusal(
                "CodeInterpreterToolCall",
                Misfit("code_interpreter", "object", code_interpreter),
                refused(error, _code_interpreter_from_dict, code_interpreter),
            ) from None
        if type(id) is str or id is not UNSET and is_a(id, str):
            self.id = id
        else:
            self.id = UNSET
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
        field_dict: dict[str, Any] = {
            "type": self.type_,
            "code_interpreter": self.code_interpreter.to_dict(),
        }
        if self.id is not UNSET:
            field_dict["id"] = self.id
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
