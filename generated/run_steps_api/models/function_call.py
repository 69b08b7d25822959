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

_FIELDS = {
    "name": ("name", "string"),
    "arguments": ("arguments", "string or null"),
    "output": ("output", "string or null"),
}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class FunctionCall(AdditionalProperties[Any]):
    """A function, its arguments and its output.

    Attributes:
        name: Name of the function.
        arguments: The arguments as JSON text, written by a model and therefore not always well-formed; null on some
            servers for a function without any.
        output: What the function returned; null until it did. Missing on servers of 2023.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    name: str | Unset = UNSET
    arguments: str | None | Unset = UNSET
    output: str | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        try:
            name = src_dict["name"]
            arguments = src_dict["arguments"]
        except KeyError:
            name = src_dict.get("name", UNSET)
            arguments = src_dict.get("arguments", UNSET)
        if type(name) is str or name is not UNSET and is_a(name, str):
            self.name = name
        else:
            self.name = UNSET
            unknown += 1
        if arguments is None or type(arguments) is str or arguments is not UNSET and is_a(arguments, str):
            self.arguments = arguments
        else:
            self.arguments = UNSET
            unknown += 1
        if "output" in src_dict:
            output = src_dict["output"]
            if output is None or type(output) is str or is_a(output, str):
                self.output = output
            else:
                self.output = UNSET
                unknown += 1
        else:
            self.output = UNSET
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
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.arguments is not UNSET:
            field_dict["arguments"] = self.arguments
        if self.output is not UNSET:
            field_dict["output"] = self.output
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
