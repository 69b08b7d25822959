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

_FIELDS = {"description": ("description", "string or null"), "parameters": ("parameters", "anything")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class McpTool(AdditionalProperties[Any]):
    """One tool of an MCP server.

    Attributes:
        description: What the tool does.
        parameters: JSON Schema of its arguments.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    description: str | None | Unset = UNSET
    parameters: Any | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        try:
            description = src_dict["description"]
        except KeyError:
            description = src_dict.get("description", UNSET)
        if description is None or type(description) is str or description is not UNSET and is_a(description, str):
            self.description = description
        else:
            self.description = UNSET
            unknown += 1
        if "parameters" in src_dict:
            parameters = src_dict["parameters"]
            self.parameters = parameters
        else:
            self.parameters = UNSET
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
        if self.description is not UNSET:
            field_dict["description"] = self.description
        if self.parameters is not UNSET:
            field_dict["parameters"] = self.parameters
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
