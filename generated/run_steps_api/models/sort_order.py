# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from enum import StrEnum


class SortOrder(StrEnum):
    ASC = "asc"
    DESC = "desc"

    def __str__(self) -> str:
        return str(self.value)
