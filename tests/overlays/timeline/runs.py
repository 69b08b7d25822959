"""Steps and runs as servers send them, for the tests of pictures."""

from __future__ import annotations

from typing import Any

from run_steps.serving.sample.runs import sample_runs
from run_steps.timeline import Timeline, build_timeline
from run_steps_api.models import Run, RunStep

NOON = 1767268800
"""2026-01-01 12:00:00 UTC (Unix seconds)."""

HOSTILE = [
    "<script>document.title = 'owned'</script>",
    "<img src='/leak/img' onerror='document.title=1'>",
    "]]></script></style></title></pre><!-- ' \" &amp; &#x3c; <b",
    "\x1b[31mred\x1b[2J\x1b]8;;http://leak.invalid/\x07link\x1b]8;;\x07",
    "\u202egpj.exe \u2066isolated\u2069 \u200b",
    "half \ud83d and \udc00",
    "\x00\x01\x9b31m\x7f\r\u2028\u2029\ufffe\ufeff",
    "[bold red]markup[/] [link=http://leak.invalid]x[/link]",
    "'; DROP TABLE steps;-- ../../etc/passwd",
    "@import url(/leak/css); url(/leak/url) javascript:alert(1)",
    "W" * 400,
    "漢字" * 200,
]
"""Text that would do harm somewhere if it were not shown as text."""


def call(name: str = "find_berth", arguments: str = "{}", output: str | None = "done") -> dict[str, Any]:
    """Return a call of a function."""
    return {
        "id": f"call_{name}",
        "type": "function",
        "function": {"name": name, "arguments": arguments, "output": output},
    }


def step(name: object, begin: Any, end: Any = None, *, status: str = "completed", **fields: Any) -> RunStep:
    """Return the step `step_<name>`; it called a function, unless its fields say otherwise."""
    return RunStep.from_dict(
        {
            "id": f"step_{name}",
            "object": "thread.run.step",
            "created_at": begin,
            "run_id": "run_1",
            "assistant_id": "asst_1",
            "thread_id": "thread_1",
            "type": "tool_calls",
            "status": status,
            "completed_at": end,
            "step_details": {"type": "tool_calls", "tool_calls": [call()]},
            **fields,
        }
    )


def run(status: str = "completed", **fields: Any) -> Run:
    """Return the run `run_1`."""
    return Run.from_dict(
        {
            "id": "run_1",
            "object": "thread.run",
            "created_at": NOON,
            "assistant_id": "asst_1",
            "thread_id": "thread_1",
            "status": status,
            **fields,
        }
    )


def sample(run_id: str) -> Timeline:
    """Return the timeline of a run of the sample data."""
    (found,) = (run for run in sample_runs() if run.payload["id"] == run_id)
    return build_timeline(map(RunStep.from_dict, found.steps), Run.from_dict(found.payload))


def everywhere(text: str) -> Timeline:
    """Return the timeline of a run that has a text wherever a server or a tool can put one."""
    calls = [
        {"id": text, "type": "function", "function": {"name": text, "arguments": text, "output": text}},
        {"id": text, "type": text, "input": text, "output": text},
    ]
    hostile = RunStep.from_dict(
        {
            "id": text,
            "object": text,
            "created_at": NOON,
            "run_id": text,
            "assistant_id": text,
            "thread_id": text,
            "type": text,
            "status": text,
            "failed_at": NOON + 2,
            "step_details": {"type": "tool_calls", "tool_calls": calls},
            "last_error": {"code": text, "message": text},
            "metadata": {text: text},
            "expires_at": text,
            "x" + text: text,
        }
    )
    asked = {"id": text, "type": "function", "function": {"name": text, "arguments": text}}
    fields: dict[str, Any] = {
        "id": text,
        "thread_id": text,
        "status": text,
        "model": text,
        "last_error": {"code": text, "message": text},
        "required_action": {"type": text, "submit_tool_outputs": {"tool_calls": [asked]}},
    }
    return build_timeline([hostile, step(2, NOON + 3, NOON + 4)], run(**fields))
