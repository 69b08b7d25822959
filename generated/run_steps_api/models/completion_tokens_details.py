# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    is_a,
)

_FIELDS = {"reasoning_tokens": ("reasoning_tokens", "integer or null")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class CompletionTokensDetails(AdditionalProperties[Any]):
    """What the tokens written were.

    Attributes:
        reasoning_tokens: Tokens spent on reasoning (count).
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    reasoning_tokens: int | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 1
        try:
            reasoning_tokens = src_dict["reasoning_tokens"]
        except KeyError:
            reasoning_tokens = src_dict.get("reasoning_tokens", UNSET)
        if (
            reasoning_tokens is None
            or type(reasoning_tokens) is int
            or reasoning_tokens is not UNSET
            and is_a(reasoning_tokens, int)
        ):
            self.reasoning_tokens = reasoning_tokens
        else:
            self.reasoning_tokens = UNSET
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
        if self.reasoning_tokens is not UNSET:
            field_dict["reasoning_tokens"] = self.reasoning_tokens
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
