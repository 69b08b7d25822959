# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Misfit,
    Refused,
    Unset,
    is_a,
)

_FIELDS = {"type": ("type_", '"logs"'), "logs": ("logs", "string")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class CodeInterpreterLogs(AdditionalProperties[Any]):
    """Text that code wrote.

    Attributes:
        type_: Kind of the output.
        logs: The text.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["logs"]
    logs: str | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        try:
            logs = src_dict["logs"]
        except KeyError:
            logs = src_dict.get("logs", UNSET)
        type_ = src_dict["type"]
        if type_ == "logs":
            self.type_ = type_
        else:
            raise Refused("CodeInterpreterLogs", Misfit("type", '"logs"', type_))
        if type(logs) is str or logs is not UNSET and is_a(logs, str):
            self.logs = logs
        else:
            self.logs = UNSET
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
            "type": self.type_,
        }
        if self.logs is not UNSET:
            field_dict["logs"] = self.logs
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
