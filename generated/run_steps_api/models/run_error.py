# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.run_error_code import RunErrorCode
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    is_a,
)

_FIELDS = {"code": ("code", "string"), "message": ("message", "string")}
_new = object.__new__
_RUN_ERROR_CODE = {member.value: member for member in RunErrorCode}


@_attrs_define(weakref_slot=False, repr=False)
class RunError(AdditionalProperties[Any]):
    """Why a run failed.

    Attributes:
        code: Kind of the failure; empty on DashScope when there was none.
        message: What happened, for a person to read; empty on DashScope when nothing did.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    code: RunErrorCode | str | Unset = UNSET
    message: str | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        try:
            code = src_dict["code"]
            message = src_dict["message"]
        except KeyError:
            code = src_dict.get("code", UNSET)
            message = src_dict.get("message", UNSET)
        if type(code) is str or code is not UNSET and is_a(code, str):
            self.code = _RUN_ERROR_CODE[code] if code in _RUN_ERROR_CODE else code
        else:
            self.code = UNSET
            unknown += 1
        if type(message) is str or message is not UNSET and is_a(message, str):
            self.message = message
        else:
            self.message = UNSET
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
        if not isinstance(self.code, Unset):
            field_dict["code"] = str.__str__(self.code)
        if self.message is not UNSET:
            field_dict["message"] = self.message
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
