# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define

from ..models.computer_action import ComputerAction
from ..models.computer_output import ComputerOutput
from ..models.safety_check import SafetyCheck
from ..types import (
    NOTHING,
    UNSET,
    AdditionalProperties,
    Unset,
    decode_items,
    encode_items,
    is_a,
)

_FIELDS = {
    "action": ("action", "object"),
    "pending_safety_checks": ("pending_safety_checks", "array"),
    "output": ("output", "object or null"),
}
_new = object.__new__
_computer_action_from_dict = ComputerAction.from_dict
_safety_check_from_dict = SafetyCheck.from_dict
_computer_output_from_dict = ComputerOutput.from_dict


@_attrs_define(weakref_slot=False, repr=False)
class ComputerUse(AdditionalProperties[Any]):
    """One action on a computer.

    Attributes:
        action: An action, with its particulars, which are kept as they came.
        pending_safety_checks: What somebody has to confirm before it is done.
        output: What came of it, such as a picture of the screen; null until then.
    """

    _fields: ClassVar[Mapping[str, tuple[str, str]]] = _FIELDS
    action: ComputerAction | Unset = UNSET
    pending_safety_checks: list[SafetyCheck] | Unset = UNSET
    output: ComputerOutput | None | Unset = UNSET

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Decode a JSON object; raise KeyError for a required field that is missing, TypeError for one of a wrong type.

        An optional field of a wrong type is left UNSET; `misfits` tells it, and it comes back in `to_dict`.
        """
        self = _new(cls)
        unknown = len(src_dict) - 3
        try:
            pending_safety_checks = src_dict["pending_safety_checks"]
        except KeyError:
            pending_safety_checks = src_dict.get("pending_safety_checks", UNSET)
        if "action" in src_dict:
            action = src_dict["action"]
            try:
                self.action = _computer_action_from_dict(action)
            except (KeyError, TypeError):
                self.action = UNSET
                unknown += 1
        else:
            self.action = UNSET
            unknown += 1
        if (
            type(pending_safety_checks) is list
            or pending_safety_checks is not UNSET
            and is_a(pending_safety_checks, list)
        ):
            try:
                self.pending_safety_checks = [_safety_check_from_dict(item) for item in pending_safety_checks]
            except (KeyError, TypeError):
                self.pending_safety_checks = decode_items(_safety_check_from_dict, pending_safety_checks)
        else:
            self.pending_safety_checks = UNSET
            unknown += 1
        if "output" in src_dict:
            output = src_dict["output"]
            if output is None:
                self.output = output
            else:
                try:
                    self.output = _computer_output_from_dict(output)
                except (KeyError, TypeError):
                    self.output = UNSET
                    unknown += 1
        else:
            self.output = UNSET
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
        if not isinstance(self.action, Unset):
            field_dict["action"] = self.action.to_dict()
        if not isinstance(self.pending_safety_checks, Unset):
            field_dict["pending_safety_checks"] = encode_items(
                [item.to_dict() for item in self.pending_safety_checks], self.pending_safety_checks
            )
        if not isinstance(self.output, Unset):
            field_dict["output"] = self.output.to_dict() if self.output is not None else None
        for key, value in self._additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict
