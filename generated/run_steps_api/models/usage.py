# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.completion_tokens_details import CompletionTokensDetails
from ..models.prompt_token_details import PromptTokenDetails
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    is_a,
)

_FIELDS = {
    "prompt_tokens": ("prompt_tokens", "integer or null"),
    "completion_tokens": ("completion_tokens", "integer or null"),
    "total_tokens": ("total_tokens", "integer or null"),
    "prompt_token_details": ("prompt_token_details", "object or null"),
    "prompt_tokens_details": ("prompt_tokens_details", "object or null"),
    "input_tokens": ("input_tokens", "integer or null"),
    "output_tokens": ("output_tokens", "integer or null"),
    "completion_tokens_details": ("completion_tokens_details", "object or null"),
}
_new = object.__new__
_prompt_token_details_from_dict = PromptTokenDetails.from_dict
_completion_tokens_details_from_dict = CompletionTokensDetails.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class Usage(AdditionalProperties[Any]):
    """Tokens a step used. DashScope sends an empty object.

    Attributes:
        prompt_tokens: Tokens read (count).
        completion_tokens: Tokens written (count).
        total_tokens: Tokens read and written (count).
        prompt_token_details: What the tokens read were. Not published; in 132 of 148 recorded usages, with "token"
            in the singular.
        prompt_tokens_details: What the tokens read were, with "tokens" in the plural. Seen on self-hosted servers.
        input_tokens: Tokens read (count), by another name. Seen on self-hosted servers.
        output_tokens: Tokens written (count), by another name. Seen on self-hosted servers.
        completion_tokens_details: What the tokens written were. Not published; in 104 of 148 recorded usages.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    prompt_tokens: int | None | Unset = UNSET
    completion_tokens: int | None | Unset = UNSET
    total_tokens: int | None | Unset = UNSET
    prompt_token_details: PromptTokenDetails | None | Unset = UNSET
    prompt_tokens_details: PromptTokenDetails | None | Unset = UNSET
    input_tokens: int | None | Unset = UNSET
    output_tokens: int | None | Unset = UNSET
    completion_tokens_details: CompletionTokensDetails | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 8
        try:
            prompt_tokens = src_dict["prompt_tokens"]
            completion_tokens = src_dict["completion_tokens"]
            total_tokens = src_dict["total_tokens"]
        except KeyError:
            prompt_tokens = src_dict.get("prompt_tokens", UNSET)
            completion_tokens = src_dict.get("completion_tokens", UNSET)
            total_tokens = src_dict.get("total_tokens", UNSET)
        if (
            prompt_tokens is None
            or type(prompt_tokens) is int
            or prompt_tokens is not UNSET
            and is_a(prompt_tokens, int)
        ):
            self.prompt_tokens = prompt_tokens
        else:
            self.prompt_tokens = UNSET
            unknown += 1
        if (
            completion_tokens is None
            or type(completion_tokens) is int
            or completion_tokens is not UNSET
            and is_a(completion_tokens, int)
        ):
            self.completion_tokens = completion_tokens
        else:
            self.completion_tokens = UNSET
            unknown += 1
        if total_tokens is None or type(total_tokens) is int or total_tokens is not UNSET and is_a(total_tokens, int):
            self.total_tokens = total_tokens
        else:
            self.total_tokens = UNSET
            unknown += 1
        if "prompt_token_details" in src_dict:
            prompt_token_details = src_dict["prompt_token_details"]
            if prompt_token_details is None:
                self.prompt_token_details = prompt_token_details
            else:
                try:
                    self.prompt_token_details = _prompt_token_details_from_dict(prompt_token_details)
                except (KeyError, TypeError):
                    self.prompt_token_details = UNSET
                    unknown += 1
        else:
            self.prompt_token_details = UNSET
            unknown += 1
        if "prompt_tokens_details" in src_dict:
            prompt_tokens_details = src_dict["prompt_tokens_details"]
            if prompt_tokens_details is None:
                self.prompt_tokens_details = prompt_tokens_details
            else:
                try:
                    self.prompt_tokens_details = _prompt_token_details_from_dict(prompt_tokens_details)
                except (KeyError, TypeError):
                    self.prompt_tokens_details = UNSET
                    unknown += 1
        else:
            self.prompt_tokens_details = UNSET
            unknown += 1
        if "input_tokens" in src_dict:
            input_tokens = src_dict["input_tokens"]
            if input_tokens is None or type(input_tokens) is int or is_a(input_tokens, int):
                self.input_tokens = input_tokens
            else:
                self.input_tokens = UNSET
                unknown += 1
        else:
            self.input_tokens = UNSET
            unknown += 1
        if "output_tokens" in src_dict:
            output_tokens = src_dict["output_tokens"]
            if output_tokens is None or type(output_tokens) is int or is_a(output_tokens, int):
                self.output_tokens = output_tokens
            else:
                self.output_tokens = UNSET
                unknown += 1
        else:
            self.output_tokens = UNSET
            unknown += 1
        if "completion_tokens_details" in src_dict:
            completion_tokens_details = src_dict["completion_tokens_details"]
            if completion_tokens_details is None:
                self.completion_tokens_details = completion_tokens_details
            else:
                try:
                    self.completion_tokens_details = _completion_tokens_details_from_dict(completion_tokens_details)
                except (KeyError, TypeError):
                    self.completion_tokens_details = UNSET
                    unknown += 1
        else:
            self.completion_tokens_details = UNSET
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
        if self.prompt_tokens is not UNSET:
            field_dict["prompt_tokens"] = self.prompt_tokens
        if self.completion_tokens is not UNSET:
            field_dict["completion_tokens"] = self.completion_tokens
        if self.total_tokens is not UNSET:
            field_dict["total_tokens"] = self.total_tokens
        if not isinstance(self.prompt_token_details, Unset):
            field_dict["prompt_token_details"] = (
                self.prompt_token_details.to_dict() if self.prompt_token_details is not None else None
            )
        if not isinstance(self.prompt_tokens_details, Unset):
            field_dict["prompt_tokens_details"] = (
                self.prompt_tokens_details.to_dict() if self.prompt_tokens_details is not None else None
            )
        if self.input_tokens is not UNSET:
            field_dict["input_tokens"] = self.input_tokens
        if self.output_tokens is not UNSET:
            field_dict["output_tokens"] = self.output_tokens
        if not isinstance(self.completion_tokens_details, Unset):
            field_dict["completion_tokens_details"] = (
                self.completion_tokens_details.to_dict() if self.completion_tokens_details is not None else None
            )
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
