"""The demo: everything a first look needs, from a server that runs inside the command itself."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from run_steps.server import create_app, sample_store, serve
from run_steps_api import Client
from run_steps_api.api.run_steps import list_run_steps, retrieve_run_step
from run_steps_api.models import RunStep, RunStepList, SortOrder, ToolCallsDetails, Usage
from run_steps_api.types import UNSET

THREAD, LONG_RUN = "thread_demo", "run_long"
PAGE_SIZE = 100
ROWS = 12
"""Steps shown in the table (count)."""


def run_demo(console: Console) -> None:
    """Start the embedded server, page through a long run, retrieve one step, and show both.

    Args:
        console: Where to print.
    """
    with serve(create_app(sample_store())) as base_url, Client(base_url=base_url) as client:
        console.print(f"A server with sample data answers at {base_url}.")
        steps: list[RunStep] = []
        for number, page in enumerate(_pages(client), start=1):
            steps += page.data
            console.print(f"  page {number}: {len(page.data)} steps")
        console.print(_table(steps))
        step = retrieve_run_step.sync(THREAD, LONG_RUN, steps[-1].id, client=client)
        assert isinstance(step, RunStep)
        console.print(f"Retrieved {step.id}: {_what(step)}, {step.status}, {_tokens(step)} tokens.")
    console.print(
        "Your own server, in Python: "
        'AuthenticatedClient(base_url="https://your-server/v1", token="your-key") from run_steps_api.',
        soft_wrap=True,
    )


def _pages(client: Client) -> Iterator[RunStepList]:
    after: str | None = None
    while True:
        page = list_run_steps.sync(
            THREAD, LONG_RUN, client=client, limit=PAGE_SIZE, order=SortOrder.ASC, after=after or UNSET
        )
        assert isinstance(page, RunStepList)
        yield page
        if not page.has_more:
            return
        after = page.data[-1].id


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
    began, ended = step.created_at, step.completed_at
    return f"{ended - began:g}" if isinstance(began, int) and isinstance(ended, int) else ""


def _tokens(step: RunStep) -> str:
    return str(step.usage.total_tokens) if isinstance(step.usage, Usage) and step.usage.total_tokens else ""
