# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {
    "id": ("id", "str"),
    "type": ("type_", "'mcp'"),
    "name": ("name", "str"),
    "server_label": ("server_label", "str"),
    "arguments": ("arguments", "str or None"),
    "output": ("output", "str or None"),
}
_new = object.__new__


@_attrs_define(weakref_slot=False)
class McpToolCall(AdditionalProperties[Any]):
    """The assistant called a tool of an MCP server. Seen on Azure AI Agents, flat instead of under a key of its own.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        name: Name of the tool.
        server_label: Name the assistant gives the MCP server.
        arguments: The arguments as JSON text; null on some servers for a tool without any.
        output: What the tool returned; null until it did.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    type_: Literal["mcp"]
    name: str
    server_label: str
    arguments: str | None | Unset = UNSET
    output: str | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 6
        id = src_dict["id"]
        if not (type(id) is str or isinstance(id, str)):
            raise TypeError(f"McpToolCall.id: expected str, got {type(id).__name__}")
        self.id = id
        type_ = src_dict["type"]
        if type_ != "mcp":
            raise TypeError(f"McpToolCall.type_: expected 'mcp', got {type(type_).__name__}")
        self.type_ = type_
        name = src_dict["name"]
        if not (type(name) is str or isinstance(name, str)):
            raise TypeError(f"McpToolCall.name: expected str, got {type(name).__name__}")
        self.name = name
        server_label = src_dict["server_label"]
        if not (type(server_label) is str or isinstance(server_label, str)):
            raise TypeError(f"McpToolCall.server_label: expected str, got {type(server_label).__name__}")
        self.server_label = server_label
        if "arguments" in src_dict:
            arguments = src_dict["arguments"]
            if arguments is None:
                self.arguments = None
            elif type(arguments) is str or isinstance(arguments, str):
                self.arguments = arguments
            else:
                self.arguments = UNSET
                unknown += 1
        else:
            self.arguments = UNSET
            unknown += 1
        if "output" in src_dict:
            output = src_dict["output"]
            if output is None:
                self.output = None
            elif type(output) is str or isinstance(output, str):
                self.output = output
            else:
                self.output = UNSET
                unknown += 1
        else:
            self.output = UNSET
            unknown += 1
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
            "name": self.name,
            "server_label": self.server_label,
        }
        if not isinstance(self.arguments, Unset):
            field_dict["arguments"] = self.arguments
        if not isinstance(self.output, Unset):
            field_dict["output"] = self.output
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
