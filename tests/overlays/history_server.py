"""A server with a long history, in a process of its own, that fails as often as it is told.

`python -m tests.overlays.history_server THREADS RUNS STEPS [--faulty]` serves so many threads, runs in each and steps
in each of these, and prints its base URL.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from attrs import frozen
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.payloads import step as sample_step
from run_steps.serving import MemoryStore, create_app
from run_steps.serving.running import serve

BEGAN = 1_735_689_600
"""When the first run began (Unix seconds)."""


@frozen
class Faults:
    """How often the server fails (shares of all requests).

    Attributes:
        too_many: Answers 429, every other time with a `Retry-After` of zero.
        broken: Answers 500.
        reset: Resets the connection.
    """

    too_many: float = 0.10
    broken: float = 0.05
    reset: float = 0.02


def history(threads: int, runs: int, steps: int) -> MemoryStore:
    """Return a store with so many threads, runs in each and steps in each of these, all ended; two messages a run."""
    store = MemoryStore()
    for thread in range(threads):
        thread_id = f"thread_{thread:04}"
        store.add_thread(thread_id)
        for run in range(runs):
            began = BEGAN + 600 * (thread * runs + run)
            run_id = f"run_{thread:04}_{run:04}"
            store.put_run(_run(thread_id, run_id, began, steps))
            for number in range(steps):
                ids = {"id": f"step_{thread:04}_{run:04}_{number:04}", "run_id": run_id, "thread_id": thread_id}
                store.put_step({**sample_step(number), **ids, "created_at": began + number})
            store.put_message(_message(f"msg_{thread:04}_{run:04}_0", thread_id, None, began - 1))
            store.put_message(_message(f"msg_{thread:04}_{run:04}_1", thread_id, run_id, began + steps))
    return store


def _run(thread_id: str, run_id: str, began: int, seconds: int) -> dict[str, Any]:
    return {
        "id": run_id,
        "object": "thread.run",
        "created_at": began,
        "assistant_id": "asst_1",
        "thread_id": thread_id,
        "status": "completed",
        "started_at": began,
        "expires_at": None,
        "cancelled_at": None,
        "failed_at": None,
        "completed_at": began + seconds,
        "required_action": None,
        "last_error": None,
        "incomplete_details": None,
        "model": "gpt-4o",
        "instructions": "You answer questions.",
        "tools": [],
        "metadata": {},
        "usage": None,
        "parallel_tool_calls": True,
    }


def _message(message_id: str, thread_id: str, run_id: str | None, created_at: int) -> dict[str, Any]:
    return {
        "id": message_id,
        "object": "thread.message",
        "created_at": created_at,
        "assistant_id": "asst_1" if run_id else None,
        "thread_id": thread_id,
        "run_id": run_id,
        "role": "assistant" if run_id else "user",
        "content": [{"type": "text", "text": {"value": "The tide turns at noon. " * 20, "annotations": []}}],
        "attachments": [],
        "metadata": {},
    }


class Faulty:
    """An application in front of another one that fails at random, the same way each time.

    Args:
        app: The application behind.
        faults: How often.
    """

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults
        self._random = random.Random(7)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or fail."""
        drawn = self._random.random()
        faults = self._faults
        if drawn < faults.too_many:
            hint = [(b"retry-after", b"0")] if drawn < faults.too_many / 2 else []
            await _answer(send, 429, hint)
        elif drawn < faults.too_many + faults.broken:
            await _answer(send, 500, [])
        elif drawn < faults.too_many + faults.broken + faults.reset:
            # uvicorn hands on a method of the object that holds the connection; ASGI has no word for cutting it.
            transport: asyncio.Transport = send.__self__.transport  # type: ignore[attr-defined]
            transport.abort()
        else:
            await self._app(scope, receive, send)


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    body = b'{"error": {"message": "Try again.", "type": "server_error", "param": null, "code": null}}'
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *headers]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@contextmanager
def history_server(threads: int, runs: int, steps: int, *, faulty: bool = False) -> Generator[str]:
    """Run the server in another process; give its base URL."""
    command = [sys.executable, "-m", __name__, *map(str, (threads, runs, steps)), *(["--faulty"] if faulty else [])]
    # It ends with its standard input, so that it never outlives whoever started it.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def _main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("threads", "runs", "steps"):
        parser.add_argument(name, type=int)
    parser.add_argument("--faulty", action="store_true")
    options = parser.parse_args()
    app = create_app(history(options.threads, options.runs, options.steps))
    with serve(Faulty(app, Faults()) if options.faulty else app) as base_url:
        sys.stdout.write(f"{base_url}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    _main()
