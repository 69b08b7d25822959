# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.file_search_attributes import FileSearchAttributes
from ..models.file_search_content import FileSearchContent
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"file_id", "file_name", "score", "content", "attributes"})


@_attrs_define
class FileSearchResult(AdditionalProperties[Any]):
    """One passage that a search found.

    Attributes:
        file_id: Id of the file.
        file_name: Name of the file.
        score: How well the passage fits, from 0 to 1.
        content: The text that was found; only sent when asked for with `include[]`.
        attributes: What the caller attached to the file. Not published; seen on OpenAI since 2025.
    """

    file_id: str
    file_name: str
    score: float | int
    content: list[FileSearchContent] | None | Unset = UNSET
    attributes: FileSearchAttributes | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        file_id = src_dict["file_id"]
        if not isinstance(file_id, str):
            raise TypeError(f"FileSearchResult.file_id: expected str, got {type(file_id).__name__}")
        file_name = src_dict["file_name"]
        if not isinstance(file_name, str):
            raise TypeError(f"FileSearchResult.file_name: expected str, got {type(file_name).__name__}")
        score = src_dict["score"]
        if not isinstance(score, (float, int)):
            raise TypeError(f"FileSearchResult.score: expected float or int, got {type(score).__name__}")
        content = src_dict.get("content", UNSET)
        if isinstance(content, list):
            content = [FileSearchContent.from_dict(item) for item in content]
        elif content is not None and content is not UNSET:
            raise TypeError(f"FileSearchResult.content: expected list or None, got {type(content).__name__}")
        attributes = src_dict.get("attributes", UNSET)
        if isinstance(attributes, dict):
            attributes = FileSearchAttributes.from_dict(attributes)
        elif attributes is not None and attributes is not UNSET:
            raise TypeError(f"FileSearchResult.attributes: expected dict or None, got {type(attributes).__name__}")
        return cls(
            file_id=file_id,
            file_name=file_name,
            score=score,
            content=content,
            attributes=attributes,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "file_id": self.file_id,
            "file_name": self.file_name,
            "score": self.score,
        }
        if not isinstance(self.content, Unset):
            field_dict["content"] = [item.to_dict() for item in self.content] if self.content is not None else None
        if not isinstance(self.attributes, Unset):
            field_dict["attributes"] = self.attributes.to_dict() if self.attributes is not None else None
        field_dict.update(self.additional_properties)
        return field_dict
