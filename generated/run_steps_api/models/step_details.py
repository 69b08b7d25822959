# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..types import Members

if TYPE_CHECKING:
    from typing import TypeAlias

    from ..models.activities_details import ActivitiesDetails
    from ..models.message_creation_details import MessageCreationDetails
    from ..models.tool_calls_details import ToolCallsDetails
    from ..models.unknown_step_details import UnknownStepDetails

    StepDetails: TypeAlias = MessageCreationDetails | ToolCallsDetails | ActivitiesDetails | UnknownStepDetails
    """What a step did, by kind. A kind not named here is kept whole."""

STEP_DETAILS_FROM_DICT: Members[StepDetails] = Members(
    "type",
    {
        "message_creation": "MessageCreationDetails",
        "tool_calls": "ToolCallsDetails",
        "activities": "ActivitiesDetails",
    },
    "UnknownStepDetails",
)


def step_details_from_dict(src_dict: Mapping[str, Any]) -> StepDetails:
    """Decode the member that `type` names; what fits no member is kept whole as `UnknownStepDetails`."""
    try:
        return STEP_DETAILS_FROM_DICT[src_dict["type"]](src_dict)
    except (KeyError, TypeError):
        return STEP_DETAILS_FROM_DICT.last(src_dict)


if not TYPE_CHECKING:  # for a type checker the module has the names it declares and no others

    def __getattr__(name: str) -> Any:
        if name != "StepDetails":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = union = STEP_DETAILS_FROM_DICT.union()
        return union
