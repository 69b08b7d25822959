# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.mcp_tools import McpTools
from ..types import AdditionalProperties

_FIELDS = frozenset({"id", "type", "server_label", "tools"})


@_attrs_define
class McpListToolsActivity(AdditionalProperties[Any]):
    """The assistant asked an MCP server which tools it has. Seen on Azure AI Agents.

    Attributes:
        id: Id of the activity.
        type_: Kind of the activity.
        server_label: Name the assistant gives the MCP server.
        tools: Tools of an MCP server, by name.
    """

    id: str
    type_: Literal["mcp_list_tools"]
    server_label: str
    tools: McpTools
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"McpListToolsActivity.id: expected str, got {type(id).__name__}")
        type_ = src_dict["type"]
        if type_ != "mcp_list_tools":
            raise TypeError(f"McpListToolsActivity.type_: expected 'mcp_list_tools', got {type(type_).__name__}")
        server_label = src_dict["server_label"]
        if not isinstance(server_label, str):
            raise TypeError(f"McpListToolsActivity.server_label: expected str, got {type(server_label).__name__}")
        tools = src_dict["tools"]
        if not isinstance(tools, dict):
            raise TypeError(f"McpListToolsActivity.tools: expected dict, got {type(tools).__name__}")
        tools = McpTools.from_dict(tools)
        return cls(
            id=id,
            type_=type_,
            server_label=server_label,
            tools=tools,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "server_label": self.server_label,
            "tools": self.tools.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
