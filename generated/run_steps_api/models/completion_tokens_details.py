# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"reasoning_tokens"})


@_attrs_define
class CompletionTokensDetails(AdditionalProperties[Any]):
    """What the tokens written were.

    Attributes:
        reasoning_tokens: Tokens spent on reasoning (count).
    """

    reasoning_tokens: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        reasoning_tokens = src_dict.get("reasoning_tokens", UNSET)
        if reasoning_tokens is not UNSET and not isinstance(reasoning_tokens, int):
            raise TypeError(
                f"CompletionTokensDetails.reasoning_tokens: expected int, got {type(reasoning_tokens).__name__}"
            )
        return cls(
            reasoning_tokens=reasoning_tokens,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.reasoning_tokens, Unset):
            field_dict["reasoning_tokens"] = self.reasoning_tokens
        field_dict.update(self.additional_properties)
        return field_dict
