# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"description", "parameters"})


@_attrs_define
class McpTool(AdditionalProperties[Any]):
    """One tool of an MCP server.

    Attributes:
        description: What the tool does.
        parameters: JSON Schema of its arguments.
    """

    description: str | None | Unset = UNSET
    parameters: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        description = src_dict.get("description", UNSET)
        if description is not None and description is not UNSET and not isinstance(description, str):
            raise TypeError(f"McpTool.description: expected str or None, got {type(description).__name__}")
        parameters = src_dict.get("parameters", UNSET)
        return cls(
            description=description,
            parameters=parameters,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.description, Unset):
            field_dict["description"] = self.description
        if not isinstance(self.parameters, Unset):
            field_dict["parameters"] = self.parameters
        field_dict.update(self.additional_properties)
        return field_dict
