"""Everything that can go wrong, as one tree.

    RunStepsError
    ├── ConfigurationError          a setting is missing or cannot work (also a ValueError)
    ├── InvalidArgument             an argument of a call cannot work, such as an id (also a ValueError)
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
    │   ├── PaginationError         its pages lead nowhere
    │   └── StreamFailed            it told an error within a stream of events
    ├── UnknownObject               an archive has no such object (also a LookupError)
    │   ├── UnknownThread
    │   ├── UnknownRun
    │   ├── UnknownStep
    │   ├── UnknownMessage
    │   └── UnknownMessages     its messages were never pulled
    └── UnknownCursor               an archive has no item to list from (also a LookupError)

Watching, archives, exports and workers define their own below `RunStepsError`, where they are raised:
`run_steps.watching.DeadlineExceeded`, for one.

No error holds a request, a key or a token, so all of them can be logged, shown and pickled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import httpx

from run_steps.responses import RawResponse, retry_after_seconds
from run_steps_api.parsing import dump_json, parse_json

EXCERPT_BYTES = 200
"""How much of a body an error shows (bytes)."""

MESSAGE_LENGTH = 2000
"""How much of a server's message an error shows (characters)."""


DECODING_FAULTS = (AttributeError, KeyError, TypeError, ValueError, RecursionError)
"""What a model raises when it is made of something that it cannot be."""


def fault_text(error: Exception) -> str:
    """Return in words what one of `DECODING_FAULTS` says."""
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


class Advice(StrEnum):
    """What to do about some errors, in Python; whoever does not write Python is to read it in other words."""

    MORE_TIME = "Raise `timeout` or `deadline` if it is slow."
    LONGER_WATCH = "Raise `deadline`, or watch it again."
    FINISH = "`finish` gets the rest from the server."
    SECURE_HTTP = (
        "Use https://, or allow it with `servers.compatible(..., allow_insecure_http=True)` or "
        "RUN_STEPS_INSECURE_HTTP=1."
    )
    QUERY_PARAMETER = "This server wants a query parameter: give `params={'api-version': ...}` of `servers.compatible`."
    OTHER_ORDER = "Servers that order by time and page by id list correctly with `order='asc'` alone."
    OVERWRITE = "Choose another name, or give `overwrite=True`."


class RunStepsError(Exception):
    """Base of every error of this package.

    Attributes:
        advice: What to do about it, often one of `Advice`; empty when the message says so, or nothing is known.
    """

    def __init__(self, *args: object, advice: str = "") -> None:
        super().__init__(*args)
        self.advice = advice

    def __str__(self) -> str:
        return " ".join(filter(None, (*map(str, self.args[:1]), self.advice)))


class ConfigurationError(RunStepsError, ValueError):
    """A setting is missing or cannot work; the message says which one and what to set."""


class InvalidArgument(RunStepsError, ValueError):
    """An argument of a call cannot work: an id that no request can hold, or a number out of its range."""


class UnknownObject(RunStepsError, LookupError):
    """A store holds no object with this id.

    Attributes:
        object_id: The id that was asked for.
    """

    noun = "object"

    def __init__(self, object_id: str) -> None:
        super().__init__(object_id)
        self.object_id = object_id

    def __str__(self) -> str:
        return f"No {self.noun} found with id '{self.object_id}'."


class UnknownThread(UnknownObject):
    """There is no thread with this id."""

    noun = "thread"


class UnknownRun(UnknownObject):
    """The thread has no run with this id."""

    noun = "run"


class UnknownStep(UnknownObject):
    """The run has no step with this id."""

    noun = "run step"


class UnknownMessage(UnknownObject):
    """The thread has no message with this id."""

    noun = "message"


class UnknownMessages(UnknownObject):
    """The messages of a thread are not known, other than those of a thread without any."""

    def __str__(self) -> str:
        return f"The messages of the thread '{self.object_id}' are not here, as they were never pulled."


class UnknownCursor(RunStepsError, LookupError):
    """A page was asked for from an item that the list does not have.

    Attributes:
        param: The cursor at fault, `after` or `before`.
        item_id: What it named.
        noun: What the list is made of: `run`, `run step`, `message` or `thread`.
    """

    def __init__(self, param: str, item_id: str, noun: str) -> None:
        super().__init__(param, item_id, noun)
        self.param = param
        self.item_id = item_id
        self.noun = noun

    def __str__(self) -> str:
        return f"No {self.noun} found with id '{self.item_id}', the value of '{self.param}'."


class APIError(RunStepsError):
    """Talking to a server failed.

    Attributes:
        message: What happened.
        response: What the server sent, None when it sent nothing.
    """

    def __init__(self, message: str, response: RawResponse[object] | None = None, *, advice: str = "") -> None:
        # All arguments go to the base, which is what pickle hands back to the constructor.
        super().__init__(message, response, advice=advice)
        self.message = message
        self.response = response

    @property
    def request_id(self) -> str | None:
        """The name of the request in the server's logs."""
        return self.response.request_id if self.response else None

    def __str__(self) -> str:
        request = f"(request id {self.request_id})" if self.request_id else ""
        return " ".join(filter(None, (self.message, self.advice, request)))


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


