"""The client: threads, their messages, runs and their steps on any server, listed, retrieved and watched.

Its asynchronous twin is in `async_client`. Both build their requests in `_endpoints`, walk pages by `pagination` and
send through `_http`; they differ in how they wait.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from copy import copy
from functools import partial
from types import TracebackType
from typing import Never, Self, TypeVar, Unpack

import httpx
from attrs import evolve

from run_steps import __version__
from run_steps._choices import Order, one_or_many
from run_steps._endpoints import (
    Call,
    Listing,
    Options,
    RequestOptions,
    message_listing,
    retrieve_call,
    retrieve_message_call,
    retrieve_run_call,
    retrieve_thread_call,
    run_listing,
    step_listing,
    thread_listing,
)
from run_steps._http.faults import FAULTS, failed
from run_steps._http.limits import DEFAULT_MAX_BYTES
from run_steps._http.retries import RetryPolicy
from run_steps._http.secrets import Key, hide
from run_steps._http.stack import DEFAULT_TIMEOUT, ThroughClient, check_ways, network_transport, transport_stack
from run_steps._other_words import OF_CLIENTS, SETTINGS, OtherAttributes, refuse_others
from run_steps.errors import ConfigurationError
from run_steps.pagination.cursors import PageRequest, Window
from run_steps.pagination.paginators import Fetched, Paginator
from run_steps.responses import RawResponse
from run_steps.servers import Server, chosen_server
from run_steps.watching import Change, Pace
from run_steps.watching.decisions import Watch
from run_steps.watching.loops import watched
from run_steps_api import Client
from run_steps_api.models import Message, Run, RunStep, Thread

Item = TypeVar("Item")
T = TypeVar("T")


class RunSteps(OtherAttributes):
    """Reads run steps from a server.

    Requests that fail in passing are sent again, see `RetryPolicy`; every error is one of `run_steps.errors`. A client
    may be shared by threads. Use it in a `with` block, or `close` it.

    Args:
        server: The server, from `run_steps.servers`; the one that the environment names when neither this nor
            `base_url` is given.
        base_url: Short for `servers.compatible(base_url, api_key)`.
        api_key: Goes with `base_url`.
        timeout: Time each network operation may take (seconds).
        retry: How often and how long to try.
        max_response_bytes: Largest body that is read, after decompression (bytes).
        http_client: An `httpx.Client` to send through, with its proxies, certificates and event hooks; yours to close.
        transport: An `httpx.BaseTransport` to send through instead, such as `httpx.MockTransport`.
        strict: Whether a field or item that is not what the contract says makes the whole answer an `InvalidResponse`.
            Otherwise it costs that field, which is UNSET and named in the model's `misfits`, or that item, which
            `Page.misfits` has.

    Attributes:
        server: The server it reads from.
        connection: The connection, for any generated function: `list_run_steps.sync(..., client=steps.connection)`.

    Raises:
        ConfigurationError: No server is given or set, or the settings contradict each other.
    """

    def __init__(
        self,
        server: Server | None = None,
        *,
        base_url: str | None = None,
        api_key: Key | None = None,
        timeout: float | httpx.Timeout = DEFAULT_TIMEOUT,
        retry: RetryPolicy | None = None,
        max_response_bytes: int = DEFAULT_MAX_BYTES,
        http_client: httpx.Client | None = None,
        transport: httpx.BaseTransport | None = None,
        strict: bool = False,
        **others: Never,
    ) -> None:
        api_key = hide(api_key)
        refuse_others(others, OF_CLIENTS, SETTINGS)
        self.server = chosen_server(server, base_url, api_key)
        check_ways(http_client, transport, (httpx.Client, httpx.BaseTransport))
        network = transport or (ThroughClient(http_client) if http_client else network_transport(self.server.base_url))
        stack = transport_stack(network, retry, max_response_bytes)
        self._strict = strict
        self._options = Options()
        self._http = httpx.Client(transport=stack, timeout=timeout, **self.server.client_settings(__version__))
        self.connection = Client(base_url=self.server.base_url).set_httpx_client(self._http)

    def list(
        self,
        thread_id: str,
        run_id: str,
        *,
        order: Order = "desc",
        page_size: int | None = None,
        max_items: int | None = None,
        after: str | None = None,
        before: str | None = None,
        include: Iterable[str] = (),
        prefetch: bool = False,
        **options: Unpack[RequestOptions],
    ) -> Paginator[RunStep]:
        """Return the steps of a run; iterating asks for pages as they are needed.

        Args:
            thread_id: Id of the thread.
            run_id: Id of the run.
            order: By `created_at`: newest first (`desc`) or oldest first (`asc`).
            page_size: Steps asked for at a time (count, up to 100; 100 when left out). On the wire it is called
                `limit`.
            max_items: Steps to give in all (count); None for all there are.
            after: Id of a step: begin with the one that follows it in that order.
            before: Id of a step: walk backwards from it, nearest first; together with `after`, end before it.
            include: Fields to send that are left out otherwise, see `RunStepInclude`.
            prefetch: Ask for the next page while the steps of the present one are used.
            **options: Timeout, deadline, retries and headers of these requests, see `RequestOptions`.

        Raises:
            InvalidArgument: An id or a number cannot work. What a server does wrong is raised while iterating, as
                `APIError`.
        """
        sent = Options.of(options)
        window = Window(order=order, page_size=page_size, max_items=max_items, after=after, before=before)
        listing = step_listing(thread_id, run_id, self.server, window, include=include)
        return self.paginate(listing, sent, prefetch=prefetch)

    def retrieve(
        self,
        thread_id: str,
        run_id: str,
        step_id: str,
        *,
        include: Iterable[str] = (),
        **options: Unpack[RequestOptions],
    ) -> RunStep:
        """Return one step as it stands now.

        Args:
            thread_id: Id of the thread.
            run_id: Id of the run.
            step_id: Id of the step.
            include: Fields to send that are left out otherwise, see `RunStepInclude`.
            **options: Timeout, deadline, retries and headers of these requests, see `RequestOptions`.

        Raises:
            NotFound: There is no such thread, run or step.
            APIError: Talking to the server failed otherwise.
            InvalidArgument: An id cannot be sent.
        """
        sent = Options.of(options)
        return self.send(retrieve_call(thread_id, run_id, step_id, self.server, include=include), sent).parse()

    def retrieve_response(
        self,
        thread_id: str,
        run_id: str,
        step_id: str,
        *,
        include: Iterable[str] = (),
        **options: Unpack[RequestOptions],
    ) -> RawResponse[RunStep]:
        """Return the response that holds one step: status, headers, body, request id, and `parse()`.

        Arguments and errors are those of `retrieve`. For a list, each of `list(...).pages()` has its `response`.
        """
        sent = Options.of(options)
        return self.send(retrieve_call(thread_id, run_id, step_id, self.server, include=include), sent)

    def runs(
        self,
        thread_id: str,
        *,
        order: Order = "desc",
        page_size: int | None = None,
        max_items: int | None = None,
        after: str | None = None,
        before: str | None = None,
        prefetch: bool = False,
        **options: Unpack[RequestOptions],
    ) -> Paginator[Run]:
        """Return the runs of a thread; iterating asks for pages as they are needed.

        Args:
            thread_id: Id of the thread.
            order: By `created_at`: newest first (`desc`) or oldest first (`asc`).
            page_size: Runs asked for at a time (count, up to 100; 100 when left out).
            max_items: Runs to give in all (count); None for all there are.
            after: Id of a run: begin with the one that follows it in that order.
            before: Id of a run: walk backwards from it, nearest first; together with `after`, end before it.
            prefetch: Ask for the next page while the runs of the present one are used.
            **options: Timeout, deadline, retries and headers of these requests, see `RequestOptions`.

        Raises:
            InvalidArgument: An id or a number cannot work. What a server does wrong is raised while iterating, as
                `APIError`.
        """
        sent = Options.of(options)
        window = Window(order=order, page_size=page_size, max_items=max_items, after=after, before=before)
        return self.paginate(run_listing(thread_id, window), sent, prefetch=prefetch)

    def run(self, thread_id: str, run_id: str, **options: Unpack[RequestOptions]) -> Run:
        """Return one run as it stands now.

        Args:
            thread_id: Id of the thread.
            run_id: Id of the run.
            **options: Timeout, deadline, retries and headers of these requests, see `RequestOptions`.

        Raises:
            NotFound: There is no such thread or run.
            APIError: Talking to the server failed otherwise.
            InvalidArgument: An id cannot be sent.
        """
        sent = Options.of(options)
        return self.send(retrieve_run_call(thread_id, run_id), sent).parse()

    def messages(
        self,
        thread_id: str,
        *,
        run_id: str | None = None,
        order: Order = "desc",
        page_size: int | None = None,
        max_items: int | None = None,
        after: str | None = None,
        before: str | None = None,
        prefetch: bool = False,
        **options: Unpack[RequestOptions],
    ) -> Paginator[Message]:
        """Return the messages of a thread; iterating asks for pages as they are needed.

        Args:
            thread_id: Id of the thread.
            run_id: Id of a run: only the messages that it wrote; None for all.
            order: By `created_at`: newest first (`desc`) or oldest first (`asc`).
            page_size: Messages asked for at a time (count, up to 100; 100 when left out).
            max_items: Messages to give in all (count); None for all there are.
            after: Id of a message: begin with the one that follows it in that order.
            before: Id of a message: walk backwards from it, nearest first; together with `after`, end before it.
            prefetch: Ask for the next page while the messages of the present one are used.
            **options: Timeout, deadline, retries and headers of these requests, see `RequestOptions`.

        Raises:
            InvalidArgument: An id or a number cannot work. What a server does wrong is raised while iterating, as
                `APIError`.
        """
        sent = Options.of(options)
        window = Window(order=order, page_size=page_size, max_items=max_items, after=after, before=before)
        return self.paginate(message_listing(thread_id, window, run_id=run_id), sent, prefetch=prefetch)

    def message(self, thread_id: str, message_id: str, **options: Unpack[RequestOptions]) -> Message:
        """Return one message as it stands now.

        Args:
            thread_id: Id of the thread.
            message_id: Id of the message.
            **options: Timeout, deadline, retries and headers of these requests, see `RequestOptions`.

        Raises:
            NotFound: There is no such thread or message, or the server has no messages.
            APIError: Talking to the server failed otherwise.
            InvalidArgument: An id cannot be sent.
        """
        sent = Options.of(options)
        return self.send(retrieve_message_call(thread_id, message_id), sent).parse()

    def threads(
        self,
        *,
        order: Order = "desc",
        page_size: int | None = None,
        max_items: int | None = None,
        after: str | None = None,
        before: str | None = None,
        prefetch: bool = False,
        **options: Unpack[RequestOptions],
    ) -> Paginator[Thread]:
        """Return all threads of a server that lists them, as Azure AI Foundry Agents does; otherwise as `runs`.

        Args:
            order: By `created_at`: newest first (`desc`) or oldest first (`asc`).
            page_size: Threads asked for at a time (count, up to 100; 100 when left out).
            max_items: Threads to give in all (count); None for all there are.
            after: Id of a thread: begin with the one that follows it in that order.
            before: Id of a thread: walk backwards from it, nearest first; together with `after`, end before it.
            prefetch: Ask for the next page while the threads of the present one are used.
            **options: Timeout, deadline, retries and headers of these requests, see `RequestOptions`.

        Raises:
            InvalidArgument: An id or a number cannot work. What a server does wrong is raised while iterating, as
                `APIError`; `NotFound` where the server does not list threads.
        """
        sent = Options.of(options)
        window = Window(order=order, page_size=page_size, max_items=max_items, after=after, before=before)
        return self.paginate(thread_listing(window), sent, prefetch=prefetch)

    def thread(self, thread_id: str, **options: Unpack[RequestOptions]) -> Thread:
        """Return one thread, without its runs and messages.

        Args:
            thread_id: Id of the thread.
            **options: Timeout, deadline, retries and headers of these requests, see `RequestOptions`.

        Raises:
            NotFound: There is no such thread.
            APIError: Talking to the server failed otherwise.
            InvalidArgument: The id cannot be sent.
        """
        sent = Options.of(options)
        return self.send(retrieve_thread_call(thread_id), sent).parse()

    def run_response(self, thread_id: str, run_id: str, **options: Unpack[RequestOptions]) -> RawResponse[Run]:
        """Return the response that holds one run: status, headers, body, request id, and `parse()`.

        Arguments and errors are those of `run`.
        """
        sent = Options.of(options)
        return self.send(retrieve_run_call(thread_id, run_id), sent)

    def watch(
        self,
        thread_id: str,
        run_id: str,
        *,
        pace: Pace | None = None,
        include: Iterable[str] = (),
        **options: Unpack[RequestOptions],
    ) -> Generator[Change]:
        """Follow a run: give a change whenever it or one of its steps appears, changes or ends, until the run is over.

        The first look gives all there is so far, so that a run that is over gives its steps, and its end. A run that
        waits for its caller is a changed one, with the status `requires_action`. A look that fails in passing is
        repeated, and when the server asks to wait, it gets that long.

        Args:
            thread_id: Id of the thread.
            run_id: Id of the run. One that is not found may be just being created: it is looked for again for a few
                seconds.
            pace: How often to look; a look is a request for the run, one for its latest steps, and one for each of the
                few before these that have not ended.
            include: Fields to send that are left out otherwise, see `RunStepInclude`.
            **options: As `RequestOptions`, but for `deadline`: time the watch may take with all its requests, from this
                call on (seconds); 0 for a single look, None for no bound.

        Returns:
            The changes as they are seen. Nothing is asked for before the first one is needed, and nothing stays open
            when no more are.

        Raises:
            DeadlineExceeded: While iterating, when the run is not over in time; `last_state` has the run and its steps.
            APIError: While iterating, when talking to the server fails for good, or five looks in a row.
            InvalidArgument: An id or a number cannot work.
        """
        sent = Options.of(options)
        watch = Watch(run_id, sent.deadline, pace or Pace())
        sent = evolve(sent, deadline=None, until=watch.requests_end_at)
        run_call = retrieve_run_call(thread_id, run_id)
        fields = one_or_many(include)
        listing = partial(step_listing, thread_id, run_id, self.server, include=fields)
        step_call = partial(retrieve_call, thread_id, run_id, server=self.server, include=fields)
        return watched(
            watch,
            lambda: self.send(run_call, sent).parse(),
            lambda after: self.paginate(listing(Window(order="asc", after=after)), sent),
            lambda step_id: self.send(step_call(step_id), sent).parse(),
        )

    def with_options(self, **options: Unpack[RequestOptions]) -> Self:
        """Return this client with other settings for all its requests, over the same connections.

        What a single call is told goes before them. Closing either client closes both; `connection`, and so generated
        functions, keep the settings that the first one was made with.

        Args:
            **options: Timeout, deadline, retries and headers, see `RequestOptions`; of what is left out, and of
                headers with other names, this client's hold.

        Raises:
            ConfigurationError: A header cannot be sent.
        """
        sent = Options.of(options)
        other = copy(self)
        other._options = sent.over(self._options)
        return other

    def paginate(self, listing: Listing[Item], options: Options, *, prefetch: bool = False) -> Paginator[Item]:
        """Return the items of a list of `run_steps._endpoints`; what `list`, `runs` and `messages` are made of."""

        def fetch(request: PageRequest) -> Fetched[Item]:
            response = self.send(listing.call(request), options)
            return response.parse(), response

        return Paginator(fetch, listing.window.begin, prefetch=prefetch)

    def send(self, call: Call[T], options: Options) -> RawResponse[T]:
        """Send a call of `run_steps._endpoints`; what all of the above is made of.

        Raises:
            APIError: It failed, and retries are no use or used up.
        """
        self._check_open()
        try:
            request = self._http.build_request(**call.request_arguments(options.over(self._options)))
            response = self._http.send(request, follow_redirects=False)
        except FAULTS as error:
            failure = failed(error, self.server.address)
        else:
            return call.answer(response, self.server, strict=self._strict)
        # Raised here and not above: there the new error would refer to the old one, which holds the request with its
        # key.
        raise failure

    def close(self) -> None:
        """Close the connections; an `http_client` that was given stays open."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        # One whose construction failed may be shown by a traceback.
        return f"{type(self).__name__}({getattr(self, 'server', None)!r})"

    def _check_open(self) -> None:
        """Raise `ConfigurationError` when the client was closed."""
        if self._http.is_closed:
            raise ConfigurationError("This client was closed, and sends nothing more: make a new one.")
