# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"id", "type", "name", "arguments", "server_label", "output"})


@_attrs_define
class McpToolCall(AdditionalProperties[Any]):
    """The assistant called a tool of an MCP server. Seen on Azure AI Agents, flat instead of under a key of its own.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        name: Name of the tool.
        arguments: The arguments as JSON text.
        server_label: Name the assistant gives the MCP server.
        output: What the tool returned; null until it did.
    """

    id: str
    type_: Literal["mcp"]
    name: str
    arguments: str
    server_label: str
    output: str | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"McpToolCall.id: expected str, got {type(id).__name__}")
        type_ = src_dict["type"]
        if type_ != "mcp":
            raise TypeError(f"McpToolCall.type_: expected 'mcp', got {type(type_).__name__}")
        name = src_dict["name"]
        if not isinstance(name, str):
            raise TypeError(f"McpToolCall.name: expected str, got {type(name).__name__}")
        arguments = src_dict["arguments"]
        if not isinstance(arguments, str):
            raise TypeError(f"McpToolCall.arguments: expected str, got {type(arguments).__name__}")
        server_label = src_dict["server_label"]
        if not isinstance(server_label, str):
            raise TypeError(f"McpToolCall.server_label: expected str, got {type(server_label).__name__}")
        output = src_dict.get("output", UNSET)
        if output is not None and output is not UNSET and not isinstance(output, str):
            raise TypeError(f"McpToolCall.output: expected str or None, got {type(output).__name__}")
        return cls(
            id=id,
            type_=type_,
            name=name,
            arguments=arguments,
            server_label=server_label,
            output=output,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "name": self.name,
            "arguments": self.arguments,
            "server_label": self.server_label,
        }
        if not isinstance(self.output, Unset):
            field_dict["output"] = self.output
        field_dict.update(self.additional_properties)
        return field_dict
