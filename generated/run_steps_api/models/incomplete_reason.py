# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from enum import StrEnum


class IncompleteReason(StrEnum):
    CONTENT_FILTER = "content_filter"
    MAX_COMPLETION_TOKENS = "max_completion_tokens"
    MAX_PROMPT_TOKENS = "max_prompt_tokens"

    def __str__(self) -> str:
        return str(self.value)
