"""A run that is written while somebody watches it, and a clock that moves only while they wait."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from attrs import define, field

from run_steps import AsyncRunSteps, Change, Pace, RunSteps, watch
from run_steps.serving import MemoryStore, create_app, serve
from run_steps.watching.decisions import Watch
from run_steps.watching.loops import watched_async

THREAD, RUN = "thread_1", "run_1"
BEGAN = 1735689600
"""When the run was created (Unix seconds)."""


def run(status: str, **fields: Any) -> dict[str, Any]:
    """Return a run as a server sends it."""
    return {
        "id": RUN,
        "object": "thread.run",
        "created_at": BEGAN,
        "thread_id": THREAD,
        "assistant_id": "asst_1",
        "status": status,
        **fields,
    }


def step(number: int, status: str = "completed", **fields: Any) -> dict[str, Any]:
    """Return a step as a server sends it, created as many seconds after the run as its number says."""
    return {
        "id": f"step_{number:04}",
        "object": "thread.run.step",
        "created_at": BEGAN + number,
        "run_id": RUN,
        "thread_id": THREAD,
        "assistant_id": "asst_1",
        "type": "message_creation",
        "status": status,
        "step_details": {"type": "message_creation", "message_creation": {"message_id": f"msg_{number}"}},
        **fields,
    }


@define
class WrittenRun:
    """A run in a store of a server; what is to happen to it happens while the watcher waits.

    Attributes:
        base_url: Base URL of the server.
        store: Where it is kept.
        now: The watcher's time (seconds).
        waits: How long the watcher waited, each time (seconds).
        to_come: What is written during each of the coming waits.
    """

    base_url: str
    store: MemoryStore
    now: float = 0.0
    waits: list[float] = field(factory=list[float])
    to_come: list[list[dict[str, Any]]] = field(factory=list[list[dict[str, Any]]])

    def write(self, *items: dict[str, Any]) -> None:
        """Put the run or steps of it."""
        for item in items:
            (self.store.put_step if item["object"] == "thread.run.step" else self.store.put_run)(item)

    def sleep(self, seconds: float) -> None:
        """Let time pass, and what is to come happen."""
        self.waits.append(seconds)
        self.now += seconds
        if self.to_come:
            self.write(*self.to_come.pop(0))

    async def sleep_later(self, seconds: float) -> None:
        """Let time pass, for a watcher that awaits it."""
        self.sleep(seconds)

    def watch(self, client: RunSteps, deadline: float | None = 3600.0, rand: float = 0.5) -> Iterator[Change]:
        """Watch it with a clock that moves only while waiting."""
        return watch(
            client, THREAD, RUN, deadline=deadline, sleep=self.sleep, clock=lambda: self.now, rand=lambda: rand
        )

    def watch_async(self) -> list[Change]:
        """Watch it to its end asynchronously, in the same way."""

        async def watch_it() -> list[Change]:
            async with AsyncRunSteps(base_url=self.base_url) as client:
                course = Watch(RUN, 3600.0, Pace(), clock=lambda: self.now, rand=lambda: 0.5)
                changes = watched_async(
                    course,
                    lambda: client.run(THREAD, RUN),
                    lambda after: client.list(THREAD, RUN, order="asc", after=after),
                    lambda step_id: client.retrieve(THREAD, RUN, step_id),
                    self.sleep_later,
                )
                return [change async for change in changes]

        return asyncio.run(watch_it())


@contextmanager
def written_run(*beginning: dict[str, Any], store: MemoryStore | None = None) -> Generator[WrittenRun]:
    """Serve a run.

    Args:
        beginning: What is there from the first; nothing to begin without the run.
        store: Where to keep it.
    """
    store = store or MemoryStore()
    store.add_thread(THREAD)
    with serve(create_app(store)) as base_url:
        written = WrittenRun(base_url, store)
        written.write(*beginning)
        yield written


def told(changes: Iterable[Change]) -> list[tuple[str, str, str]]:
    """Return changes in short: what happened, to which step or to the run, with which status now."""
    return [
        (change.kind, change.step.id if change.step else "run", str((change.step or change.run).status))
        for change in changes
    ]
