"""Streams that other clients ask for are read with ours, and the guide says right what theirs make of them."""

# pyright: reportDeprecated=false
# openai-python marks all of the Assistants API as deprecated.

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import openai
import pytest
from azure.ai.agents.models import AgentEventHandler, AgentRunStream
from azure.ai.agents.models import RunStep as AzureRunStep

from run_steps.serving import create_app, sample_store, serve
from run_steps.streaming import AsyncStepStream, StepStream
from tests.overlays.streaming.recordings import (
    CODE,
    CREATED,
    DONE,
    SEARCH,
    STEP,
    WHOLE,
    code,
    delta,
    ended,
    event,
)
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


def _details(call: dict[str, Any]) -> dict[str, Any]:
    return {"type": "tool_calls", "tool_calls": [call]}


TELESCOPE: dict[str, Any] = {"id": "call_1", "type": "telescope", "telescope": {"target": "M31"}}
PIECES = (
    delta({**code(input=""), "id": "call_1"})
    + delta(code(input="print("))
    + delta(code(input="6 * 7)"))
    + delta(code(outputs=[{"index": 0, "type": "logs", "logs": "42\n"}]))
    + delta(code(outputs=[{"index": 1, "type": "image", "image": {"file_id": "file_1"}}]))
)
END = event("thread.run.step.completed", ended(CODE)) + DONE
LATE = delta(code(input="7"))
STREAMS: dict[str, tuple[bytes, dict[str, Any]]] = {
    "code in pieces, to its end": (CREATED + PIECES + END, ended(CODE)),
    "the same in CRLF": ((CREATED + PIECES + END).replace(b"\n", b"\r\n"), ended(CODE)),
    "`created` twice": (CREATED + CREATED + PIECES + END, ended(CODE)),
    "a delta after the end": (CREATED + PIECES + END.replace(DONE, LATE) + DONE, ended(CODE)),
    "a delta before its step": (PIECES + END, ended(CODE)),
    "the end alone, as after submitted outputs": (END, ended(CODE)),
    "code in pieces, still going": (CREATED + PIECES + DONE, {**STEP, "step_details": _details(CODE)}),
    "a file search, told twice": (
        CREATED + delta({**SEARCH, "index": 0}) + delta({**SEARCH, "index": 0}) + DONE,
        {**STEP, "step_details": _details(SEARCH)},
    ),
    "a kind of call that nobody knows": (
        CREATED + delta({**TELESCOPE, "index": 0}) + DONE,
        {**STEP, "step_details": _details(TELESCOPE)},
    ),
}
"""Bytes that all readers are given, by what they are, each with the one step in them as it should be."""


def _ours(data: bytes) -> list[dict[str, Any]]:
    stream = StepStream(data)
    assert list(stream)
    return [step.to_dict() for step in stream.steps]


def _openai(data: bytes) -> list[dict[str, Any]]:
    with (
        serve(create_app(sample_store(), play=lambda: [data])) as base_url,
        openai.OpenAI(base_url=base_url, api_key="none") as client,
        client.beta.threads.runs.stream(thread_id="thread_1", assistant_id="asst_1") as stream,
    ):
        steps = stream.get_final_run_steps()
        return [_without_indexes(step.model_dump(mode="json", exclude_unset=True, warnings=False)) for step in steps]


def _without_indexes(value: Any) -> Any:
    """Leave out what deltas are put together by, which openai-python keeps in its steps."""
    if isinstance(value, list):
        return [_without_indexes(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_indexes(item) for key, item in value.items() if key != "index"}
    return value


def _do_nothing(*_: object) -> None:
    """Submit no outputs."""


def _azure(data: bytes) -> list[dict[str, Any]]:
    steps: dict[str, dict[str, Any]] = {}
    with AgentRunStream(iter([data]), _do_nothing, AgentEventHandler()) as events:
        for _, item, _ in events:
            if isinstance(item, AzureRunStep):
                steps[item.id] = item.as_dict()
    return list(steps.values())


def _verdict(read: Callable[[bytes], list[dict[str, Any]]], data: bytes, expected: dict[str, Any]) -> str:
    """Say in a few words what a reader makes of a stream."""
    try:
        steps = read(data)
    except Exception as error:  # noqa: BLE001 - whatever it raises is what is to be told
        return f"raises `{type(error).__name__}`"
    if steps == [expected]:
        return "right"
    if not steps:
        return "no step"
    if steps[0].get("status") != expected["status"]:
        return f"`{steps[0].get('status')}`"
    return "without its calls" if not steps[0]["step_details"].get("tool_calls") else "other calls"


def test_the_guide_says_what_each_reader_makes_of_the_same_bytes() -> None:
    """The table of the guide is what comes out: ours is right in each row."""
    rows = [
        [what, *(_verdict(read, data, expected) for read in (_ours, _openai, _azure))]
        for what, (data, expected) in STREAMS.items()
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)

    assert table in GUIDE.read_text(encoding="utf-8"), table
    assert [row[1] for row in rows] == ["right"] * len(rows)
