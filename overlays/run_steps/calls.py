"""One call of an endpoint, apart from sending it: what to send, and what the answer means.

Both clients share this, so that they can only differ in how they wait.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

import httpx
from attrs import field, frozen

from run_steps.errors import APIError, InvalidResponse, PaginationError, invalid_response, status_error, transport_error
from run_steps.headers import HiddenValues, checked_headers
from run_steps.limits import UnusableBody
from run_steps.responses import RawResponse
from run_steps.retries import MAX_SECONDS, RETRIES
from run_steps.servers import Server
from run_steps.walk import Order, PageRequest
from run_steps_api.api.run_steps import list_run_steps, retrieve_run_step
from run_steps_api.models import RunStep, RunStepList, SortOrder
from run_steps_api.parsing import parse_json
from run_steps_api.types import UNSET, Unset

T = TypeVar("T")

_NOT_IN_IDS = {"Cc", "Cs"}
"""Control characters and surrogates: https://www.unicode.org/reports/tr44/#General_Category_Values."""


@frozen(kw_only=True)
class Options:
    """What may be set for a single call.

    Attributes:
        timeout: Time each network operation may take (seconds); None for the client's own.
        deadline: Time the call may take with all its retries (seconds); None for the retry policy's own.
        headers: Headers of this call alone.

    Raises:
        ConfigurationError: A header cannot be sent.
    """

    timeout: float | httpx.Timeout | None = None
    deadline: float | None = None
    headers: HiddenValues = field(default=None, converter=checked_headers)


@frozen
class Call(Generic[T]):
    """A request, and the model its answer holds.

    Attributes:
        arguments: Arguments of `httpx.Client.build_request`, as a generated endpoint gives them.
        from_dict: Decodes the answer.
    """

    arguments: Mapping[str, Any]
    from_dict: Callable[[Mapping[str, Any]], T]

    def request_arguments(self, options: Options) -> dict[str, Any]:
        """Return the arguments of `httpx.Client.build_request` with those of this call alone."""
        arguments = {**self.arguments, "headers": {**self.arguments.get("headers", {}), **options.headers}}
        if options.timeout is not None:
            arguments["timeout"] = options.timeout
        if options.deadline is not None:
            arguments["extensions"] = {MAX_SECONDS: options.deadline}
        return arguments

    def answer(self, response: httpx.Response, server: Server) -> RawResponse[T]:
        """Return what the server sent.

        Raises:
            APIStatusError: Its status is not success.
        """
        raw = _raw(response, self._decode)
        if not response.is_success:
            raise status_error(_raw(response), server.hint(response.status_code))
        return raw

    def _decode(self, raw: RawResponse[T]) -> T:
        try:
            payload = parse_json(raw.body)
        except ValueError as error:
            raise invalid_response(f"is not JSON ({_reason(error)})", _without_model(raw)) from None
        except RecursionError:
            raise invalid_response("is nested too deeply to be read", _without_model(raw)) from None
        try:
            return self.from_dict(payload)
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            reason = (
                _reason(error) if isinstance(payload, dict) else f"expected an object, got {type(payload).__name__}"
            )
            complaint = f"is JSON of another shape than the contract's ({reason})"
            raise invalid_response(complaint, _without_model(raw)) from None


def list_calls(
    thread_id: str, run_id: str, server: Server, *, order: Order, include: Iterable[str]
) -> Callable[[PageRequest], Call[RunStepList]]:
    """Return the function that builds the call for a page of the list.

    Raises:
        ValueError: An id or the order cannot be sent.
    """
    thread_id, run_id = checked_id("thread_id", thread_id), checked_id("run_id", run_id)
    if order not in ("asc", "desc"):
        raise ValueError(f"order must be 'asc' or 'desc', not {order!r}")
    sort_order, included = SortOrder(order), server.write_include(include)

    def build(page: PageRequest) -> Call[RunStepList]:
        arguments = list_run_steps.get_kwargs(
            thread_id,
            run_id,
            limit=page.limit,
            order=sort_order,
            after=_next_cursor(page.after),
            before=_next_cursor(page.before),
            include=list(included) or UNSET,
        )
        return Call(arguments, RunStepList.from_dict)

    return build


def retrieve_call(
    thread_id: str, run_id: str, step_id: str, server: Server, *, include: Iterable[str]
) -> Call[RunStep]:
    """Build the call that retrieves one step; arguments as in the contract.

    Raises:
        ValueError: An id cannot be sent.
    """
    arguments = retrieve_run_step.get_kwargs(
        checked_id("thread_id", thread_id),
        checked_id("run_id", run_id),
        checked_id("step_id", step_id),
        include=list(server.write_include(include)) or UNSET,
    )
    return Call(arguments, RunStep.from_dict)


def checked_id(name: str, value: str) -> str:
    """Return an id that names one thing in a path.

    Everything else is escaped when the path is written; these cannot be: an empty id would ask for the list above, dots
    would climb to it, and a lone surrogate has no UTF-8. No id has control characters, and logs had better have none.

    Raises:
        ValueError: The id is empty, `.` or `..`, or holds a control character or a lone surrogate.
    """
    if not isinstance(value, str) or value in {"", ".", ".."}:
        raise ValueError(f"{name} must be the id of something, not {value!r}")
    if any(unicodedata.category(character) in _NOT_IN_IDS for character in value):
        raise ValueError(f"{name} holds a line break or another character that no id has: {value!r}")
    return value


def checked_cursor(name: str, value: str | None) -> str | None:
    """Return a cursor, which is an id, or nothing; raises as `checked_id`."""
    return checked_id(name, value) if value else None


def _next_cursor(value: str | None) -> str | Unset:
    """Return a cursor for the wire; those of the user were checked before.

    Raises:
        PaginationError: The server gave an id that no request can hold.
    """
    try:
        return checked_cursor("the id", value) or UNSET
    except ValueError as error:
        raise PaginationError(
            f"The server sent an item that the next page cannot be asked for with: {error}."
        ) from None


def failed(error: httpx.RequestError, server: Server) -> APIError:
    """Return the error for a request that got no usable answer; without the request, as that carries the key."""
    if isinstance(error, UnusableBody):
        return invalid_response(f"{error.fault} ({error})", _raw(error.response))
    if isinstance(error, httpx.DecodingError):
        return InvalidResponse(f"The answer of {server.address} cannot be decompressed ({error}).")
    return transport_error(error, server.address)


def _raw(response: httpx.Response, decode: Callable[[RawResponse[T]], T] | None = None) -> RawResponse[T]:
    retries = int(response.extensions.get(RETRIES, 0))
    return RawResponse(response.status_code, response.headers, response.content, retries, decode=decode)


def _without_model(raw: RawResponse[T]) -> RawResponse[object]:
    return RawResponse(raw.status, raw.headers, raw.body, raw.retries)


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
