"""Fill archives the way a pull does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from run_steps._received import ReceivedItem
from run_steps.archive import Archive
from run_steps.stores import Item, MemoryStore, Page, PageQuery

SERVER = "http://127.0.0.1/v1"
"""Where the runs of these tests came from."""


def received(value: dict[str, Any]) -> ReceivedItem:
    """Return an object as if a server had sent it."""
    return ReceivedItem(value.get("id"), json.dumps(value), value)


def received_text(text: str) -> ReceivedItem:
    """Return JSON text as if a server had sent it."""
    value = json.loads(text)
    return ReceivedItem(value["id"], text, value)


def run(run_id: str, status: str = "completed", *, created_at: float = 1735689600, **fields: Any) -> ReceivedItem:
    """Return a run with little more than an archive looks at."""
    return received({"id": run_id, "status": status, "created_at": created_at} | fields)


def step(step_id: str, status: str = "completed", *, created_at: Any = 1735689600, **fields: Any) -> ReceivedItem:
    """Return a step with little more than an archive looks at."""
    return received({"id": step_id, "status": status, "created_at": created_at} | fields)


def put_run(archive: Archive, thread_id: str, item: ReceivedItem, steps: Sequence[ReceivedItem] = ()) -> None:
    """Put a run and all its steps, as a pull does that nothing stops."""
    assert item.id
    archive.put_runs(SERVER, thread_id, [item])
    archive.put_steps(thread_id, item.id, 0, steps, is_last=True)


def put_store(archive: Archive, store: MemoryStore, thread_id: str) -> None:
    """Put the runs of a thread of a store and all their steps, page by page."""
    for page in _pages(partial(store.list_runs, thread_id)):
        archive.put_runs(SERVER, thread_id, [_as_received(item) for item in page])
    for run_id in all_run_ids(store, thread_id):
        position = 0
        for page in _pages(partial(store.list_steps, thread_id, run_id)):
            archive.put_steps(thread_id, run_id, position, [_as_received(item) for item in page])
            position += len(page)
        archive.put_steps(thread_id, run_id, position, [], is_last=True)
    archive.finish_thread(thread_id)


def all_run_ids(store: MemoryStore | Archive, thread_id: str) -> list[str]:
    """Return the ids of the runs of a thread, oldest first."""
    return [item.id for page in _pages(partial(store.list_runs, thread_id)) for item in page]


def all_steps(store: MemoryStore | Archive, thread_id: str, run_id: str) -> list[Item]:
    """Return the steps of a run, oldest first."""
    return [item for page in _pages(partial(store.list_steps, thread_id, run_id)) for item in page]


def contents(path: Path) -> dict[str, dict[str, tuple[str, bool, dict[str, str]]]]:
    """Return all that readers of an archive see: threads, runs with whether they are finished, and steps in order."""
    with Archive.open(path) as archive:
        return {
            thread_id: {
                run_id: (
                    archive.get_run(thread_id, run_id).text,
                    archive.is_finished(thread_id, run_id),
                    {item.id: item.text for item in all_steps(archive, thread_id, run_id)},
                )
                for run_id in all_run_ids(archive, thread_id)
            }
            for thread_id in archive.threads()
        }


def _pages(read: Callable[[PageQuery], Page]) -> Iterator[Sequence[Item]]:
    query = PageQuery(limit=100, order="asc")
    while page := read(query).data:
        yield page
        query = PageQuery(limit=100, order="asc", after=page[-1].id)


def _as_received(item: Item) -> ReceivedItem:
    return ReceivedItem(item.id, item.text, item.value)
