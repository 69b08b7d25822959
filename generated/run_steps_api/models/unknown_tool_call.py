# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"id", "type"})


@_attrs_define
class UnknownToolCall(AdditionalProperties[Any]):
    """A call of a kind this contract does not name, or of a known kind whose payload does not fit it. Every field is
    kept.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
    """

    id: Any | Unset = UNSET
    type_: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict.get("id", UNSET)
        type_ = src_dict.get("type", UNSET)
        return cls(
            id=id,
            type_=type_,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.id, Unset):
            field_dict["id"] = self.id
        if not isinstance(self.type_, Unset):
            field_dict["type"] = self.type_
        field_dict.update(self.additional_properties)
        return field_dict
