# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import AdditionalProperties

_FIELDS = frozenset({"type", "logs"})


@_attrs_define
class CodeInterpreterLogs(AdditionalProperties[Any]):
    """Text that code wrote.

    Attributes:
        type_: Kind of the output.
        logs: The text.
    """

    type_: Literal["logs"]
    logs: str
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        type_ = src_dict["type"]
        if type_ != "logs":
            raise TypeError(f"CodeInterpreterLogs.type_: expected 'logs', got {type(type_).__name__}")
        logs = src_dict["logs"]
        if not isinstance(logs, str):
            raise TypeError(f"CodeInterpreterLogs.logs: expected str, got {type(logs).__name__}")
        return cls(
            type_=type_,
            logs=logs,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "type": self.type_,
            "logs": self.logs,
        }
        field_dict.update(self.additional_properties)
        return field_dict
