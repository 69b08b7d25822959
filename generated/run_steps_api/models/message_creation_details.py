# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..models.message_creation import MessageCreation
from ..types import (
    NOTHING,
    AdditionalProperties,
    Misfit,
    Refused,
    refusal,
    refused,
)

_FIELDS = {"type": ("type_", '"message_creation"'), "message_creation": ("message_creation", "object")}
_new = object.__new__
_message_creation_from_dict = MessageCreation.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class MessageCreationDetails(AdditionalProperties[Any]):
    """The step wrote a message.

    Attributes:
        type_: Kind of the details.
        message_creation: The message a step wrote.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["message_creation"]
    message_creation: MessageCreation

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        type_ = src_dict["type"]
        if type_ == "message_creation":
            self.type_ = type_
        else:
            raise Refused("MessageCreationDetails", Misfit("type", '"message_creation"', type_))
        message_creation = src_dict["message_creation"]
        try:
            self.message_creation = _message_creation_from_dict(message_creation)
        except (KeyError, TypeError) as error:
            raise refusal(
                "MessageCreationDetails",
                Misfit("message_creation", "object", message_creation),
                refused(error, _message_creation_from_dict, message_creation),
            ) from None
        if unknown:
            rest = {key: value for key, value in src_dict.items() if key not in _FIELDS}
            self._additional_properties = rest
        else:
            self._additional_properties = NOTHING
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "type": self.type_,
            "message_creation": self.message_creation.to_dict(),
        }
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
