# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {
    "name": ("name", "str"),
    "arguments": ("arguments", "str"),
    "output": ("output", "str or None"),
    "run_id": ("run_id", "str or None"),
    "thread_id": ("thread_id", "str or None"),
    "assistant_id": ("assistant_id", "str or None"),
}
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

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    name: str
    arguments: str | Unset = UNSET
    output: str | None | Unset = UNSET
    run_id: str | None | Unset = UNSET
    thread_id: str | None | Unset = UNSET
    assistant_id: str | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 6
        name = src_dict["name"]
        if not (type(name) is str or isinstance(name, str)):
            raise TypeError(f"ConnectedAgent.name: expected str, got {type(name).__name__}")
        self.name = name
        if "arguments" in src_dict:
            arguments = src_dict["arguments"]
            if type(arguments) is str or isinstance(arguments, str):
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
        if "run_id" in src_dict:
            run_id = src_dict["run_id"]
            if run_id is None:
                self.run_id = None
            elif type(run_id) is str or isinstance(run_id, str):
                self.run_id = run_id
            else:
                self.run_id = UNSET
                unknown += 1
        else:
            self.run_id = UNSET
            unknown += 1
        if "thread_id" in src_dict:
            thread_id = src_dict["thread_id"]
            if thread_id is None:
                self.thread_id = None
            elif type(thread_id) is str or isinstance(thread_id, str):
                self.thread_id = thread_id
            else:
                self.thread_id = UNSET
                unknown += 1
        else:
            self.thread_id = UNSET
            unknown += 1
        if "assistant_id" in src_dict:
            assistant_id = src_dict["assistant_id"]
            if assistant_id is None:
                self.assistant_id = None
            elif type(assistant_id) is str or isinstance(assistant_id, str):
                self.assistant_id = assistant_id
            else:
                self.assistant_id = UNSET
                unknown += 1
        else:
            self.assistant_id = UNSET
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
            "name": self.name,
        }
        if not isinstance(self.arguments, Unset):
            field_dict["arguments"] = self.arguments
        if not isinstance(self.output, Unset):
            field_dict["output"] = self.output
        if not isinstance(self.run_id, Unset):
            field_dict["run_id"] = self.run_id
        if not isinstance(self.thread_id, Unset):
            field_dict["thread_id"] = self.thread_id
        if not isinstance(self.assistant_id, Unset):
            field_dict["assistant_id"] = self.assistant_id
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
