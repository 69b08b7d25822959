# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.code_interpreter_image_file import CodeInterpreterImageFile
from ..types import AdditionalProperties

_FIELDS = frozenset({"type", "image"})


@_attrs_define
class CodeInterpreterImage(AdditionalProperties[Any]):
    """An image that code drew.

    Attributes:
        type_: Kind of the output.
        image: The file an image was stored in.
    """

    type_: Literal["image"]
    image: CodeInterpreterImageFile
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        type_ = src_dict["type"]
        if type_ != "image":
            raise TypeError(f"CodeInterpreterImage.type_: expected 'image', got {type(type_).__name__}")
        image = src_dict["image"]
        if not isinstance(image, dict):
            raise TypeError(f"CodeInterpreterImage.image: expected dict, got {type(image).__name__}")
        image = CodeInterpreterImageFile.from_dict(image)
        return cls(
            type_=type_,
            image=image,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "type": self.type_,
            "image": self.image.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
