"""Streams over real sockets, read through the clients people have, and finished where they broke off."""

from __future__ import annotations

import pickle
import socket
import threading
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import anyio
import httpx
import httpx2
import pytest
import requests

from run_steps import (
    APIError,
    AsyncRunSteps,
    ConnectionFailed,
    DeadlineExceeded,
    InvalidResponse,
    NotFound,
    RunSteps,
)
from run_steps.errors import StreamFailed
from run_steps.serving import MemoryStore, create_app, serve
from run_steps.streaming import AsyncStepStream, StepStream
from run_steps.streaming.streams import Response
from tests.overlays.streaming.recordings import CODE, CREATED, DELTAS, DONE, RUN, SEARCH, STEP, WHOLE, ended, event

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n"
WHOLE_ANSWER = HEAD + b"\r\n" + WHOLE
CHUNKED_ANSWER = HEAD + b"transfer-encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(WHOLE), WHOLE)
CUT_ANSWER = HEAD + b"content-length: 999999\r\n\r\n" + CREATED + DELTAS
REFUSAL = (
    b'HTTP/1.1 404 Not Found\r\nx-request-id: req_1\r\ncontent-length: 32\r\n\r\n{"error": {"message": "No run."}}'
)
NO_STREAM = (
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: req_1\r\ncontent-length: 17\r\n\r\n"
    b'{"id": "run_1"}\r\n'
)
FINAL = [ended(CODE, SEARCH)]


