# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.input_and_output import InputAndOutput
from ..types import AdditionalProperties

_FIELDS = frozenset({"id", "type", "fabric_dataagent"})


@_attrs_define
class FabricDataagentToolCall(AdditionalProperties[Any]):
    """The assistant asked a data agent of Microsoft Fabric. Seen on Azure AI Agents.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        fabric_dataagent: What a tool was asked and what it answered.
    """

    id: str
    type_: Literal["fabric_dataagent"]
    fabric_dataagent: InputAndOutput
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"FabricDataagentToolCall.id: expected str, got {type(id).__name__}")
        type_ = src_dict["type"]
        if type_ != "fabric_dataagent":
            raise TypeError(f"FabricDataagentToolCall.type_: expected 'fabric_dataagent', got {type(type_).__name__}")
        fabric_dataagent = src_dict["fabric_dataagent"]
        if not isinstance(fabric_dataagent, dict):
            raise TypeError(
                f"FabricDataagentToolCall.fabric_dataagent: expected dict, got {type(fabric_dataagent).__name__}"
            )
        fabric_dataagent = InputAndOutput.from_dict(fabric_dataagent)
        return cls(
            id=id,
            type_=type_,
            fabric_dataagent=fabric_dataagent,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "fabric_dataagent": self.fabric_dataagent.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
