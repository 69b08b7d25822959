# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..models.activity import ACTIVITY_FROM_DICT, activity_from_dict
from ..types import (
    NOTHING,
    AdditionalProperties,
    Misfit,
    Refused,
    decode_items,
    encode_items,
    is_a,
)

if TYPE_CHECKING:
    from ..models.activity import Activity

_FIELDS = {"type": ("type_", '"activities"'), "activities": ("activities", "array")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class ActivitiesDetails(AdditionalProperties[Any]):
    """The step did something that is neither a message nor a tool call. Not published; seen on Azure AI Agents.

    Attributes:
        type_: Kind of the details.
        activities: What was done, in order.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["activities"]
    activities: list[Activity]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        type_ = src_dict["type"]
        if type_ == "activities":
            self.type_ = type_
        else:
            raise Refused("ActivitiesDetails", Misfit("type", '"activities"', type_))
        activities = src_dict["activities"]
        if type(activities) is list or is_a(activities, list):
            try:
                self.activities = [ACTIVITY_FROM_DICT[item["type"]](item) for item in activities]
            except (KeyError, TypeError):
                self.activities = decode_items(activity_from_dict, activities)
        else:
            raise Refused("ActivitiesDetails", Misfit("activities", "array", activities))
        if unknown:
            rest = {key: value for key, value in src_dict.items() if key not in _FIELDS}
            self._additional_properties = rest
        else:
            self._additional_properties = NOTHING
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "type": self.type_,
            "activities": encode_items([item.to_dict() for item in self.activities], self.activities),
        }
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
