"""Iterate long runs, each in a process of its own: time, requests, and peak memory.

`python -m benchmarks.iterating BASE_URL plain|prefetch WORK_MS` iterates once and prints JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.measuring import Figure, Table, run_compiled
from benchmarks.static_server import static_server

LENGTHS = (1, 100, 10_000, 100_000)


WORK_MS = 5
"""How long a page is worked on where fetching ahead is measured (milliseconds, waiting rather than computing)."""


def measure(lengths: tuple[int, ...] = LENGTHS, *, rounds: int) -> list[Table]:
    """Iterate runs of several lengths.

    Args:
        lengths: Steps of each run (count).
        rounds: Times each is iterated (count).
    """
    time_a_step: list[Figure] = []
    memory: list[Figure] = []
    for length in lengths:
        with static_server(length) as base_url:
            results = [_in_a_process(base_url, "plain", "0") for _ in range(rounds if length < 1_000_000 else 1)]
        name = f"{length:,} steps, {results[0]['requests']:,} requests"
        spent = {
            what: [one[key] / length * 1e6 for one in results] for what, key in (("CPU", "cpu"), ("wall", "seconds"))
        }
        time_a_step.append(Figure.of(name, "µs a step", **spent))
        memory.append(Figure.of(name, "MB", peak=[one["peak_mb"] for one in results]))
    ahead: list[Figure] = []
    with static_server(10_000) as base_url:
        for way in ("plain", "prefetch"):
            results = [_in_a_process(base_url, way, str(WORK_MS)) for _ in range(rounds)]
            ahead.append(Figure.of(f"10,000 steps, {way}", "s", wall=[one["seconds"] for one in results]))
    return [
        Table("Iterating", time_a_step),
        Table("Peak memory of iterating", memory),
        Table(f"Time of iterating when each page is worked on for {WORK_MS} ms", ahead),
    ]


def _in_a_process(*arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.iterating", *arguments]
    result: dict[str, float] = json.loads(run_compiled(command))
    return result


def _iterate(base_url: str, way: str, work_ms: str) -> dict[str, float]:
    from run_steps import RunSteps  # noqa: PLC0415 - the parent process need not import it

    with RunSteps(base_url=base_url) as client:
        for _ in client.list("thread_1", "run_1", max_items=1):
            pass  # the connection and the models are there when the clocks start
        start, cpu_start = time.perf_counter(), time.process_time()
        requests = steps = 0
        last = ""
        for page in client.list("thread_1", "run_1", order="asc", prefetch=way == "prefetch").pages():
            requests += 1
            for step in page.items:
                steps += 1
                assert step.id > last, "lost or doubled"
                last = step.id
            time.sleep(float(work_ms) / 1000)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu_start
    return {"seconds": seconds, "cpu": cpu, "requests": requests, "steps": steps, "peak_mb": peak_mb()}


def peak_mb() -> float:
    """Return the largest resident size of this process (MB); `getrusage` would count the parent it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    print(json.dumps(_iterate(*sys.argv[1:])))
