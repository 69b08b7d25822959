"""Streams as servers send them, written for these tests."""

from __future__ import annotations

import json
from typing import Any

RUN: dict[str, Any] = {"id": "run_1", "object": "thread.run", "thread_id": "thread_1", "status": "in_progress"}
STEP: dict[str, Any] = {
    "id": "step_1",
    "object": "thread.run.step",
    "run_id": "run_1",
    "thread_id": "thread_1",
    "created_at": 1_700_000_000,
    "type": "tool_calls",
    "status": "in_progress",
    "step_details": {"type": "tool_calls", "tool_calls": []},
    "usage": None,
}
CODE: dict[str, Any] = {
    "id": "call_1",
    "type": "code_interpreter",
    "code_interpreter": {
        "input": "print(6 * 7)",
        "outputs": [{"type": "logs", "logs": "42\n"}, {"type": "image", "image": {"file_id": "file_1"}}],
    },
}
SEARCH: dict[str, Any] = {
    "id": "call_2",
    "type": "file_search",
    "file_search": {"ranking_options": {"ranker": "auto"}, "results": [{"file_id": "file_2", "score": 0.5}]},
}


def event(name: str, payload: object) -> bytes:
    """Return an event as it is sent."""
    data = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
    return f"event: {name}\ndata: {data}\n\n".encode()


def ended(*calls: dict[str, Any]) -> dict[str, Any]:
    """Return the step as it ends."""
    details = {"type": "tool_calls", "tool_calls": list(calls)}
    return {**STEP, "status": "completed", "completed_at": 1_700_000_009, "step_details": details, "usage": {}}


def delta(*calls: dict[str, Any], step_id: str = "step_1") -> bytes:
    """Return a delta of a step."""
    details = {"type": "tool_calls", "tool_calls": list(calls)}
    payload = {"id": step_id, "object": "thread.run.step.delta", "delta": {"step_details": details}}
    return event("thread.run.step.delta", payload)


def code(index: int = 0, **payload: Any) -> dict[str, Any]:
    """Return what a delta says of a code interpreter."""
    return {"index": index, "type": "code_interpreter", "code_interpreter": payload}


CREATED = event("thread.run.created", RUN) + event("thread.run.step.created", STEP)
DELTAS = (
    delta({**code(input=""), "id": "call_1"})
    + delta(code(input="print("))
    + delta(code(input="6 * 7)"), {"index": 1, "id": "call_2", "type": "file_search", "file_search": {}})
    + delta(code(outputs=[{"index": 0, "type": "logs", "logs": "4"}, {"index": 0, "logs": "2\n"}]))
    + delta(code(outputs=[{"index": 1, "type": "image", "image": {"file_id": "file_1"}}]))
    + delta({"index": 1, "type": "file_search", "file_search": SEARCH["file_search"]})
    + delta({"index": 1, "id": "call_2", "type": "file_search", "file_search": SEARCH["file_search"]})
)
ENDED = event("thread.run.step.completed", ended(CODE, SEARCH)) + event(
    "thread.run.completed", {**RUN, "status": "completed"}
)
DONE = event("done", "[DONE]")
WHOLE = CREATED + DELTAS + ENDED + DONE
