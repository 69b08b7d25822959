"""Every kind of step and of tool call is told by name, input and output."""

from typing import Any

import pytest

from run_steps.timeline import Call, build_timeline
from run_steps.timeline.calls import call_of, calls_of
from run_steps_api.models.step_details import step_details_from_dict
from run_steps_api.models.tool_call import tool_call_from_dict
from tests.overlays.timeline.runs import NOON, call, sample, step

LOGS = {"type": "logs", "logs": "2.8\n"}
CHART = {"type": "image", "image": {"file_id": "file-chart"}}
FOUND = {
    "file_id": "file-1",
    "file_name": "rules.pdf",
    "score": 0.87,
    "content": [{"type": "text", "text": "Moor at berths 1 to 6."}],
}
BROWSED = {
    "input": "Read the level.",
    "output": "3.4 m",
    "steps": [{"last_step_result": "Opened.", "current_state": "The page shows it.", "next_step": "Finish."}],
}
AGENT = {"name": "weather", "arguments": "{}", "output": "calm", "run_id": "run_2"}


@pytest.mark.parametrize(
    ("kind", "payload", "name", "asked", "answered"),
    [
        ("code_interpreter", {"input": "p(2.8)", "outputs": [LOGS, CHART]}, None, "p(2.8)", "2.8\n[image file-chart]"),
        ("code_interpreter", {"input": "x = 1", "outputs": []}, None, "x = 1", ""),
        ("code_interpreter", {"input": "", "outputs": [{"type": "audio"}]}, None, "", '{"type": "audio"}'),
        ("file_search", {"results": [FOUND]}, None, "", "rules.pdf (score 0.87)\n  Moor at berths 1 to 6."),
        ("file_search", {}, None, "", ""),
        ("function", {"name": "find", "arguments": '{"a": 1}', "output": "4"}, "find", '{"a": 1}', "4"),
        ("function", {"name": "find", "arguments": "{}", "output": None}, "find", "{}", ""),
        ("function", {"name": "find", "arguments": "{}"}, "find", "{}", ""),
        ("azure_function", {"name": "open", "arguments": "{}", "output": "ok"}, "open", "{}", "ok"),
        ("connected_agent", AGENT, "weather", "{}", "calm"),
        ("browser_automation", BROWSED, None, "Read the level.", "3.4 m\n1. The page shows it. Finish."),
        ("bing_grounding", {"requesturl": "q", "response_metadata": "{}"}, None, "q", "{}"),
        ("bing_custom_search", {"requesturl": "q", "response_metadata": None}, None, "q", ""),
        ("azure_ai_search", {"input": "rules", "output": "Moor."}, None, "rules", "Moor."),
        ("fabric_dataagent", {"input": "boats", "output": "118"}, None, "boats", "118"),
        ("sharepoint_grounding", {"input": "shift", "output": "Ana"}, None, "shift", "Ana"),
        ("deep_research", {"input": "silt", "output": None}, None, "silt", ""),
        ("quark_search", {"input": "潮汐", "output": "06:12"}, None, "潮汐", "06:12"),
        ("browser", {}, None, "", ""),
        ("retrieval", {}, None, "", ""),
        # Kinds that the contract does not name.
        ("telescope", {"target": "M31", "hours": 2}, None, '{"target": "M31", "hours": 2}', ""),
        ("telescope", {"name": "point", "arguments": "{}", "output": {"seen": True}}, "point", "{}", '{"seen": true}'),
        ("telescope", "M31", None, '{"telescope": "M31"}', ""),
        # A known kind whose payload does not fit.
        ("function", {"name": "find"}, "find", "", ""),
        ("code_interpreter", None, None, '{"code_interpreter": null}', ""),
        ("function", {"name": "find", "arguments": {"a": 1}, "output": ["4"]}, "find", '{"a": 1}', '["4"]'),
        ("function", {"name": "find", "arguments": "{}", "output": {"n": 4}}, "find", "{}", '{"n": 4}'),
        ("code_interpreter", {"input": ["p(2.8)"], "outputs": [LOGS]}, None, '["p(2.8)"]', "2.8"),
        ("code_interpreter", {"input": "p(2.8)", "outputs": "2.8"}, None, "p(2.8)", "2.8"),
        ("quark_search", {"input": 1, "output": 2}, None, "1", "2"),
    ],
)  # fmt: skip
def test_calls_with_their_payload_under_their_kind(
    kind: str, payload: Any, name: str | None, asked: str, answered: str
) -> None:
    """A call is told by its name, or by its kind where it has none, by what it was asked and what it gave."""
    found = call_of(tool_call_from_dict({"id": "call_1", "type": kind, kind: payload}))

    assert found == Call(kind=kind, name=name or kind, id="call_1", input=asked, output=answered)


