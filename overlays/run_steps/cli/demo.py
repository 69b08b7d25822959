"""The demo: everything a first look needs, from a server that runs inside the command itself."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from run_steps import RunSteps, duration
from run_steps.server import create_app, sample_store, serve
from run_steps_api.models import RunStep, ToolCallsDetails, Usage

THREAD, LONG_RUN = "thread_demo", "run_long"
ROWS = 12
"""Steps shown in the table (count)."""


def run_demo(console: Console) -> None:
    """Start the embedded server, page through a long run, retrieve one step, and show both.

    Args:
        console: Where to print.
    """
    with serve(create_app(sample_store())) as base_url, RunSteps(base_url=base_url) as client:
        console.print(f"A server with sample data answers at {base_url}.")
        steps: list[RunStep] = []
        for number, page in enumerate(client.list(THREAD, LONG_RUN, order="asc").pages(), start=1):
            steps += page.items
            console.print(f"  page {number}: {len(page.items)} steps")
        console.print(_table(steps))
        step = client.retrieve(THREAD, LONG_RUN, steps[-1].id)
        console.print(f"Retrieved {step.id}: {_what(step)}, {step.status}, {_tokens(step)} tokens.")
    console.print(
        'Your own server, in Python: RunSteps(base_url="https://your-server/v1", api_key="your-key"), or set '
        "RUN_STEPS_BASE_URL and RUN_STEPS_API_KEY.",
        soft_wrap=True,
    )


def _table(steps: list[RunStep]) -> Table:
    table = Table(title=f"The last {ROWS} of {len(steps)} steps of {LONG_RUN}")
    table.add_column("step")
    table.add_column("what")
    table.add_column("status")
    table.add_column("seconds", justify="right")
    table.add_column("tokens", justify="right")
    for step in steps[-ROWS:]:
        table.add_row(*map(escape, (step.id, _what(step), str(step.status), _seconds(step), _tokens(step))))
    return table


def _what(step: RunStep) -> str:
    if isinstance(step.step_details, ToolCallsDetails):
        return ", ".join(str(call.type_) for call in step.step_details.tool_calls) or "no tool calls yet"
    return str(step.type_)


def _seconds(step: RunStep) -> str:
    took = duration(step)
    return "" if took is None else f"{took.total_seconds():g}"


def _tokens(step: RunStep) -> str:
    return str(step.usage.total_tokens) if isinstance(step.usage, Usage) and step.usage.total_tokens else ""
