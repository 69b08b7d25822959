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
    "last_step_result": ("last_step_result", "string or null"),
    "current_state": ("current_state", "string or null"),
    "next_step": ("next_step", "string or null"),
}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class BrowserAutomationStep(AdditionalProperties[Any]):
    """One step in a browser.

    Attributes:
        last_step_result: How the step before ended.
        current_state: What the browser shows now.
        next_step: What will be done next.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    last_step_result: str | None | Unset = UNSET
    current_state: str | None | Unset = UNSET
    next_step: str | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        try:
            last_step_result = src_dict["last_step_result"]
            current_state = src_dict["current_state"]
            next_step = src_dict["next_step"]
        except KeyError:
            last_step_result = src_dict.get("last_step_result", UNSET)
            current_state = src_dict.get("current_state", UNSET)
            next_step = src_dict.get("next_step", UNSET)
        if (
            last_step_result is None
            or type(last_step_result) is str
            or last_step_result is not UNSET
            and is_a(last_step_result, str)
        ):
            self.last_step_result = last_step_result
        else:
            self.last_step_result = UNSET
            unknown += 1
        if (
            current_state is None
            or type(current_state) is str
            or current_state is not UNSET
            and is_a(current_state, str)
        ):
            self.current_state = current_state
        else:
            self.current_state = UNSET
            unknown += 1
        if next_step is None or type(next_step) is str or next_step is not UNSET and is_a(next_step, str):
            self.next_step = next_step
        else:
            self.next_step = UNSET
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
        if self.last_step_result is not UNSET:
            field_dict["last_step_result"] = self.last_step_result
        if self.current_state is not UNSET:
            field_dict["current_state"] = self.current_state
        if self.next_step is not UNSET:
            field_dict["next_step"] = self.next_step
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
