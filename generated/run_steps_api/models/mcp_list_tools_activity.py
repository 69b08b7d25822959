# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..models.mcp_tools import McpTools
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Misfit,
    Refused,
    Unset,
    is_a,
)

_FIELDS = {
    "type": ("type_", '"mcp_list_tools"'),
    "id": ("id", "string"),
    "server_label": ("server_label", "string"),
    "tools": ("tools", "object"),
}
_new = object.__new__
_mcp_tools_from_dict = McpTools.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class McpListToolsActivity(AdditionalProperties[Any]):
    """The assistant asked an MCP server which tools it has. Seen on Azure AI Agents.

    Attributes:
        type_: Kind of the activity.
        id: Id of the activity.
        server_label: Name the assistant gives the MCP server.
        tools: Tools of an MCP server, by name.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["mcp_list_tools"]
    id: str | Unset = UNSET
    server_label: str | Unset = UNSET
    tools: McpTools | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 4
        try:
            id = src_dict["id"]
            server_label = src_dict["server_label"]
        except KeyError:
            id = src_dict.get("id", UNSET)
            server_label = src_dict.get("server_label", UNSET)
        type_ = src_dict["type"]
        if type_ == "mcp_list_tools":
            self.type_ = type_
        else:
            raise Refused("McpListToolsActivity", Misfit("type", '"mcp_list_tools"', type_))
        if type(id) is str or id is not UNSET and is_a(id, str):
            self.id = id
        else:
            self.id = UNSET
            unknown += 1
        if type(server_label) is str or server_label is not UNSET and is_a(server_label, str):
            self.server_label = server_label
        else:
            self.server_label = UNSET
            unknown += 1
        if "tools" in src_dict:
            tools = src_dict["tools"]
            try:
                self.tools = _mcp_tools_from_dict(tools)
            except (KeyError, TypeError):
                self.tools = UNSET
                unknown += 1
        else:
            self.tools = UNSET
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
        field_dict: dict[str, Any] = {
            "type": self.type_,
        }
        if self.id is not UNSET:
            field_dict["id"] = self.id
        if self.server_label is not UNSET:
            field_dict["server_label"] = self.server_label
        if not isinstance(self.tools, Unset):
            field_dict["tools"] = self.tools.to_dict()
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
