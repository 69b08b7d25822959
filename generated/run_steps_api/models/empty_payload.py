# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..types import (
    AdditionalProperties,
    json_type,
)

_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class EmptyPayload(AdditionalProperties[Any]):
    """The payload of a tool that tells nothing; fields that appear one day are kept."""

    _keeps_names = True

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        if type(src_dict) is not dict and not isinstance(src_dict, Mapping):
            raise TypeError(f"EmptyPayload: expected object, got {json_type(src_dict)}")
        self = _new(cls)
        self._additional_properties = {**src_dict}
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        field_dict.update(self._additional_properties)
        return field_dict
