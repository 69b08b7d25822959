"""Connections that hold to a deadline, for synchronous clients.

httpx times each read from a socket anew, so that a server which sends a byte now and then could hold a caller for
hours. The connections made here ask before each operation how much time is left. Asynchronous clients need nothing of
the kind: they can be cancelled at any moment.
"""

from __future__ import annotations

import math
import os
import ssl
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import httpcore
import httpx

from run_steps._http.limits import DEADLINE, TIMEOUTS
from run_steps._http.tls import TrustedCertificates

_TIMED_OUT = "the deadline passed"

_ERRORS: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (httpcore.ConnectTimeout, httpx.ConnectTimeout),
    (httpcore.ReadTimeout, httpx.ReadTimeout),
    (httpcore.WriteTimeout, httpx.WriteTimeout),
    (httpcore.PoolTimeout, httpx.PoolTimeout),
    (httpcore.TimeoutException, httpx.TimeoutException),
    (httpcore.ConnectError, httpx.ConnectError),
    (httpcore.ReadError, httpx.ReadError),
    (httpcore.WriteError, httpx.WriteError),
    (httpcore.NetworkError, httpx.NetworkError),
    (httpcore.ProxyError, httpx.ProxyError),
    (httpcore.UnsupportedProtocol, httpx.UnsupportedProtocol),
    (httpcore.LocalProtocolError, httpx.LocalProtocolError),
    (httpcore.ProtocolError, httpx.RemoteProtocolError),
)
"""Errors of httpcore, the narrower ones first, and the nearest of httpx."""


class _Timeout(float):
    """A timeout (seconds) of an operation that knows when its request must be over (seconds of a monotonic clock).

    httpcore hands the timeouts of a request to the operations on its connection, and that is how they hear of the
    deadline: one timeout serves many reads.
    """

    ends_at: float

    def __new__(cls, seconds: float, ends_at: float) -> _Timeout:
        timeout = super().__new__(cls, seconds)
        timeout.ends_at = ends_at
        return timeout


class NetworkTransport(httpx.BaseTransport):
    """Talks HTTP/1.1 as `httpx.HTTPTransport` does by default, holds to the deadline of a request, and survives a fork.

    A process that was forked has the sockets of its parent: both would read the answers of each other. So it opens
    connections of its own.

    Args:
        proxy: A proxy to go through, None for none.
        ssl_context: Which certificates to trust; those that httpx trusts when left out.
    """

    def __init__(self, *, proxy: httpx.Proxy | None = None, ssl_context: ssl.SSLContext | None = None) -> None:
        self._open_pool = partial(_connection_pool, proxy, ssl_context or TrustedCertificates())
        self._pool = self._open_pool()
        self._process = os.getpid()
        self._parents: list[httpcore.ConnectionPool] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return its response, of which the body is yet to be read.

        Raises:
            httpx.TransportError: It got no response, or none in time.
        """
        assert isinstance(request.stream, httpx.SyncByteStream), "an asynchronous request needs an AsyncClient"
        with errors_of_httpx():
            response = self._own_pool().handle_request(_with_deadline(request_of_httpcore(request)))
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    def close(self) -> None:
        """Close the connections."""
        self._own_pool().close()

    def _own_pool(self) -> httpcore.ConnectionPool:
        """Return the pool of this process."""
        if self._process != os.getpid():
            self._parents.append(self._pool)  # neither used nor closed here
            self._pool, self._process = self._open_pool(), os.getpid()
        return self._pool


def _connection_pool(proxy: httpx.Proxy | None, ssl_context: ssl.SSLContext) -> httpcore.ConnectionPool:
    settings: dict[str, Any] = {
        "ssl_context": ssl_context,
        "max_connections": 100,
        "max_keepalive_connections": 20,
        "keepalive_expiry": 5.0,
        "network_backend": _Backend(),
    }
    if proxy is None:
        return httpcore.ConnectionPool(**settings)
    kind = httpcore.HTTPProxy if proxy.url.scheme in {"http", "https"} else httpcore.SOCKSProxy
    return kind(proxy_url=str(proxy.url), proxy_auth=proxy.raw_auth, **settings)


def request_of_httpcore(request: httpx.Request) -> httpcore.Request:
    """Return a request as httpcore wants it."""
    url = httpcore.URL(
        scheme=request.url.raw_scheme,
        host=request.url.raw_host,
        port=request.url.port,
        target=request.url.raw_path,
    )
    return httpcore.Request(
        request.method, url, headers=request.headers.raw, content=request.stream, extensions=request.extensions
    )


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        with errors_of_httpx():
            yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class AsyncNetworkTransport(httpx.AsyncHTTPTransport):
    """Talks HTTP/1.1 as its base does, and raises nothing but errors of httpx."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return its response; raises as `NetworkTransport`."""
        with errors_of_httpx():
            return await super().handle_async_request(request)


@contextmanager
def errors_of_httpx() -> Generator[None]:
    """Raise errors of httpcore as the nearest ones of httpx, and those from below as well.

    The look-up of a name, for one, may raise a `UnicodeError`, and an attempt at several addresses an `ExceptionGroup`.
    """
    try:
        yield
    except tuple(theirs for theirs, _ in _ERRORS) as error:
        nearest = next(ours for theirs, ours in _ERRORS if isinstance(error, theirs))
        raise nearest(str(error)) from error
    except (OSError, UnicodeError, ExceptionGroup) as error:
        raise httpx.ConnectError(f"{type(error).__name__}: {error}") from error


def _with_deadline(request: httpcore.Request) -> httpcore.Request:
    """Return a request whose timeouts know its deadline."""
    ends_at = float(request.extensions.get(DEADLINE, math.inf))
    if ends_at < math.inf:
        timeouts, left = request.extensions.get("timeout", {}), ends_at - time.monotonic()
        known = {name: _Timeout(timeouts.get(name) or left, ends_at) for name in TIMEOUTS}
        request.extensions = {**request.extensions, "timeout": known}
    return request


class _Backend(httpcore.NetworkBackend):
    """Opens connections of the standard kind that hold to deadlines."""

    def __init__(self) -> None:
        self._standard = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        stream = self._standard.connect_tcp(host, port, left, local_address, socket_options)
        return _Stream(stream, timeout)


class _Stream(httpcore.NetworkStream):
    """A connection; an operation without a timeout, as those that greet a SOCKS proxy, goes by the one before."""

    def __init__(self, standard: httpcore.NetworkStream, timeout: float | None) -> None:
        self._standard = standard
        self._timeout = timeout

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._standard.read(max_bytes, self._left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._standard.write(buffer, self._left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._standard.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._standard.start_tls(ssl_context, server_hostname, left), self._timeout)

    def get_extra_info(self, info: str) -> Any:
        return self._standard.get_extra_info(info)

    def _left(self, timeout: float | None, error: type[httpcore.TimeoutException]) -> float | None:
        self._timeout = self._timeout if timeout is None else timeout
        return _left(self._timeout, error)


def _left(timeout: float | None, error: type[httpcore.TimeoutException]) -> float | None:
    """Return how long an operation may take (seconds), None for no bound.

    Raises:
        httpcore.TimeoutException: The deadline passed; of the class that was given.
    """
    if not isinstance(timeout, _Timeout):
        return timeout
    left = min(timeout, timeout.ends_at - time.monotonic())
    if left <= 0:
        raise error(_TIMED_OUT)
    return left
