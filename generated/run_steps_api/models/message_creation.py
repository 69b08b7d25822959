# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties

_FIELDS = {"message_id": ("message_id", "str")}
_new = object.__new__


@_attrs_define(weakref_slot=False)
class MessageCreation(AdditionalProperties[Any]):
    """The message a step wrote.

    Attributes:
        message_id: Id of the message.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    message_id: str
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 1
        message_id = src_dict["message_id"]
        if not (type(message_id) is str or isinstance(message_id, str)):
            raise TypeError(f"MessageCreation.message_id: expected str, got {type(message_id).__name__}")
        self.message_id = message_id
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
            "message_id": self.message_id,
        }
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
