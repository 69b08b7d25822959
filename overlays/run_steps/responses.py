"""What a server sent, as plain data: no request, and so no key, hangs on it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Generic, TypeVar

import httpx
from attrs import field, frozen

T_co = TypeVar("T_co", covariant=True)

REQUEST_ID_HEADERS = ("x-request-id", "apim-request-id", "x-ms-request-id")
"""Headers that name a request in the server's logs: OpenAI's, then Azure's."""


@frozen
class RawResponse(Generic[T_co]):
    """An HTTP response of the server.

    Attributes:
        status: HTTP status, also one that Python has no name for.
        headers: Headers of the response.
        body: The body, decompressed.
        retries: How often the request was sent again before this response came (count).
    """

    status: int
    headers: httpx.Headers = field(repr=False)
    body: bytes = field(repr=lambda body: f"<{len(body)} bytes>")
    retries: int = 0
    _decode: Callable[[RawResponse[T_co]], T_co] | None = field(default=None, repr=False, eq=False, alias="decode")

    @property
    def request_id(self) -> str | None:
        """The name of the request in the server's logs, where the server sends it."""
        return request_id_of(self.headers)

    def parse(self) -> T_co:
        """Return the body as a model.

        Raises:
            InvalidResponse: The body is not JSON, or not what the contract says.
        """
        if self._decode is None:
            raise TypeError("this response belongs to an error and has no model")
        return self._decode(self)


def request_id_of(headers: Mapping[str, str]) -> str | None:
    """Return the name of a request in the server's logs, where its answer has it."""
    return next((headers[name] for name in REQUEST_ID_HEADERS if headers.get(name)), None)


def retry_after_seconds(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Return how long a response asks to wait.

    Args:
        headers: Headers of the response, with lower-case names or insensitive to case.
        now: The present as Unix seconds; when left out, what the response's own `Date` says, as the clocks of two
            machines may differ by hours, else the clock of this machine.

    Returns:
        Seconds from now, never negative; None when the server does not say, or says nothing sensible. `retry-after-ms`
        (milliseconds, Azure OpenAI) comes before `retry-after` (seconds, or a date:
        https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3), as it is the finer one.
    """
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after")
    seconds = _number(value)
    if seconds is not None or value is None:
        return seconds
    moment = _moment(value)
    if moment is None:
        return None
    if now is None:
        sent = _moment(headers.get("date", ""))
        now = time.time() if sent is None else sent
    return max(0.0, moment - now)


def _moment(text: str) -> float | None:
    """Read a date of HTTP as Unix seconds."""
    try:
        moment = parsedate_to_datetime(text)
        # An old form of dates names no zone, and all of them are in UTC.
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None
