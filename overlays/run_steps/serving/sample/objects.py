"""Build steps and runs as servers send them, with every field in its place."""

from __future__ import annotations

from collections.abc import Sequence

from run_steps.stores import JsonObject

ASSISTANT_ID = "asst_harbour"
MODEL = "gpt-4o"

_LIFETIME = 600
"""After how long an unfinished run is given up (seconds)."""


def step(
    run_id: str,
    name: str,
    details: JsonObject,
    *,
    thread_id: str,
    at: int,
    seconds: int = 2,
    status: str = "completed",
    last_error: JsonObject | None = None,
    run_is_going: bool = False,
    tokens: tuple[int, int] = (640, 48),
) -> JsonObject:
    """Return a run step.

    Args:
        run_id: Id of the run.
        name: What makes the id of the step: `step_<name>`.
        details: Its `step_details`; their `type` is that of the step.
        thread_id: Id of the thread.
        at: When it was created (Unix seconds).
        seconds: How long it took to reach its status.
        status: How it stands or ended.
        last_error: Why it failed.
        run_is_going: Whether the run has not ended, and can therefore still expire.
        tokens: Tokens read and written (counts).
    """
    ended_at = at + seconds
    return {
        "id": f"step_{name}",
        "object": "thread.run.step",
        "created_at": at,
        "run_id": run_id,
        "assistant_id": ASSISTANT_ID,
        "thread_id": thread_id,
        "type": details["type"],
        "status": status,
        "cancelled_at": ended_at if status == "cancelled" else None,
        "completed_at": ended_at if status == "completed" else None,
        "expires_at": at + _LIFETIME if run_is_going or status == "expired" else None,
        "failed_at": ended_at if status == "failed" else None,
        "last_error": last_error,
        "step_details": details,
        "usage": None if status == "in_progress" else _usage(*tokens),
    }


def message_creation(name: str) -> JsonObject:
    """Return the details of a step that wrote the message `msg_<name>`."""
    return {"type": "message_creation", "message_creation": {"message_id": f"msg_{name}"}}


def thread(thread_id: str, *, at: int) -> JsonObject:
    """Return a thread that was created at a time (Unix seconds)."""
    return {"id": thread_id, "object": "thread", "created_at": at, "metadata": {}, "tool_resources": {}}


def message(
    name: str, text: str, *annotations: JsonObject, thread_id: str, at: int, run_id: str | None = None
) -> JsonObject:
    """Return the message `msg_<name>`.

    Args:
        name: What makes its id.
        text: What it says.
        annotations: What is noted about places in the text.
        thread_id: Id of the thread.
        at: When it was created (Unix seconds).
        run_id: Id of the run that wrote it; None for what a person wrote.
    """
    return {
        "id": f"msg_{name}",
        "object": "thread.message",
        "created_at": at,
        "assistant_id": ASSISTANT_ID if run_id else None,
        "thread_id": thread_id,
        "run_id": run_id,
        "role": "assistant" if run_id else "user",
        "content": [{"type": "text", "text": {"value": text, "annotations": list(annotations)}}],
        "attachments": [],
        "metadata": {},
    }


def tool_calls(*calls: JsonObject) -> JsonObject:
    """Return the details of a step that called tools; without a call, of one that is still choosing them."""
    return {"type": "tool_calls", "tool_calls": list(calls)}


def run(
    run_id: str,
    steps: Sequence[JsonObject],
    *,
    thread_id: str,
    at: int,
    status: str = "completed",
    last_error: JsonObject | None = None,
) -> JsonObject:
    """Return the run that did these steps.

    Args:
        run_id: Id of the run.
        steps: Its steps in the order they were created.
        thread_id: Id of the thread.
        at: When the run was created (Unix seconds).
        status: How it stands or ended.
        last_error: Why it failed.
    """
    is_going = status in {"queued", "in_progress"}
    ended_at = _end(steps[-1]) if steps and not is_going else at
    return {
        "id": run_id,
        "object": "thread.run",
        "created_at": at,
        "assistant_id": ASSISTANT_ID,
        "thread_id": thread_id,
        "status": status,
        "started_at": None if status == "queued" else at,
        "expires_at": at + _LIFETIME if is_going or status == "expired" else None,
        "cancelled_at": ended_at if status == "cancelled" else None,
        "failed_at": ended_at if status == "failed" else None,
        "completed_at": ended_at if status == "completed" else None,
        "required_action": None,
        "last_error": last_error,
        "model": MODEL,
        "instructions": "You help the crew of a small harbour with tides, berths and the weather.",
        "tools": [],
        "metadata": {},
        "usage": None if is_going else _total_usage(steps),
    }


def _end(step: JsonObject) -> int:
    times: list[int | None] = [step[name] for name in ("completed_at", "failed_at", "cancelled_at", "expires_at")]
    return next(time for time in times if time is not None)


def _usage(prompt_tokens: int, completion_tokens: int) -> JsonObject:
    return {
        "prompt_tokens": prompt_tokens,
        "completion_tokens": completion_tokens,
        "total_tokens": prompt_tokens + completion_tokens,
        # What was read before comes from the cache, in blocks of 128.
        "prompt_token_details": {"cached_tokens": prompt_tokens // 2 // 128 * 128},
        "completion_tokens_details": {"reasoning_tokens": 0},
    }


def _total_usage(steps: Sequence[JsonObject]) -> JsonObject:
    usages = [step["usage"] for step in steps if step["usage"] is not None]
    return {
        name: sum(usage[name] for usage in usages) for name in ("prompt_tokens", "completion_tokens", "total_tokens")
    }
