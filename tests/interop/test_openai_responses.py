"""The in-process mock of openai-responses never says that a list has ended, and is read to its end all the same."""

# pyright: reportDeprecated=false, reportMissingTypeStubs=false
# openai-python marks all of the Assistants API as deprecated; the helpers of the mock come without py.typed.

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import httpx
import openai
import pytest
from attrs import frozen
from openai_responses import OpenAIMock
from openai_responses.helpers.builders.run_steps import build_run_step

from run_steps import NotFound, RunSteps
from run_steps._choices import Order
from run_steps_api.models import RunStep
from tests.interop.conftest import OpenReader
from tests.interop.readers import Reader, async_reader, sync_reader

pytestmark = pytest.mark.filterwarnings("ignore:(deprecated|The Assistants API):DeprecationWarning")

BASE_URL = "https://api.test/v1"
COUNT = 50
IDS = [f"step_{number:02}" for number in range(COUNT)]

ORDERS = pytest.mark.parametrize("order", ["asc", "desc"])


@frozen
class Mocked:
    """The mock, and the ids of what it holds: a run of 50 steps and one without any, both of one thread."""

    mock: OpenAIMock
    client: openai.OpenAI
    thread_id: str
    run_id: str
    empty_run_id: str

    @property
    def requests(self) -> int:
        """How many lists were asked for (count)."""
        return self.mock.beta.threads.runs.steps.list.route.call_count


@pytest.fixture(scope="module")
def mocked() -> Iterator[Mocked]:
    """A mock that answers whatever is sent to its base URL in this process."""
    mock = OpenAIMock(base_url=BASE_URL)
    with mock.router, openai.OpenAI(base_url=BASE_URL, api_key="any") as client:
        assistant = client.beta.assistants.create(model="gpt-4o")
        thread = client.beta.threads.create()
        run, empty_run = (client.beta.threads.runs.create(thread.id, assistant_id=assistant.id) for _ in range(2))
        for number, step_id in enumerate(IDS):
            step = build_run_step(
                {
                    "id": step_id,
                    "created_at": 1_767_225_600 + number,
                    "assistant_id": assistant.id,
                    "thread_id": thread.id,
                    "run_id": run.id,
                    "status": "completed",
                    "type": "message_creation",
                    "step_details": {"type": "message_creation", "message_creation": {"message_id": f"msg_{number}"}},
                }
            )
            mock.state.beta.threads.runs.steps.put(step)
        yield Mocked(mock, client, thread.id, run.id, empty_run.id)


@pytest.fixture(scope="module")
def reader(open_reader: OpenReader) -> Iterator[Reader[RunStep]]:
    """Reads from the base URL that is mocked."""
    with open_reader(base_url=BASE_URL) as reader:
        yield reader


def ids_of(steps: Sequence[RunStep]) -> list[str]:
    """Return the ids of steps."""
    return [step.id for step in steps]


def in_order(order: Order) -> list[str]:
    """Return the ids of all steps in an order."""
    return IDS if order == "asc" else IDS[::-1]


