"""Pull a long history with one, two and four processes, as many requests under way in all.

`python -m benchmarks.sharding PROCESSES BASE_URL FILE` pulls once and prints JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from benchmarks.cached_server import CachedServer, cached_server
from benchmarks.measuring import Figure, Table, run_compiled
from benchmarks.pulling import CONCURRENCY, RUNS, STEPS, THREADS

PROCESSES = (1, 2, 4)
LATENCY = 0.02


def measure(*, rounds: int) -> list[Table]:
    """Pull 2,000 runs of 60 steps from a server that costs little, then from one that takes 20 ms for each answer.

    Args:
        rounds: Times each is pulled (count).
    """
    title = f"Pulling {THREADS * RUNS:,} runs of {STEPS} steps, {CONCURRENCY} requests at a time in all"
    return [
        Table(title, _figures(rounds, 0.0)),
        Table(f"The same, from a server that takes {LATENCY * 1000:.0f} ms to answer", _figures(rounds, LATENCY)),
    ]


def _figures(rounds: int, latency: float) -> list[Figure]:
    samples: dict[int, list[dict[str, float]]] = {processes: [] for processes in PROCESSES}
    with cached_server(THREADS, RUNS, STEPS, latency=latency) as server, tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds + 1):
            for processes, results in samples.items():
                path = Path(folder) / "pulled.sqlite"
                spent = _in_a_process(processes, server, path)
                path.unlink()
                if turn:  # in the first, the server makes its answers
                    results.append(spent)
    every = [one for results in samples.values() for one in results]
    assert {one["steps"] for one in every} == {THREADS * RUNS * STEPS}
    assert len({one["checksum"] for one in every}) == 1
    names = {1: "one process", **{processes: f"{processes} processes" for processes in PROCESSES[1:]}}
    measures = ("wall", "CPU", "CPU of the server")
    return [
        Figure.of(names[processes], "s", **{what: [one[what] for one in results] for what in measures})
        for processes, results in samples.items()
    ]


def _in_a_process(processes: int, server: CachedServer, path: Path) -> dict[str, float]:
    before = _cpu_of(server.process)
    command = [sys.executable, "-m", "benchmarks.sharding", str(processes), server.base_url, str(path)]
    result: dict[str, float] = json.loads(run_compiled(command))
    return {**result, "CPU of the server": _cpu_of(server.process) - before}


def _cpu_of(process: int) -> float:
    """Return the CPU that a process has used (seconds): https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _main() -> None:
    from run_steps import servers  # noqa: PLC0415 - the parent measures and pulls nothing
    from run_steps.pulling import Target, pull, pull_sharded  # noqa: PLC0415
    from run_steps.workers import local_processes  # noqa: PLC0415
    from tests.overlays.pulling.comparing import checksum  # noqa: PLC0415

    processes, base_url, path = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    targets = [Target(f"thread_{number:04}") for number in range(THREADS)]
    start, cpu_start = time.perf_counter(), _spent()
    if processes == 1:
        result = pull(servers.compatible(base_url), path, targets, concurrency=CONCURRENCY)
    else:
        result = pull_sharded(
            partial(servers.compatible, base_url),
            path,
            targets,
            shards=processes,
            open_executor=local_processes(processes),
            concurrency=CONCURRENCY // processes,
        )
    seconds, cpu = time.perf_counter() - start, _spent() - cpu_start
    assert not result.failed, result.failures[0]
    print(json.dumps({"steps": result.steps, "wall": seconds, "CPU": cpu, "checksum": checksum(path)}))


def _spent() -> float:
    """Return the CPU of this process and of those it started that have ended (seconds)."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    _main()
