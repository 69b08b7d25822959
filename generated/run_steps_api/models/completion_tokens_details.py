# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {"reasoning_tokens": ("reasoning_tokens", "int or None")}
_new = object.__new__


@_attrs_define(weakref_slot=False)
class CompletionTokensDetails(AdditionalProperties[Any]):
    """What the tokens written were.

    Attributes:
        reasoning_tokens: Tokens spent on reasoning (count).
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    reasoning_tokens: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        if not isinstance(src_dict, (dict, Mapping)):
            raise TypeError(f"CompletionTokensDetails: expected dict, got {type(src_dict).__name__}")
        self = _new(cls)
        unknown = len(src_dict) - 1
        if "reasoning_tokens" in src_dict:
            reasoning_tokens = src_dict["reasoning_tokens"]
            if reasoning_tokens is None:
                self.reasoning_tokens = None
            elif type(reasoning_tokens) is int or isinstance(reasoning_tokens, int):
                self.reasoning_tokens = reasoning_tokens
            else:
                self.reasoning_tokens = UNSET
                unknown += 1
        else:
            self.reasoning_tokens = UNSET
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
        field_dict: dict[str, Any] = {}
        if not isinstance(self.reasoning_tokens, Unset):
            field_dict["reasoning_tokens"] = self.reasoning_tokens
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
