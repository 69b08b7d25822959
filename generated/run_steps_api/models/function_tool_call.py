# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..models.function_call import FunctionCall
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

_FIELDS = {"type": ("type_", '"function"'), "function": ("function", "object"), "id": ("id", "string")}
_new = object.__new__
_function_call_from_dict = FunctionCall.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class FunctionToolCall(AdditionalProperties[Any]):
    """The assistant called a function of the caller.

    Attributes:
        type_: Kind of the tool.
        function: A function, its arguments and its output.
        id: Id of the call.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["function"]
    function: FunctionCall
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
        if type_ == "function":
            self.type_ = type_
        else:
            raise Refused("FunctionToolCall", Misfit("type", '"function"', type_))
        function = src_dict["function"]
        try:
            self.function = _function_call_from_dict(function)
        except (KeyError, TypeError) as error:
            raise refusal(
                "FunctionToolCall",
                Misfit("function", "object", function),
                refused(error, _function_call_from_dict, function),
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
            "function": self.function.to_dict(),
        }
        if self.id is not UNSET:
            field_dict["id"] = self.id
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
