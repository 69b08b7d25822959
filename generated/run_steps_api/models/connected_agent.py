# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    is_a,
)

_FIELDS = {
    "name": ("name", "string"),
    "arguments": ("arguments", "string or null"),
    "output": ("output", "string or null"),
    "run_id": ("run_id", "string or null"),
    "thread_id": ("thread_id", "string or null"),
    "assistant_id": ("assistant_id", "string or null"),
}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class ConnectedAgent(AdditionalProperties[Any]):
    """Another agent, what it was asked and what it answered.

    Attributes:
        name: Name of the other agent.
        arguments: What it was asked, as JSON text; null on some servers for an agent that is asked nothing.
        output: What it answered; null until it did.
        run_id: Id of its run.
        thread_id: Id of the thread of that run.
        assistant_id: Id of the other agent.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    name: str | Unset = UNSET
    arguments: str | None | Unset = UNSET
    output: str | None | Unset = UNSET
    run_id: str | None | Unset = UNSET
    thread_id: str | None | Unset = UNSET
    assistant_id: str | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 6
        try:
            name = src_dict["name"]
            arguments = src_dict["arguments"]
            output = src_dict["output"]
            run_id = src_dict["run_id"]
            thread_id = src_dict["thread_id"]
            assistant_id = src_dict["assistant_id"]
        except KeyError:
            name = src_dict.get("name", UNSET)
            arguments = src_dict.get("arguments", UNSET)
            output = src_dict.get("output", UNSET)
            run_id = src_dict.get("run_id", UNSET)
            thread_id = src_dict.get("thread_id", UNSET)
            assistant_id = src_dict.get("assistant_id", UNSET)
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
        if output is None or type(output) is str or output is not UNSET and is_a(output, str):
            self.output = output
        else:
            self.output = UNSET
            unknown += 1
        if run_id is None or type(run_id) is str or run_id is not UNSET and is_a(run_id, str):
            self.run_id = run_id
        else:
            self.run_id = UNSET
            unknown += 1
        if thread_id is None or type(thread_id) is str or thread_id is not UNSET and is_a(thread_id, str):
            self.thread_id = thread_id
        else:
            self.thread_id = UNSET
            unknown += 1
        if assistant_id is None or type(assistant_id) is str or assistant_id is not UNSET and is_a(assistant_id, str):
            self.assistant_id = assistant_id
        else:
            self.assistant_id = UNSET
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
        field_dict: dict[str, Any] = {}
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.arguments is not UNSET:
            field_dict["arguments"] = self.arguments
        if self.output is not UNSET:
            field_dict["output"] = self.output
        if self.run_id is not UNSET:
            field_dict["run_id"] = self.run_id
        if self.thread_id is not UNSET:
            field_dict["thread_id"] = self.thread_id
        if self.assistant_id is not UNSET:
            field_dict["assistant_id"] = self.assistant_id
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
