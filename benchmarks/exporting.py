"""Export an archive of a million steps in each format, each in a process of its own.

`python -m benchmarks.exporting FILE FORMAT` exports once and prints JSON.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.iterating import peak_mb
from benchmarks.measuring import Figure, Table
from run_steps._received import JsonObject, ReceivedItem, json_text
from run_steps.archive import Archive
from run_steps.export import FORMATS, Format, export
from run_steps.stores import PageQuery

STEPS = 1_000_000
STEPS_A_RUN = 50
RUNS_A_THREAD = 20
SECONDS_A_RUN = 1_600  # a year of runs


def measure(*, rounds: int) -> list[Table]:
    """Export a million steps of about 1.3 kB to files.

    Args:
        rounds: Times each format is written (count).
    """
    samples: dict[str, list[dict[str, float]]] = {name: [] for name in FORMATS}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "million.db"
        fill(path)
        for _ in range(rounds):
            for name, results in samples.items():
                results.append(_in_a_process(path, name))
        pages = Table("Read a page of a run from that archive", [Figure.of("50 steps", _pages(path), "ms")])
    return [
        pages,
        *(
            Table(
                f"Export {STEPS:,} steps, {title}",
                [Figure.of(name, [one[key] for one in results], unit) for name, results in samples.items()],
            )
            for title, key, unit in (
                ("steps a second", "rate", "/s"),
                ("the CPU used", "cpu", "s"),
                ("peak memory", "peak_mb", "MB"),
                ("size", "megabytes", "MB"),
            )
        ),
    ]


def _pages(path: Path) -> list[float]:
    """Return how long it takes to read the page that follows the first step, of 200 runs (ms each)."""
    milliseconds: list[float] = []
    with Archive.open(path) as archive:
        for number in range(0, STEPS // STEPS_A_RUN, STEPS // STEPS_A_RUN // 200):
            thread_id, run_id = f"thread_{number // RUNS_A_THREAD:06}", f"run_{number:06}"
            (first,) = archive.list_steps(thread_id, run_id, PageQuery(limit=1, order="asc")).data
            start = time.perf_counter()
            page = archive.list_steps(thread_id, run_id, PageQuery(limit=100, order="asc", after=first.id))
            milliseconds.append((time.perf_counter() - start) * 1000)
            assert len(page.data) == STEPS_A_RUN - 1
    return milliseconds


def fill(path: Path) -> None:
    """Make an archive of a million steps of a year."""
    with Archive.create(path) as archive:
        for number in range(STEPS // STEPS_A_RUN):
            thread_id, run_id = f"thread_{number // RUNS_A_THREAD:06}", f"run_{number:06}"
            run = {"id": run_id, "thread_id": thread_id, "status": "completed", "created_at": _time(number)}
            archive.put_runs("http://127.0.0.1:8000/v1", thread_id, [_item(run)])
            steps = [_item(step) for step in _steps(thread_id, run_id, number)]
            archive.put_steps(thread_id, run_id, 0, steps, is_last=True)


def _in_a_process(path: Path, name: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.exporting", str(path), name]
    result: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result


def _export(path: Path, file_format: Format) -> dict[str, float]:
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        start, cpu_start = time.perf_counter(), time.process_time()
        result = export(path, Path(folder) / "steps", file_format)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu_start
    return {"rate": result.steps / seconds, "cpu": cpu, "peak_mb": peak_mb(), "megabytes": result.size / 1e6}


def _steps(thread_id: str, run_id: str, number: int) -> Iterator[JsonObject]:
    rand = random.Random(number)  # noqa: S311 - text that does not compress to nothing
    for index in range(STEPS_A_RUN):
        words = " ".join(f"{rand.getrandbits(24):x}" for _ in range(110))
        yield {
            "id": f"step_{number:06}{index:03}",
            "object": "thread.run.step",
            "created_at": _time(number) + index * 2,
            "thread_id": thread_id,
            "run_id": run_id,
            "assistant_id": "asst_benchmark",
            "type": "tool_calls",
            "status": "completed",
            "completed_at": _time(number) + index * 2 + 1,
            "usage": {"prompt_tokens": 100 + index, "completion_tokens": 20, "total_tokens": 120 + index},
            "step_details": {
                "type": "tool_calls",
                "tool_calls": [
                    {
                        "id": f"call_{index}",
                        "type": "function",
                        "function": {"name": "look", "arguments": json.dumps({"q": words[:90]}), "output": words},
                    }
                ],
            },
        }


def _time(number: int) -> int:
    return 1_735_689_600 + number * SECONDS_A_RUN


def _item(value: JsonObject) -> ReceivedItem:
    return ReceivedItem(str(value["id"]), json_text(value), value)


if __name__ == "__main__":
    by_name: dict[str, Format] = {name: name for name in FORMATS}
    print(json.dumps(_export(Path(sys.argv[1]), by_name[sys.argv[2]])))
