# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.message_annotation import MESSAGE_ANNOTATION_FROM_DICT, message_annotation_from_dict
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    decode_items,
    encode_items,
    is_a,
)

if TYPE_CHECKING:
    from ..models.message_annotation import MessageAnnotation

_FIELDS = {"value": ("value", "string or null"), "annotations": ("annotations", "array or null")}
_new = object.__new__


@_attrs_define(weakref_slot=False, repr=False)
class MessageText(AdditionalProperties[Any]):
    """A text, and what is noted about places in it.

    Attributes:
        value: The text.
        annotations: What is noted about places in the text.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    value: str | None | Unset = UNSET
    annotations: list[MessageAnnotation] | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        try:
            value = src_dict["value"]
            annotations = src_dict["annotations"]
        except KeyError:
            value = src_dict.get("value", UNSET)
            annotations = src_dict.get("annotations", UNSET)
        if value is None or type(value) is str or value is not UNSET and is_a(value, str):
            self.value = value
        else:
            self.value = UNSET
            unknown += 1
        if annotations is None:
            self.annotations = annotations
        elif type(annotations) is list or annotations is not UNSET and is_a(annotations, list):
            try:
                self.annotations = [MESSAGE_ANNOTATION_FROM_DICT[item["type"]](item) for item in annotations]
            except (KeyError, TypeError):
                self.annotations = decode_items(message_annotation_from_dict, annotations)
        else:
            self.annotations = UNSET
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
        if self.value is not UNSET:
            field_dict["value"] = self.value
        if not isinstance(self.annotations, Unset):
            field_dict["annotations"] = (
                encode_items([item.to_dict() for item in self.annotations], self.annotations)
                if self.annotations is not None
                else None
            )
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
