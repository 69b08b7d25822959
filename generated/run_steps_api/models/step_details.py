# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from ..models.activities_details import ActivitiesDetails
from ..models.message_creation_details import MessageCreationDetails
from ..models.tool_calls_details import ToolCallsDetails
from ..models.unknown_step_details import UnknownStepDetails
from ..types import MEMBERS

StepDetails: TypeAlias = MessageCreationDetails | ToolCallsDetails | ActivitiesDetails | UnknownStepDetails
"""What a step did, by kind. A kind not named here is kept whole."""

STEP_DETAILS_FROM_DICT: dict[str, Callable[[Mapping[str, Any]], StepDetails]] = {
    "message_creation": MessageCreationDetails.from_dict,
    "tool_calls": ToolCallsDetails.from_dict,
    "activities": ActivitiesDetails.from_dict,
}
MEMBERS[UnknownStepDetails] = ("type", STEP_DETAILS_FROM_DICT)


def step_details_from_dict(src_dict: Mapping[str, Any]) -> StepDetails:
    """Decode the member that `type` names; what fits no member is kept whole as `UnknownStepDetails`."""
    try:
        return STEP_DETAILS_FROM_DICT[src_dict["type"]](src_dict)
    except (KeyError, TypeError):
        return UnknownStepDetails.from_dict(src_dict)
