"""Export an archive of many steps in each format, each in a process of its own.

`python -m benchmarks.exporting FILE FORMAT` exports once and prints JSON.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import duckdb_csv
from benchmarks.iterating import peak_mb
from benchmarks.measuring import Figure, Table, interleaved_commands, run_compiled
from benchmarks.payloads import PAGE_SIZE, page
from run_steps._received import JsonObject, ReceivedItem, ReceivedPage, json_text, parse_received
from run_steps.archive import Archive
from run_steps.export import FORMATS, Format, export
from run_steps.stores import PageQuery

STEPS = 100_000
LONG_RUN = 30_000
STEPS_A_RUN = 50
RUNS_A_THREAD = 20
SECONDS_A_RUN = 1_600  # a year of runs


def measure(steps: int = STEPS, *, rounds: int) -> list[Table]:
    """Export steps of about 1.3 kB to files; write the same CSV with DuckDB; list a long run as JSON.

    Args:
        steps: How many the archive has (count).
        rounds: Times each format is written (count).
    """
    ours: dict[str, list[dict[str, float]]] = {name: [] for name in FORMATS}
    theirs: dict[str, list[dict[str, float]]] = {f"DuckDB, csv, {way}": [] for way in duckdb_csv.WAYS}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.db"
        fill(path, steps)
        for _ in range(rounds):
            for name, results in ours.items():
                results.append(_in_a_process(path, name))
            for results, way in zip(theirs.values(), duckdb_csv.WAYS, strict=True):
                if duckdb_csv.COMMAND is not None:
                    results.append(json.loads(run_compiled([*duckdb_csv.COMMAND, str(path), way])))
        pages = Table(
            "Reading a page of a run from that archive", [Figure.of("50 steps", "ms", wall=_pages(path, steps))]
        )
    every = {**{f"ours, {name}": results for name, results in ours.items()}, **theirs}
    every = {name: results for name, results in every.items() if results}
    return [
        pages,
        Table(f"Exporting {steps:,} steps", [_spent(name, results) for name, results in every.items()]),
        Table(
            "Peak memory of that",
            [Figure.of(name, "MB", peak=[one["peak_mb"] for one in results]) for name, results in every.items()],
        ),
        _measure_list(rounds=rounds * 3),
    ]


def _spent(name: str, results: Sequence[Mapping[str, float]]) -> Figure:
    return Figure.of(name, "s", wall=[one["seconds"] for one in results], CPU=[one["cpu"] for one in results])


def _measure_list(*, rounds: int) -> Table:
    """Write a long run as JSON with `list` and with `export`, as commands without what the interpreter costs."""
    program = str(Path(sys.executable).parent / "run-steps")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one-run.db"
        fill_one_run(path)
        contestants = {
            "run-steps export, jsonl": (program, "export", str(path), f"{folder}/steps.jsonl", "--overwrite"),
            "run-steps list --json": (program, "list", "thread_1", "run_1", "--json", "--archive", str(path)),
        }
        return Table(
            f"Writing a run of {LONG_RUN:,} mixed steps as JSON", interleaved_commands(contestants, rounds=rounds)
        )


def _pages(path: Path, steps: int) -> list[float]:
    """Return how long it takes to read the page that follows the first step, of 200 runs (ms each)."""
    milliseconds: list[float] = []
    with Archive.open(path) as archive:
        for number in range(0, steps // STEPS_A_RUN, steps // STEPS_A_RUN // 200):
            thread_id, run_id = f"thread_{number // RUNS_A_THREAD:06}", f"run_{number:06}"
            (first,) = archive.list_steps(thread_id, run_id, PageQuery(limit=1, order="asc")).data
            start = time.perf_counter()
            following = archive.list_steps(thread_id, run_id, PageQuery(limit=100, order="asc", after=first.id))
            milliseconds.append((time.perf_counter() - start) * 1000)
            assert len(following.data) == STEPS_A_RUN - 1
    return milliseconds


def fill(path: Path, steps: int) -> None:
    """Make an archive of many steps, a run each 27 minutes."""
    with Archive.create(path) as archive:
        for number in range(steps // STEPS_A_RUN):
            thread_id, run_id = f"thread_{number // RUNS_A_THREAD:06}", f"run_{number:06}"
            run = {"id": run_id, "thread_id": thread_id, "status": "completed", "created_at": _time(number)}
            archive.put_runs("http://127.0.0.1:8000/v1", thread_id, [_item(run)])
            items = [_item(step) for step in _steps(thread_id, run_id, number)]
            archive.put_steps(thread_id, run_id, 0, items, is_last=True)


def fill_one_run(path: Path) -> None:
    """Make an archive of one long run of mixed steps, as they are sent by OpenAI."""
    with Archive.create(path) as archive:
        archive.put_runs("http://127.0.0.1:8000/v1", "thread_1", [_item({"id": "run_1", "status": "completed"})])
        for start in range(0, LONG_RUN, PAGE_SIZE):
            items = ReceivedPage.from_dict(parse_received(page(start))).data
            archive.put_steps("thread_1", "run_1", start, items, is_last=start + PAGE_SIZE >= LONG_RUN)


def _in_a_process(path: Path, name: str) -> dict[str, float]:
    result: dict[str, float] = json.loads(run_compiled([sys.executable, "-m", "benchmarks.exporting", str(path), name]))
    return result


def _export(path: Path, file_format: Format) -> dict[str, float]:
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        start, cpu_start = time.perf_counter(), time.process_time()
        export(path, Path(folder) / "steps", file_format)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu_start
    return {"seconds": seconds, "cpu": cpu, "peak_mb": peak_mb()}


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
