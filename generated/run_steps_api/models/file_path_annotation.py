# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..models.message_file_path import MessageFilePath
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Misfit,
    Refused,
    Unset,
    is_a,
    refusal,
    refused,
)

_FIELDS = {
    "type": ("type_", '"file_path"'),
    "file_path": ("file_path", "object"),
    "text": ("text", "string or null"),
    "start_index": ("start_index", "integer or null"),
    "end_index": ("end_index", "integer or null"),
}
_new = object.__new__
_message_file_path_from_dict = MessageFilePath.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class FilePathAnnotation(AdditionalProperties[Any]):
    """The text names a file that the code interpreter made.

    Attributes:
        type_: Kind of the annotation.
        file_path: A file that the code interpreter made.
        text: The text at that place, which stands for it.
        start_index: Where the place begins (characters from the start of the text).
        end_index: Where the place ends (characters from the start of the text).
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["file_path"]
    file_path: MessageFilePath
    text: str | None | Unset = UNSET
    start_index: int | None | Unset = UNSET
    end_index: int | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 5
        try:
            text = src_dict["text"]
            start_index = src_dict["start_index"]
            end_index = src_dict["end_index"]
        except KeyError:
            text = src_dict.get("text", UNSET)
            start_index = src_dict.get("start_index", UNSET)
            end_index = src_dict.get("end_index", UNSET)
        type_ = src_dict["type"]
        if type_ == "file_path":
            self.type_ = type_
        else:
            raise Refused("FilePathAnnotation", Misfit("type", '"file_path"', type_))
        file_path = src_dict["file_path"]
        try:
            self.file_path = _message_file_path_from_dict(file_path)
        except (KeyError, TypeError) as error:
            raise refusal(
                "FilePathAnnotation",
                Misfit("file_path", "object", file_path),
                refused(error, _message_file_path_from_dict, file_path),
            ) from None
        if text is None or type(text) is str or text is not UNSET and is_a(text, str):
            self.text = text
        else:
            self.text = UNSET
            unknown += 1
        if start_index is None or type(start_index) is int or start_index is not UNSET and is_a(start_index, int):
            self.start_index = start_index
        else:
            self.start_index = UNSET
            unknown += 1
        if end_index is None or type(end_index) is int or end_index is not UNSET and is_a(end_index, int):
            self.end_index = end_index
        else:
            self.end_index = UNSET
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
        field_dict: dict[str, Any] = {
            "type": self.type_,
            "file_path": self.file_path.to_dict(),
        }
        if self.text is not UNSET:
            field_dict["text"] = self.text
        if self.start_index is not UNSET:
            field_dict["start_index"] = self.start_index
        if self.end_index is not UNSET:
            field_dict["end_index"] = self.end_index
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
