# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from ..models.code_interpreter_image import CodeInterpreterImage
from ..models.code_interpreter_logs import CodeInterpreterLogs
from ..models.unknown_code_interpreter_output import UnknownCodeInterpreterOutput
from ..types import MEMBERS

CodeInterpreterOutput: TypeAlias = CodeInterpreterLogs | CodeInterpreterImage | UnknownCodeInterpreterOutput
"""One output of code, by kind. A kind not named here is kept whole."""

CODE_INTERPRETER_OUTPUT_FROM_DICT: dict[str, Callable[[Mapping[str, Any]], CodeInterpreterOutput]] = {
    "logs": CodeInterpreterLogs.from_dict,
    "image": CodeInterpreterImage.from_dict,
}
MEMBERS[UnknownCodeInterpreterOutput] = ("type", CODE_INTERPRETER_OUTPUT_FROM_DICT)


def code_interpreter_output_from_dict(src_dict: Mapping[str, Any]) -> CodeInterpreterOutput:
    """Decode the member that `type` names; what fits no member is kept whole as `UnknownCodeInterpreterOutput`."""
    try:
        return CODE_INTERPRETER_OUTPUT_FROM_DICT[src_dict["type"]](src_dict)
    except (KeyError, TypeError):
        return UnknownCodeInterpreterOutput.from_dict(src_dict)
