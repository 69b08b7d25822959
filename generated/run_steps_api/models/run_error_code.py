# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from enum import StrEnum


class RunErrorCode(StrEnum):
    INVALID_PROMPT = "invalid_prompt"
    RATE_LIMIT_EXCEEDED = "rate_limit_exceeded"
    SERVER_ERROR = "server_error"

    def __str__(self) -> str:
        return str(self.value)
