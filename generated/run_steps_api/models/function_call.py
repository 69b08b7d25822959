# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {"name": ("name", "str"), "arguments": ("arguments", "str or None"), "output": ("output", "str or None")}
_new = object.__new__


@_attrs_define(weakref_slot=False)
class FunctionCall(AdditionalProperties[Any]):
    """A function, its arguments and its output.

    Attributes:
        name: Name of the function.
        arguments: The arguments as JSON text, written by a model and therefore not always well-formed; null on some
            servers for a function without any.
        output: What the function returned; null until it did. Missing on servers of 2023.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    name: str
    arguments: str | None | Unset = UNSET
    output: str | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        name = src_dict["name"]
        if not (type(name) is str or isinstance(name, str)):
            raise TypeError(f"FunctionCall.name: expected str, got {type(name).__name__}")
        self.name = name
        if "arguments" in src_dict:
            arguments = src_dict["arguments"]
            if arguments is None:
                self.arguments = None
            elif type(arguments) is str or isinstance(arguments, str):
                self.arguments = arguments
            else:
                self.arguments = UNSET
                unknown += 1
        else:
            self.arguments = UNSET
            unknown += 1
        if "output" in src_dict:
            output = src_dict["output"]
            if output is None:
                self.output = None
            elif type(output) is str or isinstance(output, str):
                self.output = output
            else:
                self.output = UNSET
                unknown += 1
        else:
            self.output = UNSET
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
            "name": self.name,
        }
        if not isinstance(self.arguments, Unset):
            field_dict["arguments"] = self.arguments
        if not isinstance(self.output, Unset):
            field_dict["output"] = self.output
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
