# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.browser_automation import BrowserAutomation
from ..types import AdditionalProperties

_FIELDS = frozenset({"id", "type", "browser_automation"})


@_attrs_define
class BrowserAutomationToolCall(AdditionalProperties[Any]):
    """The assistant worked in a browser. Seen on Azure AI Agents.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        browser_automation: A task in a browser, its outcome and the steps between.
    """

    id: str
    type_: Literal["browser_automation"]
    browser_automation: BrowserAutomation
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        id = src_dict["id"]
        if not isinstance(id, str):
            raise TypeError(f"BrowserAutomationToolCall.id: expected str, got {type(id).__name__}")
        type_ = src_dict["type"]
        if type_ != "browser_automation":
            raise TypeError(
                f"BrowserAutomationToolCall.type_: expected 'browser_automation', got {type(type_).__name__}"
            )
        browser_automation = src_dict["browser_automation"]
        if not isinstance(browser_automation, dict):
            raise TypeError(
                f"BrowserAutomationToolCall.browser_automation: expected dict, got {type(browser_automation).__name__}"
            )
        browser_automation = BrowserAutomation.from_dict(browser_automation)
        return cls(
            id=id,
            type_=type_,
            browser_automation=browser_automation,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {
            "id": self.id,
            "type": self.type_,
            "browser_automation": self.browser_automation.to_dict(),
        }
        field_dict.update(self.additional_properties)
        return field_dict
