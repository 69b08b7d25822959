"""Pull a long history into a file, ours beside openai-python's asynchronous client, each in a process of its own.

`python -m benchmarks.pulling ours|openai BASE_URL FILE THREADS` pulls once and prints JSON.
"""

# openai-python marks all of the Assistants API as deprecated.
# pyright: reportDeprecated=false

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import tempfile
import time
import warnings
from importlib import import_module
from pathlib import Path

from benchmarks.iterating import peak_mb
from benchmarks.measuring import Figure, Table, run_compiled

THREADS, RUNS, STEPS = 100, 20, 60
CONCURRENCY = 16


def measure(*, rounds: int) -> list[Table]:
    """Pull 2,000 runs of 60 steps, from a good server in turns, then from one that fails often.

    Args:
        rounds: Times each is pulled (count).
    """
    from tests.overlays.history_server import history_server  # noqa: PLC0415 - a contestant need not import it

    samples: dict[str, list[dict[str, float]]] = {"ours": [], "openai": []}
    with tempfile.TemporaryDirectory() as folder:
        with history_server(THREADS, RUNS, STEPS) as base_url:
            for number in range(rounds):
                for name, results in samples.items():
                    results.append(_in_a_process(name, base_url, f"{folder}/{name}-{number}", THREADS))
            small = [_in_a_process("ours", base_url, f"{folder}/small-{number}", THREADS // 10) for number in range(3)]
        with history_server(THREADS, RUNS, STEPS, faulty=True) as base_url:
            faulty = [_in_a_process("ours", base_url, f"{folder}/faulty", THREADS)]
    every = {"ours": samples["ours"], "openai-python, asynchronous": samples["openai"]}
    assert all(one["steps"] == THREADS * RUNS * STEPS for results in every.values() for one in results)
    assert {one["checksum"] for one in [*samples["ours"], *faulty]} == {samples["ours"][0]["checksum"]}
    memory = {**every, "ours, a tenth of the runs": small}
    return [
        Table(
            f"Pulling {THREADS * RUNS:,} runs of {STEPS} steps, {CONCURRENCY} at a time",
            [
                Figure.of(name, "s", wall=[one["seconds"] for one in results], CPU=[one["cpu"] for one in results])
                for name, results in {
                    **every,
                    "ours, from a server that answers 10% 429, 5% 500 and resets 2%: the same checksum": faulty,
                }.items()
            ],
        ),
        Table(
            "Peak memory of that",
            [Figure.of(name, "MB", peak=[one["peak_mb"] for one in results]) for name, results in memory.items()],
        ),
    ]


def _in_a_process(name: str, base_url: str, path: str, threads: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.pulling", name, base_url, path, str(threads)]
    result: dict[str, float] = json.loads(run_compiled(command))
    return result


def _ours(base_url: str, path: Path, threads: int) -> int:
    from run_steps import servers  # noqa: PLC0415 - only one contestant is loaded
    from run_steps.pulling import Target, pull  # noqa: PLC0415

    targets = [Target(f"thread_{number:04}") for number in range(threads)]
    result = pull(servers.compatible(base_url), path, targets, concurrency=CONCURRENCY)
    assert not result.failed, result.failures[0]
    return result.steps


def _openai(base_url: str, path: Path, threads: int) -> int:
    import openai  # noqa: PLC0415 - only one contestant is loaded

    async def run() -> int:
        database = sqlite3.connect(path, isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(
            "CREATE TABLE steps (thread_id TEXT, run_id TEXT, step_id TEXT, payload TEXT,"
            " PRIMARY KEY (thread_id, run_id, step_id))"
        )
        database.execute("CREATE TABLE threads (thread_id TEXT PRIMARY KEY, payload TEXT)")
        database.execute(
            "CREATE TABLE messages (thread_id TEXT, message_id TEXT, payload TEXT, PRIMARY KEY (thread_id, message_id))"
        )
        client = openai.AsyncOpenAI(base_url=base_url, api_key="none", max_retries=10)
        listing, reading = asyncio.Semaphore(CONCURRENCY), asyncio.Semaphore(CONCURRENCY)
        count = 0

        async def pull_run(thread_id: str, run_id: str) -> None:
            nonlocal count
            async with reading:
                steps = client.beta.threads.runs.steps.list(run_id, thread_id=thread_id, limit=100, order="asc")
                rows = [(thread_id, run_id, step.id, step.model_dump_json()) async for step in steps]
            database.execute("BEGIN")
            database.executemany("INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?)", rows)
            database.execute("COMMIT")
            count += len(rows)

        async def pull_messages(thread_id: str) -> None:
            async with reading:
                thread = await client.beta.threads.retrieve(thread_id)
                messages = client.beta.threads.messages.list(thread_id, limit=100, order="asc")
                rows = [(thread_id, message.id, message.model_dump_json()) async for message in messages]
            database.execute("BEGIN")
            database.execute("INSERT OR REPLACE INTO threads VALUES (?, ?)", (thread_id, thread.model_dump_json()))
            database.executemany("INSERT OR REPLACE INTO messages VALUES (?, ?, ?)", rows)
            database.execute("COMMIT")

        async def pull_thread(thread_id: str) -> None:
            async with listing, asyncio.TaskGroup() as group:
                group.create_task(pull_messages(thread_id))
                async for run in client.beta.threads.runs.list(thread_id, limit=100):
                    group.create_task(pull_run(thread_id, run.id))

        async with asyncio.TaskGroup() as group:
            for number in range(threads):
                group.create_task(pull_thread(f"thread_{number:04}"))
        database.close()
        return count

    warnings.simplefilter("ignore", DeprecationWarning)
    return asyncio.run(run())


def _main() -> None:
    name, base_url, path, threads = sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
    contestant = {"ours": _ours, "openai": _openai}[name]
    import_module({"ours": "run_steps.pulling", "openai": "openai.resources.beta.threads.runs"}[name])
    start, cpu_start = time.perf_counter(), time.process_time()
    steps = contestant(base_url, path, threads)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu_start
    peak = peak_mb()
    digest = ""
    if name == "ours":
        from tests.overlays.pulling.comparing import checksum  # noqa: PLC0415 - its memory must not count

        digest = checksum(path)
    print(json.dumps({"steps": steps, "seconds": seconds, "cpu": cpu, "peak_mb": peak, "checksum": digest}))


if __name__ == "__main__":
    _main()
