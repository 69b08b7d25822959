# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"name", "arguments", "output"})


@_attrs_define
class FunctionCall(AdditionalProperties[Any]):
    """A function, its arguments and its output.

    Attributes:
        name: Name of the function.
        arguments: The arguments as JSON text, written by a model and therefore not always well-formed.
        output: What the function returned; null until it did. Missing on servers of 2023.
    """

    name: str
    arguments: str
    output: str | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        name = src_dict["name"]
        if not isinstance(name, str):
            raise TypeError(f"FunctionCall.name: expected str, got {type(name).__name__}")
        arguments = src_dict["arguments"]
        if not isinstance(arguments, str):
            raise TypeError(f"FunctionCall.arguments: expected str, got {type(arguments).__name__}")
        output = src_dict.get("output", UNSET)
        if output is not None and output is not UNSET and not isinstance(output, str):
            raise TypeError(f"FunctionCall.output: expected str or None, got {type(output).__name__}")
        return cls(
            name=name,
            arguments=arguments,
            output=output,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "name": self.name,
            "arguments": self.arguments,
        }
        if not isinstance(self.output, Unset):
            field_dict["output"] = self.output
        field_dict.update(self.additional_properties)
        return field_dict
