# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"name", "arguments", "output", "run_id", "thread_id", "assistant_id"})


@_attrs_define
class ConnectedAgent(AdditionalProperties[Any]):
    """Another agent, what it was asked and what it answered.

    Attributes:
        name: Name of the other agent.
        arguments: What it was asked, as JSON text.
        output: What it answered; null until it did.
        run_id: Id of its run.
        thread_id: Id of the thread of that run.
        assistant_id: Id of the other agent.
    """

    name: str
    arguments: str
    output: str | None | Unset = UNSET
    run_id: str | None | Unset = UNSET
    thread_id: str | None | Unset = UNSET
    assistant_id: str | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        name = src_dict["name"]
        if not isinstance(name, str):
            raise TypeError(f"ConnectedAgent.name: expected str, got {type(name).__name__}")
        arguments = src_dict["arguments"]
        if not isinstance(arguments, str):
            raise TypeError(f"ConnectedAgent.arguments: expected str, got {type(arguments).__name__}")
        output = src_dict.get("output", UNSET)
        if output is not None and output is not UNSET and not isinstance(output, str):
            raise TypeError(f"ConnectedAgent.output: expected str or None, got {type(output).__name__}")
        run_id = src_dict.get("run_id", UNSET)
        if run_id is not None and run_id is not UNSET and not isinstance(run_id, str):
            raise TypeError(f"ConnectedAgent.run_id: expected str or None, got {type(run_id).__name__}")
        thread_id = src_dict.get("thread_id", UNSET)
        if thread_id is not None and thread_id is not UNSET and not isinstance(thread_id, str):
            raise TypeError(f"ConnectedAgent.thread_id: expected str or None, got {type(thread_id).__name__}")
        assistant_id = src_dict.get("assistant_id", UNSET)
        if assistant_id is not None and assistant_id is not UNSET and not isinstance(assistant_id, str):
            raise TypeError(f"ConnectedAgent.assistant_id: expected str or None, got {type(assistant_id).__name__}")
        return cls(
            name=name,
            arguments=arguments,
            output=output,
            run_id=run_id,
            thread_id=thread_id,
            assistant_id=assistant_id,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "name": self.name,
            "arguments": self.arguments,
        }
        if not isinstance(self.output, Unset):
            field_dict["output"] = self.output
        if not isinstance(self.run_id, Unset):
            field_dict["run_id"] = self.run_id
        if not isinstance(self.thread_id, Unset):
            field_dict["thread_id"] = self.thread_id
        if not isinstance(self.assistant_id, Unset):
            field_dict["assistant_id"] = self.assistant_id
        field_dict.update(self.additional_properties)
        return field_dict
