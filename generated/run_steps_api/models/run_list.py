# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.run import Run
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Misfit,
    Refused,
    Unset,
    decode_items,
    encode_items,
    is_a,
)

_FIELDS = {
    "data": ("data", "array"),
    "object": ("object_", "string"),
    "first_id": ("first_id", "string or null"),
    "last_id": ("last_id", "string or null"),
    "has_more": ("has_more", "boolean or null"),
}
_new = object.__new__
_run_from_dict = Run.from_dict


@_attrs_define(weakref_slot=False, repr=False)
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

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 5
        try:
            object_ = src_dict["object"]
            first_id = src_dict["first_id"]
            last_id = src_dict["last_id"]
            has_more = src_dict["has_more"]
        except KeyError:
            object_ = src_dict.get("object", UNSET)
            first_id = src_dict.get("first_id", UNSET)
            last_id = src_dict.get("last_id", UNSET)
            has_more = src_dict.get("has_more", UNSET)
        data = src_dict["data"]
        if type(data) is list or is_a(data, list):
            try:
                self.data = [_run_from_dict(item) for item in data]
            except (KeyError, TypeError):
                self.data = decode_items(_run_from_dict, data)
        else:
            raise Refused("RunList", Misfit("data", "array", data))
        if type(object_) is str or object_ is not UNSET and is_a(object_, str):
            self.object_ = object_
        else:
            self.object_ = UNSET
            unknown += 1
        if first_id is None or type(first_id) is str or first_id is not UNSET and is_a(first_id, str):
            self.first_id = first_id
        else:
            self.first_id = UNSET
            unknown += 1
        if last_id is None or type(last_id) is str or last_id is not UNSET and is_a(last_id, str):
            self.last_id = last_id
        else:
            self.last_id = UNSET
            unknown += 1
        if has_more is None or type(has_more) is bool or has_more is not UNSET and is_a(has_more, bool):
            self.has_more = has_more
        else:
            self.has_more = UNSET
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
            "data": encode_items([item.to_dict() for item in self.data], self.data),
        }
        if self.object_ is not UNSET:
            field_dict["object"] = self.object_
        if self.first_id is not UNSET:
            field_dict["first_id"] = self.first_id
        if self.last_id is not UNSET:
            field_dict["last_id"] = self.last_id
        if self.has_more is not UNSET:
            field_dict["has_more"] = self.has_more
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
