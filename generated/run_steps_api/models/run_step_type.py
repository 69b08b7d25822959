# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from enum import StrEnum


class RunStepType(StrEnum):
    ACTIVITIES = "activities"
    MESSAGE_CREATION = "message_creation"
    TOOL_CALLS = "tool_calls"

    def __str__(self) -> str:
        return str(self.value)
