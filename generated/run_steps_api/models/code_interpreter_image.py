# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..models.code_interpreter_image_file import CodeInterpreterImageFile
from ..types import (
    NOTHING,
    AdditionalProperties,
    Misfit,
    Refused,
    refusal,
    refused,
)

_FIELDS = {"type": ("type_", '"image"'), "image": ("image", "object")}
_new = object.__new__
_code_interpreter_image_file_from_dict = CodeInterpreterImageFile.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class CodeInterpreterImage(AdditionalProperties[Any]):
    """An image that code drew.

    Attributes:
        type_: Kind of the output.
        image: The file an image was stored in.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["image"]
    image: CodeInterpreterImageFile

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        type_ = src_dict["type"]
        if type_ == "image":
            self.type_ = type_
        else:
            raise Refused("CodeInterpreterImage", Misfit("type", '"image"', type_))
        image = src_dict["image"]
        try:
            self.image = _code_interpreter_image_file_from_dict(image)
        except (KeyError, TypeError) as error:
            raise refusal(
                "CodeInterpreterImage",
                Misfit("image", "object", image),
                refused(error, _code_interpreter_image_file_from_dict, image),
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
            "image": self.image.to_dict(),
        }
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
