# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.file_search_attributes import FileSearchAttributes
from ..models.file_search_content import FileSearchContent
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    decode_items,
    encode_items,
    is_a,
)

_FIELDS = {
    "file_id": ("file_id", "string"),
    "file_name": ("file_name", "string"),
    "score": ("score", "number"),
    "content": ("content", "array or null"),
    "attributes": ("attributes", "object or null"),
}
_new = object.__new__
_file_search_content_from_dict = FileSearchContent.from_dict
_file_search_attributes_from_dict = FileSearchAttributes.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class FileSearchResult(AdditionalProperties[Any]):
    """One passage that a search found.

    Attributes:
        file_id: Id of the file.
        file_name: Name of the file.
        score: How well the passage fits, from 0 to 1.
        content: The text that was found; only sent when asked for with `include[]`.
        attributes: What the caller attached to the file. Not published; seen on OpenAI since 2025.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    file_id: str | Unset = UNSET
    file_name: str | Unset = UNSET
    score: float | int | Unset = UNSET
    content: list[FileSearchContent] | None | Unset = UNSET
    attributes: FileSearchAttributes | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 5
        try:
            file_id = src_dict["file_id"]
            file_name = src_dict["file_name"]
            score = src_dict["score"]
        except KeyError:
            file_id = src_dict.get("file_id", UNSET)
            file_name = src_dict.get("file_name", UNSET)
            score = src_dict.get("score", UNSET)
        if type(file_id) is str or file_id is not UNSET and is_a(file_id, str):
            self.file_id = file_id
        else:
            self.file_id = UNSET
            unknown += 1
        if type(file_name) is str or file_name is not UNSET and is_a(file_name, str):
            self.file_name = file_name
        else:
            self.file_name = UNSET
            unknown += 1
        if type(score) is float or score is not UNSET and is_a(score, float, int):
            self.score = score
        else:
            self.score = UNSET
            unknown += 1
        if "content" in src_dict:
            content = src_dict["content"]
            if content is None:
                self.content = content
            elif type(content) is list or is_a(content, list):
                try:
                    self.content = [_file_search_content_from_dict(item) for item in content]
                except (KeyError, TypeError):
                    self.content = decode_items(_file_search_content_from_dict, content)
            else:
                self.content = UNSET
                unknown += 1
        else:
            self.content = UNSET
            unknown += 1
        if "attributes" in src_dict:
            attributes = src_dict["attributes"]
            if attributes is None:
                self.attributes = attributes
            else:
                try:
                    self.attributes = _file_search_attributes_from_dict(attributes)
                except (KeyError, TypeError):
                    self.attributes = UNSET
                    unknown += 1
        else:
            self.attributes = UNSET
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
        if self.file_id is not UNSET:
            field_dict["file_id"] = self.file_id
        if self.file_name is not UNSET:
            field_dict["file_name"] = self.file_name
        if self.score is not UNSET:
            field_dict["score"] = self.score
        if not isinstance(self.content, Unset):
            field_dict["content"] = (
                encode_items([item.to_dict() for item in self.content], self.content)
                if self.content is not None
                else None
            )
        if not isinstance(self.attributes, Unset):
            field_dict["attributes"] = self.attributes.to_dict() if self.attributes is not None else None
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
