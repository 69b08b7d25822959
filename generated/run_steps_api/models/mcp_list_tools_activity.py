# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.mcp_tools import McpTools
from ..types import UNSET, AdditionalProperties

_FIELDS = {
    "id": ("id", "str"),
    "type": ("type_", "'mcp_list_tools'"),
    "server_label": ("server_label", "str"),
    "tools": ("tools", "dict"),
}
_new = object.__new__
_mcp_tools_from_dict = McpTools.from_dict


@_attrs_define(weakref_slot=False)
class McpListToolsActivity(AdditionalProperties[Any]):
    """The assistant asked an MCP server which tools it has. Seen on Azure AI Agents.

    Attributes:
        id: Id of the activity.
        type_: Kind of the activity.
        server_label: Name the assistant gives the MCP server.
        tools: Tools of an MCP server, by name.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    type_: Literal["mcp_list_tools"]
    server_label: str
    tools: McpTools
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 4
        id = src_dict["id"]
        if not (type(id) is str or isinstance(id, str)):
            raise TypeError(f"McpListToolsActivity.id: expected str, got {type(id).__name__}")
        self.id = id
        type_ = src_dict["type"]
        if type_ != "mcp_list_tools":
            raise TypeError(f"McpListToolsActivity.type_: expected 'mcp_list_tools', got {type(type_).__name__}")
        self.type_ = type_
        server_label = src_dict["server_label"]
        if not (type(server_label) is str or isinstance(server_label, str)):
            raise TypeError(f"McpListToolsActivity.server_label: expected str, got {type(server_label).__name__}")
        self.server_label = server_label
        tools = src_dict["tools"]
        if not (type(tools) is dict or isinstance(tools, dict)):
            raise TypeError(f"McpListToolsActivity.tools: expected dict, got {type(tools).__name__}")
        self.tools = _mcp_tools_from_dict(tools)
        if unknown:
            self.additional_properties = {
                key: value
                for key, value in src_dict.items()
                if key not in _FIELDS or getattr(self, _FIELDS[key][0]) is UNSET
            }
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "server_label": self.server_label,
            "tools": self.tools.to_dict(),
        }
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
