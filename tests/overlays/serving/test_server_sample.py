"""The sample data shows everything a client must cope with, and is the same everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from run_steps.serving import PageQuery, sample_store

RUNS_OF_DEMO = [
    "run_cancelled",
    "run_empty",
    "run_expired",
    "run_failed",
    "run_in_progress",
    "run_kinds",
    "run_long",
]


def steps_of(run_id: str, thread_id: str = "thread_demo") -> list[dict[str, Any]]:
    """Return the steps of a sample run, oldest first."""
    page = sample_store().list_steps(thread_id, run_id, PageQuery(limit=1000, order="asc"))
    return [step.value for step in page.data]


def tool_calls_of(run_id: str) -> list[dict[str, Any]]:
    """Return all tool calls of a sample run."""
    return [call for step in steps_of(run_id) for call in step["step_details"].get("tool_calls", [])]


def test_every_kind_of_tool_call_is_there() -> None:
    """The run of every kind has each tool call a server is known to send, and one of a kind yet to come."""
    assert {call["type"] for call in tool_calls_of("run_kinds")} == {
        "action",
        "azure_ai_search",
        "azure_function",
        "bing_custom_search",
        "bing_grounding",
        "browser",
        "browser_automation",
        "code",
        "code_interpreter",
        "computer_use_preview",
        "connected_agent",
        "deep_research",
        "fabric_dataagent",
        "file_search",
        "function",
        "mcp",
        "openapi",
        "quark_search",
        "retrieval",
        "sharepoint_grounding",
        "sonar_sweep",
    }


def test_every_kind_of_step_is_there() -> None:
    """The run of every kind has each kind of details a server is known to send, and one of a kind yet to come."""
    steps = steps_of("run_kinds")
    assert {step["type"] for step in steps} == {"message_creation", "tool_calls", "activities", "step", "handover"}
    assert all(step["type"] == step["step_details"]["type"] for step in steps)


def test_the_variants_within_a_kind_are_there() -> None:
    """Outputs of code may be logs, images, of an unknown kind or none; of functions text, null or missing."""
    calls = tool_calls_of("run_kinds")
    code = [call["code_interpreter"]["outputs"] for call in calls if call["type"] == "code_interpreter"]
    functions = [call["function"] for call in calls if call["type"] == "function"]
    searches = [call["file_search"] for call in calls if call["type"] == "file_search"]

    assert [output["type"] for outputs in code for output in outputs] == ["logs", "image", "logs", "audio", "logs"]
    assert [] in code
    assert any(function.get("output") for function in functions)
    assert any("output" in function and function["output"] is None for function in functions)
    assert any("output" not in function for function in functions)
    assert {} in searches
    assert any(search.get("ranking_options") and search.get("results") for search in searches)


def test_the_irregular_calls_of_azure_are_as_azure_sends_them() -> None:
    """An `openapi` call has its payload under `function`, an `mcp` call in itself."""
    calls = {call["type"]: call for call in tool_calls_of("run_kinds")}
    assert calls["openapi"].keys() == {"id", "type", "function"}
    assert calls["mcp"].keys() == {"id", "type", "arguments", "name", "server_label", "output"}


def test_one_step_calls_several_tools() -> None:
    """An unknown kind has neighbours of known kinds in the same step."""
    kinds = [[call["type"] for call in step["step_details"].get("tool_calls", [])] for step in steps_of("run_kinds")]
    assert ["code_interpreter", "function", "sonar_sweep"] in [called[:3] for called in kinds]


def test_the_long_run_takes_several_of_the_largest_pages() -> None:
    """It has more than 300 steps, and some share their second."""
    steps = steps_of("run_long")
    assert len(steps) == 345
    assert len({step["created_at"] for step in steps}) < len(steps)


def test_a_run_under_way_ends_with_an_unfinished_step() -> None:
    """Its last step has neither usage nor end, and can expire."""
    *_, last = steps_of("run_in_progress")
    assert (last["status"], last["usage"], last["completed_at"]) == ("in_progress", None, None)
    assert last["expires_at"] > last["created_at"]


@pytest.mark.parametrize(
    ("run_id", "status", "time"),
    [
        ("run_failed", "failed", "failed_at"),
        ("run_cancelled", "cancelled", "cancelled_at"),
        ("run_expired", "expired", "expires_at"),
    ],
)
def test_a_run_that_came_to_nothing_tells_when(run_id: str, status: str, time: str) -> None:
    """Its last step has the status of the run, the time it came to it, and was never completed."""
    *_, last = steps_of(run_id)
    assert (sample_store().get_run("thread_demo", run_id).value["status"], last["status"]) == (status, status)
    assert last[time] > last["created_at"]
    assert last["completed_at"] is None


def test_a_failed_step_tells_why() -> None:
    """Only the failed step has an error, with a code and a message."""
    first, last = steps_of("run_failed")
    assert first["last_error"] is None
    assert last["last_error"]["code"] == "server_error"
    assert last["last_error"]["message"]


def test_the_empty_run_has_no_steps() -> None:
    """There is a run to see an empty list with."""
    assert steps_of("run_empty") == []


@pytest.mark.parametrize("run_id", RUNS_OF_DEMO)
def test_runs_add_up(run_id: str) -> None:
    """A run begins with its first step, and once ended its usage is the sum of that of its steps."""
    run, steps = sample_store().get_run("thread_demo", run_id).value, steps_of(run_id)
    assert all(step["run_id"] == run_id and step["created_at"] >= run["created_at"] for step in steps)
    assert all(step["assistant_id"] == run["assistant_id"] for step in steps)
    if run["usage"] is not None:
        assert run["usage"] == {
            name: sum(step["usage"][name] for step in steps)
            for name in ("prompt_tokens", "completion_tokens", "total_tokens")
        }


def test_ids_are_unique() -> None:
    """No step and no tool call has the id of another, whether in the same run or in two."""
    ids = [step["id"] for run_id in RUNS_OF_DEMO for step in steps_of(run_id)]
    ids += [step["id"] for step in steps_of("run_other", "thread_other")]
    ids += [call["id"] for run_id in RUNS_OF_DEMO for call in tool_calls_of(run_id)]
    assert len(ids) == len(set(ids))


def test_steps_are_as_recorded_servers_send_them() -> None:
    """Every step has exactly the fields that all recorded steps have; details of usage included once there is any."""
    fields = {
        *("id", "object", "created_at", "run_id", "assistant_id", "thread_id", "type", "status", "step_details"),
        *("cancelled_at", "completed_at", "expires_at", "failed_at", "last_error", "usage"),
    }
    for run_id in RUNS_OF_DEMO:
        for step in steps_of(run_id):
            assert step.keys() == fields
            usage = step["usage"]
            assert usage is None or usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
            assert usage is None or 0 <= usage["prompt_token_details"]["cached_tokens"] <= usage["prompt_tokens"]


def test_the_sample_is_always_the_same() -> None:
    """Two stores hold equal data and share none of it."""
    first, second = sample_store(), sample_store()
    first.put_step({**first.get_step("thread_demo", "run_long", "step_long_000").value, "status": "changed"})
    assert second.get_step("thread_demo", "run_long", "step_long_000").value["status"] == "completed"
    assert steps_of("run_kinds") == steps_of("run_kinds")
