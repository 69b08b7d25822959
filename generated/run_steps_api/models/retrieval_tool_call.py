# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.empty_payload import EmptyPayload
from ..types import AdditionalProperties

_FIELDS = frozenset({"id", "type", "retrieval"})


@_attrs_define
class RetrievalToolCall(AdditionalProperties[Any]):
    """The assistant searched files, as `file_search` was called until April 2024.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        retrieval: The payload of a tool that tells nothing; fields that appear one day are kept.
    """

    id: str
    type_: Literal["retrieval"]
    retrieval: EmptyPayload
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"RetrievalToolCall.id: expected str, got {type(id).__name__}")
        type_ = src_dict["type"]
        if type_ != "retrieval":
            raise TypeError(f"RetrievalToolCall.type_: expected 'retrieval', got {type(type_).__name__}")
        retrieval = src_dict["retrieval"]
        if not isinstance(retrieval, dict):
            raise TypeError(f"RetrievalToolCall.retrieval: expected dict, got {type(retrieval).__name__}")
        retrieval = EmptyPayload.from_dict(retrieval)
        return cls(
            id=id,
            type_=type_,
            retrieval=retrieval,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "retrieval": self.retrieval.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
