# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.run import Run
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"data", "object", "first_id", "last_id", "has_more"})
_new = object.__new__
_run_from_dict = Run.from_dict


@_attrs_define(weakref_slot=False)
class RunList(AdditionalProperties[Any]):
    """One page of the runs of a thread.

    Attributes:
        data: The runs of this page, in the requested order.
        object_: Always `list`; an emulator leaves it out.
        first_id: Id of the first run of the page. Null, empty or missing when the page is empty.
        last_id: Id of the last run of the page. Null, empty or missing when the page is empty.
        has_more: Whether more runs follow. As little to be relied on as in the list of steps.
    """

    data: list[Run]
    object_: str | Unset = UNSET
    first_id: str | None | Unset = UNSET
    last_id: str | None | Unset = UNSET
    has_more: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        self = _new(cls)
        unknown = len(src_dict) - 1
        data = src_dict["data"]
        if not isinstance(data, list):
            raise TypeError(f"RunList.data: expected list, got {type(data).__name__}")
        self.data = list(map(_run_from_dict, data))
        if "object" in src_dict:
            object_ = src_dict["object"]
            if not isinstance(object_, str):
                raise TypeError(f"RunList.object_: expected str, got {type(object_).__name__}")
            self.object_ = object_
            unknown -= 1
        else:
            self.object_ = UNSET
        if "first_id" in src_dict:
            first_id = src_dict["first_id"]
            if first_id is not None and not isinstance(first_id, str):
                raise TypeError(f"RunList.first_id: expected str or None, got {type(first_id).__name__}")
            self.first_id = first_id
            unknown -= 1
        else:
            self.first_id = UNSET
        if "last_id" in src_dict:
            last_id = src_dict["last_id"]
            if last_id is not None and not isinstance(last_id, str):
                raise TypeError(f"RunList.last_id: expected str or None, got {type(last_id).__name__}")
            self.last_id = last_id
            unknown -= 1
        else:
            self.last_id = UNSET
        if "has_more" in src_dict:
            has_more = src_dict["has_more"]
            if has_more is not None and not isinstance(has_more, bool):
                raise TypeError(f"RunList.has_more: expected bool or None, got {type(has_more).__name__}")
            self.has_more = has_more
            unknown -= 1
        else:
            self.has_more = UNSET
        if unknown:
            self.additional_properties = {key: value for key, value in src_dict.items() if key not in _FIELDS}
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "data": [item.to_dict() for item in self.data],
        }
        if not isinstance(self.object_, Unset):
            field_dict["object"] = self.object_
        if not isinstance(self.first_id, Unset):
            field_dict["first_id"] = self.first_id
        if not isinstance(self.last_id, Unset):
            field_dict["last_id"] = self.last_id
        if not isinstance(self.has_more, Unset):
            field_dict["has_more"] = self.has_more
        field_dict.update(self.additional_properties)
        return field_dict
