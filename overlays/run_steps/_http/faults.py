"""What became of a request, without the request: that carries the key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import httpx

from run_steps._http.limits import ResponseTooLarge, UnusableBody
from run_steps._http.retries import RETRIES
from run_steps._http.tls import is_untrusted
from run_steps.errors import (
    Advice,
    ConnectionFailed,
    InvalidArgument,
    InvalidResponse,
    RunStepsError,
    TimedOut,
    TooLarge,
    invalid_response,
)
from run_steps.responses import RawResponse

T = TypeVar("T")

FAULTS = (httpx.RequestError, httpx.InvalidURL, httpx.StreamError, UnicodeEncodeError)
"""What sending a request raises, apart from what the user's own keys, credentials and hooks do."""


def failed(error: Exception, address: str) -> RunStepsError:
    """Return the error for a request that got no usable answer; without the request, as that carries the key.

    Args:
        error: One of `FAULTS`.
        address: Where the request was to go.
    """
    if isinstance(error, httpx.InvalidURL | UnicodeEncodeError):
        return InvalidArgument(f"The ids, cursors and parameters cannot stand in a URL: {error}.")
    if not isinstance(error, httpx.RequestError):
        return ConnectionFailed(f"The answer of {address} cannot be read ({error}).")
    if isinstance(error, UnusableBody):
        kind = TooLarge if isinstance(error, ResponseTooLarge) else InvalidResponse
        return invalid_response(f"{error.fault} ({error})", raw_response(error.response), kind)
    if isinstance(error, httpx.DecodingError):
        return InvalidResponse(f"The answer of {address} cannot be decompressed ({error}).")
    return _transport_error(error, address)


def raw_response(response: httpx.Response, decode: Callable[[RawResponse[T]], T] | None = None) -> RawResponse[T]:
    """Return a response as plain data, without the request it belongs to."""
    retries = int(response.extensions.get(RETRIES, 0))
    return RawResponse(response.status_code, response.headers, response.content, retries, decode=decode)


def _transport_error(error: httpx.RequestError, host: str) -> ConnectionFailed:
    """Build the error for a request that got no answer.

    Args:
        error: What httpx raised; the new error does not refer to it, as it holds the request with its key.
        host: Where the request went, with the port.
    """
    reason = str(error) or type(error).__name__
    if isinstance(error, httpx.TimeoutException):
        return TimedOut(f"{host} did not answer in time ({reason}).", advice=Advice.MORE_TIME)
    if isinstance(error, httpx.ProxyError):
        return ConnectionFailed(
            f"The proxy {reason}. It is set by HTTPS_PROXY, HTTP_PROXY or ALL_PROXY; NO_PROXY={host} goes without it."
        )
    if is_untrusted(error):
        return ConnectionFailed(
            f"The certificate of {host} is not trusted ({reason}). If it is your own or your network's, name its "
            "authority in SSL_CERT_FILE."
        )
    if isinstance(error, httpx.ConnectError):
        return ConnectionFailed(f"{host} cannot be reached ({reason}). Check the base URL and that the server runs.")
    if isinstance(error, httpx.RemoteProtocolError) and _NOT_HTTP_1 in reason:
        return ConnectionFailed(
            f"{host} does not speak HTTP/1.1 ({reason}). If it only speaks HTTP/2, give "
            "`http_client=httpx.Client(http2=True)`."
        )
    return ConnectionFailed(f"The connection to {host} broke ({reason}).")


_NOT_HTTP_1 = "illegal"
"""What h11 says of a line that is none of HTTP/1.1: "illegal request line", "illegal status line"."""
