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

_FIELDS = {"url": ("url", "string or null"), "title": ("title", "string or null")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class MessageUrlCitation(AdditionalProperties[Any]):
    """A web page that a text rests on.

    Attributes:
        url: Its address.
        title: Its title.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    url: str | None | Unset = UNSET
    title: str | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        try:
            url = src_dict["url"]
            title = src_dict["title"]
        except KeyError:
            url = src_dict.get("url", UNSET)
            title = src_dict.get("title", UNSET)
        if url is None or type(url) is str or url is not UNSET and is_a(url, str):
            self.url = url
        else:
            self.url = UNSET
            unknown += 1
        if title is None or type(title) is str or title is not UNSET and is_a(title, str):
            self.title = title
        else:
            self.title = UNSET
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
        if self.url is not UNSET:
            field_dict["url"] = self.url
        if self.title is not UNSET:
            field_dict["title"] = self.title
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
