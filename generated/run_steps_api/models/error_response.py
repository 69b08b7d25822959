# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.error_detail import ErrorDetail
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    json_type,
)

_FIELDS = {"error": ("error", "object"), "detail": ("detail", "anything")}
_new = object.__new__
_error_detail_from_dict = ErrorDetail.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class ErrorResponse(AdditionalProperties[Any]):
    """Why a request failed. Servers built on FastAPI send `detail` instead of `error`; OpenAI sometimes sends more
    keys beside it.

    Attributes:
        error: What went wrong.
        detail: What went wrong, on servers built on FastAPI; a text or a list of faults.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    error: ErrorDetail | Unset = UNSET
    detail: Any | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        if type(src_dict) is not dict and not isinstance(src_dict, Mapping):
            raise TypeError(f"ErrorResponse: expected object, got {json_type(src_dict)}")
        self = _new(cls)
        unknown = len(src_dict) - 2
        if "error" in src_dict:
            error = src_dict["error"]
            try:
                self.error = _error_detail_from_dict(error)
            except (KeyError, TypeError):
                self.error = UNSET
                unknown += 1
        else:
            self.error = UNSET
            unknown += 1
        if "detail" in src_dict:
            detail = src_dict["detail"]
            self.detail = detail
        else:
            self.detail = UNSET
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
        if not isinstance(self.error, Unset):
            field_dict["error"] = self.error.to_dict()
        if self.detail is not UNSET:
            field_dict["detail"] = self.detail
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
