"""Everything that can go wrong, as one tree.

    RunStepsError
    ├── ConfigurationError          a setting is missing or cannot work (also a ValueError)
    ├── APIError                    talking to a server failed
    │   ├── APIStatusError          it answered with a status other than success
    │   │   ├── BadRequest          400
    │   │   ├── Unauthorized        401
    │   │   ├── Forbidden           403
    │   │   ├── NotFound            404
    │   │   ├── RateLimited         429
    │   │   └── ServerError         500 to 599
    │   ├── ConnectionFailed        it could not be reached, or the connection broke
    │   │   └── TimedOut            it did not answer in time
    │   ├── InvalidResponse         its answer is not JSON, cut short, corrupt, or not the contract's shape
    │   │   └── TooLarge            its answer is larger than this client reads
    │   └── PaginationError         its pages lead nowhere
    └── DeadlineExceeded            waiting for a run took longer than allowed

Archives, exports and shards define their own below `RunStepsError`, where they are raised.

No error holds a request, a key or a token, so all of them can be logged, shown and pickled.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import httpx

from run_steps.responses import RawResponse
from run_steps.retry_after import retry_after_seconds

if TYPE_CHECKING:
    from run_steps.watching import RunState

EXCERPT_BYTES = 200
"""How much of a body an error shows (bytes)."""

MESSAGE_LENGTH = 2000
"""How much of a server's message an error shows (characters)."""


class RunStepsError(Exception):
    """Base of every error of this package."""


class ConfigurationError(RunStepsError, ValueError):
    """A setting is missing or cannot work; the message says which one and what to set."""


class DeadlineExceeded(RunStepsError):
    """Waiting took longer than allowed.

    Attributes:
        last_state: The run and its steps as they were seen last, None when they were not.
    """

    def __init__(self, message: str, last_state: RunState | None = None) -> None:
        super().__init__(message, last_state)
        self.last_state = last_state

    def __str__(self) -> str:
        return str(self.args[0])


class APIError(RunStepsError):
    """Talking to a server failed.

    Attributes:
        message: What happened and, where that is known, what to do.
        response: What the server sent, None when it sent nothing.
    """

    def __init__(self, message: str, response: RawResponse[object] | None = None) -> None:
        # All arguments go to the base, which is what pickle hands back to the constructor.
        super().__init__(message, response)
        self.message = message
        self.response = response

    @property
    def request_id(self) -> str | None:
        """The name of the request in the server's logs."""
        return self.response.request_id if self.response else None

    def __str__(self) -> str:
        return f"{self.message} (request id {self.request_id})" if self.request_id else self.message


class ConnectionFailed(APIError):
    """The server could not be reached, or the connection broke before the answer was there."""


class TimedOut(ConnectionFailed):
    """The server did not answer in time."""


class InvalidResponse(APIError):
    """The answer is not JSON, is cut short, corrupt or too large, or is not what the contract says."""


class TooLarge(InvalidResponse):
    """The answer is larger than this client reads: ask for fewer items at a time, or raise `max_response_bytes`."""


class PaginationError(APIError):
    """The pages of a list do not lead to its end: the message says what the server did."""


class APIStatusError(APIError):
    """The server answered with a status other than success.

    Attributes:
        status: HTTP status.
        code: The error in one word, such as `invalid_api_key`, where the server gives one.
        type: Kind of the error, such as `invalid_request_error`, where the server gives one.
        param: Name of the parameter at fault, where the server gives one.
        retry_after: How long the server asks to wait (seconds), None when it does not.
    """

    response: RawResponse[object]

    def __init__(self, message: str, response: RawResponse[object]) -> None:
        super().__init__(message, response)
        self.status = response.status
        detail = _error_object(_json_object(response))
        self.code = _text(detail.get("code"))
        self.type = _text(detail.get("type"))
        self.param = _text(detail.get("param"))

    @property
    def retry_after(self) -> float | None:
        """How long the server asks to wait (seconds), None when it does not."""
        return retry_after_seconds(self.response.headers)


class BadRequest(APIStatusError):
    """400: a parameter is missing or wrong; `param` names it where the server does."""


