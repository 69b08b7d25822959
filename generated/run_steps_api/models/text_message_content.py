# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..models.message_text import MessageText
from ..types import (
    NOTHING,
    AdditionalProperties,
    Misfit,
    Refused,
    is_a,
    refusal,
    refused,
)

_FIELDS = {"type": ("type_", '"text"'), "text": ("text", "object or string")}
_new = object.__new__
_message_text_from_dict = MessageText.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class TextMessageContent(AdditionalProperties[Any]):
    """Text.

    Attributes:
        type_: Kind of the part.
        text: The text with what is noted about it; the text alone on llamphouse.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["text"]
    text: MessageText | str

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        type_ = src_dict["type"]
        if type_ == "text":
            self.type_ = type_
        else:
            raise Refused("TextMessageContent", Misfit("type", '"text"', type_))
        text = src_dict["text"]
        if type(text) is str or is_a(text, str):
            self.text = text
        else:
            try:
                self.text = _message_text_from_dict(text)
            except (KeyError, TypeError) as error:
                raise refusal(
                    "TextMessageContent",
                    Misfit("text", "object or string", text),
                    refused(error, _message_text_from_dict, text),
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
            "text": self.text if isinstance(self.text, str) else self.text.to_dict(),
        }
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