@ORDERS
@pytest.mark.parametrize("page_size", [None, 1, 7, 25, COUNT])
def test_every_step_is_listed_once(
    mocked: Mocked, reader: Reader[RunStep], order: Order, page_size: int | None
) -> None:
    """`has_more` is true on every page, also on the last one and on the empty one behind it: the list ends there."""
    requests_before = mocked.requests
    steps = reader.steps(mocked.thread_id, mocked.run_id, order=order, page_size=page_size)
    assert ids_of(steps) == in_order(order)
    assert mocked.requests - requests_before == -(-COUNT // (page_size or 100)) + 1


def test_the_mock_claims_on_every_page_that_more_follow(mocked: Mocked) -> None:
    """What the client makes up for: a page that is empty and still not the last one, if one believed it."""
    with RunSteps(base_url=BASE_URL) as client:
        pages = list(client.list(mocked.thread_id, mocked.run_id, page_size=40).pages())
    bodies = [json.loads(page.response.body) for page in pages if page.response]
    assert [len(body["data"]) for body in bodies] == [40, 10, 0]
    assert [body["has_more"] for body in bodies] == [True, True, True]


def test_a_page_size_of_twenty_ends_early_for_every_client(mocked: Mocked, reader: Reader[RunStep]) -> None:
    """The mock compares the length of a page with 20: only then is `has_more` false, and both libraries believe it."""
    steps = reader.steps(mocked.thread_id, mocked.run_id, page_size=20)
    theirs = mocked.client.beta.threads.runs.steps.list(mocked.run_id, thread_id=mocked.thread_id, limit=20)
    assert ids_of(steps) == [step.id for step in theirs] == IDS[:-21:-1]


@ORDERS
@pytest.mark.parametrize(("start", "max_items"), [(0, None), (17, None), (17, 12), (COUNT - 1, None)])
def test_a_list_goes_on_behind_a_step(
    mocked: Mocked, reader: Reader[RunStep], order: Order, start: int, max_items: int | None
) -> None:
    """`after` a step come those that follow it in the requested order, as many as are wanted."""
    expected = in_order(order)
    steps = reader.steps(
        mocked.thread_id, mocked.run_id, order=order, page_size=7, after=expected[start], max_items=max_items
    )
    assert ids_of(steps) == expected[start + 1 :][:max_items]


@ORDERS
@pytest.mark.parametrize("page_size", [7, 40])
def test_a_list_goes_back_from_a_step(mocked: Mocked, reader: Reader[RunStep], order: Order, page_size: int) -> None:
    """`before` a step come those that precede it in the requested order, nearest first."""
    expected = in_order(order)
    steps = reader.steps(mocked.thread_id, mocked.run_id, order=order, page_size=page_size, before=expected[31])
    assert ids_of(steps) == expected[30::-1]


@ORDERS
def test_a_list_runs_from_one_step_to_another(mocked: Mocked, reader: Reader[RunStep], order: Order) -> None:
    """Between `after` and `before` lie the steps from the one to the other."""
    expected = in_order(order)
    steps = reader.steps(
        mocked.thread_id, mocked.run_id, order=order, page_size=7, after=expected[3], before=expected[33]
    )
    assert ids_of(steps) == expected[4:33]


def test_an_unknown_cursor_is_as_good_as_none(mocked: Mocked, reader: Reader[RunStep]) -> None:
    """The mock begins at the first step when it does not know `after`; the list ends, and has each step once."""
    steps = reader.steps(mocked.thread_id, mocked.run_id, page_size=7, after="step_unknown")
    assert ids_of(steps) == IDS[::-1]


def test_a_run_without_steps_is_an_empty_list(mocked: Mocked, reader: Reader[RunStep]) -> None:
    """A run that did nothing takes one request."""
    requests_before = mocked.requests
    assert reader.steps(mocked.thread_id, mocked.empty_run_id) == []
    assert mocked.requests - requests_before == 1


def test_a_step_is_retrieved_as_openai_retrieves_it(mocked: Mocked, reader: Reader[RunStep]) -> None:
    """A step by itself has every field that the mock sent."""
    step = reader.step(mocked.thread_id, mocked.run_id, IDS[7])
    theirs = mocked.client.beta.threads.runs.steps.retrieve(IDS[7], thread_id=mocked.thread_id, run_id=mocked.run_id)
    assert step.id == IDS[7]
    assert step.to_dict() == theirs.model_dump(mode="json", exclude_unset=True)


@pytest.mark.parametrize("unknown", ["thread_id", "run_id", "step_id"])
def test_what_is_not_there_is_not_found(mocked: Mocked, reader: Reader[RunStep], unknown: str) -> None:
    """An unknown thread, run or step is a 404 with an empty body, and the error says so."""
    ids = {"thread_id": mocked.thread_id, "run_id": mocked.run_id, "step_id": IDS[0]} | {unknown: "unknown"}
    with pytest.raises(NotFound, match="404 Not Found: the body is empty"):
        reader.step(**ids)


@pytest.mark.parametrize("unknown", ["thread_id", "run_id"])
def test_a_list_of_what_is_not_there_is_not_found(mocked: Mocked, reader: Reader[RunStep], unknown: str) -> None:
    """An unknown thread or run has no list."""
    ids = {"thread_id": mocked.thread_id, "run_id": mocked.run_id} | {unknown: "unknown"}
    with pytest.raises(NotFound, match="404 Not Found: the body is empty"):
        reader.steps(**ids)


def test_the_mock_may_be_given_as_a_transport(mocked: Mocked) -> None:
    """Besides patching the network, its router can be handed to a client, of both kinds and in both ways."""
    transport = httpx.MockTransport(mocked.mock.router.handler)
    async_transport = httpx.MockTransport(mocked.mock.router.async_handler)
    with (
        httpx.Client(transport=transport) as http_client,
        sync_reader(base_url=BASE_URL, transport=transport) as through_transport,
        sync_reader(base_url=BASE_URL, http_client=http_client) as through_client,
        async_reader(base_url=BASE_URL, transport=async_transport) as asynchronously,
    ):
        for reader in (through_transport, through_client, asynchronously):
            assert reader.step(mocked.thread_id, mocked.run_id, IDS[3]).id == IDS[3]
