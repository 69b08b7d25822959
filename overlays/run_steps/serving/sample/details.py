"""One example of every kind of tool call and of step details that some server is known to send, and of some to come."""

from __future__ import annotations

from run_steps.serving.sample.objects import message_creation, tool_calls
from run_steps.stores import JsonObject


def every_kind_of_details() -> list[JsonObject]:
    """Return details of every kind, each tool call in a step of its own, and one step with several calls at once."""
    calls = [*_core_calls(), *_azure_calls(), *_other_calls()]
    together = [
        _code("together_1", "print(3.4 - 0.6)", [_logs("2.8\n")]),
        _function("together_2", output="berth 4"),
        _future_call("together_3"),
        *_rare_calls(),
    ]
    return [
        message_creation("kinds_question"),
        *(tool_calls(call) for call in calls),
        tool_calls(*together),
        _activities(),
        _llamphouse_step(),
        _future_details(),
        message_creation("kinds_answer"),
    ]


def tool_call(kind: str, name: str, payload: JsonObject) -> JsonObject:
    """Return a tool call `call_<name>` with its payload where most kinds have it, under the name of the kind."""
    return {"id": f"call_{name}", "type": kind, kind: payload}


def _core_calls() -> list[JsonObject]:
    """Return calls of the tools that every server knows."""
    chart: JsonObject = {"type": "image", "image": {"file_id": "file-tide-chart"}}
    sound: JsonObject = {"type": "audio", "audio": {"file_id": "file-fog-horn"}}
    return [
        _code("code_outputs", "plot(tides)\nprint('range', 2.8)", [_logs("range 2.8\n"), chart]),
        _code("code_no_outputs", "levels = load('levels.csv')", []),
        _code("code_future_output", "play('fog-horn')", [_logs("playing\n"), sound]),
        tool_call("file_search", "file_search", _file_search()),
        tool_call("file_search", "file_search_bare", {}),
        _function("function", output='{"berth": 4, "free": true}'),
        _function("function_pending", output=None),
        # Servers of 2023 left the key out.
        tool_call("function", "function_2023", {"name": "find_berth", "arguments": '{"length_m": 9}'}),
    ]


def _azure_calls() -> list[JsonObject]:
    """Return calls of the tools of Azure AI Agents."""
    return [
        tool_call("bing_grounding", "bing_grounding", _bing("spring tide dates")),
        tool_call("bing_custom_search", "bing_custom_search", _bing("notices to mariners")),
        tool_call("azure_ai_search", "azure_ai_search", {"input": "mooring rules", "output": "Moor by bow and stern."}),
        tool_call("fabric_dataagent", "fabric_dataagent", {"input": "visitors in May", "output": "118 boats"}),
        tool_call("sharepoint_grounding", "sharepoint_grounding", {"input": "night shift", "output": "Ana, then Bo"}),
        tool_call(
            "deep_research", "deep_research", {"input": '{"prompt": "Silting of the inner basin"}', "output": None}
        ),
        tool_call(
            "azure_function",
            "azure_function",
            {"name": "open_lock", "arguments": '{"gate": "north"}', "output": "opened"},
        ),
        tool_call(
            "connected_agent",
            "connected_agent",
            {
                "name": "weather_agent",
                "arguments": '{"query": "wind tonight"}',
                "output": "South-west, 5 Beaufort",
                "run_id": "run_weather",
                "thread_id": "thread_weather",
                "assistant_id": "asst_weather",
            },
        ),
        tool_call("browser_automation", "browser_automation", _browser_automation()),
        # Its payload stands under `function`.
        {
            "id": "call_openapi",
            "type": "openapi",
            "function": {"name": "tides_today", "arguments": '{"station": "inner"}', "output": "{'high': '06:12'}"},
        },
        # Its payload stands in the call itself.
        {
            "id": "call_mcp",
            "type": "mcp",
            "arguments": '{"query": "fuel dock"}',
            "name": "search_pilot_book",
            "server_label": "pilot_book",
            "output": "The fuel dock lies east of the slipway.",
        },
    ]