def test_calls_with_their_payload_elsewhere() -> None:
    """A call of an API has its payload under `function`, one of an MCP server in itself; the server is named."""
    api = {"id": "c", "type": "openapi", "function": {"name": "tides", "arguments": "{}", "output": "06:12"}}
    mcp = {"id": "c", "type": "mcp", "name": "search", "arguments": "{}", "server_label": "pilots", "output": "east"}

    assert call_of(tool_call_from_dict(api)) == Call("openapi", "tides", "c", "{}", "06:12")
    assert call_of(tool_call_from_dict(mcp)) == Call("mcp", "pilots: search", "c", "{}", "east")


@pytest.mark.parametrize(
    "call", [{}, {"id": None, "type": None}, {"id": 7, "type": ["a"]}, {"type": {"a": 1}}], ids=str
)
def test_calls_without_sense_are_told_all_the_same(call: dict[str, Any]) -> None:
    """A call without kind or id, or with things in their place that are no text, has a name."""
    assert call_of(tool_call_from_dict(call)).name


def test_other_steps() -> None:
    """Messages, activities, and kinds of steps that the contract does not name are told in the same way."""
    message = {"type": "message_creation", "message_creation": {"message_id": "msg_1"}}
    listing = {"id": "a", "type": "mcp_list_tools", "server_label": "pilots", "tools": {"search": {}, "list": {}}}
    activities = {"type": "activities", "activities": [listing, {"id": "b", "type": "nap", "minutes": 5}]}
    handover = {"type": "handover", "handover": {"to": "night watch"}}

    def told(details: dict[str, Any]) -> list[tuple[str, str, str]]:
        return [(call.name, call.input, call.output) for call in calls_of(step_details_from_dict(details))]

    assert told(message) == [("message", "msg_1", "")]
    assert told(activities) == [("mcp_list_tools: pilots", "", "search, list"), ("nap", '{"minutes": 5}', "")]
    assert told(handover) == [("handover", '{"to": "night watch"}', "")]
    assert calls_of(None) == ()


def test_labels_name_each_tool_once() -> None:
    """The label of a step names its tools, with how often; a step that is choosing has called none."""
    many = {"type": "tool_calls", "tool_calls": [call("find"), call("book"), call("find")]}
    none: dict[str, Any] = {"type": "tool_calls", "tool_calls": []}

    rows = build_timeline([step("a", NOON, step_details=many), step("b", NOON, step_details=none)]).rows

    assert [row.label for row in rows] == ["find (2), book", "no tool called"]


def test_a_value_nested_too_deeply_is_not_followed() -> None:
    """JSON nested beyond what can be written back is named, not a crash."""
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]

    assert (
        "nested too deeply" in call_of(tool_call_from_dict({"id": "c", "type": "maze", "maze": {"input": deep}})).input
    )


def test_every_call_of_the_samples_has_a_name() -> None:
    """No step of the sample run with every kind of tool is told as a bare `tool_calls`."""
    for row in sample("run_kinds").rows:
        assert row.label
        assert row.label != "tool_calls"
