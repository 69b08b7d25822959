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

_FIELDS = {"message_id": ("message_id", "string")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class MessageCreation(AdditionalProperties[Any]):
    """The message a step wrote.

    Attributes:
        message_id: Id of the message.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    message_id: str | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 1
        try:
            message_id = src_dict["message_id"]
        except KeyError:
            message_id = src_dict.get("message_id", UNSET)
        if type(message_id) is str or message_id is not UNSET and is_a(message_id, str):
            self.message_id = message_id
        else:
            self.message_id = UNSET
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
        if self.message_id is not UNSET:
            field_dict["message_id"] = self.message_id
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
