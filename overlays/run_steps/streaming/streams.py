"""Steps of a run while its events stream in, whoever asked for them."""

from __future__ import annotations

import sys
import time
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Callable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
)
from contextlib import aclosing, closing
from inspect import isawaitable
from io import BytesIO
from types import TracebackType
from typing import Any, BinaryIO, Protocol, Self

import httpx
from anyio import move_on_after

from run_steps._choices import one_or_many
from run_steps.async_client import AsyncRunSteps
from run_steps.client import RunSteps
from run_steps.errors import (
    Advice,
    ConnectionFailed,
    RunStepsError,
    invalid_response,
    status_error,
    stream_error,
)
from run_steps.responses import RawResponse
from run_steps.streaming.accumulation import Accumulation
from run_steps.streaming.events import StreamEvent
from run_steps.streaming.sse import MAX_EVENT_BYTES, EventParser
from run_steps.watching import RunState, is_over
from run_steps_api.models import Run, RunStep

_READ_BYTES = 65_536

_REFUSAL_BYTES = 1_000_000
"""How much is read of an answer that is no stream (bytes)."""

_BEGINNING_BYTES = 4096
"""How much is kept of a source until it has events, to tell what it is (bytes)."""

_LIST_SECONDS = 1.0
"""Time to list the steps of a run that ended just before the deadline (seconds)."""

_END_SECONDS = 0.5
"""Time for a response to end after `done` (seconds)."""

_WAITING = frozenset({"requires_action", "requires_confirmation"})
"""Statuses of a run that goes on when its caller has answered."""

_FAULTS = (
    ("httpx2", "RequestError"),
    ("httpx2", "StreamError"),
    ("azure.core.exceptions", "AzureError"),
    ("urllib3.exceptions", "HTTPError"),
    ("http.client", "HTTPException"),
)
"""What libraries raise when a connection breaks, beside httpx's errors and `OSError`, which requests raises."""


class Response(Protocol):
    """A response of httpx, httpx2, requests, or of a client around them, whose body was not read yet.

    It has `iter_bytes()` or `iter_content(chunk_size)`, or `aiter_bytes()` for an `AsyncStepStream`.
    """

    @property
    def status_code(self) -> int:
        """HTTP status."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers."""
        ...


class _Stream:
    """What both streams share: all but the waiting."""

    def __init__(self, source: Any, max_event_bytes: int) -> None:
        self._source = source
        self._is_response = hasattr(source, "status_code")
        self._parser = EventParser(max_event_bytes)
        self._seen = Accumulation()
        self._is_over = False
        self._has_events = False
        self._beginning = b""

    @property
    def run(self) -> Run | None:
        """The run as it is now; None when the stream did not tell of it."""
        return self._seen.run

    @property
    def steps(self) -> tuple[RunStep, ...]:
        """The steps as they are now, in the order in which the stream told of them."""
        return self._seen.steps

    @property
    def is_complete(self) -> bool:
        """Whether `steps` are proved to be all of the run, as they ended.

        So it is when the stream told the run from its creation to its end, each step that it told of ended, and every
        event could be read; or after `finish`, when the run is over.
        """
        return self._seen.is_complete

    def _take(self, chunk: bytes | ConnectionFailed | None) -> Generator[StreamEvent]:
        """Yield the events that a chunk completes, or the end of the stream, which is None."""
        if isinstance(chunk, ConnectionFailed):
            raise chunk  # here, so that it does not refer to the request with its key
        self._is_over = chunk is None
        if not self._has_events:
            self._beginning = (self._beginning + (chunk or b""))[:_BEGINNING_BYTES]
        for raw in self._parser.end() if chunk is None else self._parser.feed(chunk):
            self._has_events = True
            if raw.name == "error":
                raise stream_error(self._response(raw.data.encode("utf-8", "replace")))
            yield self._seen.take(raw)
            if raw.name == "done" and self._is_response:
                self._is_over = True
                return
        if self._is_over and not self._has_events and self._is_something_else:
            raise invalid_response("is no stream of events", self._response(self._beginning))

    @property
    def _is_refused(self) -> bool:
        """Whether the source is a response that is none of success."""
        return self._is_response and not httpx.codes.is_success(self._source.status_code)

    @property
    def _is_something_else(self) -> bool:
        """Whether the source is a response that does not say that it is a stream, with something in it."""
        says_so = "event-stream" in self._headers.get("content-type", "").lower()
        return self._is_response and not says_so and bool(self._beginning)

    def _response(self, body: bytes) -> RawResponse[object]:
        return RawResponse(self._source.status_code if self._is_response else 200, self._headers, body)

    @property
    def _headers(self) -> httpx.Headers:
        return httpx.Headers(dict(self._source.headers) if self._is_response else {})

    def ids(self) -> tuple[str, str]:
        """Return the ids of the thread and of the run.

        Raises:
            RunStepsError: The stream did not tell them.
        """
        for item in (self._seen.run, *self._seen.steps):
            run_id = item.id if isinstance(item, Run) else item.run_id if item else None
            if item and isinstance(item.thread_id, str) and isinstance(run_id, str):
                return item.thread_id, run_id
        raise RunStepsError("The stream broke off before it told thread and run: list the steps by their ids.")

    def _finished(self, run: Run, steps: list[RunStep]) -> RunState:
        self._seen.take_listed(run, steps)
        return RunState(run, tuple(steps))


