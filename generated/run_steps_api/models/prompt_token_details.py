# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"cached_tokens"})


@_attrs_define
class PromptTokenDetails(AdditionalProperties[Any]):
    """What the tokens read were.

    Attributes:
        cached_tokens: Tokens that came from a cache (count).
    """

    cached_tokens: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        cached_tokens = src_dict.get("cached_tokens", UNSET)
        if cached_tokens is not UNSET and not isinstance(cached_tokens, int):
            raise TypeError(f"PromptTokenDetails.cached_tokens: expected int, got {type(cached_tokens).__name__}")
        return cls(
            cached_tokens=cached_tokens,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.cached_tokens, Unset):
            field_dict["cached_tokens"] = self.cached_tokens
        field_dict.update(self.additional_properties)
        return field_dict
