# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

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
    "type": ("type_", '"mcp"'),
    "id": ("id", "string"),
    "name": ("name", "string"),
    "arguments": ("arguments", "string or null"),
    "server_label": ("server_label", "string"),
    "output": ("output", "string or null"),
}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class McpToolCall(AdditionalProperties[Any]):
    """The assistant called a tool of an MCP server. Seen on Azure AI Agents, flat instead of under a key of its own.

    Attributes:
        type_: Kind of the tool.
        id: Id of the call.
        name: Name of the tool.
        arguments: The arguments as JSON text; null on some servers for a tool without any.
        server_label: Name the assistant gives the MCP server.
        output: What the tool returned; null until it did.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["mcp"]
    id: str | Unset = UNSET
    name: str | Unset = UNSET
    arguments: str | None | Unset = UNSET
    server_label: str | Unset = UNSET
    output: str | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 6
        try:
            id = src_dict["id"]
            name = src_dict["name"]
            arguments = src_dict["arguments"]
            server_label = src_dict["server_label"]
            output = src_dict["output"]
        except KeyError:
            id = src_dict.get("id", UNSET)
            name = src_dict.get("name", UNSET)
            arguments = src_dict.get("arguments", UNSET)
            server_label = src_dict.get("server_label", UNSET)
            output = src_dict.get("output", UNSET)
        type_ = src_dict["type"]
        if type_ == "mcp":
            self.type_ = type_
        else:
            raise Refused("McpToolCall", Misfit("type", '"mcp"', type_))
        if type(id) is str or id is not UNSET and is_a(id, str):
            self.id = id
        else:
            self.id = UNSET
            unknown += 1
        if type(name) is str or name is not UNSET and is_a(name, str):
            self.name = name
        else:
            self.name = UNSET
            unknown += 1
        if arguments is None or type(arguments) is str or arguments is not UNSET and is_a(arguments, str):
            self.arguments = arguments
        else:
            self.arguments = UNSET
            unknown += 1
        if type(server_label) is str or server_label is not UNSET and is_a(server_label, str):
            self.server_label = server_label
        else:
            self.server_label = UNSET
            unknown += 1
        if output is None or type(output) is str or output is not UNSET and is_a(output, str):
            self.output = output
        else:
            self.output = UNSET
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
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.arguments is not UNSET:
            field_dict["arguments"] = self.arguments
        if self.server_label is not UNSET:
            field_dict["server_label"] = self.server_label
        if self.output is not UNSET:
            field_dict["output"] = self.output
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
