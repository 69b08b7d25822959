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

_FIELDS = {"type": ("type_", "string or null")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class RunTool(AdditionalProperties[Any]):
    """A tool an assistant may call, with its settings, which are kept as they came.

    Attributes:
        type_: Kind of the tool, such as `function`.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    _keeps_names = True
    type_: str | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 1
        try:
            type_ = src_dict["type"]
        except KeyError:
            type_ = src_dict.get("type", UNSET)
        if type_ is None or type(type_) is str or type_ is not UNSET and is_a(type_, str):
            self.type_ = type_
        else:
            self.type_ = UNSET
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
        if self.type_ is not UNSET:
            field_dict["type"] = self.type_
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
