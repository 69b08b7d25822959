# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.step_details_delta import StepDetailsDelta
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    json_type,
)

_FIELDS = {"step_details": ("step_details", "object or null")}
_new = object.__new__
_step_details_delta_from_dict = StepDetailsDelta.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class RunStepDelta(AdditionalProperties[Any]):
    """What is new of a step. In 278 recorded ones nothing but details.

    Attributes:
        step_details: What is new of what was done.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    step_details: StepDetailsDelta | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        if type(src_dict) is not dict and not isinstance(src_dict, Mapping):
            raise TypeError(f"RunStepDelta: expected object, got {json_type(src_dict)}")
        self = _new(cls)
        unknown = len(src_dict) - 1
        if "step_details" in src_dict:
            step_details = src_dict["step_details"]
            if step_details is None:
                self.step_details = step_details
            else:
                try:
                    self.step_details = _step_details_delta_from_dict(step_details)
                except (KeyError, TypeError):
                    self.step_details = UNSET
                    unknown += 1
        else:
            self.step_details = UNSET
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
        if not isinstance(self.step_details, Unset):
            field_dict["step_details"] = self.step_details.to_dict() if self.step_details is not None else None
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
