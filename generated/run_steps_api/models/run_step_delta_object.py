# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.run_step_delta import RunStepDelta
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Misfit,
    Refused,
    Unset,
    is_a,
)

_FIELDS = {"id": ("id", "string"), "object": ("object_", "string"), "delta": ("delta", "object")}
_new = object.__new__
_run_step_delta_from_dict = RunStepDelta.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class RunStepDeltaObject(AdditionalProperties[Any]):
    """What is new of a step, while it is going. Once more after a step has ended on Azure AI Agents, which changes
    nothing of it.

    Attributes:
        id: Id of the step.
        object_: Always `thread.run.step.delta`.
        delta: What is new of a step. In 278 recorded ones nothing but details.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    object_: str | Unset = UNSET
    delta: RunStepDelta | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        try:
            object_ = src_dict["object"]
        except KeyError:
            object_ = src_dict.get("object", UNSET)
        id = src_dict["id"]
        if type(id) is str or is_a(id, str):
            self.id = id
        else:
            raise Refused("RunStepDeltaObject", Misfit("id", "string", id))
        if type(object_) is str or object_ is not UNSET and is_a(object_, str):
            self.object_ = object_
        else:
            self.object_ = UNSET
            unknown += 1
        if "delta" in src_dict:
            delta = src_dict["delta"]
            try:
                self.delta = _run_step_delta_from_dict(delta)
            except (KeyError, TypeError):
                self.delta = UNSET
                unknown += 1
        else:
            self.delta = UNSET
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
        field_dict: dict[str, Any] = {
            "id": self.id,
        }
        if self.object_ is not UNSET:
            field_dict["object"] = self.object_
        if not isinstance(self.delta, Unset):
            field_dict["delta"] = self.delta.to_dict()
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
