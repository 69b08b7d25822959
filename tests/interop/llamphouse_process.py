"""Start llamphouse in a process of its own, and let its agents work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from attrs import frozen

SERVER = Path(__file__).with_name("llamphouse_server.py")
NO_TELEMETRY = {"LLAMPHOUSE_TELEMETRY": "0", "LLAMPHOUSE_TRACING_ENABLED": "0"}


@frozen
class Run:
    """Ids of a run and its thread."""

    thread_id: str
    run_id: str


@frozen
class Event:
    """An event of a stream: its name, and its data as text."""

    name: str
    data: str


@frozen
class House:
    """A running llamphouse.

    Attributes:
        base_url: Where it is served.
        api_key: The key it wants, None when it wants none.
        client: Sends what `RunSteps` has no words for: it creates threads and runs.
    """

    base_url: str
    api_key: str | None
    client: httpx.Client

    def create_thread(self) -> str:
        """Return the id of a new thread."""
        return str(self.client.post("/threads", json={}).raise_for_status().json()["id"])

    @contextmanager
    def start(self, agent: str, thread_id: str, *, steps: int = 0) -> Generator[tuple[Run, Iterator[Event]]]:
        """Let an agent work in a thread; give the run and its further events as they happen."""
        run = {"assistant_id": agent, "metadata": {"steps": steps}, "stream": True}
        with self.client.stream("POST", f"/threads/{thread_id}/runs", json=run) as response:
            response.raise_for_status()
            events = _events(response.iter_lines())
            yield Run(thread_id, json.loads(next(events).data)["id"]), events

    def run(self, agent: str, *, steps: int = 0, thread_id: str | None = None) -> Run:
        """Let an agent work until it is done."""
        with self.start(agent, thread_id or self.create_thread(), steps=steps) as (run, events):
            names = [event.name for event in events]
        assert names[-2:] == ["thread.run.completed", "done"]
        return run


@contextmanager
def serve_llamphouse(log: Path, api_key: str | None = None) -> Generator[House]:
    """Run llamphouse while the `with` block lasts.

    Args:
        log: File for what it logs.
        api_key: The key it wants; None for its default, which is to want none.
    """
    command = [sys.executable, str(SERVER), *([api_key] if api_key else [])]
    headers = {"authorization": f"Bearer {api_key}"} if api_key else {}
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            command, env={**os.environ, **NO_TELEMETRY}, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        assert process.stdout is not None
        try:
            base_url = process.stdout.readline().strip()
            if not base_url:
                raise RuntimeError(f"llamphouse did not start:\n{log.read_text(encoding='utf-8')}")
            with httpx.Client(base_url=base_url, headers=headers, timeout=10, trust_env=False) as client:
                yield House(base_url, api_key, client)
        finally:
            process.terminate()


def _events(lines: Iterator[str]) -> Iterator[Event]:
    """Read the events of a stream, whose data llamphouse writes in one line each."""
    name = ""
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield Event(name, value)
