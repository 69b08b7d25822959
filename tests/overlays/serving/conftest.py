"""Running servers, with the sample data or with steps of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from run_steps.serving import MemoryStore, create_app, sample_store, serve


@pytest.fixture(scope="session")
def make_step() -> Callable[..., dict[str, Any]]:
    """A function that builds a step of `run_a` from its id and fields, with no more than a store asks for besides."""

    def make(step_id: str, created_at: float = 0, **fields: Any) -> dict[str, Any]:
        step: dict[str, Any] = {"id": step_id, "run_id": "run_a", "thread_id": "thread_a", "created_at": created_at}
        return step | fields

    return make


@pytest.fixture
def store() -> MemoryStore:
    """A store with an empty run `run_a` in the thread `thread_a`."""
    store = MemoryStore()
    store.add_thread("thread_a")
    store.put_run({"id": "run_a", "thread_id": "thread_a", "created_at": 1})
    return store


@pytest.fixture(scope="session")
def sample_api() -> Iterator[httpx.Client]:
    """A client of a server with the sample data."""
    with serve(create_app(sample_store())) as base_url, httpx.Client(base_url=base_url, trust_env=False) as client:
        yield client


@pytest.fixture
def api(store: MemoryStore) -> Iterator[httpx.Client]:
    """A client of a server over `store`."""
    with serve(create_app(store)) as base_url, httpx.Client(base_url=base_url, trust_env=False) as client:
        yield client
