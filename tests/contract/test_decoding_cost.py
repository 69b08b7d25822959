"""What decoding costs, counted instead of timed: a template that makes it slow again is noticed on any machine."""

import dis
import importlib
import pkgutil
import sys
from collections import Counter
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

import pytest

from run_steps_api import models
from run_steps_api.models import RunStep, RunStepList

USAGE = {
    "prompt_tokens": 1,
    "completion_tokens": 1,
    "total_tokens": 2,
    "prompt_token_details": {"cached_tokens": 0},
    "completion_tokens_details": {"reasoning_tokens": 0},
}
FUNCTION = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}", "output": "1"}}
RESULT = {"file_id": "file_1", "file_name": "handbook.pdf", "score": 0.5}


def _step(details: dict[str, Any]) -> dict[str, Any]:
    texts = ("id", "object", "run_id", "assistant_id", "thread_id", "status")
    times = ("expires_at", "cancelled_at", "failed_at", "completed_at")
    return {
        **dict.fromkeys(texts, "x"),
        **dict.fromkeys(times),
        "type": details["type"],
        "created_at": 1735689600,
        "last_error": None,
        "usage": USAGE,
        "step_details": details,
    }


MESSAGE = _step({"type": "message_creation", "message_creation": {"message_id": "msg_1"}})
CALL = _step({"type": "tool_calls", "tool_calls": [FUNCTION]})
SEARCH = _step(
    {
        "type": "tool_calls",
        "tool_calls": [{"id": "call_1", "type": "file_search", "file_search": {"results": [RESULT] * 20}}],
    }
)


def _watched(decode: Callable[[dict[str, Any]], object], payload: dict[str, Any]) -> tuple[Counter[str], int]:
    """Decode; return how often each generated function was called, and how many bytecode instructions they ran."""
    calls: Counter[str] = Counter()
    instructions = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal instructions
        if not frame.f_globals.get("__name__", "").startswith("run_steps_api"):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        if event == "call" and frame.f_code.co_name != "<listcomp>":  # a call in Python 3.11 only
            calls[frame.f_code.co_qualname] += 1
        elif event == "opcode":
            instructions += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        decode(payload)
    finally:
        sys.settrace(before)
    return calls, instructions


EVERY_STEP = {
    "RunStep.from_dict": 1,
    "Usage.from_dict": 1,
    "PromptTokenDetails.from_dict": 1,
    "CompletionTokensDetails.from_dict": 1,
    "step_details_from_dict": 1,
}


@pytest.mark.parametrize(
    ("payload", "own", "most_instructions"),
    [
        pytest.param(
            MESSAGE, {"MessageCreationDetails.from_dict": 1, "MessageCreation.from_dict": 1}, 640, id="message"
        ),
        pytest.param(
            CALL,
            {
                "ToolCallsDetails.from_dict": 1,
                "FunctionToolCall.from_dict": 1,
                "FunctionCall.from_dict": 1,
            },
            770,
            id="function call",
        ),
        pytest.param(
            SEARCH,
            {
                "ToolCallsDetails.from_dict": 1,
                "FileSearchToolCall.from_dict": 1,
                "FileSearch.from_dict": 1,
                "FileSearchResult.from_dict": 20,
            },
            3000,
            id="file search",
        ),
    ],
)
def test_one_call_for_each_object_and_few_instructions(
    payload: dict[str, Any], own: dict[str, int], most_instructions: int
) -> None:
    """A step is decoded by one call for each object and each union outside lists; no member is tried in vain."""
    calls, instructions = _watched(RunStep.from_dict, payload)

    assert dict(calls) == EVERY_STEP | own
    assert instructions < most_instructions


@pytest.mark.parametrize("count", [1, 10, 100])
def test_the_cost_grows_with_the_steps_and_not_faster(count: int) -> None:
    """A page of many steps costs as much a step as a page of one."""
    calls, _ = _watched(RunStepList.from_dict, {"object": "list", "data": [CALL] * count})

    assert sum(calls.values()) == 1 + count * (len(EVERY_STEP) + 3)


MODULES = [
    importlib.import_module(f"run_steps_api.models.{info.name}") for info in pkgutil.iter_modules(models.__path__)
]
DECODERS = [
    value.from_dict.__func__
    for module in MODULES
    for value in vars(module).values()
    if hasattr(value, "from_dict") and value.__module__ == module.__name__
]


@pytest.mark.parametrize("decoder", DECODERS, ids=lambda decoder: decoder.__qualname__)
def test_decoding_defines_and_imports_nothing(decoder: Any) -> None:
    """A decoder holds no function but comprehensions, and no import."""
    code: CodeType = decoder.__code__
    inner = [constant.co_name for constant in code.co_consts if isinstance(constant, CodeType)]

    assert set(inner) <= {"<dictcomp>", "<listcomp>"}
    assert not any(instruction.opname == "IMPORT_NAME" for instruction in dis.get_instructions(code))
