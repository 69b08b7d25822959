# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.run_step_error_code import RunStepErrorCode
from ..types import AdditionalProperties

_FIELDS = frozenset({"code", "message"})
_RUN_STEP_ERROR_CODE = {member.value: member for member in RunStepErrorCode}


@_attrs_define
class RunStepError(AdditionalProperties[Any]):
    """Why a step failed.

    Attributes:
        code: Kind of the failure; empty on DashScope when there was none.
        message: What happened, for a person to read; empty on DashScope when nothing did.
    """

    code: RunStepErrorCode | str
    message: str
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        code = src_dict["code"]
        if not isinstance(code, str):
            raise TypeError(f"RunStepError.code: expected str, got {type(code).__name__}")
        code = _RUN_STEP_ERROR_CODE.get(code, code)
        message = src_dict["message"]
        if not isinstance(message, str):
            raise TypeError(f"RunStepError.message: expected str, got {type(message).__name__}")
        return cls(
            code=code,
            message=message,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "code": str(self.code),
            "message": self.message,
        }
        field_dict.update(self.additional_properties)
        return field_dict
