# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.connected_agent import ConnectedAgent
from ..types import UNSET, AdditionalProperties

_FIELDS = {"id": ("id", "str"), "type": ("type_", "'connected_agent'"), "connected_agent": ("connected_agent", "dict")}
_new = object.__new__
_connected_agent_from_dict = ConnectedAgent.from_dict


@_attrs_define(weakref_slot=False)
class ConnectedAgentToolCall(AdditionalProperties[Any]):
    """The assistant handed work to another agent. Seen on Azure AI Agents.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        connected_agent: Another agent, what it was asked and what it answered.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    type_: Literal["connected_agent"]
    connected_agent: ConnectedAgent
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        id = src_dict["id"]
        if not (type(id) is str or isinstance(id, str)):
            raise TypeError(f"ConnectedAgentToolCall.id: expected str, got {type(id).__name__}")
        self.id = id
        type_ = src_dict["type"]
        if type_ != "connected_agent":
            raise TypeError(f"ConnectedAgentToolCall.type_: expected 'connected_agent', got {type(type_).__name__}")
        self.type_ = type_
        connected_agent = src_dict["connected_agent"]
        if not (type(connected_agent) is dict or isinstance(connected_agent, dict)):
            raise TypeError(
                f"ConnectedAgentToolCall.connected_agent: expected dict, got {type(connected_agent).__name__}"
            )
        self.connected_agent = _connected_agent_from_dict(connected_agent)
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
            "connected_agent": self.connected_agent.to_dict(),
        }
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
