"""Show the steps of a run, and what tools they called: `python list_steps.py THREAD RUN`."""

from __future__ import annotations

import sys

from run_steps import NotFound, RunSteps, duration, tool_calls


def main(thread_id: str, run_id: str) -> None:
    """Show the steps of a run, oldest first."""
    with RunSteps() as client:
        for step in client.list(thread_id, run_id, order="asc"):
            print(step.id, step.status, duration(step) or "still going")
            for call in tool_calls(step):
                print(f"  {call.name}({call.input}) -> {call.error or call.output or 'nothing yet'}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except NotFound as error:
        sys.exit(str(error))
