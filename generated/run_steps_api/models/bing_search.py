# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {"requesturl": ("requesturl", "str"), "response_metadata": ("response_metadata", "str or None")}
_new = object.__new__


@_attrs_define(weakref_slot=False)
class BingSearch(AdditionalProperties[Any]):
    """A search with Bing.

    Attributes:
        requesturl: The search as a URL.
        response_metadata: What Bing tells of its answer, as the text of a Python dict.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    requesturl: str
    response_metadata: str | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        requesturl = src_dict["requesturl"]
        if not (type(requesturl) is str or isinstance(requesturl, str)):
            raise TypeError(f"BingSearch.requesturl: expected str, got {type(requesturl).__name__}")
        self.requesturl = requesturl
        if "response_metadata" in src_dict:
            response_metadata = src_dict["response_metadata"]
            if response_metadata is None:
                self.response_metadata = None
            elif type(response_metadata) is str or isinstance(response_metadata, str):
                self.response_metadata = response_metadata
            else:
                self.response_metadata = UNSET
                unknown += 1
        else:
            self.response_metadata = UNSET
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
            "requesturl": self.requesturl,
        }
        if not isinstance(self.response_metadata, Unset):
            field_dict["response_metadata"] = self.response_metadata
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
