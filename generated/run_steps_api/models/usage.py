# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.completion_tokens_details import CompletionTokensDetails
from ..models.prompt_token_details import PromptTokenDetails
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset(
    {"prompt_tokens", "completion_tokens", "total_tokens", "prompt_token_details", "completion_tokens_details"}
)


@_attrs_define
class Usage(AdditionalProperties[Any]):
    """Tokens a step used. DashScope sends an empty object.

    Attributes:
        prompt_tokens: Tokens read (count).
        completion_tokens: Tokens written (count).
        total_tokens: Tokens read and written (count).
        prompt_token_details: What the tokens read were. Not published; in 132 of 148 recorded usages, with "token"
            in the singular.
        completion_tokens_details: What the tokens written were. Not published; in 104 of 148 recorded usages.
    """

    prompt_tokens: int | Unset = UNSET
    completion_tokens: int | Unset = UNSET
    total_tokens: int | Unset = UNSET
    prompt_token_details: PromptTokenDetails | None | Unset = UNSET
    completion_tokens_details: CompletionTokensDetails | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        prompt_tokens = src_dict.get("prompt_tokens", UNSET)
        if prompt_tokens is not UNSET and not isinstance(prompt_tokens, int):
            raise TypeError(f"Usage.prompt_tokens: expected int, got {type(prompt_tokens).__name__}")
        completion_tokens = src_dict.get("completion_tokens", UNSET)
        if completion_tokens is not UNSET and not isinstance(completion_tokens, int):
            raise TypeError(f"Usage.completion_tokens: expected int, got {type(completion_tokens).__name__}")
        total_tokens = src_dict.get("total_tokens", UNSET)
        if total_tokens is not UNSET and not isinstance(total_tokens, int):
            raise TypeError(f"Usage.total_tokens: expected int, got {type(total_tokens).__name__}")
        prompt_token_details = src_dict.get("prompt_token_details", UNSET)
        if isinstance(prompt_token_details, dict):
            prompt_token_details = PromptTokenDetails.from_dict(prompt_token_details)
        elif prompt_token_details is not None and prompt_token_details is not UNSET:
            raise TypeError(
                f"Usage.prompt_token_details: expected dict or None, got {type(prompt_token_details).__name__}"
            )
        completion_tokens_details = src_dict.get("completion_tokens_details", UNSET)
        if isinstance(completion_tokens_details, dict):
            completion_tokens_details = CompletionTokensDetails.from_dict(completion_tokens_details)
        elif completion_tokens_details is not None and completion_tokens_details is not UNSET:
            raise TypeError(
                f"Usage.completion_tokens_details: expected dict or None, got {type(completion_tokens_details).__name__}"
            )
        return cls(
            prompt_tokens=prompt_tokens,
            completion_tokens=completion_tokens,
            total_tokens=total_tokens,
            prompt_token_details=prompt_token_details,
            completion_tokens_details=completion_tokens_details,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.prompt_tokens, Unset):
            field_dict["prompt_tokens"] = self.prompt_tokens
        if not isinstance(self.completion_tokens, Unset):
            field_dict["completion_tokens"] = self.completion_tokens
        if not isinstance(self.total_tokens, Unset):
            field_dict["total_tokens"] = self.total_tokens
        if not isinstance(self.prompt_token_details, Unset):
            field_dict["prompt_token_details"] = (
                self.prompt_token_details.to_dict() if self.prompt_token_details is not None else None
            )
        if not isinstance(self.completion_tokens_details, Unset):
            field_dict["completion_tokens_details"] = (
                self.completion_tokens_details.to_dict() if self.completion_tokens_details is not None else None
            )
        field_dict.update(self.additional_properties)
        return field_dict
