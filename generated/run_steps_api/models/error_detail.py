# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"message", "type", "param", "code"})


@_attrs_define
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
    code: int | str | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        message = src_dict.get("message", UNSET)
        if message is not None and message is not UNSET and not isinstance(message, str):
            raise TypeError(f"ErrorDetail.message: expected str or None, got {type(message).__name__}")
        type_ = src_dict.get("type", UNSET)
        if type_ is not None and type_ is not UNSET and not isinstance(type_, str):
            raise TypeError(f"ErrorDetail.type_: expected str or None, got {type(type_).__name__}")
        param = src_dict.get("param", UNSET)
        if param is not None and param is not UNSET and not isinstance(param, str):
            raise TypeError(f"ErrorDetail.param: expected str or None, got {type(param).__name__}")
        code = src_dict.get("code", UNSET)
        if code is not None and code is not UNSET and not isinstance(code, (int, str)):
            raise TypeError(f"ErrorDetail.code: expected int or str or None, got {type(code).__name__}")
        return cls(
            message=message,
            type_=type_,
            param=param,
            code=code,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

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
