# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.run_tool import RunTool
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    decode_items,
    encode_items,
    is_a,
)

_FIELDS = {"file_id": ("file_id", "string or null"), "tools": ("tools", "array or null")}
_new = object.__new__
_run_tool_from_dict = RunTool.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class MessageAttachment(AdditionalProperties[Any]):
    """A file that goes with a message.

    Attributes:
        file_id: Id of the file.
        tools: The tools that may use it.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    file_id: str | None | Unset = UNSET
    tools: list[RunTool] | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 2
        try:
            file_id = src_dict["file_id"]
            tools = src_dict["tools"]
        except KeyError:
            file_id = src_dict.get("file_id", UNSET)
            tools = src_dict.get("tools", UNSET)
        if file_id is None or type(file_id) is str or file_id is not UNSET and is_a(file_id, str):
            self.file_id = file_id
        else:
            self.file_id = UNSET
            unknown += 1
        if tools is None:
            self.tools = tools
        elif type(tools) is list or tools is not UNSET and is_a(tools, list):
            try:
                self.tools = [_run_tool_from_dict(item) for item in tools]
            except (KeyError, TypeError):
                self.tools = decode_items(_run_tool_from_dict, tools)
        else:
            self.tools = UNSET
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
        if self.file_id is not UNSET:
            field_dict["file_id"] = self.file_id
        if not isinstance(self.tools, Unset):
            field_dict["tools"] = (
                encode_items([item.to_dict() for item in self.tools], self.tools) if self.tools is not None else None
            )
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
