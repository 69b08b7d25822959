# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.run_stream_event_name import RunStreamEventName
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    is_a,
)

_FIELDS = {"event": ("event", "string"), "data": ("data", "anything")}
_new = object.__new__
_RUN_STREAM_EVENT_NAME = {member.value: member for member in RunStreamEventName}


@_attrs_define(weakref_slot=False, repr=False)
class RunStreamEvent(AdditionalProperties[Any]):
    """One event of a stream.

    Attributes:
        event: What it tells. Other events than these may come.
        data: What it is about: the run, the step, or what is new of a step, as `object` says in it; the error; of
            `done` the text `[DONE]` instead of JSON.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    event: RunStreamEventName | str | Unset = UNSET
    data: Any | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        try:
            event = src_dict["event"]
        except KeyError:
            event = src_dict.get("event", UNSET)
        if type(event) is str or event is not UNSET and is_a(event, str):
            self.event = _RUN_STREAM_EVENT_NAME[event] if event in _RUN_STREAM_EVENT_NAME else event
        else:
            self.event = UNSET
            unknown += 1
        if "data" in src_dict:
            data = src_dict["data"]
            self.data = data
        else:
            self.data = UNSET
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
        if not isinstance(self.event, Unset):
            field_dict["event"] = str.__str__(self.event)
        if self.data is not UNSET:
            field_dict["data"] = self.data
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