class Unauthorized(APIStatusError):
    """401: the key or token is missing, wrong or expired."""


class Forbidden(APIStatusError):
    """403: the key or token is valid and may not do this."""


class NotFound(APIStatusError):
    """404: there is no such thread, run or step, or the host no longer serves this API."""


class RateLimited(APIStatusError):
    """429: too many requests, or the quota is used up; `retry_after` tells when to try again."""


class ServerError(APIStatusError):
    """500 to 599: the server, or a proxy in front of it, failed."""


_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    429: RateLimited,
}


def status_error(response: RawResponse[object], hint: str = "") -> APIStatusError:
    """Build the error for a response whose status is not success.

    Args:
        response: The response, with any kind of body.
        hint: What the user can do about it; appended to the message.

    Returns:
        An error of the class for that status, with what the body tells, whatever its form.
    """
    kind = _BY_STATUS.get(response.status, ServerError if 500 <= response.status <= 599 else APIStatusError)
    wait = retry_after_seconds(response.headers)
    asks = f"The server asks to wait {wait:g} s." if wait else ""
    parts = (f"{_status_text(response.status)}: {_body_message(response)}", asks, hint)
    return kind(" ".join(filter(None, parts)), response)


def transport_error(error: httpx.RequestError, host: str) -> ConnectionFailed:
    """Build the error for a request that got no answer.

    Args:
        error: What httpx raised; the new error does not refer to it, as it holds the request with its key.
        host: Where the request went, with the port.
    """
    reason = str(error) or type(error).__name__
    if isinstance(error, httpx.TimeoutException):
        return TimedOut(f"{host} did not answer in time ({reason}). Raise `timeout` or `deadline` if it is slow.")
    if isinstance(error, httpx.ProxyError):
        return ConnectionFailed(
            f"The proxy {reason}. It is set by HTTPS_PROXY, HTTP_PROXY or ALL_PROXY; NO_PROXY={host} goes without it."
        )
    if isinstance(error, httpx.ConnectError):
        return ConnectionFailed(f"{host} cannot be reached ({reason}). Check the base URL and that the server runs.")
    return ConnectionFailed(f"The connection to {host} broke ({reason}).")


def invalid_response(
    reason: str, response: RawResponse[object], kind: type[InvalidResponse] = InvalidResponse
) -> InvalidResponse:
    """Build the error for an answer that cannot be used; it shows how the answer begins.

    Args:
        reason: What is wrong with it.
        response: The answer.
        kind: Class of the error.
    """
    return kind(
        f"The answer with status {response.status} {reason}. It begins with {_excerpt(response.body)}.", response
    )


def _status_text(status: int) -> str:
    phrase = httpx.codes.get_reason_phrase(status)
    return f"{status} {phrase}" if phrase else str(status)


def _body_message(response: RawResponse[object]) -> str:
    """Return what a body says is wrong: OpenAI's and Azure's envelope, FastAPI's `detail`, or its first bytes."""
    if not response.body.strip():
        return "the body is empty."
    payload = _json_object(response)
    for found in (
        _error_object(payload).get("message"),
        payload.get("error"),
        payload.get("detail"),
        payload.get("message"),
    ):
        if isinstance(found, str) and found:
            return found if len(found) <= MESSAGE_LENGTH else f"{found[:MESSAGE_LENGTH]} ..."
        if found and isinstance(found, list):
            return json.dumps(found, ensure_ascii=False)[:EXCERPT_BYTES]
    return f"the body is not in the form of an error, it begins with {_excerpt(response.body)}."


def _error_object(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the object that tells the error: under `error`, under `detail`, or the body itself."""
    return next((inner for key in ("error", "detail") if isinstance(inner := payload.get(key), dict)), payload)


def _json_object(response: RawResponse[object]) -> dict[str, Any]:
    try:
        payload = json.loads(response.body)
    except (ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, dict) else {}


def _text(value: object) -> str | None:
    return str(value) if isinstance(value, (str, int)) else None


def _excerpt(body: bytes) -> str:
    return repr(body[:EXCERPT_BYTES].decode("utf-8", errors="backslashreplace"))
