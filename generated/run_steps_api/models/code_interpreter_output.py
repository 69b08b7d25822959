# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..types import Members

if TYPE_CHECKING:
    from typing import TypeAlias

    from ..models.code_interpreter_image import CodeInterpreterImage
    from ..models.code_interpreter_logs import CodeInterpreterLogs
    from ..models.unknown_code_interpreter_output import UnknownCodeInterpreterOutput

    CodeInterpreterOutput: TypeAlias = CodeInterpreterLogs | CodeInterpreterImage | UnknownCodeInterpreterOutput
    """One output of code, by kind. A kind not named here is kept whole."""

CODE_INTERPRETER_OUTPUT_FROM_DICT: Members[CodeInterpreterOutput] = Members(
    "type",
    {
        "logs": "CodeInterpreterLogs",
        "image": "CodeInterpreterImage",
    },
    "UnknownCodeInterpreterOutput",
)


def code_interpreter_output_from_dict(src_dict: Mapping[str, Any]) -> CodeInterpreterOutput:
    """Decode the member that `type` names; what fits no member is kept whole as `UnknownCodeInterpreterOutput`."""
    try:
        return CODE_INTERPRETER_OUTPUT_FROM_DICT[src_dict["type"]](src_dict)
    except (KeyError, TypeError):
        return CODE_INTERPRETER_OUTPUT_FROM_DICT.last(src_dict)


if not TYPE_CHECKING:  # for a type checker the module has the names it declares and no others

    def __getattr__(name: str) -> Any:
        if name != "CodeInterpreterOutput":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = union = CODE_INTERPRETER_OUTPUT_FROM_DICT.union()
        return union
