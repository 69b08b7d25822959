# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.browser_automation import BrowserAutomation
from ..types import UNSET, AdditionalProperties

_FIELDS = {
    "id": ("id", "str"),
    "type": ("type_", "'browser_automation'"),
    "browser_automation": ("browser_automation", "dict"),
}
_new = object.__new__
_browser_automation_from_dict = BrowserAutomation.from_dict


@_attrs_define(weakref_slot=False)
class BrowserAutomationToolCall(AdditionalProperties[Any]):
    """The assistant worked in a browser. Seen on Azure AI Agents.

    Attributes:
        id: Id of the call.
        type_: Kind of the tool.
        browser_automation: A task in a browser, its outcome and the steps between.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    type_: Literal["browser_automation"]
    browser_automation: BrowserAutomation
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
            raise TypeError(f"BrowserAutomationToolCall.id: expected str, got {type(id).__name__}")
        self.id = id
        type_ = src_dict["type"]
        if type_ != "browser_automation":
            raise TypeError(
                f"BrowserAutomationToolCall.type_: expected 'browser_automation', got {type(type_).__name__}"
            )
        self.type_ = type_
        browser_automation = src_dict["browser_automation"]
        if not (type(browser_automation) is dict or isinstance(browser_automation, dict)):
            raise TypeError(
                f"BrowserAutomationToolCall.browser_automation: expected dict, got {type(browser_automation).__name__}"
            )
        self.browser_automation = _browser_automation_from_dict(browser_automation)
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
            "browser_automation": self.browser_automation.to_dict(),
        }
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
