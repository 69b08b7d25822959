"""One connection for one request at a time, without the cost of choosing among many."""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterator, Callable

import httpcore
import httpx

from run_steps._http.network import errors_of_httpx, request_of_httpcore

_FRESH_SECONDS = 1.0
"""How long an idle connection is trusted to be open; whether an older one still is costs a look at its socket."""


class Lane(httpx.AsyncBaseTransport):
    """Talks HTTP/1.1 over a single connection, which is opened when it is needed and again when it was closed.

    A pool looks at all its connections before and after each request, which for many of them takes longer than the
    request itself.

    Args:
        ssl_context: Which certificates to trust.
        clock: A monotonic clock (seconds).
    """

    def __init__(self, ssl_context: ssl.SSLContext, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._ssl_context = ssl_context
        self._clock = clock
        self._connection: httpcore.AsyncHTTPConnection | None = None
        self._used_at = 0.0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return its response, whose body must be read or closed before the next one.

        Raises:
            httpx.TransportError: It got no response.
        """
        sent = request_of_httpcore(request)
        connection = await self._open(sent.url.origin)
        with errors_of_httpx():
            response = await connection.handle_async_request(sent)
        self._used_at = self._clock()
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    async def _open(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        connection = self._connection
        # A request that was given up half-way, by an error or a cancellation, leaves one that is not available.
        if connection and connection.is_available():
            is_fresh = self._clock() - self._used_at < _FRESH_SECONDS
            if is_fresh or not connection.has_expired():
                return connection
        await self.aclose()
        self._connection = httpcore.AsyncHTTPConnection(origin, ssl_context=self._ssl_context)
        return self._connection

    async def aclose(self) -> None:
        """Close the connection."""
        connection, self._connection = self._connection, None
        if connection:
            await connection.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with errors_of_httpx():
            async for part in self._response.aiter_stream():
                yield part

    async def aclose(self) -> None:
        await self._response.aclose()
