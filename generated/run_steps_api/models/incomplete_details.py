# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.incomplete_reason import IncompleteReason
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {"reason": ("reason", "str")}
_new = object.__new__
_INCOMPLETE_REASON = {member.value: member for member in IncompleteReason}


@_attrs_define(weakref_slot=False)
class IncompleteDetails(AdditionalProperties[Any]):
    """Why a run is incomplete.

    Attributes:
        reason: What made the run stop early.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    reason: IncompleteReason | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        if not isinstance(src_dict, (dict, Mapping)):
            raise TypeError(f"IncompleteDetails: expected dict, got {type(src_dict).__name__}")
        self = _new(cls)
        unknown = len(src_dict) - 1
        if "reason" in src_dict:
            reason = src_dict["reason"]
            if type(reason) is str or isinstance(reason, str):
                self.reason = _INCOMPLETE_REASON.get(reason, reason)
            else:
                self.reason = UNSET
                unknown += 1
        else:
            self.reason = UNSET
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
        if not isinstance(self.reason, Unset):
            field_dict["reason"] = str(self.reason)
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
