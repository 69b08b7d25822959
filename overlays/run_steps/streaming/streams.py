"""Steps of a run while its events stream in, whoever asked for them."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Generator, Iterable, Iterator, Mapping
from contextlib import aclosing, closing
from types import TracebackType
from typing import Any, BinaryIO, Protocol, Self, cast

import httpx

from run_steps.async_client import AsyncRunSteps
from run_steps.client import RunSteps
from run_steps.errors import ConfigurationError, ConnectionFailed, status_error, stream_error
from run_steps.responses import RawResponse
from run_steps.streaming.accumulation import Accumulation
from run_steps.streaming.events import StreamEvent
from run_steps.streaming.sse import MAX_EVENT_BYTES, EventParser, ServerSentEvent
from run_steps.watching import RunState, is_over
from run_steps_api.models import Run, RunStep

_READ_BYTES = 65_536

_ERROR_BYTES = 1_000_000
"""How much is read of an answer that is no stream (bytes)."""

_WAITING = frozenset({"requires_action", "requires_confirmation"})
"""Statuses of a run that goes on when its caller has answered."""


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


class _Course:
    """What both streams share: what was seen, and what is to be raised."""

    def __init__(self, max_event_bytes: int) -> None:
        self.seen = Accumulation()
        self.parser = EventParser(max_event_bytes)

    def take(self, raw: ServerSentEvent) -> StreamEvent:
        if raw.name == "error":
            raise stream_error(raw.data)
        return self.seen.take(raw)

    def names(self) -> tuple[str, str]:
        """Return the ids of thread and run."""
        for item in (self.seen.run, *self.seen.steps):
            run_id = item.id if isinstance(item, Run) else item.run_id if item else None
            if item is not None and item.thread_id and isinstance(item.thread_id, str) and isinstance(run_id, str):
                return item.thread_id, run_id
        raise ConfigurationError("The stream broke off before it told thread and run: list the steps by their ids.")

    def finish(self, run: Run, steps: list[RunStep]) -> RunState:
        self.seen.replace(run, steps)
        return RunState(run, tuple(steps))


class _Stream:
    def __init__(self, max_event_bytes: int) -> None:
        self._course = _Course(max_event_bytes)

    @property
    def run(self) -> Run | None:
        """The run as it is now; None when the stream did not tell of it."""
        return self._course.seen.run

    @property
    def steps(self) -> tuple[RunStep, ...]:
        """The steps as they are now, in the order in which the stream told of them."""
        return self._course.seen.steps

    @property
    def is_complete(self) -> bool:
        """Whether `steps` are proved to be all of the run, as they ended.

        So it is when the stream told the run from its creation to its end, each step that it told of ended, and every
        event could be read; or after `finish`, when the run is over.
        """
        return self._course.seen.is_complete


class StepStream(_Stream):
    """Iterates over the events of a stream, each with the step so far.

    Args:
        source: A response of httpx, httpx2 or requests that is read as it comes (`stream`), or of a client around them;
            any iterable of bytes; bytes; or a binary file. It ends at `done` where it is a response, which is then all
            there is, and goes on with what follows otherwise.
        max_event_bytes: Largest event that is read (bytes); a larger one costs that event.

    Raises:
        StreamFailed: While iterating, when the server tells an error within the stream, after all that it told before.
        APIStatusError: While iterating, when the response is none of success.
        ConnectionFailed: While iterating, when the connection breaks; `finish` gets the rest.
    """

    def __init__(
        self, source: Response | Iterable[bytes] | bytes | BinaryIO, *, max_event_bytes: int = MAX_EVENT_BYTES
    ) -> None:
        super().__init__(max_event_bytes)
        self._source = source
        self._events = self._read()

    def __iter__(self) -> Iterator[StreamEvent]:
        return self

    def __next__(self) -> StreamEvent:
        return next(self._events)

    def finish(self, client: RunSteps, *, deadline: float | None = None, include: Iterable[str] = ()) -> RunState:
        """Get what the stream did not tell from the server: watch the run, and list its steps.

        Args:
            client: Reads from the server that the run is on.
            deadline: Time to wait for the end of the run (seconds); None for as long as it takes.
            include: Fields to send that are left out otherwise, see `RunStepInclude`.

        Returns:
            The run and its steps as `RunSteps.list` gives them, oldest first; `run` and `steps` are these from now on.
            A run that waits for its caller is given as it is.

        Raises:
            DeadlineExceeded: The run is not over in time.
            ConfigurationError: The stream told neither thread nor run.
            APIError: Talking to the server failed.
        """
        thread_id, run_id = self._course.names()
        fields = list(include)
        ends_at = None if deadline is None else time.monotonic() + deadline
        with closing(client.watch(thread_id, run_id, deadline=deadline, include=fields)) as changes:
            run = next(change.run for change in changes if _is_settled(change.run))
        left = None if ends_at is None else max(1.0, ends_at - time.monotonic())
        steps = list(client.list(thread_id, run_id, order="asc", include=fields, deadline=left))
        return self._course.finish(run, steps)

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
        course, is_response = self._course, hasattr(self._source, "status_code")
        chunks = _chunks(self._source)
        _check(self._source, b"" if _is_success(self._source) else b"".join(_first(chunks)))
        while True:
            chunk = _pull(chunks)
            if isinstance(chunk, ConnectionFailed):
                raise chunk  # here, so that it does not refer to the request with its key
            for raw in course.parser.end() if chunk is None else course.parser.feed(chunk):
                yield course.take(raw)
                if is_response and raw.name == "done":
                    return
            if chunk is None:
                return


class AsyncStepStream(_Stream):
    """The same for `async for`; its source is a response that is read asynchronously, or any iterable of bytes."""

    def __init__(
        self, source: Response | AsyncIterable[bytes] | Iterable[bytes], *, max_event_bytes: int = MAX_EVENT_BYTES
    ) -> None:
        super().__init__(max_event_bytes)
        self._source = source
        self._events = self._read()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> StreamEvent:
        return await self._events.__anext__()

    async def finish(
        self, client: AsyncRunSteps, *, deadline: float | None = None, include: Iterable[str] = ()
    ) -> RunState:
        """Get what the stream did not tell from the server; as `StepStream.finish`."""
        thread_id, run_id = self._course.names()
        fields = list(include)
        ends_at = None if deadline is None else time.monotonic() + deadline
        async with aclosing(client.watch(thread_id, run_id, deadline=deadline, include=fields)) as changes:
            run = await anext(change.run async for change in changes if _is_settled(change.run))
        left = None if ends_at is None else max(1.0, ends_at - time.monotonic())
        listed = client.list(thread_id, run_id, order="asc", include=fields, deadline=left)
        return self._course.finish(run, [step async for step in listed])

    async def aclose(self) -> None:
        """Close the response."""
        await self._events.aclose()
        if callable(close := getattr(self._source, "aclose", None)):
            await cast("Awaitable[None]", close())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _read(self) -> AsyncGenerator[StreamEvent]:
        course, is_response = self._course, hasattr(self._source, "status_code")
        chunks = _async_chunks(self._source)
        if not _is_success(self._source):
            _check(self._source, b"".join(_first([chunk async for chunk in chunks])))
        while True:
            chunk = await _async_pull(chunks)
            if isinstance(chunk, ConnectionFailed):
                raise chunk  # here, so that it does not refer to the request with its key
            for raw in course.parser.end() if chunk is None else course.parser.feed(chunk):
                yield course.take(raw)
                if is_response and raw.name == "done":
                    return
            if chunk is None:
                return


def _chunks(source: Any) -> Iterator[bytes]:
    if isinstance(source, bytes | bytearray):
        return iter([bytes(source)])
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


async def _async_chunks(source: Any) -> AsyncGenerator[bytes]:
    if hasattr(source, "aiter_bytes") or hasattr(source, "__aiter__"):
        async for chunk in source.aiter_bytes() if hasattr(source, "aiter_bytes") else source:
            yield chunk
    elif hasattr(source, "iter_bytes") and hasattr(source, "__aenter__"):
        async for chunk in source.iter_bytes():  # azure-core's and openai-python's
            yield chunk
    else:
        for chunk in _chunks(source):
            yield chunk


def _pull(chunks: Iterator[bytes]) -> bytes | ConnectionFailed | None:
    try:
        return next(chunks, None)
    except _faults() as error:
        return _broken(error)


async def _async_pull(chunks: AsyncGenerator[bytes]) -> bytes | ConnectionFailed | None:
    try:
        return await anext(chunks, None)
    except _faults() as error:
        return _broken(error)


def _is_success(source: Any) -> bool:
    return 200 <= getattr(source, "status_code", 200) <= 299


def _check(source: Any, body: bytes) -> None:
    """Raise the error of a response that is none of success."""
    if not _is_success(source):
        raise status_error(RawResponse(source.status_code, httpx.Headers(dict(source.headers)), body))


def _first(chunks: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        yield chunk
        size += len(chunk)
        if size > _ERROR_BYTES:
            return


def _faults() -> tuple[type[Exception], ...]:
    """Return what clients raise when a connection breaks, those of them that are in use; requests raises OSError."""
    others = (getattr(sys.modules.get(name), fault, None) for name, fault in _FAULTS)
    return httpx.RequestError, OSError, *(kind for kind in others if isinstance(kind, type))


_FAULTS = (("httpx2", "RequestError"), ("azure.core.exceptions", "AzureError"), ("openai", "APIError"))


def _broken(error: Exception) -> ConnectionFailed:
    reason = str(error) or type(error).__name__
    return ConnectionFailed(f"The stream broke off ({reason}). `finish` gets the rest from the server.")


def _is_settled(run: Run) -> bool:
    return is_over(run) or str(run.status) in _WAITING
