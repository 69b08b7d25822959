# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.incomplete_reason import IncompleteReason
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"reason"})
_new = object.__new__
_INCOMPLETE_REASON = {member.value: member for member in IncompleteReason}


@_attrs_define(weakref_slot=False)
class IncompleteDetails(AdditionalProperties[Any]):
    """Why a run is incomplete.

    Attributes:
        reason: What made the run stop early.
    """

    reason: IncompleteReason | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        if not isinstance(src_dict, (dict, Mapping)):
            raise TypeError(f"IncompleteDetails: expected dict, got {type(src_dict).__name__}")
        self = _new(cls)
        unknown = len(src_dict)
        if "reason" in src_dict:
            reason = src_dict["reason"]
            if not isinstance(reason, str):
                raise TypeError(f"IncompleteDetails.reason: expected str, got {type(reason).__name__}")
            self.reason = _INCOMPLETE_REASON.get(reason, reason)
            unknown -= 1
        else:
            self.reason = UNSET
        if unknown:
            self.additional_properties = {key: value for key, value in src_dict.items() if key not in _FIELDS}
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.reason, Unset):
            field_dict["reason"] = str(self.reason)
        field_dict.update(self.additional_properties)
        return field_dict
