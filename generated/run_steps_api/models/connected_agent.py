# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"name", "arguments", "output", "run_id", "thread_id", "assistant_id"})
_new = object.__new__


@_attrs_define(weakref_slot=False)
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
        self = _new(cls)
        unknown = len(src_dict) - 2
        name = src_dict["name"]
        if not isinstance(name, str):
            raise TypeError(f"ConnectedAgent.name: expected str, got {type(name).__name__}")
        self.name = name
        arguments = src_dict["arguments"]
        if not isinstance(arguments, str):
            raise TypeError(f"ConnectedAgent.arguments: expected str, got {type(arguments).__name__}")
        self.arguments = arguments
        if "output" in src_dict:
            output = src_dict["output"]
            if output is not None and not isinstance(output, str):
                raise TypeError(f"ConnectedAgent.output: expected str or None, got {type(output).__name__}")
            self.output = output
            unknown -= 1
        else:
            self.output = UNSET
        if "run_id" in src_dict:
            run_id = src_dict["run_id"]
            if run_id is not None and not isinstance(run_id, str):
                raise TypeError(f"ConnectedAgent.run_id: expected str or None, got {type(run_id).__name__}")
            self.run_id = run_id
            unknown -= 1
        else:
            self.run_id = UNSET
        if "thread_id" in src_dict:
            thread_id = src_dict["thread_id"]
            if thread_id is not None and not isinstance(thread_id, str):
                raise TypeError(f"ConnectedAgent.thread_id: expected str or None, got {type(thread_id).__name__}")
            self.thread_id = thread_id
            unknown -= 1
        else:
            self.thread_id = UNSET
        if "assistant_id" in src_dict:
            assistant_id = src_dict["assistant_id"]
            if assistant_id is not None and not isinstance(assistant_id, str):
                raise TypeError(f"ConnectedAgent.assistant_id: expected str or None, got {type(assistant_id).__name__}")
            self.assistant_id = assistant_id
            unknown -= 1
        else:
            self.assistant_id = UNSET
        if unknown:
            self.additional_properties = {key: value for key, value in src_dict.items() if key not in _FIELDS}
        return self

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
