# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.ranker import Ranker
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    is_a,
)

_FIELDS = {"ranker": ("ranker", "string"), "score_threshold": ("score_threshold", "number")}
_new = object.__new__
_RANKER = {member.value: member for member in Ranker}


@_attrs_define(weakref_slot=False, repr=False)
class RankingOptions(AdditionalProperties[Any]):
    """How the results of a search were ranked.

    Attributes:
        ranker: Name of the ranker.
        score_threshold: Lowest score of a result, from 0 to 1.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    ranker: Ranker | str | Unset = UNSET
    score_threshold: float | int | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        try:
            ranker = src_dict["ranker"]
            score_threshold = src_dict["score_threshold"]
        except KeyError:
            ranker = src_dict.get("ranker", UNSET)
            score_threshold = src_dict.get("score_threshold", UNSET)
        if type(ranker) is str or ranker is not UNSET and is_a(ranker, str):
            self.ranker = _RANKER[ranker] if ranker in _RANKER else ranker
        else:
            self.ranker = UNSET
            unknown += 1
        if type(score_threshold) is float or score_threshold is not UNSET and is_a(score_threshold, float, int):
            self.score_threshold = score_threshold
        else:
            self.score_threshold = UNSET
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
        if not isinstance(self.ranker, Unset):
            field_dict["ranker"] = str.__str__(self.ranker)
        if self.score_threshold is not UNSET:
            field_dict["score_threshold"] = self.score_threshold
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
