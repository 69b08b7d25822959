"""What a look of a watch costs, by how many steps of the run are known: `python -m benchmarks.watching`.

The run itself is not read, so that what the steps cost is not hidden by a second request.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from statistics import median

from benchmarks.payloads import step
from benchmarks.static_server import static_server
from run_steps import RunSteps
from run_steps.watching.decisions import Watch
from run_steps_api.models import Run

KNOWN = (100, 10_000, 40_000)
LOOKS = 100


def main() -> None:
    """Print the medians of interleaved looks, and how they compare with those at the fewest steps."""
    facts = step(0)
    thread_id, run_id = facts["thread_id"], facts["run_id"]
    run = Run.from_dict({"id": run_id, "object": "thread.run", "thread_id": thread_id, "status": "in_progress"})

    def look(client: RunSteps, watch: Watch) -> None:
        watch.receive(run, list(client.list(thread_id, run_id, order="asc", after=watch.resume_after(run))))

    with ExitStack() as stack:
        watches = {}
        for known in KNOWN:
            url = stack.enter_context(static_server(known))
            watches[known] = stack.enter_context(RunSteps(base_url=url)), Watch(run_id)
            look(*watches[known])
            state = watches[known][1].state
            assert state is not None
            assert len(state.steps) == known
        times: dict[int, list[tuple[float, float]]] = {known: [] for known in KNOWN}
        for _ in range(LOOKS):
            for known, watched in watches.items():
                wall, cpu = time.perf_counter(), time.process_time()
                look(*watched)
                times[known].append((time.perf_counter() - wall, time.process_time() - cpu))
    least_wall, least_cpu = (median(column) for column in zip(*times[KNOWN[0]], strict=True))
    for known, rows in times.items():
        wall, cpu = (median(column) for column in zip(*rows, strict=True))
        print(
            f"{known:6} steps known: {wall * 1e3:6.2f} ms wall ({wall / least_wall:.2f} x),"
            f" {cpu * 1e3:6.2f} ms CPU ({cpu / least_cpu:.2f} x)"
        )


if __name__ == "__main__":
    main()