class StepStream(_Stream):
    """Iterates over the events of a stream, each with the step so far.

    Args:
        source: A response of httpx, httpx2 or requests that is read as it comes (`stream`), or of a client around them;
            any iterable of bytes as they came; bytes; or a binary file. A response ends at `done`; anything else is
            read to its end, so that streams of a run that follow each other may be read as one.
        max_event_bytes: Largest event that is read (bytes); a larger one costs that event.

    Raises:
        StreamFailed: While iterating, when the server tells an error within the stream, after all that it told before.
        APIStatusError: While iterating, when the response is none of success.
        InvalidResponse: While iterating, when the response is something else: no stream was asked for.
        ConnectionFailed: While iterating, when the connection breaks; `finish` gets the rest.
    """

    def __init__(
        self, source: Response | Iterable[bytes] | bytes | BinaryIO, *, max_event_bytes: int = MAX_EVENT_BYTES
    ) -> None:
        super().__init__(source, max_event_bytes)
        self._events = self._read()

    def __iter__(self) -> Iterator[StreamEvent]:
        return self

    def __next__(self) -> StreamEvent:
        return next(self._events)

    def finish(self, client: RunSteps, *, deadline: float | None = None, include: Iterable[str] = ()) -> RunState:
        """Get what the stream did not tell from the server: watch the run, and list its steps.

        Args:
            client: Reads from the server that the run is on.
            deadline: Time to wait for the end of the run (seconds); 0 for a single look, None for as long as it takes.
            include: Fields to send that are left out otherwise, see `RunStepInclude`.

        Returns:
            The run and its steps as `RunSteps.list` gives them, oldest first; `run` and `steps` are these from now on.
            A run that waits for its caller is given as it is.

        Raises:
            DeadlineExceeded: The run is not over in time.
            RunStepsError: The stream told neither thread nor run.
            APIError: Talking to the server failed.
        """
        (thread_id, run_id), fields, time_left = self.ids(), one_or_many(include), _countdown(deadline)
        with closing(client.watch(thread_id, run_id, deadline=deadline, include=fields)) as changes:
            run = next(change.run for change in changes if _is_settled(change.run))
        listed = client.list(thread_id, run_id, order="asc", include=fields, deadline=time_left())
        return self._finished(run, list(listed))

    def close(self) -> None:
        """Close the response or file."""
        self._events.close()
        if callable(close := getattr(self._source, "close", None)):
            close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _read(self) -> Generator[StreamEvent]:
        chunks = _chunks(self._source)
        if self._is_refused:
            body = b""
            while len(body) < _REFUSAL_BYTES and isinstance(chunk := _pull(chunks), bytes):
                body += chunk
            raise status_error(self._response(body))
        while not self._is_over:
            yield from self._take(_pull(chunks))


