# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.run_step_error_code import RunStepErrorCode
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {"code": ("code", "str"), "message": ("message", "str")}
_new = object.__new__
_RUN_STEP_ERROR_CODE = {member.value: member for member in RunStepErrorCode}


@_attrs_define(weakref_slot=False)
class RunStepError(AdditionalProperties[Any]):
    """Why a step failed.

    Attributes:
        code: Kind of the failure; empty on DashScope when there was none.
        message: What happened, for a person to read; empty on DashScope when nothing did.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    code: RunStepErrorCode | str | Unset = UNSET
    message: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        if not isinstance(src_dict, (dict, Mapping)):
            raise TypeError(f"RunStepError: expected dict, got {type(src_dict).__name__}")
        self = _new(cls)
        unknown = len(src_dict) - 2
        if "code" in src_dict:
            code = src_dict["code"]
            if type(code) is str or isinstance(code, str):
                self.code = _RUN_STEP_ERROR_CODE.get(code, code)
            else:
                self.code = UNSET
                unknown += 1
        else:
            self.code = UNSET
            unknown += 1
        if "message" in src_dict:
            message = src_dict["message"]
            if type(message) is str or isinstance(message, str):
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
        if not isinstance(self.code, Unset):
            field_dict["code"] = str(self.code)
        if not isinstance(self.message, Unset):
            field_dict["message"] = self.message
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
