# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.file_search_result import FileSearchResult
from ..models.ranking_options import RankingOptions
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    decode_items,
    encode_items,
    is_a,
)

_FIELDS = {"ranking_options": ("ranking_options", "object or null"), "results": ("results", "array or null")}
_new = object.__new__
_ranking_options_from_dict = RankingOptions.from_dict
_file_search_result_from_dict = FileSearchResult.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class FileSearch(AdditionalProperties[Any]):
    """A search of files and what it found. An empty object on servers of 2024 and on emulators.

    Attributes:
        ranking_options: How the results were ranked.
        results: What was found, best first.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    ranking_options: RankingOptions | None | Unset = UNSET
    results: list[FileSearchResult] | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        try:
            results = src_dict["results"]
        except KeyError:
            results = src_dict.get("results", UNSET)
        if "ranking_options" in src_dict:
            ranking_options = src_dict["ranking_options"]
            if ranking_options is None:
                self.ranking_options = ranking_options
            else:
                try:
                    self.ranking_options = _ranking_options_from_dict(ranking_options)
                except (KeyError, TypeError):
                    self.ranking_options = UNSET
                    unknown += 1
        else:
            self.ranking_options = UNSET
            unknown += 1
        if results is None:
            self.results = results
        elif type(results) is list or results is not UNSET and is_a(results, list):
            try:
                self.results = [_file_search_result_from_dict(item) for item in results]
            except (KeyError, TypeError):
                self.results = decode_items(_file_search_result_from_dict, results)
        else:
            self.results = UNSET
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
        if not isinstance(self.ranking_options, Unset):
            field_dict["ranking_options"] = self.ranking_options.to_dict() if self.ranking_options is not None else None
        if not isinstance(self.results, Unset):
            field_dict["results"] = (
                encode_items([item.to_dict() for item in self.results], self.results)
                if self.results is not None
                else None
            )
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
