# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.connected_agent import ConnectedAgent
from ..types import AdditionalProperties

_FIELDS = frozenset({"id", "type", "connected_agent"})


@_attrs_define
class ConnectedAgentToolCall(AdditionalProperties[Any]):
    """The assistant handed work to another agent. Seen on Azure AI Agents.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        connected_agent: Another agent, what it was asked and what it answered.
    """

    id: str
    type_: Literal["connected_agent"]
    connected_agent: ConnectedAgent
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"ConnectedAgentToolCall.id: expected str, got {type(id).__name__}")
        type_ = src_dict["type"]
        if type_ != "connected_agent":
            raise TypeError(f"ConnectedAgentToolCall.type_: expected 'connected_agent', got {type(type_).__name__}")
        connected_agent = src_dict["connected_agent"]
        if not isinstance(connected_agent, dict):
            raise TypeError(
                f"ConnectedAgentToolCall.connected_agent: expected dict, got {type(connected_agent).__name__}"
            )
        connected_agent = ConnectedAgent.from_dict(connected_agent)
        return cls(
            id=id,
            type_=type_,
            connected_agent=connected_agent,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "connected_agent": self.connected_agent.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
