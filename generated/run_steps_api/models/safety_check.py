# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {"id": ("id", "str or None"), "code": ("code", "str or None"), "message": ("message", "str or None")}
_new = object.__new__


@_attrs_define(weakref_slot=False)
class SafetyCheck(AdditionalProperties[Any]):
    """Something to be confirmed; its particulars are kept as they came.

    Attributes:
        id: Id of the check.
        code: Kind of the check.
        message: What has to be confirmed.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str | None | Unset = UNSET
    code: str | None | Unset = UNSET
    message: str | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        if not isinstance(src_dict, (dict, Mapping)):
            raise TypeError(f"SafetyCheck: expected dict, got {type(src_dict).__name__}")
        self = _new(cls)
        unknown = len(src_dict) - 3
        if "id" in src_dict:
            id = src_dict["id"]
            if id is None:
                self.id = None
            elif type(id) is str or isinstance(id, str):
                self.id = id
            else:
                self.id = UNSET
                unknown += 1
        else:
            self.id = UNSET
            unknown += 1
        if "code" in src_dict:
            code = src_dict["code"]
            if code is None:
                self.code = None
            elif type(code) is str or isinstance(code, str):
                self.code = code
            else:
                self.code = UNSET
                unknown += 1
        else:
            self.code = UNSET
            unknown += 1
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
        if not isinstance(self.id, Unset):
            field_dict["id"] = self.id
        if not isinstance(self.code, Unset):
            field_dict["code"] = self.code
        if not isinstance(self.message, Unset):
            field_dict["message"] = self.message
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