class AsyncStepStream(_Stream):
    """The same for `async for`; its source may also be a response that is read asynchronously, or give bytes so."""

    def __init__(
        self,
        source: Response | AsyncIterable[bytes] | Iterable[bytes] | bytes | BinaryIO,
        *,
        max_event_bytes: int = MAX_EVENT_BYTES,
    ) -> None:
        super().__init__(source, max_event_bytes)
        self._events = self._read()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> StreamEvent:
        return await anext(self._events)

    async def finish(
        self, client: AsyncRunSteps, *, deadline: float | None = None, include: Iterable[str] = ()
    ) -> RunState:
        """Get what the stream did not tell from the server; as `StepStream.finish`."""
        (thread_id, run_id), fields, time_left = self.ids(), one_or_many(include), _countdown(deadline)
        async with (
            aclosing(client.watch(thread_id, run_id, deadline=deadline, include=fields)) as changes,
            aclosing(change.run async for change in changes if _is_settled(change.run)) as settled,
        ):
            run = await anext(settled)
        listed = client.list(thread_id, run_id, order="asc", include=fields, deadline=time_left())
        return self._finished(run, [step async for step in listed])

    async def aclose(self) -> None:
        """Close the response or file."""
        await self._events.aclose()
        close = getattr(self._source, "aclose", None) or getattr(self._source, "close", None)
        if callable(close) and isawaitable(closed := close()):
            await closed

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _read(self) -> AsyncGenerator[StreamEvent]:
        chunks = _async_chunks(self._source)
        try:
            if self._is_refused:
                body = b""
                while len(body) < _REFUSAL_BYTES and isinstance(chunk := await _async_pull(chunks), bytes):
                    body += chunk
                raise status_error(self._response(body))
            while not self._is_over:
                for event in self._take(await _async_pull(chunks)):
                    yield event
            if hasattr(self._source, "aiter_bytes"):
                # Right behind `done` is the end; generators of httpx that do not come to it are left to the collector.
                with move_on_after(_END_SECONDS):
                    while isinstance(await _async_pull(chunks), bytes):
                        pass
        finally:
            if isinstance(chunks, AsyncGenerator):
                await chunks.aclose()  # not by the garbage collector, which has no event loop


def _chunks(source: Any) -> Iterator[bytes]:
    if isinstance(source, bytes | bytearray):
        source = BytesIO(source)
    if hasattr(source, "iter_bytes"):
        return iter(source.iter_bytes())
    if hasattr(source, "iter_content"):
        # Without chunks, requests would wait until all that it was asked for is there.
        is_chunked = "chunked" in source.headers.get("transfer-encoding", "").lower()
        return iter(source.iter_content(chunk_size=None if is_chunked else 1))
    if hasattr(source, "read"):
        read = getattr(source, "read1", source.read)
        return iter(lambda: read(_READ_BYTES), b"")
    return iter(source)


def _async_chunks(source: Any) -> AsyncIterator[bytes]:
    if hasattr(source, "aiter_bytes"):
        return aiter(source.aiter_bytes())
    # Clients around httpx and azure-core call it the same, synchronous or not.
    given = source.iter_bytes() if hasattr(source, "iter_bytes") else source
    return aiter(given) if hasattr(given, "__aiter__") else _in_turn(_chunks(given))


async def _in_turn(chunks: Iterator[bytes]) -> AsyncGenerator[bytes]:
    for chunk in chunks:
        yield chunk


def _pull(chunks: Iterator[bytes]) -> bytes | ConnectionFailed | None:
    try:
        return next(chunks, None)
    except _faults() as error:
        return _broken(error)


async def _async_pull(chunks: AsyncIterator[bytes]) -> bytes | ConnectionFailed | None:
    try:
        return await anext(chunks, None)
    except _faults() as error:
        return _broken(error)


def _faults() -> tuple[type[Exception], ...]:
    """Return what clients raise when a connection breaks, those of them that are in use."""
    others = (getattr(sys.modules.get(name), fault, None) for name, fault in _FAULTS)
    return httpx.RequestError, httpx.StreamError, OSError, *filter(None, others)


def _broken(error: Exception) -> ConnectionFailed:
    reason = str(error) or type(error).__name__
    return ConnectionFailed(f"The stream broke off ({reason}).", advice=Advice.FINISH)


def _is_settled(run: Run) -> bool:
    return is_over(run) or run.status in _WAITING


def _countdown(deadline: float | None) -> Callable[[], float | None]:
    """Return what tells the time left to list steps (seconds); None when there is no bound."""
    ends_at = time.monotonic() + (deadline or 0.0)
    return lambda: max(_LIST_SECONDS, ends_at - time.monotonic()) if deadline else None
