"""The page everybody reads: 100 steps, a quarter each of messages, functions, code and file searches."""

from __future__ import annotations

import json
from typing import Any

PAGE_SIZE = 100


def step(number: int) -> dict[str, Any]:
    """Return one step as OpenAI sends it; also with the two fields that only the published description has."""
    kind, details = _DETAILS[number % len(_DETAILS)]
    return {
        "id": step_id(number),
        "object": "thread.run.step",
        "created_at": 1735689600 + number,
        "run_id": "run_Qm3vTz7LdYw1sKx9Ub5GhRe2",
        "assistant_id": "asst_Zk8nPq4WcJt6yFo0Ai7VxMb3",
        "thread_id": "thread_Lr5sHd2XgNu9eCw1Ot8YjKv6",
        "type": kind,
        "status": "completed",
        "cancelled_at": None,
        "completed_at": 1735689603 + number,
        "expires_at": None,
        "expired_at": None,
        "failed_at": None,
        "last_error": None,
        "metadata": {},
        "step_details": details,
        "usage": {
            "prompt_tokens": 1200 + number,
            "completion_tokens": 85,
            "total_tokens": 1285 + number,
            "prompt_token_details": {"cached_tokens": 1024},
            "completion_tokens_details": {"reasoning_tokens": 0},
        },
    }


def step_id(number: int) -> str:
    """Return the id of a step: as long as real ones, and of letters and digits as they are."""
    return f"step_{number:07d}Qm3vTz7LdYw1sKx9U"


def page(start: int = 0, count: int = PAGE_SIZE, *, has_more: bool = False) -> bytes:
    """Return a page of steps as JSON text, about 135 kB for 100 steps."""
    data = [step(number) for number in range(start, start + count)]
    ends = {"first_id": data[0]["id"], "last_id": data[-1]["id"]} if data else {"first_id": None, "last_id": None}
    return json.dumps({"object": "list", "data": data, **ends, "has_more": has_more}).encode()


def _tool_calls(*calls: tuple[str, dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    data = [
        {"id": f"call_Wd4rBn8KsYz{number}", "type": kind, kind: payload} for number, (kind, payload) in enumerate(calls)
    ]
    return "tool_calls", {"type": "tool_calls", "tool_calls": data}


def _function(city: str) -> tuple[str, dict[str, Any]]:
    return "function", {"name": "get_weather", "arguments": json.dumps({"city": city}), "output": '{"degrees": 4}'}


_CODE = {
    "input": "import pandas\nframe = pandas.read_csv('orders.csv')\nprint(frame.describe())\nframe.plot()",
    "outputs": [
        {"type": "logs", "logs": "count 12\nmean 19.5\nmax 214.5"},
        {"type": "image", "image": {"file_id": "file-Rg6mYt1ZbSn8"}},
    ],
}
_SEARCH = {
    "ranking_options": {"ranker": "default_2024_08_21", "score_threshold": 0.0},
    "results": [
        {"file_id": f"file-Jx2wCk{number}Vt5", "file_name": f"handbook-{number}.pdf", "score": 0.9 - number / 25}
        for number in range(20)
    ],
}

# Functions are called in parallel; code is run and run again; a search gives 20 results, and their text only on
# request.
_DETAILS: list[tuple[str, dict[str, Any]]] = [
    ("message_creation", {"type": "message_creation", "message_creation": {"message_id": "msg_Hc7pLx3QaVe9TkDf5Uo1"}}),
    _tool_calls(*map(_function, ("Oslo", "Lima", "Kyoto"))),
    _tool_calls(("code_interpreter", _CODE), ("code_interpreter", _CODE)),
    _tool_calls(("file_search", _SEARCH)),
]
