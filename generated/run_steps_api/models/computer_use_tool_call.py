# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.computer_use import ComputerUse
from ..types import UNSET, AdditionalProperties

_FIELDS = {
    "id": ("id", "str"),
    "type": ("type_", "'computer_use_preview'"),
    "computer_use_preview": ("computer_use_preview", "dict"),
}
_new = object.__new__
_computer_use_from_dict = ComputerUse.from_dict


@_attrs_define(weakref_slot=False)
class ComputerUseToolCall(AdditionalProperties[Any]):
    """The assistant used a computer. Seen on Azure AI Agents, also as a call that waits for approval.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        computer_use_preview: One action on a computer.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    type_: Literal["computer_use_preview"]
    computer_use_preview: ComputerUse
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        id = src_dict["id"]
        if not (type(id) is str or isinstance(id, str)):
            raise TypeError(f"ComputerUseToolCall.id: expected str, got {type(id).__name__}")
        self.id = id
        type_ = src_dict["type"]
        if type_ != "computer_use_preview":
            raise TypeError(f"ComputerUseToolCall.type_: expected 'computer_use_preview', got {type(type_).__name__}")
        self.type_ = type_
        computer_use_preview = src_dict["computer_use_preview"]
        if not (type(computer_use_preview) is dict or isinstance(computer_use_preview, dict)):
            raise TypeError(
                f"ComputerUseToolCall.computer_use_preview: expected dict, got {type(computer_use_preview).__name__}"
            )
        self.computer_use_preview = _computer_use_from_dict(computer_use_preview)
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
            "id": self.id,
            "type": self.type_,
            "computer_use_preview": self.computer_use_preview.to_dict(),
        }
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
