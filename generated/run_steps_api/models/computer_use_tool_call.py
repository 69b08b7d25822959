# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..models.computer_use import ComputerUse
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Misfit,
    Refused,
    Unset,
    is_a,
    refusal,
    refused,
)

_FIELDS = {
    "type": ("type_", '"computer_use_preview"'),
    "computer_use_preview": ("computer_use_preview", "object"),
    "id": ("id", "string"),
}
_new = object.__new__
_computer_use_from_dict = ComputerUse.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class ComputerUseToolCall(AdditionalProperties[Any]):
    """The assistant used a computer. Seen on Azure AI Agents, also as a call that waits for approval.

    Attributes:
        type_: Kind of the tool.
        computer_use_preview: One action on a computer.
        id: Id of the call.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["computer_use_preview"]
    computer_use_preview: ComputerUse
    id: str | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        try:
            id = src_dict["id"]
        except KeyError:
            id = src_dict.get("id", UNSET)
        type_ = src_dict["type"]
        if type_ == "computer_use_preview":
            self.type_ = type_
        else:
            raise Refused("ComputerUseToolCall", Misfit("type", '"computer_use_preview"', type_))
        computer_use_preview = src_dict["computer_use_preview"]
        try:
            self.computer_use_preview = _computer_use_from_dict(computer_use_preview)
        except (KeyError, TypeError) as error:
            raise refusal(
                "ComputerUseToolCall",
                Misfit("computer_use_preview", "object", computer_use_preview),
                refused(error, _computer_use_from_dict, computer_use_preview),
            ) from None
        if type(id) is str or id is not UNSET and is_a(id, str):
            self.id = id
        else:
            self.id = UNSET
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
            "computer_use_preview": self.computer_use_preview.to_dict(),
        }
        if self.id is not UNSET:
            field_dict["id"] = self.id
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
