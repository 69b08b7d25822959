"""Read responses whole, and stop at a size or a moment: no server can fill the memory or hold a caller forever."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

import anyio
import httpx

DEADLINE = "run_steps.deadline"
"""Extension of a request: when it must be over, as a moment of the transport's clock (seconds)."""

DEFAULT_MAX_BYTES = 256 * 1024 * 1024
"""Largest body that is read, after decompression (bytes)."""

_ABOUT_THE_TRANSFER = ("content-encoding", "content-length", "transfer-encoding")
"""Headers that are no longer true of a body that was read and decompressed."""


class ResponseTooLarge(httpx.RequestError):
    """A body is larger than allowed.

    Attributes:
        response: The response with the beginning of its body.
    """

    def __init__(self, message: str, response: httpx.Response) -> None:
        super().__init__(message)
        self.response = response


class ResponseCutShort(httpx.RemoteProtocolError):
    """The server closed the connection before the body was complete.

    Attributes:
        response: The response with what came of its body.
    """

    def __init__(self, message: str, response: httpx.Response) -> None:
        super().__init__(message)
        self.response = response


class LimitedTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Read the body of each response before handing it on, within limits.

    It serves `httpx.Client` and `httpx.AsyncClient` alike.

    Args:
        inner: The transport that talks to the network.
        max_bytes: Largest body, after decompression (bytes).
        clock: A monotonic clock (seconds).
    """

    def __init__(
        self,
        inner: httpx.BaseTransport | httpx.AsyncBaseTransport,
        *,
        max_bytes: int = DEFAULT_MAX_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inner = inner
        self._max_bytes = max_bytes
        self._clock = clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return its response with the body read.

        Raises:
            ResponseTooLarge: The body is larger than allowed.
            ResponseCutShort: The connection was closed before the body was complete.
            httpx.ReadTimeout: The deadline passed while the body came.
            httpx.RequestError: As the inner transport raises it.
        """
        assert isinstance(self._inner, httpx.BaseTransport), "an httpx.Client needs a synchronous transport"
        response = self._inner.handle_request(self._within_deadline(request))
        body = _Body(response, self._max_bytes)
        try:
            with body.told_when_cut_short():
                for chunk in response.iter_bytes():
                    body.add(chunk)
                    if self._remaining(request) <= 0:
                        raise httpx.ReadTimeout("the deadline passed while the body came")
        finally:
            response.close()
        return body.response()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return its response with the body read; raises as `handle_request`."""
        assert isinstance(self._inner, httpx.AsyncBaseTransport), "an httpx.AsyncClient needs an asynchronous transport"
        with anyio.move_on_after(self._remaining(request)):
            response = await self._inner.handle_async_request(self._within_deadline(request))
            body = _Body(response, self._max_bytes)
            try:
                with body.told_when_cut_short():
                    async for chunk in response.aiter_bytes():
                        body.add(chunk)
            finally:
                with anyio.CancelScope(shield=True):
                    await response.aclose()
            return body.response()
        raise httpx.ReadTimeout("the deadline passed")

    def close(self) -> None:
        """Close the inner transport."""
        assert isinstance(self._inner, httpx.BaseTransport)
        self._inner.close()

    async def aclose(self) -> None:
        """Close the inner transport."""
        assert isinstance(self._inner, httpx.AsyncBaseTransport)
        await self._inner.aclose()

    def _remaining(self, request: httpx.Request) -> float:
        return float(request.extensions.get(DEADLINE, float("inf"))) - self._clock()

    def _within_deadline(self, request: httpx.Request) -> httpx.Request:
        """Shorten the timeouts of a request to what is left until its deadline."""
        remaining = self._remaining(request)
        if remaining == float("inf"):
            return request
        timeouts = {"connect": None, "read": None, "write": None, "pool": None, **request.extensions.get("timeout", {})}
        shortened = {
            name: max(0.001, remaining if timeout is None else min(timeout, remaining))
            for name, timeout in timeouts.items()
        }
        extensions = {**request.extensions, "timeout": shortened}
        return httpx.Request(
            request.method, request.url, headers=request.headers, stream=request.stream, extensions=extensions
        )


class _Body:
    """The body of a response as it comes in."""

    def __init__(self, response: httpx.Response, max_bytes: int) -> None:
        self._response = response
        self._max_bytes = max_bytes
        self._chunks: list[bytes] = []
        self._size = 0

    def add(self, chunk: bytes) -> None:
        self._chunks.append(chunk)
        self._size += len(chunk)
        if self._size > self._max_bytes:
            del self._chunks[1:]  # the beginning is enough to tell what it was
            raise ResponseTooLarge(f"the body is larger than {self._max_bytes} bytes", self.response())

    @contextmanager
    def told_when_cut_short(self) -> Generator[None]:
        try:
            yield
        except httpx.RemoteProtocolError as error:
            raise ResponseCutShort(str(error), self.response()) from error

    def response(self) -> httpx.Response:
        headers = [item for item in self._response.headers.multi_items() if item[0] not in _ABOUT_THE_TRANSFER]
        # What belongs to the connection must not outlive it.
        extensions = {key: value for key, value in self._response.extensions.items() if key != "network_stream"}
        return httpx.Response(
            self._response.status_code, headers=headers, content=b"".join(self._chunks), extensions=extensions
        )
