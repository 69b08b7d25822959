# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ranker import Ranker
from ..types import UNSET, AdditionalProperties, Unset

_FIELDS = {"ranker": ("ranker", "str"), "score_threshold": ("score_threshold", "float or int")}
_new = object.__new__
_RANKER = {member.value: member for member in Ranker}


@_attrs_define(weakref_slot=False)
class RankingOptions(AdditionalProperties[Any]):
    """How the results of a search were ranked.

    Attributes:
        ranker: Name of the ranker.
        score_threshold: Lowest score of a result, from 0 to 1.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    ranker: Ranker | str | Unset = UNSET
    score_threshold: float | int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        if not isinstance(src_dict, (dict, Mapping)):
            raise TypeError(f"RankingOptions: expected dict, got {type(src_dict).__name__}")
        self = _new(cls)
        unknown = len(src_dict) - 2
        if "ranker" in src_dict:
            ranker = src_dict["ranker"]
            if type(ranker) is str or isinstance(ranker, str):
                self.ranker = _RANKER.get(ranker, ranker)
            else:
                self.ranker = UNSET
                unknown += 1
        else:
            self.ranker = UNSET
            unknown += 1
        if "score_threshold" in src_dict:
            score_threshold = src_dict["score_threshold"]
            if type(score_threshold) is float or isinstance(score_threshold, (float, int)):
                self.score_threshold = score_threshold
            else:
                self.score_threshold = UNSET
                unknown += 1
        else:
            self.score_threshold = UNSET
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
        field_dict: dict[str, Any] = {}
        if not isinstance(self.ranker, Unset):
            field_dict["ranker"] = str(self.ranker)
        if not isinstance(self.score_threshold, Unset):
            field_dict["score_threshold"] = self.score_threshold
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
