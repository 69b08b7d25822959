"""The HTTP interface: its routes, and how each request is checked, looked up and answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeAlias
from urllib.parse import quote, unquote

from attrs import frozen
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from run_steps._choices import one_or_many
from run_steps.serving.authentication import check_api_key
from run_steps.serving.faults import ANTICIPATED, describe
from run_steps.serving.hosts import KnownHost
from run_steps.serving.parameters import read_include, read_page_query, read_run_id
from run_steps.serving.responses import fault_response, item_response, list_response
from run_steps.stores import StepStore
from run_steps.stores.includes import asked_for, visible_item, visible_page

API_PREFIX = "/v1"
"""What precedes every path; clients have it in their base URL."""

_PREFIXES = re.compile(r"(/v1|/openai(/v1)?|/api/v1|/api/projects/[^/]+)?(?=/threads(/|$))")
"""What may precede it instead: what the clients of Azure and DashScope put there, or nothing."""

_THREADS = API_PREFIX + "/threads"
_RUNS = _THREADS + "/{thread_id}/runs"
_STEPS = _RUNS + "/{run_id}/steps"
_MESSAGES = _THREADS + "/{thread_id}/messages"
_STREAMING = (_RUNS, API_PREFIX + "/threads/runs", _RUNS + "/{run_id}/submit_tool_outputs")
"""Where a run is made or goes on, and its events are asked for, by POST."""

PlayStream: TypeAlias = Callable[[], Iterable[bytes]]
"""Gives the bytes of a stream of events anew each time, at the pace at which they are to be sent."""


def create_app(
    store: StepStore, *, api_key: str | None = None, play: PlayStream | None = None, hosts: Iterable[str] = ()
) -> Starlette:
    """Return an ASGI application that serves the threads, messages, runs and run steps of a store under `/v1`.

    The prefixes of other servers will do as well: none, `/openai`, `/api/v1`, `/api/projects/...`.

    Args:
        store: Where they come from.
        api_key: The key every request must carry; None to answer everyone.
        play: Gives the stream of events that answers requests to create a run or to submit tool outputs, whatever they
            hold; None to refuse them. Nothing of it goes into the store.
        hosts: Names that requests may give the server in their header `Host`, besides this machine's own and the
            address they came to. Any other is refused: it would be a page of a browser that reads what it should not.

    Raises:
        ValueError: `api_key` is empty, which would look like a lock and be none.
    """
    if api_key is not None and not api_key.strip():
        raise ValueError("api_key is empty: give a key, or None to answer requests without one")
    endpoints = _Endpoints(store, api_key)
    routes = [
        Route(_RUNS, endpoints.list_runs),
        Route(_RUNS + "/{run_id}", endpoints.retrieve_run),
        Route(_STEPS, endpoints.list_steps),
        Route(_STEPS + "/{step_id}", endpoints.retrieve_step),
        Route(_MESSAGES, endpoints.list_messages),
        Route(_MESSAGES + "/{message_id}", endpoints.retrieve_message),
        Route(_THREADS, endpoints.list_threads),
        Route(_THREADS + "/{thread_id}", endpoints.retrieve_thread),
    ]
    if play is not None:
        routes += [Route(path, partial(endpoints.stream, play), methods=["POST"]) for path in _STREAMING]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(KnownHost, hosts=one_or_many(hosts)), Middleware(_EscapedPath)],
        exception_handlers=dict.fromkeys((*ANTICIPATED, Exception), _answer_error),
    )
    # A path with one slash too many is an unknown path, as on real servers, not a redirect.
    app.router.redirect_slashes = False
    return app


class _EscapedPath:
    """Routes by the path as it was sent, so that an id may hold a slash; whoever takes an id from it unescapes that."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            raw_path = scope.get("raw_path")  # optional in ASGI
            path = raw_path.decode("latin-1") if raw_path else quote(scope["path"])
            scope = {**scope, "path": _PREFIXES.sub(API_PREFIX, path, count=1) if _PREFIXES.match(path) else path}
        await self._app(scope, receive, send)


@frozen
class _Endpoints:
    """The endpoints are no coroutines, so that each call gets a worker thread and a store may take its time."""

    store: StepStore
    api_key: str | None

    def list_runs(self, request: Request) -> Response:
        self.authenticate(request)
        query = read_page_query(request.query_params.multi_items())
        return list_response(self.store.list_runs(_id(request, "thread_id"), query))

    def retrieve_run(self, request: Request) -> Response:
        self.authenticate(request)
        return item_response(self.store.get_run(_id(request, "thread_id"), _id(request, "run_id")))

    def list_steps(self, request: Request) -> Response:
        self.authenticate(request)
        parameters = request.query_params.multi_items()
        query, include = read_page_query(parameters), asked_for(self.store, read_include(parameters))
        page = self.store.list_steps(_id(request, "thread_id"), _id(request, "run_id"), query)
        return list_response(visible_page(page, include))

    def retrieve_step(self, request: Request) -> Response:
        self.authenticate(request)
        include = asked_for(self.store, read_include(request.query_params.multi_items()))
        step = self.store.get_step(_id(request, "thread_id"), _id(request, "run_id"), _id(request, "step_id"))
        return item_response(visible_item(step, include))

    def list_messages(self, request: Request) -> Response:
        self.authenticate(request)
        parameters = request.query_params.multi_items()
        query, run_id = read_page_query(parameters), read_run_id(parameters)
        return list_response(self.store.list_messages(_id(request, "thread_id"), query, run_id=run_id))

    def retrieve_message(self, request: Request) -> Response:
        self.authenticate(request)
        return item_response(self.store.get_message(_id(request, "thread_id"), _id(request, "message_id")))

    def list_threads(self, request: Request) -> Response:
        self.authenticate(request)
        return list_response(self.store.list_threads(read_page_query(request.query_params.multi_items())))

    def retrieve_thread(self, request: Request) -> Response:
        self.authenticate(request)
        return item_response(self.store.get_thread(_id(request, "thread_id")))

    def stream(self, play: PlayStream, request: Request) -> Response:
        self.authenticate(request)
        return StreamingResponse(play(), media_type="text/event-stream")

    def authenticate(self, request: Request) -> None:
        if self.api_key is not None:
            check_api_key(request.headers, self.api_key)


def _id(request: Request, name: str) -> str:
    return unquote(request.path_params[name])


async def _answer_error(request: Request, error: Exception) -> Response:
    return fault_response(describe(error, request.method, request.url.path))
