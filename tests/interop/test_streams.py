"""Streams that other clients ask for are read with ours, and the guide says right what theirs make of them."""

# pyright: reportDeprecated=false
# openai-python marks all of the Assistants API as deprecated.

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import openai
import pytest

from run_steps.serving import create_app, sample_store, serve
from run_steps.streaming import AsyncStepStream, StepStream
from run_steps_api.models import RunStep
from tests.overlays.streaming.recordings import CODE, CREATED, DONE, ENDED, SEARCH, WHOLE, code, delta, ended
from tests.test_readme import EXAMPLE

pytestmark = pytest.mark.filterwarnings("ignore:The Assistants API:DeprecationWarning")

GUIDE = Path(__file__).parents[2] / "docs" / "streaming.md"


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """Our server, which plays a stream to whoever creates a run."""
    with serve(create_app(sample_store(), play=lambda: [WHOLE])) as base_url:
        yield base_url


@pytest.fixture(scope="module")
def guide() -> dict[str, Any]:
    """The functions of the guide that ask through other clients."""
    namespace: dict[str, Any] = {"StepStream": StepStream}
    exec(EXAMPLE.findall(GUIDE.read_text(encoding="utf-8"))[-1], namespace)
    return namespace


def test_a_stream_that_openai_python_asked_for_is_read(base_url: str, guide: dict[str, Any]) -> None:
    """As the guide says it, the events come with the steps, to the last one."""
    with openai.OpenAI(base_url=base_url, api_key="none") as client:
        events = list(guide["with_openai"](client, "thread_1", "asst_1"))

    assert events[-1].name == "done"
    assert [event.step.to_dict() for event in events if event.kind == "ended" and event.step] == [ended(CODE, SEARCH)]


def test_a_stream_that_its_asynchronous_client_asked_for_is_read(base_url: str) -> None:
    """The asynchronous client gives its response in the same way."""

    async def run() -> AsyncStepStream:
        async with openai.AsyncOpenAI(base_url=base_url, api_key="none") as client:
            runs = client.beta.threads.runs.with_streaming_response
            async with runs.create("thread_1", assistant_id="asst_1", stream=True) as response:
                stream = AsyncStepStream(response)
                assert [event.name async for event in stream][-1] == "done"
                return stream

    assert [step.to_dict() for step in anyio.run(run).steps] == [ended(CODE, SEARCH)]


def test_a_stream_that_requests_asked_for_is_read(base_url: str, guide: dict[str, Any]) -> None:
    """As the guide says it."""
    events = list(guide["with_requests"](f"{base_url}/threads/thread_1/runs", {}, {}))

    assert events[-1].name == "done"


def test_the_handler_of_openai_python_does_not_give_steps_as_they_ended() -> None:
    """What the guide says of it: a step stays in progress, and ids that come twice are joined."""
    played = (
        CREATED + delta({**code(input="6 "), "id": "call_1"}) + delta({**code(input="* 7"), "id": "call_1"}) + ENDED
    )
    with (
        serve(create_app(sample_store(), play=lambda: [played + DONE])) as base_url,
        openai.OpenAI(base_url=base_url, api_key="none") as client,
        client.beta.threads.runs.stream(thread_id="thread_1", assistant_id="asst_1") as stream,
    ):
        (step,) = stream.get_final_run_steps()

    found = step.model_dump(mode="json", exclude_unset=True, warnings=False)
    assert found["status"] == "in_progress"
    assert found["step_details"]["tool_calls"][0]["id"] == "call_1call_1"
    assert [step.to_dict() for step in _read(played)] == [ended(CODE, SEARCH)]


def _read(data: bytes) -> tuple[RunStep, ...]:
    stream = StepStream(data)
    assert list(stream)
    return stream.steps
