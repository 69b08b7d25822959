# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.incomplete_reason import IncompleteReason
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    is_a,
)

_FIELDS = {"reason": ("reason", "string")}
_new = object.__new__
_INCOMPLETE_REASON = {member.value: member for member in IncompleteReason}


@_attrs_define(weakref_slot=False, repr=False)
class IncompleteDetails(AdditionalProperties[Any]):
    """Why a run is incomplete.

    Attributes:
        reason: What made the run stop early.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    reason: IncompleteReason | str | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 1
        try:
            reason = src_dict["reason"]
        except KeyError:
            reason = src_dict.get("reason", UNSET)
        if type(reason) is str or reason is not UNSET and is_a(reason, str):
            self.reason = _INCOMPLETE_REASON[reason] if reason in _INCOMPLETE_REASON else reason
        else:
            self.reason = UNSET
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
        if not isinstance(self.reason, Unset):
            field_dict["reason"] = str.__str__(self.reason)
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
