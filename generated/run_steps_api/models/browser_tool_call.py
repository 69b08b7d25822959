# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define

from ..models.empty_payload import EmptyPayload
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

_FIELDS = {"type": ("type_", '"browser"'), "browser": ("browser", "object"), "id": ("id", "string")}
_new = object.__new__
_empty_payload_from_dict = EmptyPayload.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class BrowserToolCall(AdditionalProperties[Any]):
    """The assistant looked at a web page. Not published; seen on OpenAI in 2025.

    Attributes:
        type_: Kind of the tool.
        browser: The payload of a tool that tells nothing; fields that appear one day are kept.
        id: Id of the call.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    type_: Literal["browser"]
    browser: EmptyPayload
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
        if type_ == "browser":
            self.type_ = type_
        else:
            raise Refused("BrowserToolCall", Misfit("type", '"browser"', type_))
        browser = src_dict["browser"]
        try:
            self.browser = _empty_payload_from_dict(browser)
        except (KeyError, TypeError) as error:
            raise refusal(
                "BrowserToolCall",
                Misfit("browser", "object", browser),
                refused(error, _empty_payload_from_dict, browser),
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
            "browser": self.browser.to_dict(),
        }
        if self.id is not UNSET:
            field_dict["id"] = self.id
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
