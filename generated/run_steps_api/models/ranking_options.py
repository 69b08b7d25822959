# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ranker import Ranker
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = frozenset({"ranker", "score_threshold"})
_RANKER = {member.value: member for member in Ranker}


@_attrs_define
class RankingOptions(AdditionalProperties[Any]):
    """How the results of a search were ranked.

    Attributes:
        ranker: Name of the ranker.
        score_threshold: Lowest score of a result, from 0 to 1.
    """

    ranker: Ranker | str | Unset = UNSET
    score_threshold: float | int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a missing field, TypeError for one of a wrong type."""
        ranker = src_dict.get("ranker", UNSET)
        if isinstance(ranker, str):
            ranker = _RANKER.get(ranker, ranker)
        elif ranker is not UNSET:
            raise TypeError(f"RankingOptions.ranker: expected str, got {type(ranker).__name__}")
        score_threshold = src_dict.get("score_threshold", UNSET)
        if score_threshold is not UNSET and not isinstance(score_threshold, (float, int)):
            raise TypeError(
                f"RankingOptions.score_threshold: expected float or int, got {type(score_threshold).__name__}"
            )
        return cls(
            ranker=ranker,
            score_threshold=score_threshold,
            additional_properties={}
            if src_dict.keys() <= _FIELDS
            else {key: src_dict[key] for key in src_dict if key not in _FIELDS},
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as the JSON object it was decoded from."""
        field_dict: dict[str, Any] = {}
        if not isinstance(self.ranker, Unset):
            field_dict["ranker"] = str(self.ranker)
        if not isinstance(self.score_threshold, Unset):
            field_dict["score_threshold"] = self.score_threshold
        field_dict.update(self.additional_properties)
        return field_dict
