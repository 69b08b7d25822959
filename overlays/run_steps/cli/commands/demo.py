"""The demo: everything a first look needs, from a server that runs inside the command itself."""

from __future__ import annotations

from datetime import UTC, datetime

from rich.console import Console

from run_steps import RunSteps, message_text
from run_steps.cli.columns import RUN_COLUMNS, STEP_COLUMNS
from run_steps.cli.output import chosen, write_table
from run_steps.cli.written import read_messages
from run_steps.serving import create_app, sample_store, serve
from run_steps.timeline import build_timeline, to_terminal
from run_steps_api.models import RunStep

THREAD, LONG_RUN, DRAWN_RUN = "thread_demo", "run_long", "run_in_progress"
ROWS = 8
"""Steps shown in the table (count)."""


def run_demo(console: Console) -> None:
    """Start the embedded server, list runs, page through a long one, retrieve a step and draw a run.

    Args:
        console: Where to print.
    """
    with serve(create_app(sample_store())) as base_url, RunSteps(base_url=base_url) as client:
        console.print(f"A server with sample data answers at {base_url}.")
        console.print(f"\nThe runs of {THREAD}:\n")
        write_table(console, list(client.runs(THREAD)), chosen(RUN_COLUMNS, None), nothing="none")

        console.print(f"\nThe steps of {LONG_RUN}, page by page:\n")
        steps: list[RunStep] = []
        for number, page in enumerate(client.list(THREAD, LONG_RUN, order="asc").pages(), start=1):
            steps += page.items
            console.print(f"  page {number}: {len(page.items)} steps")
        console.print(f"\nThe last {ROWS} of {len(steps)} steps of {LONG_RUN}:\n")
        write_table(console, steps[-ROWS:], chosen(STEP_COLUMNS, None), nothing="none")
        step = client.retrieve(THREAD, LONG_RUN, steps[-1].id)
        (message,) = read_messages(client, THREAD, LONG_RUN, [step])
        console.print(f"\nRetrieved {step.id}: {step.type_}, {step.status}. It wrote:\n  {message_text(message)}\n")

        run = client.run(THREAD, DRAWN_RUN)
        drawn = list(client.list(THREAD, DRAWN_RUN, order="asc"))
        messages = read_messages(client, THREAD, DRAWN_RUN, drawn)
        console.print(to_terminal(build_timeline(drawn, run, now=datetime.now(UTC), messages=messages)))
    console.print(
        "\nYour own server: run-steps runs THREAD --server https://your-server/v1\n"
        'Your own server, in Python: RunSteps(base_url="https://your-server/v1")\n'
        "Both find it in RUN_STEPS_BASE_URL, and its key in RUN_STEPS_API_KEY.\n"
        "This sample, for as long as you like: run-steps serve --sample",
        soft_wrap=True,
    )
