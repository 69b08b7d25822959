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

_FIELDS = {"id": ("id", "string or null"), "code": ("code", "string or null"), "message": ("message", "string or null")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class SafetyCheck(AdditionalProperties[Any]):
    """Something to be confirmed; its particulars are kept as they came.

    Attributes:
        id: Id of the check.
        code: Kind of the check.
        message: What has to be confirmed.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    _keeps_names = True
    id: str | None | Unset = UNSET
    code: str | None | Unset = UNSET
    message: str | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        try:
            id = src_dict["id"]
            code = src_dict["code"]
            message = src_dict["message"]
        except KeyError:
            id = src_dict.get("id", UNSET)
            code = src_dict.get("code", UNSET)
            message = src_dict.get("message", UNSET)
        if id is None or type(id) is str or id is not UNSET and is_a(id, str):
            self.id = id
        else:
            self.id = UNSET
            unknown += 1
        if code is None or type(code) is str or code is not UNSET and is_a(code, str):
            self.code = code
        else:
            self.code = UNSET
            unknown += 1
        if message is None or type(message) is str or message is not UNSET and is_a(message, str):
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
        if self.id is not UNSET:
            field_dict["id"] = self.id
        if self.code is not UNSET:
            field_dict["code"] = self.code
        if self.message is not UNSET:
            field_dict["message"] = self.message
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
