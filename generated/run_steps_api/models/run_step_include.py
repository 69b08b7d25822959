# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from enum import StrEnum


class RunStepInclude(StrEnum):
    FILE_SEARCH_CONTENT = "step_details.tool_calls[*].file_search.results[*].content"

    def __str__(self) -> str:
        return str(self.value)
