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

_FIELDS = {"requesturl": ("requesturl", "string"), "response_metadata": ("response_metadata", "string or null")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class BingSearch(AdditionalProperties[Any]):
    """A search with Bing.

    Attributes:
        requesturl: The search as a URL.
        response_metadata: What Bing tells of its answer, as the text of a Python dict.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    requesturl: str | Unset = UNSET
    response_metadata: str | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        try:
            requesturl = src_dict["requesturl"]
            response_metadata = src_dict["response_metadata"]
        except KeyError:
            requesturl = src_dict.get("requesturl", UNSET)
            response_metadata = src_dict.get("response_metadata", UNSET)
        if type(requesturl) is str or requesturl is not UNSET and is_a(requesturl, str):
            self.requesturl = requesturl
        else:
            self.requesturl = UNSET
            unknown += 1
        if (
            response_metadata is None
            or type(response_metadata) is str
            or response_metadata is not UNSET
            and is_a(response_metadata, str)
        ):
            self.response_metadata = response_metadata
        else:
            self.response_metadata = UNSET
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
        if self.requesturl is not UNSET:
            field_dict["requesturl"] = self.requesturl
        if self.response_metadata is not UNSET:
            field_dict["response_metadata"] = self.response_metadata
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
