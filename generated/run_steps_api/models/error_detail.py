# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"message", "type", "param", "code"})
_new = object.__new__


@_attrs_define(weakref_slot=False)
class ErrorDetail(AdditionalProperties[Any]):
    """What went wrong.

    Attributes:
        message: What went wrong, for a person to read.
        type_: Kind of the error, such as `invalid_request_error`. Azure gateways leave it out.
        param: Name of the parameter at fault. Azure gateways leave it out.
        code: The error in one word, such as `invalid_api_key`; the status as text on Azure gateways.
    """

    message: str | None | Unset = UNSET
    type_: str | None | Unset = UNSET
    param: str | None | Unset = UNSET
    code: str | int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        if not isinstance(src_dict, (dict, Mapping)):
            raise TypeError(f"ErrorDetail: expected dict, got {type(src_dict).__name__}")
        self = _new(cls)
        unknown = len(src_dict)
        if "message" in src_dict:
            message = src_dict["message"]
            if message is not None and not isinstance(message, str):
                raise TypeError(f"ErrorDetail.message: expected str or None, got {type(message).__name__}")
            self.message = message
            unknown -= 1
        else:
            self.message = UNSET
        if "type" in src_dict:
            type_ = src_dict["type"]
            if type_ is not None and not isinstance(type_, str):
                raise TypeError(f"ErrorDetail.type_: expected str or None, got {type(type_).__name__}")
            self.type_ = type_
            unknown -= 1
        else:
            self.type_ = UNSET
        if "param" in src_dict:
            param = src_dict["param"]
            if param is not None and not isinstance(param, str):
                raise TypeError(f"ErrorDetail.param: expected str or None, got {type(param).__name__}")
            self.param = param
            unknown -= 1
        else:
            self.param = UNSET
        if "code" in src_dict:
            code = src_dict["code"]
            if code is not None and not isinstance(code, (str, int)):
                raise TypeError(f"ErrorDetail.code: expected str or int or None, got {type(code).__name__}")
            self.code = code
            unknown -= 1
        else:
            self.code = UNSET
        if unknown:
            self.additional_properties = {key: value for key, value in src_dict.items() if key not in _FIELDS}
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.message, Unset):
            field_dict["message"] = self.message
        if not isinstance(self.type_, Unset):
            field_dict["type"] = self.type_
        if not isinstance(self.param, Unset):
            field_dict["param"] = self.param
        if not isinstance(self.code, Unset):
            field_dict["code"] = self.code
        field_dict.update(self.additional_properties)
        return field_dict
