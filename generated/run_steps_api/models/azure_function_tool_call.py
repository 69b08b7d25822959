# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.function_call import FunctionCall
from ..types import UNSET, AdditionalProperties

_FIELDS = {"id": ("id", "str"), "type": ("type_", "'azure_function'"), "azure_function": ("azure_function", "dict")}
_new = object.__new__
_function_call_from_dict = FunctionCall.from_dict


@_attrs_define(weakref_slot=False)
class AzureFunctionToolCall(AdditionalProperties[Any]):
    """The assistant called an Azure Function. Seen on Azure AI Agents.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        azure_function: A function, its arguments and its output.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    type_: Literal["azure_function"]
    azure_function: FunctionCall
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
            raise TypeError(f"AzureFunctionToolCall.id: expected str, got {type(id).__name__}")
        self.id = id
        type_ = src_dict["type"]
        if type_ != "azure_function":
            raise TypeError(f"AzureFunctionToolCall.type_: expected 'azure_function', got {type(type_).__name__}")
        self.type_ = type_
        azure_function = src_dict["azure_function"]
        if not (type(azure_function) is dict or isinstance(azure_function, dict)):
            raise TypeError(f"AzureFunctionToolCall.azure_function: expected dict, got {type(azure_function).__name__}")
        self.azure_function = _function_call_from_dict(azure_function)
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
            "azure_function": self.azure_function.to_dict(),
        }
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
