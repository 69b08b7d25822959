# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.empty_payload import EmptyPayload
from ..types import AdditionalProperties

_FIELDS = frozenset({"id", "type", "browser"})


@_attrs_define
class BrowserToolCall(AdditionalProperties[Any]):
    """The assistant looked at a web page. Not published; seen on OpenAI in 2025.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        browser: The payload of a tool that tells nothing; fields that appear one day are kept.
    """

    id: str
    type_: Literal["browser"]
    browser: EmptyPayload
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"BrowserToolCall.id: expected str, got {type(id).__name__}")
        type_ = src_dict["type"]
        if type_ != "browser":
            raise TypeError(f"BrowserToolCall.type_: expected 'browser', got {type(type_).__name__}")
        browser = src_dict["browser"]
        if not isinstance(browser, dict):
            raise TypeError(f"BrowserToolCall.browser: expected dict, got {type(browser).__name__}")
        browser = EmptyPayload.from_dict(browser)
        return cls(
            id=id,
            type_=type_,
            browser=browser,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "browser": self.browser.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
