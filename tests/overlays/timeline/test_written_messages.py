"""What messages say stands in the place of their ids, as far as it is known."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from run_steps import NotFound, RetryPolicy, RunSteps, message_text
from run_steps.reader import Reader, written_messages
from run_steps.serving import MemoryStore, sample_store
from run_steps.timeline import build_timeline, to_html
from run_steps_api.models import Message


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Hello", "Hello"),
        (None, ""),
        ([], ""),
        ({"odd": 1}, ""),
        ([{"type": "text", "text": {"value": "One"}}, {"type": "text", "text": "Two"}], "One\nTwo"),
        ([{"type": "text", "text": {"value": None}}, {"type": "text", "text": {}}], ""),
        ([{"type": "image_file", "image_file": {"file_id": "file_1"}}], "[image file_1]"),
        ([{"type": "image_file", "image_file": "file_1"}], "[image file_1]"),
        ([{"type": "image_file", "image_file": {}}], "[image ]"),
        ([{"type": "image_url", "image_url": {"url": "https://a.example/" + "b" * 1000}}], None),
        ([{"type": "image_url", "image_url": "https://a.example"}], "[image https://a.example]"),
        ([{"type": "refusal", "refusal": "No."}, {"type": "refusal", "refusal_text": "No!"}], None),
        ([{"type": "audio"}, {"kind": "?"}], "[audio]\n[unknown]"),
    ],
    ids=str,
)
def test_the_text_of_a_message(content: Any, text: str | None) -> None:
    """Texts as they came, a word for what is no text, whatever the server sends, and never a very long address."""
    found = message_text(Message.from_dict({"id": "msg_1", "content": content}))
    assert len(found) < 250
    assert text is None or found == text


def test_pictures_show_what_was_written() -> None:
    """With the messages of a run a step says what it wrote, and by which id; without, the id alone."""
    store = sample_store()
    steps, run = list(store.list("thread_demo", "run_failed", order="asc")), store.run("thread_demo", "run_failed")
    messages, failure = written_messages(store, "thread_demo", "run_failed", steps)
    told = build_timeline(steps, run, messages=messages)
    untold = build_timeline(steps, run)

    assert failure is None
    (call,) = told.rows[0].calls
    assert (call.id, call.input, call.output) == ("msg_failed_1", "", "I shall ask the tide service.")
    assert untold.rows[0].calls[0].input == "msg_failed_1"
    assert "I shall ask the tide service." in to_html(told)


def test_many_messages_are_listed_and_few_are_asked_for() -> None:
    """One request is enough for a run with many messages, and a step that wrote one costs one."""
    asked: list[str] = []
    store = sample_store()

    class Asked(MemoryStore):
        """A store that notes what it is asked for."""

        def list_messages(self, *arguments: Any, **options: Any) -> Any:
            asked.append("list")
            return store.list_messages(*arguments, **options)

        def get_message(self, thread_id: str, message_id: str) -> Any:
            asked.append("get")
            return store.get_message(thread_id, message_id)

    for run_id, expected in (("run_long", {"list"}), ("run_kinds", {"get"}), ("run_empty", set[str]())):
        steps = list(store.list("thread_demo", run_id, order="asc"))
        messages, _ = written_messages(Asked(), "thread_demo", run_id, steps)
        names = {step.step_details.message_creation.message_id for step in steps if step.type_ == "message_creation"}  # type: ignore[union-attr]
        assert ({message.id for message in messages}, set(asked)) == (names, expected)
        asked.clear()


def _client(answer: Callable[[httpx.Request], httpx.Response]) -> RunSteps:
    retry = RetryPolicy(attempts=1)
    return RunSteps(base_url="http://127.0.0.1:1/v1", transport=httpx.MockTransport(answer), retry=retry)


@pytest.mark.parametrize("run_id", ["run_long", "run_kinds"])
def test_a_server_without_messages_spoils_no_picture(run_id: str) -> None:
    """What went wrong is given to whoever asked, and the ids stay."""
    steps = list(sample_store().list("thread_demo", run_id))
    with _client(lambda request: httpx.Response(404, json={"detail": "Not Found"})) as client:
        reader: Reader = client
        messages, failure = written_messages(reader, "thread_demo", run_id, steps)
    assert messages == []
    assert isinstance(failure, NotFound)


def test_messages_that_a_list_lacks_are_asked_for() -> None:
    """A server that does not say which run wrote a message gives it by its id all the same."""
    store = sample_store()
    steps = list(store.list("thread_demo", "run_long", max_items=15))

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/messages"):
            return httpx.Response(200, json={"data": [], "has_more": False})
        text = store.get_message("thread_demo", request.url.path.rpartition("/")[2]).text
        return httpx.Response(200, json=json.loads(text))

    with _client(answer) as client:
        messages, failure = written_messages(client, "thread_demo", "run_long", steps)
    assert (len(messages), failure) == (5, None)
