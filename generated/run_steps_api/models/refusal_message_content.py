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

_FIELDS = {
    "type": ("type_", '"refusal"'),
    "refusal": ("refusal", "string or null"),
    "refusal_text": ("refusal_text", "string or null"),
}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class RefusalMessageContent(AdditionalProperties[Any]):
    """The assistant refused to answer.

    Attributes:
        type_: Kind of the part.
        refusal: What it said instead.
        refusal_text: The same, on llamphouse.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["refusal"]
    refusal: str | None | Unset = UNSET
    refusal_text: str | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        try:
            refusal = src_dict["refusal"]
        except KeyError:
            refusal = src_dict.get("refusal", UNSET)
        type_ = src_dict["type"]
        if type_ == "refusal":
            self.type_ = type_
        else:
            raise Refused("RefusalMessageContent", Misfit("type", '"refusal"', type_))
        if refusal is None or type(refusal) is str or refusal is not UNSET and is_a(refusal, str):
            self.refusal = refusal
        else:
            self.refusal = UNSET
            unknown += 1
        if "refusal_text" in src_dict:
            refusal_text = src_dict["refusal_text"]
            if refusal_text is None or type(refusal_text) is str or is_a(refusal_text, str):
                self.refusal_text = refusal_text
            else:
                self.refusal_text = UNSET
                unknown += 1
        else:
            self.refusal_text = UNSET
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
        if self.refusal is not UNSET:
            field_dict["refusal"] = self.refusal
        if self.refusal_text is not UNSET:
            field_dict["refusal_text"] = self.refusal_text
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
