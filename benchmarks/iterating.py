"""Iterate long runs, each in a process of its own: time, requests, and peak memory.

`python -m benchmarks.iterating BASE_URL WAY` iterates once and prints JSON.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

from benchmarks.measuring import Figure, Table
from benchmarks.static_server import static_server

LENGTHS = (1, 100, 10_000, 100_000)


def measure(lengths: tuple[int, ...] = LENGTHS, *, rounds: int) -> list[Table]:
    """Iterate runs of several lengths.

    Args:
        lengths: Steps of each run (count).
        rounds: Times each is iterated (count).
    """
    per_step: list[Figure] = []
    memory: list[Figure] = []
    for length in lengths:
        with static_server(length) as base_url:
            for way in ("plain", "prefetch"):
                results = [_in_a_process(base_url, way) for _ in range(rounds if length < 1_000_000 else 1)]
                requests = results[0]["requests"]
                name = f"{length:,} steps, {requests:,} requests, {way}"
                per_step.append(Figure.of(name, [one["seconds"] / length * 1e6 for one in results], "µs a step"))
                memory.append(Figure.of(name, [one["peak_mb"] for one in results], "MB"))
    return [Table("Time to iterate", per_step), Table("Peak memory of iterating", memory)]


def _in_a_process(base_url: str, way: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.iterating", base_url, way]
    result: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result


def _iterate(base_url: str, way: str) -> dict[str, float]:
    from run_steps import RunSteps  # noqa: PLC0415 - the parent process need not import it

    with RunSteps(base_url=base_url) as client:
        for _ in client.list("thread_1", "run_1", max_items=1):
            pass  # the connection and the models are there when the clock starts
        start = time.perf_counter()
        requests = steps = 0
        last = ""
        for page in client.list("thread_1", "run_1", order="asc", prefetch=way == "prefetch").pages():
            requests += 1
            for step in page.items:
                steps += 1
                assert step.id > last, "lost or doubled"
                last = step.id
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "requests": requests, "steps": steps, "peak_mb": peak}


if __name__ == "__main__":
    print(json.dumps(_iterate(*sys.argv[1:])))
