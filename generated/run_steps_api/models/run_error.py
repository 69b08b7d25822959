# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.run_error_code import RunErrorCode
from ..types import AdditionalProperties

_FIELDS = frozenset({"code", "message"})
_new = object.__new__
_RUN_ERROR_CODE = {member.value: member for member in RunErrorCode}


@_attrs_define(weakref_slot=False)
class RunError(AdditionalProperties[Any]):
    """Why a run failed.

    Attributes:
        code: Kind of the failure; empty on DashScope when there was none.
        message: What happened, for a person to read; empty on DashScope when nothing did.
    """

    code: RunErrorCode | str
    message: str
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        self = _new(cls)
        unknown = len(src_dict) - 2
        code = src_dict["code"]
        if not isinstance(code, str):
            raise TypeError(f"RunError.code: expected str, got {type(code).__name__}")
        self.code = _RUN_ERROR_CODE.get(code, code)
        message = src_dict["message"]
        if not isinstance(message, str):
            raise TypeError(f"RunError.message: expected str, got {type(message).__name__}")
        self.message = message
        if unknown:
            self.additional_properties = {key: value for key, value in src_dict.items() if key not in _FIELDS}
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "code": str(self.code),
            "message": self.message,
        }
        field_dict.update(self.additional_properties)
        return field_dict
