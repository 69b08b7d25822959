# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.run_step import RunStep
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"object", "data", "first_id", "last_id", "has_more"})


@_attrs_define
class RunStepList(AdditionalProperties[Any]):
    """One page of the steps of a run.

    Attributes:
        object_: Always `list`.
        data: The steps of this page, in the requested order.
        first_id: Id of the first step of the page. Null, empty or missing when the page is empty.
        last_id: Id of the last step of the page. Null, empty or missing when the page is empty; documentation shows
            an id that is not in `data`.
        has_more: Whether more steps follow. Not to be relied on: seen true on an exactly full last page and on
            empty pages, and missing altogether.
    """

    object_: str
    data: list[RunStep]
    first_id: str | None | Unset = UNSET
    last_id: str | None | Unset = UNSET
    has_more: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        object_ = src_dict["object"]
        if not isinstance(object_, str):
            raise TypeError(f"RunStepList.object_: expected str, got {type(object_).__name__}")
        data = src_dict["data"]
        if not isinstance(data, list):
            raise TypeError(f"RunStepList.data: expected list, got {type(data).__name__}")
        data = [RunStep.from_dict(item) for item in data]
        first_id = src_dict.get("first_id", UNSET)
        if first_id is not None and first_id is not UNSET and not isinstance(first_id, str):
            raise TypeError(f"RunStepList.first_id: expected str or None, got {type(first_id).__name__}")
        last_id = src_dict.get("last_id", UNSET)
        if last_id is not None and last_id is not UNSET and not isinstance(last_id, str):
            raise TypeError(f"RunStepList.last_id: expected str or None, got {type(last_id).__name__}")
        has_more = src_dict.get("has_more", UNSET)
        if has_more is not None and has_more is not UNSET and not isinstance(has_more, bool):
            raise TypeError(f"RunStepList.has_more: expected bool or None, got {type(has_more).__name__}")
        return cls(
            object_=object_,
            data=data,
            first_id=first_id,
            last_id=last_id,
            has_more=has_more,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "object": self.object_,
            "data": [item.to_dict() for item in self.data],
        }
        if not isinstance(self.first_id, Unset):
            field_dict["first_id"] = self.first_id
        if not isinstance(self.last_id, Unset):
            field_dict["last_id"] = self.last_id
        if not isinstance(self.has_more, Unset):
            field_dict["has_more"] = self.has_more
        field_dict.update(self.additional_properties)
        return field_dict
