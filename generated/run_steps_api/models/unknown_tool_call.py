# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    json_type,
)

_FIELDS = {"id": ("id", "anything"), "type": ("tag", "anything")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class UnknownToolCall(AdditionalProperties[Any]):
    """A call of a kind this contract does not name, or of a known kind whose payload does not fit it. Every field is
    kept.

    Attributes:
        type_: Always "unknown": `tag` is what the server wrote.
        id: Id of the call.
        tag: Kind of the tool.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    _union: ClassVar[str] = "tool_call"
    type_: ClassVar[Literal["unknown"]] = "unknown"
    _keeps_names = True
    id: Any | Unset = UNSET
    tag: Any | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        if type(src_dict) is not dict and not isinstance(src_dict, Mapping):
            raise TypeError(f"UnknownToolCall: expected object, got {json_type(src_dict)}")
        self = _new(cls)
        unknown = len(src_dict) - 2
        if "id" in src_dict:
            id = src_dict["id"]
            self.id = id
        else:
            self.id = UNSET
            unknown += 1
        if "type" in src_dict:
            tag = src_dict["type"]
            self.tag = tag
        else:
            self.tag = UNSET
            unknown += 1
        if unknown:
            rest = {key: value for key, value in src_dict.items() if key not in _FIELDS}
            self._additional_properties = rest
        else:
            self._additional_properties = NOTHING
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if self.id is not UNSET:
            field_dict["id"] = self.id
        if self.tag is not UNSET:
            field_dict["type"] = self.tag
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
