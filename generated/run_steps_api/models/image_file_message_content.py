# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..models.message_image_file import MessageImageFile
from ..types import (
    NOTHING,
    AdditionalProperties,
    Misfit,
    Refused,
    is_a,
    refusal,
    refused,
)

_FIELDS = {"type": ("type_", '"image_file"'), "image_file": ("image_file", "object or string")}
_new = object.__new__
_message_image_file_from_dict = MessageImageFile.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class ImageFileMessageContent(AdditionalProperties[Any]):
    """A picture in a file.

    Attributes:
        type_: Kind of the part.
        image_file: The file; its id alone on llamphouse.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["image_file"]
    image_file: MessageImageFile | str

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        type_ = src_dict["type"]
        if type_ == "image_file":
            self.type_ = type_
        else:
            raise Refused("ImageFileMessageContent", Misfit("type", '"image_file"', type_))
        image_file = src_dict["image_file"]
        if type(image_file) is str or is_a(image_file, str):
            self.image_file = image_file
        else:
            try:
                self.image_file = _message_image_file_from_dict(image_file)
            except (KeyError, TypeError) as error:
                raise refusal(
                    "ImageFileMessageContent",
                    Misfit("image_file", "object or string", image_file),
                    refused(error, _message_image_file_from_dict, image_file),
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
            "image_file": self.image_file if isinstance(self.image_file, str) else self.image_file.to_dict(),
        }
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
