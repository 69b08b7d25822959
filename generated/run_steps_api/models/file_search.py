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


@_attrs_define
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
        ranking_options = src_dict.get("ranking_options", UNSET)
        if isinstance(ranking_options, dict):
            ranking_options = RankingOptions.from_dict(ranking_options)
        elif ranking_options is not None and ranking_options is not UNSET:
            raise TypeError(f"FileSearch.ranking_options: expected dict or None, got {type(ranking_options).__name__}")
        results = src_dict.get("results", UNSET)
        if isinstance(results, list):
            results = [FileSearchResult.from_dict(item) for item in results]
        elif results is not None and results is not UNSET:
            raise TypeError(f"FileSearch.results: expected list or None, got {type(results).__name__}")
        return cls(
            ranking_options=ranking_options,
            results=results,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.ranking_options, Unset):
            field_dict["ranking_options"] = self.ranking_options.to_dict() if self.ranking_options is not None else None
        if not isinstance(self.results, Unset):
            field_dict["results"] = [item.to_dict() for item in self.results] if self.results is not None else None
        field_dict.update(self.additional_properties)
        return field_dict