def _other_calls() -> list[JsonObject]:
    """Return calls of other servers, of early ones, and of one that does not exist yet."""
    return [
        tool_call("browser", "browser", {}),
        tool_call("quark_search", "quark_search", {"input": '{"query": "潮汐表"}', "output": '{"success": true}'}),
        tool_call("retrieval", "retrieval", {}),
        _future_call("future"),
    ]


def _rare_calls() -> list[JsonObject]:
    """Return calls that few servers know."""
    return [
        tool_call(
            "computer_use_preview",
            "computer_use",
            {
                "action": {"type": "click", "x": 120, "y": 48, "button": "left"},
                "pending_safety_checks": [
                    {"id": "check_1", "code": "unknown_site", "message": "Is this the harbour site?"}
                ],
                "output": {"type": "computer_screenshot", "file_id": "file-screen"},
            },
        ),
        tool_call("code", "code", {"input": "2 + 2", "outputs": None}),
        tool_call("action", "action", {"name": "raise_flag", "flag": "blue"}),
    ]


def _code(name: str, code: str, outputs: list[JsonObject]) -> JsonObject:
    return tool_call("code_interpreter", name, {"input": code, "outputs": outputs})


def _logs(text: str) -> JsonObject:
    return {"type": "logs", "logs": text}


def _function(name: str, *, output: str | None) -> JsonObject:
    return tool_call("function", name, {"name": "find_berth", "arguments": '{"length_m": 11}', "output": output})


def _future_call(name: str) -> JsonObject:
    return tool_call("sonar_sweep", name, {"bearing_degrees": 140, "echoes": [{"range_m": 31.5, "kind": "buoy"}]})


def _file_search() -> JsonObject:
    return {
        "ranking_options": {"ranker": "default_2024_08_21", "score_threshold": 0.25},
        "results": [
            {
                "file_id": "file-harbour-rules",
                "file_name": "harbour-rules.pdf",
                "score": 0.87,
                "attributes": {"edition": 2025, "language": "en"},
                "content": [
                    {"type": "text", "text": "Visitors moor at berths 1 to 6, never longer than three nights."},
                    {"type": "text", "text": "The harbour office opens at 07:00."},
                ],
            },
            {
                "file_id": "file-tide-table",
                "file_name": "tide-table.md",
                "score": 0.41,
                "attributes": {},
                "content": [{"type": "text", "text": "High water at the inner gauge: 06:12 and 18:37."}],
            },
        ],
    }


def _bing(query: str) -> JsonObject:
    return {
        "requesturl": f"https://search.example/v7.0/search?q={query}",
        # Text that looks like a Python dict is what Azure sends.
        "response_metadata": "{'market': 'en-GB', 'num_docs_retrieved': 5, 'num_docs_actually_used': 2}",
    }


def _browser_automation() -> JsonObject:
    return {
        "input": "Read the water level on the page of the inner gauge.",
        "output": "The level is 3.4 m.",
        "steps": [
            {
                "last_step_result": "Nothing was done yet.",
                "current_state": "An empty page is open.",
                "next_step": "Open the page of the gauge.",
            },
            {
                "last_step_result": "The page was opened.",
                "current_state": "The page shows the level.",
                "next_step": "Read the level and finish.",
            },
        ],
    }


def _activities() -> JsonObject:
    search = {
        "description": "Search the pilot book.",
        "parameters": {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]},
    }
    list_chapters = {"description": "List the chapters.", "parameters": {"type": "object"}}
    return {
        "type": "activities",
        "activities": [
            {
                "id": "activity_pilot_book",
                "type": "mcp_list_tools",
                "server_label": "pilot_book",
                "tools": {"search_pilot_book": search, "list_chapters": list_chapters},
            }
        ],
    }


def _llamphouse_step() -> JsonObject:
    return {"type": "step", "name": "round_up", "input": {"metres": 3.4}, "output": 4}


def _future_details() -> JsonObject:
    return {"type": "handover", "handover": {"to_assistant_id": "asst_night_watch", "reason": "end of shift"}}
