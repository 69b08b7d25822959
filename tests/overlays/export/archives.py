"""Archives with the steps that a test wants."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from run_steps._received import ReceivedItem, json_text, parse_received_item
from run_steps.archive import Archive

NOON = 1_738_324_800
"""31 January 2025, 12:00 UTC."""

DAY = 86_400


def step(number: int, created_at: float | None = NOON, **fields: Any) -> dict[str, Any]:
    """A step of the run `run_1`; keywords are further fields, or others than usual."""
    return {
        "id": f"step_{number:05}",
        "thread_id": "thread_1",
        "run_id": "run_1",
        "assistant_id": "asst_1",
        "created_at": created_at,
        "type": "message_creation",
        "status": "completed",
        **fields,
    }


def make_archive(path: Path, steps: Iterable[dict[str, Any] | str]) -> Path:
    """Write an archive of steps, given as objects or as the text a server sent."""
    items = [received(each) for each in steps]
    with Archive.create(path) as archive:
        archive.put_runs("http://127.0.0.1/v1", "thread_1", [])
        for run_id, of_the_run in groupby(items, key=lambda item: item.value["run_id"]):
            run = received({"id": run_id, "thread_id": "thread_1", "status": "completed"})
            archive.put_runs("http://127.0.0.1/v1", "thread_1", [run])
            archive.put_steps("thread_1", run_id, 0, list(of_the_run))
    return path


def received(each: dict[str, Any] | str) -> ReceivedItem:
    """An item, given as an object or as the text a server sent."""
    text = each if isinstance(each, str) else json_text(each)
    return ReceivedItem.from_dict(parse_received_item(text.encode()))


def message(message_id: str, said: str, created_at: float = NOON, role: str = "user", **fields: Any) -> dict[str, Any]:
    """A message of the thread `thread_1`; keywords are further fields, or others than usual."""
    return {
        "id": message_id,
        "thread_id": "thread_1",
        "created_at": created_at,
        "role": role,
        "content": [{"type": "text", "text": {"value": said, "annotations": []}}],
        **fields,
    }


def make_conversation(path: Path) -> Path:
    """Write an archive of a thread: a question, a run that calls a function and answers, another question."""
    call = {"id": "call_1", "type": "function", "function": {"name": "find", "arguments": "{}", "output": "B4"}}
    details = {"type": "message_creation", "message_creation": {"message_id": "msg_2"}}
    steps = [
        step(1, NOON + 1, type="tool_calls", step_details={"type": "tool_calls", "tool_calls": [call]}),
        step(2, NOON + 2, step_details=details),
    ]
    messages = [
        message("msg_1", "Where?"),
        message("msg_2", "At B4.", NOON + 2, "assistant", run_id="run_1"),
        message("msg_3", "Thanks!", NOON + 9),
    ]
    with Archive.create(path) as archive:
        run = received({"id": "run_1", "thread_id": "thread_1", "status": "completed", "created_at": NOON})
        archive.put_runs("http://127.0.0.1/v1", "thread_1", [run])
        archive.put_steps("thread_1", "run_1", 0, [received(each) for each in steps])
        archive.put_messages("thread_1", 0, [received(each) for each in messages])
    return path
