# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"requesturl", "response_metadata"})


@_attrs_define
class BingSearch(AdditionalProperties[Any]):
    """A search with Bing.

    Attributes:
        requesturl: The search as a URL.
        response_metadata: What Bing tells of its answer, as the text of a Python dict.
    """

    requesturl: str
    response_metadata: str | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        requesturl = src_dict["requesturl"]
        if not isinstance(requesturl, str):
            raise TypeError(f"BingSearch.requesturl: expected str, got {type(requesturl).__name__}")
        response_metadata = src_dict.get("response_metadata", UNSET)
        if response_metadata is not None and response_metadata is not UNSET and not isinstance(response_metadata, str):
            raise TypeError(
                f"BingSearch.response_metadata: expected str or None, got {type(response_metadata).__name__}"
            )
        return cls(
            requesturl=requesturl,
            response_metadata=response_metadata,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "requesturl": self.requesturl,
        }
        if not isinstance(self.response_metadata, Unset):
            field_dict["response_metadata"] = self.response_metadata
        field_dict.update(self.additional_properties)
        return field_dict
