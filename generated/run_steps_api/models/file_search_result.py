# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.file_search_attributes import FileSearchAttributes
from ..models.file_search_content import FileSearchContent
from ..types import UNSET, AdditionalProperties, Unset, decode_items, encode_items

_FIELDS = {
    "file_id": ("file_id", "str"),
    "file_name": ("file_name", "str"),
    "score": ("score", "float or int"),
    "content": ("content", "list or None"),
    "attributes": ("attributes", "dict or None"),
}
_new = object.__new__
_file_search_content_from_dict = FileSearchContent.from_dict
_file_search_attributes_from_dict = FileSearchAttributes.from_dict


@_attrs_define(weakref_slot=False)
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
    file_id: str
    file_name: str
    score: float | int
    content: list[FileSearchContent] | None | Unset = UNSET
    attributes: FileSearchAttributes | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 5
        file_id = src_dict["file_id"]
        if not (type(file_id) is str or isinstance(file_id, str)):
            raise TypeError(f"FileSearchResult.file_id: expected str, got {type(file_id).__name__}")
        self.file_id = file_id
        file_name = src_dict["file_name"]
        if not (type(file_name) is str or isinstance(file_name, str)):
            raise TypeError(f"FileSearchResult.file_name: expected str, got {type(file_name).__name__}")
        self.file_name = file_name
        score = src_dict["score"]
        if not (type(score) is float or isinstance(score, (float, int))):
            raise TypeError(f"FileSearchResult.score: expected float or int, got {type(score).__name__}")
        self.score = score
        if "content" in src_dict:
            content = src_dict["content"]
            if content is None:
                self.content = None
            elif type(content) is list or isinstance(content, list):
                try:
                    self.content = list(map(_file_search_content_from_dict, content))
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
                self.attributes = None
            elif type(attributes) is dict or isinstance(attributes, dict):
                self.attributes = _file_search_attributes_from_dict(attributes)
            else:
                self.attributes = UNSET
                unknown += 1
        else:
            self.attributes = UNSET
            unknown += 1
        if unknown:
            self.additional_properties = {
                key: value
                for key, value in src_dict.items()
                if key not in _FIELDS or getattr(self, _FIELDS[key][0]) is UNSET
            }
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "file_id": self.file_id,
            "file_name": self.file_name,
            "score": self.score,
        }
        if not isinstance(self.content, Unset):
            field_dict["content"] = (
                encode_items([item.to_dict() for item in self.content], self.content)
                if self.content is not None
                else None
            )
        if not isinstance(self.attributes, Unset):
            field_dict["attributes"] = self.attributes.to_dict() if self.attributes is not None else None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
