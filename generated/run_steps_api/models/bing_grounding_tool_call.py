# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..models.bing_search import BingSearch
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
    "type": ("type_", '"bing_grounding"'),
    "bing_grounding": ("bing_grounding", "object"),
    "id": ("id", "string"),
}
_new = object.__new__
_bing_search_from_dict = BingSearch.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class BingGroundingToolCall(AdditionalProperties[Any]):
    """The assistant searched the web with Bing. Seen on Azure AI Agents.

    Attributes:
        type_: Kind of the tool.
        bing_grounding: A search with Bing.
        id: Id of the call.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["bing_grounding"]
    bing_grounding: BingSearch
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
        if type_ == "bing_grounding":
            self.type_ = type_
        else:
            raise Refused("BingGroundingToolCall", Misfit("type", '"bing_grounding"', type_))
        bing_grounding = src_dict["bing_grounding"]
        try:
            self.bing_grounding = _bing_search_from_dict(bing_grounding)
        except (KeyError, TypeError) as error:
            raise refusal(
                "BingGroundingToolCall",
                Misfit("bing_grounding", "object", bing_grounding),
                refused(error, _bing_search_from_dict, bing_grounding),
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
            "bing_grounding": self.bing_grounding.to_dict(),
        }
        if self.id is not UNSET:
            field_dict["id"] = self.id
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
