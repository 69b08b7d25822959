# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.metadata import Metadata
from ..models.tool_resources import ToolResources
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Misfit,
    Refused,
    Unset,
    is_a,
)

_FIELDS = {
    "id": ("id", "string"),
    "object": ("object_", "string"),
    "created_at": ("created_at", "integer or number or string or null"),
    "metadata": ("metadata", "object or null"),
    "tool_resources": ("tool_resources", "object or null"),
}
_new = object.__new__
_metadata_from_dict = Metadata.from_dict
_tool_resources_from_dict = ToolResources.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class Thread(AdditionalProperties[Any]):
    """A conversation, to which messages and runs belong.

    Attributes:
        id: Id of the thread.
        object_: Always `thread`.
        created_at: When the thread was made.
        metadata: What the caller attached.
        tool_resources: Files and stores the tools may use, which are kept as they came.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    id: str
    object_: str | Unset = UNSET
    created_at: int | float | str | None | Unset = UNSET
    metadata: Metadata | None | Unset = UNSET
    tool_resources: ToolResources | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 5
        try:
            object_ = src_dict["object"]
            created_at = src_dict["created_at"]
        except KeyError:
            object_ = src_dict.get("object", UNSET)
            created_at = src_dict.get("created_at", UNSET)
        id = src_dict["id"]
        if type(id) is str or is_a(id, str):
            self.id = id
        else:
            raise Refused("Thread", Misfit("id", "string", id))
        if type(object_) is str or object_ is not UNSET and is_a(object_, str):
            self.object_ = object_
        else:
            self.object_ = UNSET
            unknown += 1
        if (
            created_at is None
            or type(created_at) is int
            or created_at is not UNSET
            and is_a(created_at, int, float, str)
        ):
            self.created_at = created_at
        else:
            self.created_at = UNSET
            unknown += 1
        if "metadata" in src_dict:
            metadata = src_dict["metadata"]
            if metadata is None:
                self.metadata = metadata
            else:
                try:
                    self.metadata = _metadata_from_dict(metadata)
                except (KeyError, TypeError):
                    self.metadata = UNSET
                    unknown += 1
        else:
            self.metadata = UNSET
            unknown += 1
        if "tool_resources" in src_dict:
            tool_resources = src_dict["tool_resources"]
            if tool_resources is None:
                self.tool_resources = tool_resources
            else:
                try:
                    self.tool_resources = _tool_resources_from_dict(tool_resources)
                except (KeyError, TypeError):
                    self.tool_resources = UNSET
                    unknown += 1
        else:
            self.tool_resources = UNSET
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
        field_dict: dict[str, Any] = {
            "id": self.id,
        }
        if self.object_ is not UNSET:
            field_dict["object"] = self.object_
        if self.created_at is not UNSET:
            field_dict["created_at"] = self.created_at
        if not isinstance(self.metadata, Unset):
            field_dict["metadata"] = self.metadata.to_dict() if self.metadata is not None else None
        if not isinstance(self.tool_resources, Unset):
            field_dict["tool_resources"] = self.tool_resources.to_dict() if self.tool_resources is not None else None
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
