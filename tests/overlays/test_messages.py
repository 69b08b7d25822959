"""The clients read messages and threads, as the embedded server and others serve them."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from run_steps import AsyncRunSteps, InvalidArgument, InvalidResponse, NotFound, RunSteps
from run_steps._choices import Order
from run_steps.reader import Reader
from run_steps.serving import MemoryStore, create_app, sample_store, serve
from run_steps_api.api.messages import list_messages, retrieve_message
from run_steps_api.models import Message, MessageList, MessageText, TextMessageContent

KINDS = ["msg_asked_kinds", "msg_kinds_question", "msg_kinds_answer"]
"""The messages of the thread that belong to the run with every kind of step, oldest first."""


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


def _text(message: Message) -> str:
    assert isinstance(message.content, list)
    (part, *_) = message.content
    assert isinstance(part, TextMessageContent)
    assert isinstance(part.text, MessageText)
    return str(part.text.value)


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_all_messages_of_a_thread_are_given_in_order(client: RunSteps, base_url: str, order: Order) -> None:
    """Both clients, and a store without a server, follow the pages to the end, in either order."""

    async def read() -> list[Message]:
        async with AsyncRunSteps(base_url=base_url) as twin:
            return [message async for message in twin.messages("thread_demo", order=order, page_size=50)]

    reader: Reader = sample_store()
    messages = list(client.messages("thread_demo", order=order, page_size=50))
    times = [message.created_at for message in messages]

    assert len({message.id for message in messages}) == len(messages) > 100
    assert times == sorted(times, reverse=order == "desc", key=int)  # type: ignore[arg-type]
    assert asyncio.run(read()) == messages
    assert list(reader.messages("thread_demo", order=order, page_size=7)) == messages


def test_the_messages_of_a_run_can_be_read_alone(client: RunSteps) -> None:
    """`run_id` leaves out what people and other runs wrote; the other arguments are those of every list."""
    written = [message.id for message in client.messages("thread_demo", run_id="run_kinds", order="asc")]

    assert written == KINDS[1:]
    assert [found.id for found in client.messages("thread_demo", run_id="run_kinds", max_items=1)] == KINDS[-1:]
    assert [found.id for found in client.messages("thread_demo", order="asc", after=KINDS[0], max_items=2)] == KINDS[1:]
    assert list(client.messages("thread_demo", run_id="run_empty")) == []


def test_a_message_and_a_thread_are_retrieved(client: RunSteps, base_url: str) -> None:
    """Both clients, generated functions and a store give the same message, and the same thread."""

    async def retrieve() -> tuple[object, object, list[str]]:
        async with AsyncRunSteps(base_url=base_url) as twin:
            threads = [thread.id async for thread in twin.threads()]
            return await twin.message("thread_demo", KINDS[2]), await twin.thread("thread_demo"), threads

    message, thread = client.message("thread_demo", KINDS[2]), client.thread("thread_demo")

    assert _text(message).startswith("At berth 4")
    assert thread.id == "thread_demo"
    assert asyncio.run(retrieve()) == (message, thread, [found.id for found in client.threads()])
    assert retrieve_message.sync("thread_demo", KINDS[2], client=client.connection) == message
    page = list_messages.sync("thread_demo", client=client.connection, run_id="run_kinds", limit=1)
    assert isinstance(page, MessageList)
    assert page.data == [message]
    reader: Reader = sample_store()
    assert (reader.message("thread_demo", KINDS[2]), reader.thread("thread_demo")) == (message, thread)


def test_threads_are_listed(client: RunSteps) -> None:
    """Where a server lists its threads they are given like all else."""
    assert [thread.id for thread in client.threads(order="asc", page_size=1)] == ["thread_demo", "thread_other"]


def test_what_is_not_there_is_named(client: RunSteps) -> None:
    """An unknown thread, message or cursor is a 404 that says which; an id that cannot be sent is refused at once."""
    with pytest.raises(NotFound, match="No message found with id 'msg_9'"):
        client.message("thread_demo", "msg_9")
    with pytest.raises(NotFound, match="No thread found with id 'thread_9'"):
        list(client.messages("thread_9"))
    with pytest.raises(NotFound, match="No thread found with id 'thread_9'"):
        client.thread("thread_9")
    with pytest.raises(NotFound, match="No message found with id 'msg_9', the value of 'after'"):
        list(client.messages("thread_demo", after="msg_9"))
    with pytest.raises(NotFound, match="No thread found with id 'thread_9', the value of 'after'"):
        list(client.threads(after="thread_9"))
    for bad in ("", "..", "a\n"):
        with pytest.raises(InvalidArgument, match="message_id"):
            client.message("thread_demo", bad)
        with pytest.raises(InvalidArgument, match="run_id"):
            client.messages("thread_demo", run_id=bad)


def test_the_server_wants_its_key_for_messages_too() -> None:
    """Messages and threads are no more open than steps."""
    with serve(create_app(sample_store(), api_key="sk-test")) as base_url:
        for path in ("", "/thread_demo", "/thread_demo/messages", f"/thread_demo/messages/{KINDS[0]}"):
            assert httpx.get(f"{base_url}/threads{path}", trust_env=False).status_code == 401


def _answering(*pages: Any) -> RunSteps:
    bodies = iter(pages)
    transport = httpx.MockTransport(lambda request: httpx.Response(200, text=json.dumps(next(bodies))))
    return RunSteps(base_url="http://127.0.0.1:1/v1", transport=transport)


def _written(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": f"msg_{number}", "created_at": number, "role": "assistant", "content": "Hello", **fields}


def test_a_server_that_ignores_the_run_costs_nothing() -> None:
    """What other runs and people wrote is left out; nothing is lost, on however many pages there is nothing to give."""
    others = [
        {"data": [_written(2 * page, run_id="run_2"), _written(2 * page + 1, run_id=None)], "has_more": True}
        for page in range(20)
    ]
    last = {"data": [_written(40, run_id="run_1"), _written(41, run_id="run_2"), _written(42, run_id="run_1")]}
    with _answering(*others, {**last, "has_more": False}) as client:
        found = client.messages("thread_1", run_id="run_1", order="asc")
        assert [message.id for message in found] == ["msg_40", "msg_42"]
    with _answering(*others, {**last, "has_more": False}) as client:
        found = client.messages("thread_1", run_id="run_1", order="asc", max_items=1)
        assert [message.id for message in found] == ["msg_40"]
    with _answering({"data": [_written(1), _written(2)], "has_more": False}) as client:
        found = client.messages("thread_1", run_id="run_1", order="asc")
        assert [message.id for message in found] == ["msg_1", "msg_2"]  # a server that does not tell runs


def test_a_message_under_another_id_is_refused() -> None:
    """The answer to a request for one message or thread is that one."""
    with _answering(_written(2), {"id": "thread_2"}) as client:
        with pytest.raises(InvalidResponse, match="is 'msg_2', and 'msg_1' was asked for"):
            client.message("thread_1", "msg_1")
        with pytest.raises(InvalidResponse, match="is 'thread_2', and 'thread_1' was asked for"):
            client.thread("thread_1")


def test_an_odd_message_costs_itself() -> None:
    """A message without an id is left out and named; the others are given."""
    with _answering({"data": [_written(1), {"role": "user"}, _written(2)], "has_more": False}) as client:
        (page,) = client.messages("thread_1", order="asc").pages()
    assert [message.id for message in page.items] == ["msg_1", "msg_2"]
    assert [misfit.name for misfit in page.misfits] == ["data[1]"]


def test_messages_that_are_put_are_served_as_they_are() -> None:
    """A message keeps its place when it is replaced; a thread that was only added has one to show."""
    store = MemoryStore()
    store.add_thread("thread_1")
    for number in (2, 1):
        store.put_message(_written(number, thread_id="thread_1", run_id="run_1"))
    store.put_message(_written(1, thread_id="thread_1", run_id="run_1", status="completed"))

    assert [message.id for message in store.messages("thread_1", order="asc")] == ["msg_1", "msg_2"]
    assert store.message("thread_1", "msg_1").status == "completed"
    assert store.thread("thread_1").id == "thread_1"
    with pytest.raises(ValueError, match="created_at of the message 'msg_3' must be a number"):
        store.put_message({"id": "msg_3", "thread_id": "thread_1", "created_at": None})
