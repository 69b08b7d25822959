# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..models.message_image_url import MessageImageUrl
from ..types import (
    NOTHING,
    AdditionalProperties,
    Misfit,
    Refused,
    is_a,
    refusal,
    refused,
)

_FIELDS = {"type": ("type_", '"image_url"'), "image_url": ("image_url", "object or string")}
_new = object.__new__
_message_image_url_from_dict = MessageImageUrl.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class ImageUrlMessageContent(AdditionalProperties[Any]):
    """A picture at an address.

    Attributes:
        type_: Kind of the part.
        image_url: The picture; its address alone on llamphouse.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["image_url"]
    image_url: MessageImageUrl | str

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        type_ = src_dict["type"]
        if type_ == "image_url":
            self.type_ = type_
        else:
            raise Refused("ImageUrlMessageContent", Misfit("type", '"image_url"', type_))
        image_url = src_dict["image_url"]
        if type(image_url) is str or is_a(image_url, str):
            self.image_url = image_url
        else:
            try:
                self.image_url = _message_image_url_from_dict(image_url)
            except (KeyError, TypeError) as error:
                raise refusal(
                    "ImageUrlMessageContent",
                    Misfit("image_url", "object or string", image_url),
                    refused(error, _message_image_url_from_dict, image_url),
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
            "image_url": self.image_url if isinstance(self.image_url, str) else self.image_url.to_dict(),
        }
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
