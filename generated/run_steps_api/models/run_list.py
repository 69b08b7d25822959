# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.run import Run
from ..types import UNSET, AdditionalProperties, Unset, decode_items, encode_items

_FIELDS = {
    "data": ("data", "list"),
    "object": ("object_", "str"),
    "first_id": ("first_id", "str or None"),
    "last_id": ("last_id", "str or None"),
    "has_more": ("has_more", "bool or None"),
}
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

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    data: list[Run]
    object_: str | Unset = UNSET
    first_id: str | None | Unset = UNSET
    last_id: str | None | Unset = UNSET
    has_more: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 5
        data = src_dict["data"]
        if not (type(data) is list or isinstance(data, list)):
            raise TypeError(f"RunList.data: expected list, got {type(data).__name__}")
        try:
            self.data = list(map(_run_from_dict, data))
        except (KeyError, TypeError):
            self.data = decode_items(_run_from_dict, data)
        if "object" in src_dict:
            object_ = src_dict["object"]
            if type(object_) is str or isinstance(object_, str):
                self.object_ = object_
            else:
                self.object_ = UNSET
                unknown += 1
        else:
            self.object_ = UNSET
            unknown += 1
        if "first_id" in src_dict:
            first_id = src_dict["first_id"]
            if first_id is None:
                self.first_id = None
            elif type(first_id) is str or isinstance(first_id, str):
                self.first_id = first_id
            else:
                self.first_id = UNSET
                unknown += 1
        else:
            self.first_id = UNSET
            unknown += 1
        if "last_id" in src_dict:
            last_id = src_dict["last_id"]
            if last_id is None:
                self.last_id = None
            elif type(last_id) is str or isinstance(last_id, str):
                self.last_id = last_id
            else:
                self.last_id = UNSET
                unknown += 1
        else:
            self.last_id = UNSET
            unknown += 1
        if "has_more" in src_dict:
            has_more = src_dict["has_more"]
            if has_more is None:
                self.has_more = None
            elif type(has_more) is bool or isinstance(has_more, bool):
                self.has_more = has_more
            else:
                self.has_more = UNSET
                unknown += 1
        else:
            self.has_more = UNSET
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
            "data": encode_items([item.to_dict() for item in self.data], self.data),
        }
        if not isinstance(self.object_, Unset):
            field_dict["object"] = self.object_
        if not isinstance(self.first_id, Unset):
            field_dict["first_id"] = self.first_id
        if not isinstance(self.last_id, Unset):
            field_dict["last_id"] = self.last_id
        if not isinstance(self.has_more, Unset):
            field_dict["has_more"] = self.has_more
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
