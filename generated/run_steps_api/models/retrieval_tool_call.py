# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.empty_payload import EmptyPayload
from ..types import UNSET, AdditionalProperties

_FIELDS = {"id": ("id", "str"), "type": ("type_", "'retrieval'"), "retrieval": ("retrieval", "dict")}
_new = object.__new__
_empty_payload_from_dict = EmptyPayload.from_dict


@_attrs_define(weakref_slot=False)
class RetrievalToolCall(AdditionalProperties[Any]):
    """The assistant searched files, as `file_search` was called until April 2024.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        retrieval: The payload of a tool that tells nothing; fields that appear one day are kept.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    type_: Literal["retrieval"]
    retrieval: EmptyPayload
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        id = src_dict["id"]
        if not (type(id) is str or isinstance(id, str)):
            raise TypeError(f"RetrievalToolCall.id: expected str, got {type(id).__name__}")
        self.id = id
        type_ = src_dict["type"]
        if type_ != "retrieval":
            raise TypeError(f"RetrievalToolCall.type_: expected 'retrieval', got {type(type_).__name__}")
        self.type_ = type_
        retrieval = src_dict["retrieval"]
        if not (type(retrieval) is dict or isinstance(retrieval, dict)):
            raise TypeError(f"RetrievalToolCall.retrieval: expected dict, got {type(retrieval).__name__}")
        self.retrieval = _empty_payload_from_dict(retrieval)
        if unknown:
            self.additional_properties = {
                key: value
                for key, value in src_dict.items()
                if key not in _FIELDS or getattr(self, _FIELDS[key][0]) is UNSET
            }
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "retrieval": self.retrieval.to_dict(),
        }
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
