"""Any call of a tool is told in the same words, and what each tool did is added up."""

from __future__ import annotations

from typing import Any

import pytest

from run_steps import tool_calls, tool_totals
from run_steps.serving.sample.runs import sample_runs
from run_steps.timeline import Call, ToolTotals, build_timeline
from run_steps_api.models import RunStep
from tests.overlays.timeline.runs import NOON, call, step

FAILED = {"code": "server_error", "message": "It rained."}


def called(*calls: dict[str, Any], usage: int | None = 10, **fields: Any) -> RunStep:
    """Return a step of five seconds that called some tools."""
    tokens = None if usage is None else {"total_tokens": usage}
    details = {"type": "tool_calls", "tool_calls": list(calls)}
    return step("1", NOON, NOON + 5, step_details=details, usage=tokens, **fields)


def test_a_call_is_told_with_what_is_known_of_its_step() -> None:
    """Servers tell times, tokens and failures by step: they are those of its call when it has no other."""
    (only,) = tool_calls(called(call("find", output="4"), last_error=FAILED))
    first, second = tool_calls(called(call("find"), call("book"), last_error=FAILED))

    assert only == Call("function", "find", "call_find", "{}", "4", "server_error: It rained.", 10, 5.0)
    assert (first.name, first.error, first.tokens, first.duration) == ("find", "", None, None)
    assert (second.name, second.error, second.tokens, second.duration) == ("book", "", None, None)


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"type": "mcp", "name": "search", "error": "It timed out."}, "It timed out."),
        ({"type": "mcp", "name": "search", "error": {"code": 503, "message": "Busy."}}, "503: Busy."),
        ({"type": "function", "function": {"name": "find", "error": {"why": "unknown"}}}, '{"why": "unknown"}'),
        ({"type": "telescope", "telescope": {"target": "M31", "error": "Clouds."}}, "Clouds."),
        ({"type": "telescope", "target": "M31", "error": "Clouds."}, "Clouds."),
        ({"type": "mcp", "name": "search", "error": {}}, ""),
        ({"type": "mcp", "name": "search", "error": None}, ""),
        ({"type": "mcp", "name": "search"}, ""),
    ],
    ids=str,
)
def test_a_call_tells_its_own_failure(broken: dict[str, Any], told: str) -> None:
    """Whatever its kind and the form of the reason, and before that of its step."""
    first, second = tool_calls(called(broken, call("find"), last_error=FAILED))
    (only,) = tool_calls(called(broken, last_error=FAILED))

    assert (first.error, second.error) == (told, "")
    assert only.error == (told or "server_error: It rained.")
    assert "Clouds" not in first.input


def test_only_tools_are_called() -> None:
    """A message is no call of a tool, nor are activities; a step that is still choosing has called none."""
    message = {"type": "message_creation", "message_creation": {"message_id": "msg_1"}}
    assert tool_calls(step("1", NOON, type="message_creation", step_details=message)) == ()
    assert tool_calls(called()) == ()
    assert tool_calls(step("1", NOON, step_details=None)) == ()


def test_every_kind_of_tool_of_the_samples_is_told() -> None:
    """With name and either input or output, all but those that say nothing."""
    calls = [call for run in sample_runs() for step in run.steps for call in tool_calls(RunStep.from_dict(step))]

    assert len({call.kind for call in calls}) > 15
    assert all(call.name for call in calls)
    assert {call.kind for call in calls if not (call.input or call.output)} <= {"browser", "retrieval", "file_search"}


def test_totals_count_what_is_known_of_a_tool() -> None:
    """Steps shared with other tools count as calls; whose their time and tokens were, nobody knows."""
    steps = [
        called(call("find"), call("find")),
        called(call("find"), last_error=FAILED),
        called(call("find"), call("book")),
        called(call("moor"), usage=None, completed_at=None, status="in_progress"),
    ]

    assert tool_totals(steps) == (
        ToolTotals("function", "find", calls=4, failed=1, duration=10.0, tokens=20, shared=1),
        ToolTotals("function", "book", calls=1, failed=0, duration=None, tokens=None, shared=1),
        ToolTotals("function", "moor", calls=1, failed=0, duration=None, tokens=None, shared=0),
    )
    assert tool_totals([]) == ()


def test_totals_of_a_run_add_up_to_the_run() -> None:
    """Where no step is shared, the tokens of all tools and messages are those of all steps."""
    for run in sample_runs():
        timeline = build_timeline(map(RunStep.from_dict, run.steps))
        if not any(total.shared for total in timeline.tools) and all(row.calls for row in timeline.rows):
            assert sum(total.tokens or 0 for total in timeline.tools) == (timeline.tokens.total or 0)
