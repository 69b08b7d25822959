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

_FIELDS = {"cached_tokens": ("cached_tokens", "integer or null")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class PromptTokenDetails(AdditionalProperties[Any]):
    """What the tokens read were.

    Attributes:
        cached_tokens: Tokens that came from a cache (count).
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    cached_tokens: int | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 1
        try:
            cached_tokens = src_dict["cached_tokens"]
        except KeyError:
            cached_tokens = src_dict.get("cached_tokens", UNSET)
        if (
            cached_tokens is None
            or type(cached_tokens) is int
            or cached_tokens is not UNSET
            and is_a(cached_tokens, int)
        ):
            self.cached_tokens = cached_tokens
        else:
            self.cached_tokens = UNSET
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
        if self.cached_tokens is not UNSET:
            field_dict["cached_tokens"] = self.cached_tokens
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
