"""One call of an endpoint, apart from sending it: what to send, and what the answer means.

Both clients share this, so that they can only differ in how they wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Generic, TypedDict, TypeVar, cast

import httpx
from attrs import evolve, field, frozen

from run_steps._http.faults import raw_response
from run_steps._http.limits import DEADLINE, MAX_VALUES, has_too_many_values
from run_steps._http.retries import MAX_SECONDS, POLICY, RetryPolicy, checked_policy
from run_steps._http.secrets import HiddenValues, checked_headers
from run_steps._ids import checked_cursor, checked_id
from run_steps._other_words import OF_METHODS, refuse_others
from run_steps._received import ReceivedItem, ReceivedPage, parse_received, parse_received_item
from run_steps.errors import (
    DECODING_FAULTS,
    InvalidArgument,
    PaginationError,
    TooLarge,
    fault_text,
    invalid_response,
    status_error,
)
from run_steps.pagination.cursors import ListPage, PageRequest, Window
from run_steps.responses import RawResponse
from run_steps.servers import Server
from run_steps_api.api.messages import list_messages, retrieve_message
from run_steps_api.api.run_steps import list_run_steps, retrieve_run_step
from run_steps_api.api.runs import list_runs, retrieve_run
from run_steps_api.api.threads import list_threads, retrieve_thread
from run_steps_api.models import (
    Message,
    MessageList,
    Run,
    RunList,
    RunStep,
    RunStepList,
    SortOrder,
    Thread,
    ThreadList,
)
from run_steps_api.parsing import parse_json
from run_steps_api.types import UNSET, Unset

Item = TypeVar("Item")
T = TypeVar("T")


class RequestOptions(TypedDict, total=False):
    """What every method of a client takes for its own requests alone.

    Attributes:
        timeout: Time each network operation may take (seconds), instead of the client's.
        deadline: Time a request may take with all its retries (seconds), instead of the retry policy's.
        retry: How often and how long to try, instead of the client's.
        headers: Further headers.
    """

    timeout: float | httpx.Timeout | None
    deadline: float | None
    retry: RetryPolicy | None
    headers: Mapping[str, str] | None


@frozen(kw_only=True)
class Options:
    """What is set for a single call: `RequestOptions`, and when it must be over all the same.

    Attributes:
        timeout: As in `RequestOptions`, like `deadline`, `retry` and `headers`.
        deadline: See there.
        retry: See there.
        until: When the call must be over (a moment of `time.monotonic`, seconds); None for no such moment.
        headers: See there.

    Raises:
        ConfigurationError: A header cannot be sent.
    """

    timeout: float | httpx.Timeout | None = None
    deadline: float | None = None
    retry: RetryPolicy | None = field(default=None, converter=checked_policy)
    until: float | None = None
    headers: HiddenValues = field(default=None, converter=checked_headers)

    @classmethod
    def of(cls, given: RequestOptions) -> Options:
        """Read what a method was given; its first line, which leaves no headers in `given` for a traceback to show.

        Raises:
            TypeError: An argument has another name here.
        """
        headers = HiddenValues(given.get("headers"))
        given["headers"] = headers
        refuse_others(cast("dict[str, Any]", given), OF_METHODS, RequestOptions.__optional_keys__)
        return cls(**given)

    def over(self, others: Options) -> Options:
        """Return these options, with those of others where these say nothing."""
        names = {name.lower() for name in self.headers}
        rest = {name: others.headers[name] for name in others.headers if name.lower() not in names}
        return Options(
            timeout=others.timeout if self.timeout is None else self.timeout,
            deadline=others.deadline if self.deadline is None else self.deadline,
            retry=self.retry or others.retry,
            until=self.until,
            headers=HiddenValues({**rest, **self.headers}),
        )


@frozen
class Call(Generic[T]):
    """A request, and the model its answer holds.

    Attributes:
        arguments: Arguments of `httpx.Client.build_request`, as a generated endpoint gives them.
        from_dict: Makes the model from the parsed answer.
        parse: Parses the answer; raises `ValueError` for what is not JSON.
        expected_id: Id of what was asked for; None for a list.
    """

    arguments: Mapping[str, Any]
    from_dict: Callable[[Mapping[str, Any]], T]
    parse: Callable[[bytes], Any] = parse_json
    expected_id: str | None = None

    def as_received(self) -> Call[ReceivedItem]:
        """Return the same call for the text the server sends instead of a model."""
        return Call(self.arguments, ReceivedItem.from_dict, parse_received_item, self.expected_id)

    def request_arguments(self, options: Options) -> dict[str, Any]:
        """Return the arguments of `httpx.Client.build_request` with those of this call alone."""
        arguments = {**self.arguments, "headers": {**self.arguments.get("headers", {}), **options.headers}}
        if options.timeout is not None:
            arguments["timeout"] = options.timeout
        limits = {MAX_SECONDS: options.deadline, POLICY: options.retry, DEADLINE: options.until}
        arguments["extensions"] = {name: limit for name, limit in limits.items() if limit is not None}
        return arguments

    def answer(self, response: httpx.Response, server: Server, *, strict: bool = False) -> RawResponse[T]:
        """Return what the server sent.

        Args:
            response: The response.
            server: Where it came from.
            strict: Whether a field or item that is not what the contract says makes the whole answer invalid.

        Raises:
            APIStatusError: Its status is not success.
        """
        raw = raw_response(response, partial(self._decode, strict=strict))
        if not response.is_success:
            raise status_error(raw_response(response), server.hint(response.status_code))
        return raw

    def _decode(self, raw: RawResponse[T], *, strict: bool) -> T:
        if has_too_many_values(raw.body):
            complaint = f"holds more than {MAX_VALUES:,} values, which would fill the memory"
            raise invalid_response(complaint, _without_model(raw), TooLarge)
        try:
            payload = self.parse(raw.body)
        except ValueError as error:
            raise invalid_response(f"is not JSON ({error})", _without_model(raw)) from None
        except RecursionError:
            raise invalid_response("is nested too deeply to be read", _without_model(raw)) from None
        try:
            model = self.from_dict(payload)
        except DECODING_FAULTS as error:
            reason = (
                fault_text(error) if isinstance(payload, dict) else f"expected an object, got {type(payload).__name__}"
            )
            complaint = f"is JSON of another shape than the contract's ({reason})"
            raise invalid_response(complaint, _without_model(raw)) from None
        if strict and (misfits := getattr(model, "misfits", ())):
            named = ", ".join(f"{misfit.name}: expected {misfit.expected}" for misfit in misfits[:3])
            complaint = f"has {len(misfits)} values that the contract does not allow ({named})"
            raise invalid_response(complaint, _without_model(raw))
        found = getattr(model, "id", None)
        if self.expected_id is not None and found != self.expected_id:
            raise invalid_response(f"is {found!r}, and {self.expected_id!r} was asked for", _without_model(raw))
        return model


@frozen
class Listing(Generic[Item]):
    """How to read a list: the call for each page, and the way through them.

    Attributes:
        arguments: Gives the arguments of `httpx.Client.build_request` for a page, as a generated endpoint does.
        window: Which part of the list to read.
        from_dict: Makes a page from a parsed answer.
        parse: Parses an answer.
    """

    arguments: Callable[..., Mapping[str, Any]]
    window: Window
    from_dict: Callable[[Mapping[str, Any]], ListPage[Item]]
    parse: Callable[[bytes], Any] = parse_json

    def call(self, page: PageRequest) -> Call[ListPage[Item]]:
        """Build the call for a page.

        Raises:
            PaginationError: The server gave an id that no request can hold.
        """
        arguments = self.arguments(
            limit=page.limit,
            order=SortOrder(page.order or self.window.sent_order),
            after=_next_cursor(page.after),
            before=_next_cursor(page.before),
        )
        return Call(arguments, self.from_dict, self.parse)

    def as_received(self) -> Listing[ReceivedItem]:
        """Return how to read the same list without making models: each item as the text the server sent."""
        return Listing(self.arguments, self.window, ReceivedPage.from_dict, parse_received)


def step_listing(
    thread_id: str, run_id: str, server: Server, window: Window, *, include: Iterable[str] = ()
) -> Listing[RunStep]:
    """Return how to read the steps of a run.

    Raises:
        InvalidArgument: An id cannot be sent.
    """
    thread_id, run_id = checked_id("thread_id", thread_id), checked_id("run_id", run_id)
    included = list(server.write_include(include)) or UNSET
    arguments = partial(list_run_steps.get_kwargs, thread_id, run_id, include=included)
    return Listing(arguments, window, RunStepList.from_dict)


def run_listing(thread_id: str, window: Window) -> Listing[Run]:
    """Return how to read the runs of a thread; raises as `step_listing`."""
    arguments = partial(list_runs.get_kwargs, checked_id("thread_id", thread_id))
    return Listing(arguments, window, RunList.from_dict)


def message_listing(thread_id: str, window: Window, *, run_id: str | None = None) -> Listing[Message]:
    """Return how to read the messages of a thread, or those that a run wrote; raises as `step_listing`."""
    arguments = partial(list_messages.get_kwargs, checked_id("thread_id", thread_id))
    if run_id is not None:
        arguments = partial(arguments, run_id=checked_id("run_id", run_id))
        window = evolve(window, keep=partial(_is_of_run, run_id))
    return Listing(arguments, window, MessageList.from_dict)


def _is_of_run(run_id: str, message: Message) -> bool:
    """Return whether a run wrote a message, as there are servers that list those of the whole thread."""
    return isinstance(message.run_id, Unset) or message.run_id == run_id


def thread_listing(window: Window) -> Listing[Thread]:
    """Return how to read the threads of a server that lists them."""
    return Listing(list_threads.get_kwargs, window, ThreadList.from_dict)


def retrieve_call(
    thread_id: str, run_id: str, step_id: str, server: Server, *, include: Iterable[str]
) -> Call[RunStep]:
    """Build the call that retrieves one step; arguments as in the contract.

    Raises:
        InvalidArgument: An id cannot be sent.
    """
    arguments = retrieve_run_step.get_kwargs(
        checked_id("thread_id", thread_id),
        checked_id("run_id", run_id),
        checked_id("step_id", step_id),
        include=list(server.write_include(include)) or UNSET,
    )
    return Call(arguments, RunStep.from_dict, expected_id=step_id)


def retrieve_run_call(thread_id: str, run_id: str) -> Call[Run]:
    """Build the call that retrieves one run; raises as `retrieve_call`."""
    arguments = retrieve_run.get_kwargs(checked_id("thread_id", thread_id), checked_id("run_id", run_id))
    return Call(arguments, Run.from_dict, expected_id=run_id)


def retrieve_message_call(thread_id: str, message_id: str) -> Call[Message]:
    """Build the call that retrieves one message; raises as `retrieve_call`."""
    ids = checked_id("thread_id", thread_id), checked_id("message_id", message_id)
    return Call(retrieve_message.get_kwargs(*ids), Message.from_dict, expected_id=message_id)


def retrieve_thread_call(thread_id: str) -> Call[Thread]:
    """Build the call that retrieves one thread; raises as `retrieve_call`."""
    arguments = retrieve_thread.get_kwargs(checked_id("thread_id", thread_id))
    return Call(arguments, Thread.from_dict, expected_id=thread_id)


def _next_cursor(value: str | None) -> str | Unset:
    """Return a cursor for the wire; those of the user were checked before.

    Raises:
        PaginationError: The server gave an id that no request can hold.
    """
    try:
        return checked_cursor("the id", value) or UNSET
    except InvalidArgument as error:
        raise PaginationError(
            f"The server sent an item that the next page cannot be asked for with: {error}."
        ) from None


def _without_model(raw: RawResponse[T]) -> RawResponse[object]:
    return RawResponse(raw.status, raw.headers, raw.body, raw.retries)
