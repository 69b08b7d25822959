# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.function_call import FunctionCall
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {
    "id": ("id", "str"),
    "type": ("type_", "'openapi'"),
    "function": ("function", "dict"),
    "openapi": ("openapi", "dict"),
}
_new = object.__new__
_function_call_from_dict = FunctionCall.from_dict


@_attrs_define(weakref_slot=False)
class OpenApiToolCall(AdditionalProperties[Any]):
    """The assistant called a web API by its OpenAPI description. Seen on Azure AI Agents, with the payload under
    `function`, and with some versions under `openapi`.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        function: A function, its arguments and its output.
        openapi: A function, its arguments and its output.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    type_: Literal["openapi"]
    function: FunctionCall | Unset = UNSET
    openapi: FunctionCall | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 4
        id = src_dict["id"]
        if not (type(id) is str or isinstance(id, str)):
            raise TypeError(f"OpenApiToolCall.id: expected str, got {type(id).__name__}")
        self.id = id
        type_ = src_dict["type"]
        if type_ != "openapi":
            raise TypeError(f"OpenApiToolCall.type_: expected 'openapi', got {type(type_).__name__}")
        self.type_ = type_
        if "function" in src_dict:
            function = src_dict["function"]
            if type(function) is dict or isinstance(function, dict):
                try:
                    self.function = _function_call_from_dict(function)
                except (KeyError, TypeError):
                    self.function = UNSET
                    unknown += 1
            else:
                self.function = UNSET
                unknown += 1
        else:
            self.function = UNSET
            unknown += 1
        if "openapi" in src_dict:
            openapi = src_dict["openapi"]
            if type(openapi) is dict or isinstance(openapi, dict):
                try:
                    self.openapi = _function_call_from_dict(openapi)
                except (KeyError, TypeError):
                    self.openapi = UNSET
                    unknown += 1
            else:
                self.openapi = UNSET
                unknown += 1
        else:
            self.openapi = UNSET
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
            "id": self.id,
            "type": self.type_,
        }
        if not isinstance(self.function, Unset):
            field_dict["function"] = self.function.to_dict()
        if not isinstance(self.openapi, Unset):
            field_dict["openapi"] = self.openapi.to_dict()
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