class StreamFailed(APIError):
    """The server told an error within a stream of events, whose response began as a success.

    Attributes:
        code: The error in one word, where the server gives one.
        type: Kind of the error, such as `server_error`, where the server gives one.
        param: Name of the parameter at fault, where the server gives one.
    """

    response: RawResponse[object]

    def __init__(self, message: str, response: RawResponse[object]) -> None:
        super().__init__(message, response)
        self.code, self.type, self.param = _code_type_and_param(response.body)


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

    def __init__(self, message: str, response: RawResponse[object], *, advice: str = "") -> None:
        super().__init__(message, response, advice=advice)
        self.status = response.status
        payload = _json_object(response.body)
        detail = _error_object(payload)
        self._id_in_body = _first_text(detail, payload, names=_REQUEST_ID_FIELDS)
        self.code, self.type, self.param = _code_type_and_param(response.body)

    @property
    def request_id(self) -> str | None:
        """The name of the request in the server's logs, from a header or the body."""
        return self.response.request_id or self._id_in_body

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
    """429: too many requests, or the quota is used up; `retry_after` is how long to wait."""


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
        hint: What the user can do about it; its advice.

    Returns:
        An error of the class for that status, with what the body reports, whatever its form.
    """
    kind = _BY_STATUS.get(response.status, ServerError if 500 <= response.status <= 599 else APIStatusError)
    wait = retry_after_seconds(response.headers)
    asks = f"The server asks to wait {wait:g} s." if wait else ""
    message = _body_message(response)
    said = (
        _status_text(response.status)
        if message == _phrase(response.status)
        else f"{_status_text(response.status)}: {message}"
    )
    advice = hint or _advice(response, message)
    return kind(" ".join(_sentence(part) for part in (said, asks) if part), response, advice=advice)


def stream_error(response: RawResponse[object]) -> StreamFailed:
    """Build the error for an `error` event of a stream.

    Args:
        response: The response the stream came in, with what the event holds, in any form, as its body.
    """
    return StreamFailed(_sentence(f"The server ended the stream with an error: {_body_message(response)}"), response)


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


_REQUEST_ID_FIELDS = ("request_id", "requestId", "x-request-id")
_CODE_FIELDS = ("code", "errorCode", "error_code")
_MESSAGE_FIELDS = ("message", "error_description", "error_message", "detail", "error")


def _status_text(status: int) -> str:
    phrase = _phrase(status)
    return f"{status} {phrase}" if phrase else str(status)


def _phrase(status: int) -> str:
    return httpx.codes.get_reason_phrase(status)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "...")) else f"{text}."


def _advice(response: RawResponse[object], message: str) -> str:
    """Return what may help with an answer of any server."""
    status = response.status
    if status == 400 and "apiversion" in re.sub(r"[\W_]", "", f"{message} {error_code(response.body)}").lower():
        return Advice.QUERY_PARAMETER
    if status == 410:
        return "The server no longer serves this API: use another server, or an archive of what it held."
    if status in (404, 405) and (message == _phrase(status) or not _json_object(response.body)):
        return "It may be a gateway that has no such path: check the path of the base URL."
    return ""


def _body_message(response: RawResponse[object]) -> str:
    """Return what a body says is wrong, in any of the forms that were seen, or else its first bytes."""
    if not response.body.strip():
        return "the body is empty."
    payload = _json_object(response.body)
    detail = _error_object(payload)
    names = (*_MESSAGE_FIELDS, *_CODE_FIELDS)
    texts = [text for owner in (detail, payload) for name in names if (text := _told(owner.get(name)))]
    # A word is a code, wherever it stands: some servers have code and message the other way round.
    found = next((text for text in texts if " " in text), next(iter(texts), None))
    if found is not None:
        return found if len(found) <= MESSAGE_LENGTH else f"{found[:MESSAGE_LENGTH]} ..."
    return f"the body is not in the form of an error, it begins with {_excerpt(response.body)}."


def error_code(body: bytes) -> str | None:
    """Return the code of an error, from any form of body that was seen; None when there is none."""
    payload = _json_object(body)
    detail = _error_object(payload)
    code = _first_text(detail, payload, names=_CODE_FIELDS)
    if code is None and isinstance(error := payload.get("error"), str) and "error_description" in payload:
        return error  # https://www.rfc-editor.org/rfc/rfc6749#section-5.2
    return code


def _code_type_and_param(body: bytes) -> tuple[str | None, str | None, str | None]:
    """Return what a body names the error by, its kind, and the parameter at fault; None for what it does not name."""
    detail = _error_object(_json_object(body))
    return error_code(body), _text(detail.get("type")), _text(detail.get("param"))


def error_words(body: bytes) -> set[str | None]:
    """Return the words that may say why: code and type, as servers differ in which of them has it."""
    payload = _json_object(body)
    return {error_code(body), *(_text(owner.get("type")) for owner in (_error_object(payload), payload))}


def _told(value: object) -> str:
    if value and isinstance(value, list):
        return dump_json(value, ensure_ascii=False)[:EXCERPT_BYTES]
    return value.strip() if isinstance(value, str) else ""


def _error_object(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the object that describes the error, wherever it is: one server has it under `message`."""
    keys = ("error", "detail", "message")
    return next((inner for key in keys if isinstance(inner := payload.get(key), dict)), payload)


def _first_text(*objects: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """Return the first of some fields that holds a text or a number, in the first object that has one."""
    values = (_text(owner.get(name)) for owner in objects for name in names)
    return next(filter(None, values), None)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        payload = parse_json(body)
    except (ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, dict) else {}


def _text(value: object) -> str | None:
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else None


def _excerpt(body: bytes) -> str:
    return repr(body[:EXCERPT_BYTES].decode("utf-8", errors="backslashreplace"))
