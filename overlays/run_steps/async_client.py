"""The asynchronous client: the twin of `client`, which it shares all decisions with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
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
from run_steps._http.stack import (
    DEFAULT_TIMEOUT,
    ThroughAsyncClient,
    async_network_transport,
    check_ways,
    transport_stack,
)
from run_steps._other_words import OF_CLIENTS, SETTINGS, OtherAttributes, refuse_others
from run_steps.errors import ConfigurationError
from run_steps.pagination.cursors import PageRequest, Window
from run_steps.pagination.paginators import AsyncPaginator, Fetched
from run_steps.responses import RawResponse
from run_steps.servers import Server, chosen_server
from run_steps.watching import Change, Pace
from run_steps.watching.decisions import Watch
from run_steps.watching.loops import watched_async
from run_steps_api import Client
from run_steps_api.models import Message, Run, RunStep, Thread

Item = TypeVar("Item")
T = TypeVar("T")


class AsyncRunSteps(OtherAttributes):
    """Reads run steps from a server, asynchronously (asyncio or trio); otherwise as `RunSteps`.

    Use it in an `async with` block, or await `close`. Arguments are those of `RunSteps`, with an `httpx.AsyncClient`
    and an `httpx.AsyncBaseTransport`.
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
        http_client: httpx.AsyncClient | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        strict: bool = False,
        **others: Never,
    ) -> None:
        api_key = hide(api_key)
        refuse_others(others, OF_CLIENTS, SETTINGS)
        self.server = chosen_server(server, base_url, api_key)
        check_ways(http_client, transport, (httpx.AsyncClient, httpx.AsyncBaseTransport))
        network = transport or (
            ThroughAsyncClient(http_client) if http_client else async_network_transport(self.server.base_url)
        )
        stack = transport_stack(network, retry, max_response_bytes)
        self._strict = strict
        self._options = Options()
        self._http = httpx.AsyncClient(transport=stack, timeout=timeout, **self.server.client_settings(__version__))
        self._loops: list[object] = []  # one at most, which `with_options` shares
        self.connection = Client(base_url=self.server.base_url).set_async_httpx_client(self._http)

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
    ) -> AsyncPaginator[RunStep]:
        """Return the steps of a run, for `async for`; arguments and errors as `RunSteps.list`."""
        sent = Options.of(options)
        window = Window(order=order, page_size=page_size, max_items=max_items, after=after, before=before)
        listing = step_listing(thread_id, run_id, self.server, window, include=include)
        return self.paginate(listing, sent, prefetch=prefetch)

    async def retrieve(
        self,
        thread_id: str,
        run_id: str,
        step_id: str,
        *,
        include: Iterable[str] = (),
        **options: Unpack[RequestOptions],
    ) -> RunStep:
        """Return one step as it stands now; arguments and errors as `RunSteps.retrieve`."""
        sent = Options.of(options)
        call = retrieve_call(thread_id, run_id, step_id, self.server, include=include)
        return (await self.send(call, sent)).parse()

    async def retrieve_response(
        self,
        thread_id: str,
        run_id: str,
        step_id: str,
        *,
        include: Iterable[str] = (),
        **options: Unpack[RequestOptions],
    ) -> RawResponse[RunStep]:
        """Return the response that holds one step; as `RunSteps.retrieve_response`."""
        sent = Options.of(options)
        call = retrieve_call(thread_id, run_id, step_id, self.server, include=include)
        return await self.send(call, sent)

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
    ) -> AsyncPaginator[Run]:
        """Return the runs of a thread, for `async for`; arguments and errors as `RunSteps.runs`."""
        sent = Options.of(options)
        window = Window(order=order, page_size=page_size, max_items=max_items, after=after, before=before)
        return self.paginate(run_listing(thread_id, window), sent, prefetch=prefetch)

    async def run(self, thread_id: str, run_id: str, **options: Unpack[RequestOptions]) -> Run:
        """Return one run as it stands now; arguments and errors as `RunSteps.run`."""
        sent = Options.of(options)
        response = await self.send(retrieve_run_call(thread_id, run_id), sent)
        return response.parse()

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
    ) -> AsyncPaginator[Message]:
        """Return the messages of a thread, for `async for`; arguments and errors as `RunSteps.messages`."""
        sent = Options.of(options)
        window = Window(order=order, page_size=page_size, max_items=max_items, after=after, before=before)
        return self.paginate(message_listing(thread_id, window, run_id=run_id), sent, prefetch=prefetch)

    async def message(self, thread_id: str, message_id: str, **options: Unpack[RequestOptions]) -> Message:
        """Return one message as it stands now; arguments and errors as `RunSteps.message`."""
        sent = Options.of(options)
        return (await self.send(retrieve_message_call(thread_id, message_id), sent)).parse()

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
    ) -> AsyncPaginator[Thread]:
        """Return all threads of a server that lists them, for `async for`; as `RunSteps.threads`."""
        sent = Options.of(options)
        window = Window(order=order, page_size=page_size, max_items=max_items, after=after, before=before)
        return self.paginate(thread_listing(window), sent, prefetch=prefetch)

    async def thread(self, thread_id: str, **options: Unpack[RequestOptions]) -> Thread:
        """Return one thread; arguments and errors as `RunSteps.thread`."""
        sent = Options.of(options)
        return (await self.send(retrieve_thread_call(thread_id), sent)).parse()

    async def run_response(self, thread_id: str, run_id: str, **options: Unpack[RequestOptions]) -> RawResponse[Run]:
        """Return the response that holds one run; as `RunSteps.run_response`."""
        sent = Options.of(options)
        return await self.send(retrieve_run_call(thread_id, run_id), sent)

    def watch(
        self,
        thread_id: str,
        run_id: str,
        *,
        pace: Pace | None = None,
        include: Iterable[str] = (),
        **options: Unpack[RequestOptions],
    ) -> AsyncGenerator[Change]:
        """Follow a run, for `async for`; arguments, changes and errors as `RunSteps.watch`."""
        sent = Options.of(options)
        watch = Watch(run_id, sent.deadline, pace or Pace())
        sent = evolve(sent, deadline=None, until=watch.requests_end_at)
        run_call = retrieve_run_call(thread_id, run_id)
        fields = one_or_many(include)
        listing = partial(step_listing, thread_id, run_id, self.server, include=fields)

        async def read_run() -> Run:
            return (await self.send(run_call, sent)).parse()

        async def read_step(step_id: str) -> RunStep:
            call = retrieve_call(thread_id, run_id, step_id, self.server, include=fields)
            return (await self.send(call, sent)).parse()

        return watched_async(
            watch, read_run, lambda after: self.paginate(listing(Window(order="asc", after=after)), sent), read_step
        )

    def with_options(self, **options: Unpack[RequestOptions]) -> Self:
        """Return this client with other settings for all its requests; as `RunSteps.with_options`."""
        sent = Options.of(options)
        other = copy(self)
        other._options = sent.over(self._options)
        return other

    def paginate(self, listing: Listing[Item], options: Options, *, prefetch: bool = False) -> AsyncPaginator[Item]:
        """Return the items of a list of `run_steps._endpoints`; what `list`, `runs` and `messages` are made of."""

        async def fetch(request: PageRequest) -> Fetched[Item]:
            response = await self.send(listing.call(request), options)
            return response.parse(), response

        return AsyncPaginator(fetch, listing.window.begin, prefetch=prefetch)

    async def send(self, call: Call[T], options: Options) -> RawResponse[T]:
        """Send a call of `run_steps._endpoints`; as `RunSteps.send`."""
        self._check_loop()
        try:
            request = self._http.build_request(**call.request_arguments(options.over(self._options)))
            response = await self._http.send(request, follow_redirects=False)
        except FAULTS as error:
            failure = failed(error, self.server.address)
        else:
            return call.answer(response, self.server, strict=self._strict)
        raise failure

    async def close(self) -> None:
        """Close the connections; an `http_client` that was given stays open."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({getattr(self, 'server', None)!r})"

    def _check_loop(self) -> None:
        """Raise `ConfigurationError` when the client was closed, or its connections belong to another event loop."""
        if self._http.is_closed:
            raise ConfigurationError("This client was closed, and sends nothing more: make a new one.")
        try:
            loop: object = asyncio.get_running_loop()
        except RuntimeError:
            return  # of trio
        self._loops[:] = self._loops or [loop]
        if self._loops != [loop]:
            raise ConfigurationError(
                "This AsyncRunSteps belongs to the event loop it was first used in: make one in each `asyncio.run`, or "
                "use it in a single one."
            )
