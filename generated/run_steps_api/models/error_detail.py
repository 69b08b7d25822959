# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    is_a,
)

_FIELDS = {
    "message": ("message", "string or null"),
    "type": ("type_", "string or null"),
    "param": ("param", "string or null"),
    "code": ("code", "string or integer or null"),
}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class ErrorDetail(AdditionalProperties[Any]):
    """What went wrong.

    Attributes:
        message: What went wrong, for a person to read.
        type_: Kind of the error, such as `invalid_request_error`. Azure gateways leave it out.
        param: Name of the parameter at fault. Azure gateways leave it out.
        code: The error in one word, such as `invalid_api_key`; the status as text on Azure gateways.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    message: str | None | Unset = UNSET
    type_: str | None | Unset = UNSET
    param: str | None | Unset = UNSET
    code: str | int | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 4
        try:
            message = src_dict["message"]
            code = src_dict["code"]
        except KeyError:
            message = src_dict.get("message", UNSET)
            code = src_dict.get("code", UNSET)
        if message is None or type(message) is str or message is not UNSET and is_a(message, str):
            self.message = message
        else:
            self.message = UNSET
            unknown += 1
        if "type" in src_dict:
            type_ = src_dict["type"]
            if type_ is None or type(type_) is str or is_a(type_, str):
                self.type_ = type_
            else:
                self.type_ = UNSET
                unknown += 1
        else:
            self.type_ = UNSET
            unknown += 1
        if "param" in src_dict:
            param = src_dict["param"]
            if param is None or type(param) is str or is_a(param, str):
                self.param = param
            else:
                self.param = UNSET
                unknown += 1
        else:
            self.param = UNSET
            unknown += 1
        if code is None or type(code) is str or code is not UNSET and is_a(code, str, int):
            self.code = code
        else:
            self.code = UNSET
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
        field_dict: dict[str, Any] = {}
        if self.message is not UNSET:
            field_dict["message"] = self.message
        if self.type_ is not UNSET:
            field_dict["type"] = self.type_
        if self.param is not UNSET:
            field_dict["param"] = self.param
        if self.code is not UNSET:
            field_dict["code"] = self.code
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
