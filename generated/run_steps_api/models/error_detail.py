# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {
    "message": ("message", "str or None"),
    "type": ("type_", "str or None"),
    "param": ("param", "str or None"),
    "code": ("code", "str or int or None"),
}
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

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    message: str | None | Unset = UNSET
    type_: str | None | Unset = UNSET
    param: str | None | Unset = UNSET
    code: str | int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        if not isinstance(src_dict, (dict, Mapping)):
            raise TypeError(f"ErrorDetail: expected dict, got {type(src_dict).__name__}")
        self = _new(cls)
        unknown = len(src_dict) - 4
        if "message" in src_dict:
            message = src_dict["message"]
            if message is None:
                self.message = None
            elif type(message) is str or isinstance(message, str):
                self.message = message
            else:
                self.message = UNSET
                unknown += 1
        else:
            self.message = UNSET
            unknown += 1
        if "type" in src_dict:
            type_ = src_dict["type"]
            if type_ is None:
                self.type_ = None
            elif type(type_) is str or isinstance(type_, str):
                self.type_ = type_
            else:
                self.type_ = UNSET
                unknown += 1
        else:
            self.type_ = UNSET
            unknown += 1
        if "param" in src_dict:
            param = src_dict["param"]
            if param is None:
                self.param = None
            elif type(param) is str or isinstance(param, str):
                self.param = param
            else:
                self.param = UNSET
                unknown += 1
        else:
            self.param = UNSET
            unknown += 1
        if "code" in src_dict:
            code = src_dict["code"]
            if code is None:
                self.code = None
            elif type(code) is str or isinstance(code, (str, int)):
                self.code = code
            else:
                self.code = UNSET
                unknown += 1
        else:
            self.code = UNSET
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
        field_dict: dict[str, Any] = {}
        if not isinstance(self.message, Unset):
            field_dict["message"] = self.message
        if not isinstance(self.type_, Unset):
            field_dict["type"] = self.type_
        if not isinstance(self.param, Unset):
            field_dict["param"] = self.param
        if not isinstance(self.code, Unset):
            field_dict["code"] = self.code
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
