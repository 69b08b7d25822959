# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.mcp_tool import McpTool
from ..types import (
    AdditionalProperties,
    decode_entries,
    encode_entries,
    json_type,
)

_new = object.__new__
_mcp_tool_from_dict = McpTool.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class McpTools(AdditionalProperties[McpTool]):
    """Tools of an MCP server, by name."""

    _keeps_names = True

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        if type(src_dict) is not dict and not isinstance(src_dict, Mapping):
            raise TypeError(f"McpTools: expected object, got {json_type(src_dict)}")
        self = _new(cls)
        self._additional_properties = decode_entries(_mcp_tool_from_dict, {**src_dict})
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        encoded = {key: value.to_dict() for key, value in self._additional_properties.items()}
        for key, value in encode_entries(encoded, self._additional_properties).items():
            field_dict.setdefault(key, value)
        return field_dict