@contextmanager
def _answering(answer: bytes, *, stays_open: bool = False) -> Generator[str]:
    """Answer one request with bytes, a few at a time; leave it to the client to close the connection, if so wanted."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def run() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                for place in range(0, len(answer), 33):
                    connection.sendall(answer[place : place + 33])
                if stays_open:
                    assert connection.recv(1) == b""

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            thread.join()


@pytest.mark.parametrize("open_stream", [httpx.stream, httpx2.stream], ids=["httpx", "httpx2"])
def test_a_response_of_httpx_is_read(open_stream: Callable[[str, str], AbstractContextManager[Response]]) -> None:
    """A response is read as it comes, and ends with `done`; one of its successor too."""
    with _answering(WHOLE_ANSWER) as url, open_stream("POST", url) as response, StepStream(response) as stream:
        names = [item.name for item in stream]

    assert names[-1] == "done"
    assert stream.is_complete
    assert [step.to_dict() for step in stream.steps] == FINAL


def test_a_stream_that_is_called_something_else_is_read() -> None:
    """It is the events that make a stream, whatever a gateway says of its type; nothing at all is no error either."""
    for body, names in ((WHOLE, [item.name for item in StepStream(WHOLE)]), (b"", [])):
        answer = HEAD.replace(b"text/event-stream", b"application/json") + b"\r\n" + body
        with _answering(answer) as url, httpx.stream("POST", url) as response:
            assert [item.name for item in StepStream(response)] == names


@pytest.mark.parametrize("answer", [WHOLE_ANSWER, CHUNKED_ANSWER], ids=["closed", "chunked"])
def test_a_response_of_requests_is_read(answer: bytes) -> None:
    """So is one of requests."""
    with _answering(answer) as url, StepStream(requests.post(url, stream=True, timeout=9)) as stream:
        assert [item.name for item in stream][-1] == "done"
        assert [step.to_dict() for step in stream.steps] == FINAL


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize("new_client", [httpx.AsyncClient, httpx2.AsyncClient], ids=["httpx", "httpx2"])
@pytest.mark.parametrize("stays_open", [False, True])
def test_an_asynchronous_response_of_httpx_is_read(
    new_client: Callable[[], Any], backend: str, *, stays_open: bool
) -> None:
    """So is one of an asynchronous client, on asyncio and on trio, also when its server does not end it."""

    async def run(url: str) -> AsyncStepStream:
        async with (
            new_client() as client,
            client.stream("POST", url) as response,
            AsyncStepStream(response) as stream,
        ):
            assert [item.name async for item in stream][-1] == "done"
            return stream

    with _answering(WHOLE_ANSWER, stays_open=stays_open) as url:
        stream = anyio.run(run, url, backend=backend)
    assert [step.to_dict() for step in stream.steps] == FINAL


def test_files_and_iterables_are_read(tmp_path: Path) -> None:
    """A file, bytes, and whatever gives bytes are read to their end, past the end of one stream."""
    path = tmp_path / "run.sse"
    path.write_bytes(WHOLE + WHOLE)

    async def chunks() -> AsyncIterator[bytes]:
        yield WHOLE

    async def read(source: Any) -> list[str]:
        return [item.name async for item in AsyncStepStream(source)]

    async def read_and_close(source: Any) -> None:
        async with AsyncStepStream(source) as stream:
            assert [item.name async for item in stream].count("done") == 2

    with path.open("rb") as file, StepStream(file) as stream:
        assert [item.name for item in stream].count("done") == 2
    assert file.closed
    file = path.open("rb")
    anyio.run(read_and_close, file)
    assert file.closed
    assert [item.name for item in StepStream(BytesIO(WHOLE))][-1] == "done"
    assert anyio.run(read, chunks()) == anyio.run(read, [WHOLE]) == [item.name for item in StepStream(WHOLE)]


@pytest.mark.parametrize("library", ["httpx", "httpx2", "requests"])
def test_a_connection_that_breaks_is_told_after_what_came(library: str) -> None:
    """What came before is given, the error holds no request, and the steps so far are there."""
    with _answering(CUT_ANSWER) as url:
        if library == "requests":
            stream, error = _read_until_error(requests.post(url, stream=True, timeout=9))
        else:
            with (httpx if library == "httpx" else httpx2).stream("POST", url) as response:
                stream, error = _read_until_error(response)

    assert isinstance(error, ConnectionFailed)
    assert error.__cause__ is error.__context__ is None
    assert [step.status for step in stream.steps] == ["in_progress"]
    assert not stream.is_complete


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize("new_client", [httpx.AsyncClient, httpx2.AsyncClient], ids=["httpx", "httpx2"])
def test_a_broken_connection_is_told_asynchronously_too(new_client: Callable[[], Any], backend: str) -> None:
    """The asynchronous stream raises the same error after what came."""

    async def run(url: str) -> int:
        async with new_client() as client, client.stream("POST", url) as response:
            names: list[str] = []
            try:
                async for item in AsyncStepStream(response):
                    names.append(item.name)  # noqa: PERF401 - it is the error that ends it
            except ConnectionFailed:
                return len(names)
            return -1

    with _answering(CUT_ANSWER) as url:
        assert anyio.run(run, url, backend=backend) == 9


def _read_until_error(source: Any) -> tuple[StepStream, Exception]:
    stream = StepStream(source)
    with pytest.raises(Exception, match=r".") as raised:
        for _ in stream:
            pass
    return stream, raised.value


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [(REFUSAL, NotFound, r"No run\."), (NO_STREAM, InvalidResponse, "is no stream of events")],
    ids=["refused", "no stream"],
)
def test_an_answer_that_is_no_stream_is_an_error(answer: bytes, kind: type[APIError], words: str) -> None:
    """A refusal is the same error as of any call, with its request id, and so is JSON; asynchronously as well."""

    async def run(url: str) -> None:
        async with httpx.AsyncClient() as client, client.stream("POST", url) as response:
            async for _ in AsyncStepStream(response):
                pass

    with _answering(answer) as url, httpx.stream("POST", url) as response:
        _, error = _read_until_error(response)
    with _answering(answer) as url, pytest.raises(kind, match=words):
        anyio.run(run, url)
    assert isinstance(error, kind)
    assert error.request_id == "req_1"


def test_an_error_in_the_stream_is_raised_after_what_was_told() -> None:
    """The steps so far are there, and the error has what the server says, also when it was pickled."""
    told = {"error": {"message": "The model is overloaded.", "type": "server_error", "code": "busy", "param": None}}
    answer = HEAD + b"x-request-id: req_1\r\n\r\n" + CREATED + DELTAS + event("error", told)
    with _answering(answer) as url, httpx.stream("POST", url) as response:
        stream, error = _read_until_error(response)

    assert isinstance(error, StreamFailed)
    assert str(error) == "The server ended the stream with an error: The model is overloaded. (request id req_1)"
    assert (error.type, error.code, error.param) == ("server_error", "busy", None)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert len(stream.steps) == 1


def test_what_is_no_json_in_an_error_is_shown() -> None:
    """An error event in any form is told, also outside of a response."""
    _, error = _read_until_error(CREATED + event("error", "out of memory"))

    assert isinstance(error, StreamFailed)
    assert "out of memory" in str(error)


def _store(status: str, step: dict[str, Any] = FINAL[0]) -> MemoryStore:
    store = MemoryStore()
    store.add_thread("thread_1")
    store.put_run({**RUN, "status": status, "created_at": 1_700_000_000})
    store.put_step(step)
    return store


@pytest.mark.parametrize("status", ["completed", "requires_action"])
@pytest.mark.parametrize("came", [CREATED, CREATED + DELTAS, DELTAS + CREATED])
def test_what_broke_off_is_finished(status: str, came: bytes) -> None:
    """The steps are then what the server lists; a run that waits for its caller is not waited for."""
    stream = StepStream(came)
    for _ in stream:
        pass
    with serve(create_app(_store(status))) as base_url, RunSteps(base_url=base_url) as client:
        state = stream.finish(client, deadline=60)
        assert list(state.steps) == list(client.list("thread_1", "run_1"))

    assert (list(stream.steps), stream.run) == (list(state.steps), state.run)
    assert stream.is_complete == (status == "completed")


def test_what_a_server_leaves_open_is_finished_too() -> None:
    """A run that is over is all there, though its server never says that a step ended; a single look is enough."""
    stream = StepStream(CREATED)
    assert len(list(stream)) == 2
    with serve(create_app(_store("completed", STEP))) as base_url, RunSteps(base_url=base_url) as client:
        stream.finish(client, deadline=0)

    assert [step.status for step in stream.steps] == ["in_progress"]
    assert stream.is_complete


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_what_broke_off_is_finished_asynchronously(backend: str) -> None:
    """The asynchronous stream does the same, on trio as well."""

    async def run(base_url: str) -> AsyncStepStream:
        stream = AsyncStepStream(CREATED)
        assert len([item async for item in stream]) == 2
        async with AsyncRunSteps(base_url=base_url) as client:
            await stream.finish(client, deadline=60)
        return stream

    with serve(create_app(_store("completed"))) as base_url:
        stream = anyio.run(run, base_url, backend=backend)
    assert [step.to_dict() for step in stream.steps] == FINAL
    assert stream.is_complete


def test_a_run_that_goes_on_is_waited_for_no_longer_than_allowed() -> None:
    """The deadline holds, and the error has the last state."""
    stream = StepStream(CREATED)
    assert len(list(stream)) == 2
    with (
        serve(create_app(_store("in_progress"))) as base_url,
        RunSteps(base_url=base_url) as client,
        pytest.raises(DeadlineExceeded),
    ):
        stream.finish(client, deadline=0)


def test_a_stream_that_told_no_run_cannot_be_finished() -> None:
    """It is said what to do instead."""
    stream = StepStream(DONE)
    assert len(list(stream)) == 1
    with (
        RunSteps(base_url="http://127.0.0.1:9/v1") as client,
        pytest.raises(match="list the steps"),
    ):
        stream.finish(client)
