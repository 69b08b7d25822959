"""Read responses whole, and stop at a size or a moment: no server can fill the memory or hold a caller forever."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import ClassVar

import anyio
import httpx

from run_steps._http.decompression import ACCEPTED, Decompressor
from run_steps._http.wrapping import WrappingTransport

DEADLINE = "run_steps.deadline"
"""Extension of a request: when it must be over, as a moment of `time.monotonic` (seconds)."""

TIMEOUTS = ("connect", "read", "write", "pool")
"""Operations that httpx times one by one."""

DEFAULT_MAX_BYTES = 256 * 1024 * 1024
"""Largest body that is read, after decompression (bytes)."""

MAX_VALUES = 1_000_000
"""Values an answer may hold (count): each takes some 100 bytes of memory, however few bytes it takes in the answer."""

_ABOUT_THE_TRANSFER = (b"content-encoding", b"content-length", b"transfer-encoding")
"""Headers that are no longer true of a body that was read and decompressed."""

_BEGINNING = 4096
"""How much is kept of a body that is too large, to report what it was (bytes)."""


def has_too_many_values(body: bytes) -> bool:
    """Return whether JSON text holds more than `MAX_VALUES` values; texts count as one, whatever is in them."""
    # Each takes a byte at least, so that most answers need not be counted.
    if len(body) <= MAX_VALUES or body.count(b",") + body.count(b"[") + body.count(b"{") <= MAX_VALUES:
        return False
    outside = _TEXT.sub(b"", body)
    return outside.count(b",") + outside.count(b"[") + outside.count(b"{") > MAX_VALUES


_TEXT = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', flags=re.DOTALL)


class UnusableBody(httpx.RequestError):
    """The body of a response cannot be used.

    Attributes:
        fault: What is wrong with bodies of this kind.
        response: The response with what came of its body, or the beginning of that.
    """

    fault: ClassVar[str]

    def __init__(self, message: str, response: httpx.Response) -> None:
        super().__init__(message)
        self.response = response


class ResponseTooLarge(UnusableBody):
    """A body is larger than allowed."""

    fault = "is too large"


class ResponseCutShort(UnusableBody, httpx.RemoteProtocolError):
    """The connection was closed or reset before the body was complete."""

    fault = "is cut short"


class ResponseCorrupt(UnusableBody, httpx.DecodingError):
    """A body cannot be decompressed."""

    fault = "cannot be decompressed"


class LimitedTransport(WrappingTransport):
    """Read the body of each response before handing it on, within limits.

    It serves `httpx.Client` and `httpx.AsyncClient` alike. A synchronous client is held to the deadline between the
    parts of a body, and with a `NetworkTransport` also within them and before the body begins.

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
        super().__init__(inner)
        self._max_bytes = max_bytes
        self._clock = clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return its response with the body read.

        Raises:
            UnusableBody: The body is larger than allowed, cut short or corrupt.
            httpx.ReadTimeout: The deadline passed while the body came.
            httpx.RequestError: As the inner transport raises it.
        """
        self._prepare(request)
        response = self.sync_inner.handle_request(request)
        body = _Body(response, self._max_bytes)
        try:
            with body.complete():
                for part in response.iter_bytes() if response.is_stream_consumed else response.iter_raw():
                    body.add(part)
                    if self._remaining(request) <= 0:
                        raise httpx.ReadTimeout("the deadline passed while the body came")
        finally:
            response.close()
        return body.response()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return its response with the body read; raises as `handle_request`."""
        with anyio.move_on_after(self._remaining(request)):
            self._prepare(request)
            response = await self.async_inner.handle_async_request(request)
            body = _Body(response, self._max_bytes)
            try:
                with body.complete():
                    async for part in response.aiter_bytes() if response.is_stream_consumed else response.aiter_raw():
                        body.add(part)
            finally:
                with anyio.CancelScope(shield=True):
                    await response.aclose()
            return body.response()
        raise httpx.ReadTimeout("the deadline passed")

    def _remaining(self, request: httpx.Request) -> float:
        return float(request.extensions.get(DEADLINE, float("inf"))) - self._clock()

    def _prepare(self, request: httpx.Request) -> None:
        """Shorten the timeouts of a request to what is left until its deadline, and ask for what can be read here."""
        request.headers["Accept-Encoding"] = ACCEPTED
        remaining = self._remaining(request)
        if remaining != float("inf"):
            timeouts = {**dict.fromkeys(TIMEOUTS), **request.extensions.get("timeout", {})}
            shortened = {
                name: max(0.001, remaining if timeout is None else min(timeout, remaining))
                for name, timeout in timeouts.items()
            }
            request.extensions = {**request.extensions, "timeout": shortened}


class _Body:
    """The body of a response as it comes in.

    A response whose body was read already, by a hook of the user's client for instance, comes decompressed.
    """

    def __init__(self, response: httpx.Response, max_bytes: int) -> None:
        self._response = response
        self._max_bytes = max_bytes
        encoding = "" if response.is_stream_consumed else response.headers.get("content-encoding", "")
        self._decompressor = Decompressor(encoding)
        self._parts: list[bytes] = []
        self._size = 0

    def add(self, part: bytes) -> None:
        try:
            decompressed = self._decompressor.decompress(part, at_most=self._max_bytes - self._size + 1)
        except httpx.DecodingError as error:
            self._parts = self._parts or [part]  # what it is instead shows as it came
            raise ResponseCorrupt(str(error), self.response()) from None
        if decompressed:
            self._parts.append(decompressed)
        self._size += len(decompressed)
        if self._size > self._max_bytes:
            self._parts = [self._parts[0][:_BEGINNING]]
            raise ResponseTooLarge(f"it has more than {self._max_bytes} bytes", self.response())

    @contextmanager
    def complete(self) -> Generator[None]:
        """Raise `ResponseCutShort` when the parts that come in the `with` block end too early."""
        try:
            yield
        except (httpx.RemoteProtocolError, httpx.NetworkError) as error:
            raise ResponseCutShort(str(error) or type(error).__name__, self.response()) from error
        if not self._decompressor.is_complete:
            raise ResponseCutShort("the end of what was compressed is missing", self.response())

    def response(self) -> httpx.Response:
        # As bytes: a header may hold others than ASCII, whatever their encoding.
        headers = [item for item in self._response.headers.raw if item[0].lower() not in _ABOUT_THE_TRANSFER]
        # What belongs to the connection must not outlive it.
        extensions = {key: value for key, value in self._response.extensions.items() if key != "network_stream"}
        return httpx.Response(
            self._response.status_code, headers=headers, content=b"".join(self._parts), extensions=extensions
        )
