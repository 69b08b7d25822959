# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.activity import Activity, activity_from_dict
from ..types import AdditionalProperties

_FIELDS = frozenset({"type", "activities"})


@_attrs_define
class ActivitiesDetails(AdditionalProperties[Any]):
    """The step did something that is neither a message nor a tool call. Not published; seen on Azure AI Agents.

    Attributes:
        type_: Kind of the details.
        activities: What was done, in order.
    """

    type_: Literal["activities"]
    activities: list[Activity]
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        type_ = src_dict["type"]
        if type_ != "activities":
            raise TypeError(f"ActivitiesDetails.type_: expected 'activities', got {type(type_).__name__}")
        activities = src_dict["activities"]
        if not isinstance(activities, list):
            raise TypeError(f"ActivitiesDetails.activities: expected list, got {type(activities).__name__}")
        activities = [activity_from_dict(item) for item in activities]
        return cls(
            type_=type_,
            activities=activities,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "type": self.type_,
            "activities": [item.to_dict() for item in self.activities],
        }
        field_dict.update(self.additional_properties)
        return field_dict
