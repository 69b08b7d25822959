# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.code_interpreter_image_file import CodeInterpreterImageFile
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    is_a,
)

_FIELDS = {
    "index": ("index", "integer or null"),
    "type": ("type_", "string or null"),
    "logs": ("logs", "string or null"),
    "image": ("image", "object or null"),
}
_new = object.__new__
_code_interpreter_image_file_from_dict = CodeInterpreterImageFile.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class CodeInterpreterOutputDelta(AdditionalProperties[Any]):
    """What is new of one output of code, of whatever kind it is.

    Attributes:
        index: Which of the outputs this is, from 0.
        type_: Kind of the output.
        logs: The next piece of the text.
        image: Where the image is.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    index: int | None | Unset = UNSET
    type_: str | None | Unset = UNSET
    logs: str | None | Unset = UNSET
    image: CodeInterpreterImageFile | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 4
        try:
            index = src_dict["index"]
            type_ = src_dict["type"]
        except KeyError:
            index = src_dict.get("index", UNSET)
            type_ = src_dict.get("type", UNSET)
        if index is None or type(index) is int or index is not UNSET and is_a(index, int):
            self.index = index
        else:
            self.index = UNSET
            unknown += 1
        if type_ is None or type(type_) is str or type_ is not UNSET and is_a(type_, str):
            self.type_ = type_
        else:
            self.type_ = UNSET
            unknown += 1
        if "logs" in src_dict:
            logs = src_dict["logs"]
            if logs is None or type(logs) is str or is_a(logs, str):
                self.logs = logs
            else:
                self.logs = UNSET
                unknown += 1
        else:
            self.logs = UNSET
            unknown += 1
        if "image" in src_dict:
            image = src_dict["image"]
            if image is None:
                self.image = image
            else:
                try:
                    self.image = _code_interpreter_image_file_from_dict(image)
                except (KeyError, TypeError):
                    self.image = UNSET
                    unknown += 1
        else:
            self.image = UNSET
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
        if self.index is not UNSET:
            field_dict["index"] = self.index
        if self.type_ is not UNSET:
            field_dict["type"] = self.type_
        if self.logs is not UNSET:
            field_dict["logs"] = self.logs
        if not isinstance(self.image, Unset):
            field_dict["image"] = self.image.to_dict() if self.image is not None else None
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
