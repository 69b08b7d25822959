# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.function_call import FunctionCall
from ..types import AdditionalProperties

_FIELDS = frozenset({"id", "type", "function"})


@_attrs_define
class FunctionToolCall(AdditionalProperties[Any]):
    """The assistant called a function of the caller.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        function: A function, its arguments and its output.
    """

    id: str
    type_: Literal["function"]
    function: FunctionCall
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"FunctionToolCall.id: expected str, got {type(id).__name__}")
        type_ = src_dict["type"]
        if type_ != "function":
            raise TypeError(f"FunctionToolCall.type_: expected 'function', got {type(type_).__name__}")
        function = src_dict["function"]
        if not isinstance(function, dict):
            raise TypeError(f"FunctionToolCall.function: expected dict, got {type(function).__name__}")
        function = FunctionCall.from_dict(function)
        return cls(
            id=id,
            type_=type_,
            function=function,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "function": self.function.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
