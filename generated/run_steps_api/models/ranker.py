# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from enum import StrEnum


class Ranker(StrEnum):
    AUTO = "auto"
    DEFAULT_2024_08_21 = "default_2024_08_21"
    DEFAULT_2024_08_21_HYPHENATED = "default-2024-08-21"

    def __str__(self) -> str:
        return str(self.value)
