# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.file_search_result import FileSearchResult
from ..models.ranking_options import RankingOptions
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"ranking_options", "results"})
_new = object.__new__
_ranking_options_from_dict = RankingOptions.from_dict
_file_search_result_from_dict = FileSearchResult.from_dict


@_attrs_define(weakref_slot=False)
class FileSearch(AdditionalProperties[Any]):
    """A search of files and what it found. An empty object on servers of 2024 and on emulators.

    Attributes:
        ranking_options: How the results were ranked.
        results: What was found, best first.
    """

    ranking_options: RankingOptions | None | Unset = UNSET
    results: list[FileSearchResult] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        if not isinstance(src_dict, (dict, Mapping)):
            raise TypeError(f"FileSearch: expected dict, got {type(src_dict).__name__}")
        self = _new(cls)
        unknown = len(src_dict)
        if "ranking_options" in src_dict:
            ranking_options = src_dict["ranking_options"]
            if isinstance(ranking_options, dict):
                ranking_options = _ranking_options_from_dict(ranking_options)
            elif ranking_options is not None:
                raise TypeError(
                    f"FileSearch.ranking_options: expected dict or None, got {type(ranking_options).__name__}"
                )
            self.ranking_options = ranking_options
            unknown -= 1
        else:
            self.ranking_options = UNSET
        if "results" in src_dict:
            results = src_dict["results"]
            if isinstance(results, list):
                results = list(map(_file_search_result_from_dict, results))
            elif results is not None:
                raise TypeError(f"FileSearch.results: expected list or None, got {type(results).__name__}")
            self.results = results
            unknown -= 1
        else:
            self.results = UNSET
        if unknown:
            self.additional_properties = {key: value for key, value in src_dict.items() if key not in _FIELDS}
        return self

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.ranking_options, Unset):
            field_dict["ranking_options"] = self.ranking_options.to_dict() if self.ranking_options is not None else None
        if not isinstance(self.results, Unset):
            field_dict["results"] = [item.to_dict() for item in self.results] if self.results is not None else None
        field_dict.update(self.additional_properties)
        return field_dict
