"""Export an archive of a million steps in each format: `python -m benchmarks.exporting FILE`."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from run_steps.archive import Archive
from run_steps.export import FORMATS, Format, export
from run_steps.received import ReceivedItem
from run_steps.stores.items import JsonObject, json_text

STEPS = 1_000_000
STEPS_A_RUN = 50
RUNS_A_THREAD = 20
SECONDS_A_RUN = 1_600  # a year of runs


def main(arguments: list[str]) -> None:
    """Fill the archive where there is none, then export it in each format in a process of its own."""
    path = Path(arguments[0])
    if len(arguments) > 1:
        export_one(path, next(known for known in FORMATS if known == arguments[1]))
        return
    if not path.exists():
        fill(path)
    for file_format in FORMATS:
        subprocess.run([sys.executable, "-m", "benchmarks.exporting", str(path), file_format], check=True)


def export_one(path: Path, file_format: Format) -> None:
    """Export once, and print how fast and with how much memory."""
    with TemporaryDirectory(dir=path.parent) as folder:
        began = time.perf_counter()
        result = export(path, Path(folder) / "export", file_format)
        seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{file_format:8} {result.steps:,} steps in {seconds:.1f} s: {result.steps / seconds:,.0f} steps/s, "
        f"{result.size / 1e6:,.0f} MB in {result.files} files, at most {memory:.0f} MB of memory",
        flush=True,
    )


def fill(path: Path) -> None:
    """Make an archive of steps of about 1.4 kB."""
    with Archive.create(path) as archive:
        for number in range(STEPS // STEPS_A_RUN):
            thread_id, run_id = f"thread_{number // RUNS_A_THREAD:06}", f"run_{number:06}"
            run = {"id": run_id, "thread_id": thread_id, "status": "completed", "created_at": _time(number)}
            archive.put_runs("http://127.0.0.1:8000/v1", thread_id, [_item(run)])
            archive.put_steps(thread_id, run_id, 0, [_item(step) for step in _steps(thread_id, run_id, number)])
            archive.finish_run(thread_id, run_id)


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
    main(sys.argv[1:])
