"""The clients find the runs of a thread, as the embedded server serves them."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from run_steps import AsyncRunSteps, NotFound, RunSteps
from run_steps._choices import Order
from run_steps.serving import create_app, sample_store, serve
from run_steps_api.api.runs import list_runs, retrieve_run
from run_steps_api.models import RunList, RunStatus

RUNS = ["run_long", "run_kinds", "run_failed", "run_cancelled", "run_expired", "run_in_progress", "run_empty"]
"""The runs of the sample thread, oldest first."""


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """Serve the sample data."""
    with serve(create_app(sample_store())) as url:
        yield url


@pytest.fixture
def client(base_url: str) -> Iterator[RunSteps]:
    """A client of that server."""
    with RunSteps(base_url=base_url) as client:
        yield client


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("page_size", [1, 3, 100])
def test_all_runs_of_a_thread_are_given_in_order(client: RunSteps, base_url: str, order: Order, page_size: int) -> None:
    """Both clients follow the pages to the end, in either order."""

    async def read() -> list[str]:
        async with AsyncRunSteps(base_url=base_url) as twin:
            return [run.id async for run in twin.runs("thread_demo", order=order, page_size=page_size)]

    ids = [run.id for run in client.runs("thread_demo", order=order, page_size=page_size)]

    assert ids == (RUNS if order == "asc" else RUNS[::-1])
    assert asyncio.run(read()) == ids


def test_runs_can_be_read_in_part(client: RunSteps) -> None:
    """`after`, `before` and `max_items` mean for runs what they mean for steps."""
    assert [run.id for run in client.runs("thread_demo", order="asc", after="run_failed", max_items=2)] == RUNS[3:5]
    assert [run.id for run in client.runs("thread_demo", order="asc", before="run_failed")] == RUNS[1::-1]


def test_a_run_is_retrieved(client: RunSteps, base_url: str) -> None:
    """One run comes with its status and times, by both clients and by the generated functions."""

    async def retrieve(run_id: str) -> object:
        async with AsyncRunSteps(base_url=base_url) as twin:
            return await twin.run("thread_demo", run_id)

    run = client.run("thread_demo", "run_failed")

    assert (run.id, run.status) == ("run_failed", RunStatus.FAILED)
    assert run.last_error
    assert asyncio.run(retrieve("run_failed")) == run
    assert retrieve_run.sync("thread_demo", "run_failed", client=client.connection) == run
    page = list_runs.sync("thread_demo", client=client.connection, limit=2)
    assert isinstance(page, RunList)
    assert [run.id for run in page.data] == RUNS[:-3:-1]


def test_a_run_that_is_not_there_is_named(client: RunSteps) -> None:
    """An unknown thread, run or cursor is a 404 that says which."""
    with pytest.raises(NotFound, match="No run found with id 'run_9'"):
        client.run("thread_demo", "run_9")
    with pytest.raises(NotFound, match="No thread found with id 'thread_9'"):
        list(client.runs("thread_9"))
    with pytest.raises(NotFound, match="No run found with id 'run_9', the value of 'after'"):
        list(client.runs("thread_demo", after="run_9"))


def test_the_server_wants_its_key_for_runs_too() -> None:
    """Runs are no more open than steps."""
    with serve(create_app(sample_store(), api_key="sk-test")) as base_url:
        for path in ("", "/run_long"):
            response = httpx.get(f"{base_url}/threads/thread_demo/runs{path}", trust_env=False)
            assert response.status_code == 401
