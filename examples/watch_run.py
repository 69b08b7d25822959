"""Follow a run until it is over, without holding anything else up: `python watch_run.py THREAD RUN`."""

from __future__ import annotations

import asyncio
import sys

from run_steps import AsyncRunSteps, DeadlineExceeded

SECONDS = 600


async def main(thread_id: str, run_id: str) -> None:
    """Show each change of a run and its steps; give up after ten minutes."""
    async with AsyncRunSteps() as client:
        try:
            async for change in client.watch(thread_id, run_id, deadline=SECONDS):
                item = change.step or change.run
                print(change.kind, item.id, item.status)
        except DeadlineExceeded as error:
            state = error.last_state
            sys.exit(f"Not over yet: {state.run.status if state else 'never seen'}.")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
