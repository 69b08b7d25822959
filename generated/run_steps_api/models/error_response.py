# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.error_detail import ErrorDetail
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"error", "detail"})


@_attrs_define
class ErrorResponse(AdditionalProperties[Any]):
    """Why a request failed. Servers built on FastAPI send `detail` instead of `error`; OpenAI sometimes sends more
    keys beside it.

    Attributes:
        error: What went wrong.
        detail: What went wrong, on servers built on FastAPI; a text or a list of faults.
    """

    error: ErrorDetail | Unset = UNSET
    detail: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        error = src_dict.get("error", UNSET)
        if isinstance(error, dict):
            error = ErrorDetail.from_dict(error)
        elif error is not UNSET:
            raise TypeError(f"ErrorResponse.error: expected dict, got {type(error).__name__}")
        detail = src_dict.get("detail", UNSET)
        return cls(
            error=error,
            detail=detail,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.error, Unset):
            field_dict["error"] = self.error.to_dict()
        if not isinstance(self.detail, Unset):
            field_dict["detail"] = self.detail
        field_dict.update(self.additional_properties)
        return field_dict
