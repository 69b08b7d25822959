"""What calls and clients can be told: settings for some requests, and words that people know from other libraries."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from functools import partial
from typing import Any, cast

import httpx
import pytest

from run_steps import (
    NO_RETRIES,
    AsyncRunSteps,
    ConfigurationError,
    Page,
    RetryPolicy,
    RunSteps,
    ServerError,
    TimedOut,
    servers,
)
from run_steps._other_words import ATTRIBUTES, OF_CLIENTS, OF_METHODS, SETTINGS
from run_steps.serving import create_app, sample_store, serve

URL = "http://127.0.0.1:1/v1"
RUN = ("thread_1", "run_1")
KEY = "sk-of-nobody-but-me"


def told(answer: int = 200) -> tuple[list[httpx.Request], httpx.MockTransport]:
    """Return the requests that will come, and a transport that answers them all with a run."""
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(answer, json={"id": "run_1", "object": "thread.run"})

    return requests, httpx.MockTransport(handle)


def test_settings_hold_for_every_request_of_the_client_they_were_given_to() -> None:
    """`with_options` leaves the client it is asked of as it was; what a single call is told goes before it."""
    requests, transport = told()
    with RunSteps(base_url=URL, transport=transport, timeout=9) as client:
        other = client.with_options(timeout=3, headers={"X-Team": "pilots", "X-Shift": "night"})
        other.run(*RUN)
        other.run(*RUN, timeout=1, headers={"x-shift": "day"})
        other.with_options(headers={"X-Shift": "dawn"}).run(*RUN)
        client.run(*RUN)

    sent = [(r.extensions["timeout"]["read"], r.headers.get("x-team"), r.headers.get("x-shift")) for r in requests]
    assert sent == [(3, "pilots", "night"), (1, "pilots", "day"), (3, "pilots", "dawn"), (9, None, None)]


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
def test_retries_are_set_for_a_client_or_a_call(asynchronous: bool) -> None:
    """A policy takes the place of the one that the client was made with, and of no other client's."""
    requests, transport = told(503)
    own, others = RetryPolicy(attempts=3, first_wait=0), RetryPolicy(attempts=2, first_wait=0)
    client = (AsyncRunSteps if asynchronous else RunSteps)(base_url=URL, transport=transport, retry=own)

    async def attempts(which: RunSteps | AsyncRunSteps, **given: Any) -> int:
        before = len(requests)
        with pytest.raises(ServerError):
            await cast("Any", which.run)(*RUN, **given)
        return len(requests) - before

    async def ask() -> list[int]:
        other = client.with_options(retry=others)
        return [await attempts(other), await attempts(client), await attempts(client, retry=NO_RETRIES)]

    assert asyncio.run(ask()) == [2, 3, 1]


def test_a_deadline_holds_for_each_request() -> None:
    """Set for a client, it is the most that each of its requests may take with all its attempts."""
    with RunSteps(base_url=URL, transport=told()[1]) as client:
        with pytest.raises(TimedOut):
            client.with_options(deadline=0).run(*RUN)
        assert client.with_options(deadline=60).run(*RUN) == client.run(*RUN)


def test_clients_with_other_settings_share_connections() -> None:
    """Closing one closes both, which is said when either is used again."""
    with serve(create_app(sample_store())) as base_url:
        client = RunSteps(base_url=base_url)
        with client.with_options(timeout=3) as other:
            assert other.run("thread_demo", "run_kinds").id == "run_kinds"
        with pytest.raises(ConfigurationError, match="closed"):
            client.run("thread_demo", "run_kinds")


def test_clients_with_other_settings_know_the_event_loop_they_share() -> None:
    """A client that is used in one event loop, and its twin in another, would wait for each other's answers."""
    transport = told()[1]
    client = AsyncRunSteps(base_url=URL, transport=transport)
    other = client.with_options(timeout=3)

    async def ask(which: AsyncRunSteps) -> str:
        return (await which.run(*RUN)).id

    assert asyncio.run(ask(client)) == "run_1"
    with pytest.raises(ConfigurationError, match="event loop"):
        asyncio.run(ask(other))


def test_the_response_of_a_run_is_there() -> None:
    """Status, headers, body, request id and the model, as for a step."""
    with serve(create_app(sample_store())) as base_url:
        with RunSteps(base_url=base_url) as client:
            response = client.run_response("thread_demo", "run_kinds")
            assert (response.status, response.parse()) == (200, client.run("thread_demo", "run_kinds"))
            assert response.request_id

        async def ask() -> str | None:
            async with AsyncRunSteps(base_url=base_url) as client:
                return (await client.run_response("thread_demo", "run_kinds")).parse().id

        assert asyncio.run(ask()) == "run_kinds"


@pytest.mark.parametrize("make", [RunSteps, AsyncRunSteps])
@pytest.mark.parametrize(("word", "ours"), [*OF_CLIENTS.items(), ("basis_url", "did you mean `base_url`"), ("cow", "")])
def test_words_of_other_clients_are_answered_with_ours(make: Any, word: str, ours: str) -> None:
    """Whoever types `max_retries` from memory reads what it is called here; a key among them does not show."""
    with pytest.raises(TypeError) as raised:
        make(base_url=URL, **{word: KEY})

    assert str(raised.value).startswith(f"unexpected keyword argument {word!r}")
    assert ours in str(raised.value)
    assert not any(KEY in repr(frame.frame.f_locals) for frame in inspect.getinnerframes(raised.tb)[1:])


@pytest.mark.parametrize(("word", "ours"), [*OF_METHODS.items(), ("time_out", "did you mean `timeout`"), ("cow", "")])
def test_words_of_other_methods_are_answered_with_ours(word: str, ours: str) -> None:
    """So does whoever types `limit`."""
    with RunSteps(base_url=URL) as client:
        calls: list[Callable[..., Any]] = [
            *(partial(method, *RUN) for method in (client.list, client.run, client.watch, client.run_response)),
            partial(client.runs, "thread_1"),
            partial(client.retrieve, *RUN, "step_1"),
            client.with_options,
        ]
        for call in calls:
            with pytest.raises(TypeError, match=f"unexpected keyword argument '{word}'") as raised:
                call(**{word: 1})
            assert ours in str(raised.value)


def test_no_word_of_others_is_one_of_ours() -> None:
    """And what clients are made of is what the messages compare with."""
    arguments = inspect.signature(RunSteps).parameters
    assert set(arguments) - {"others"} == SETTINGS == set(inspect.signature(AsyncRunSteps).parameters) - {"others"}
    assert not SETTINGS & OF_CLIENTS.keys()
    assert not set(inspect.signature(RunSteps.list).parameters) & OF_METHODS.keys()


def test_what_is_no_policy_is_refused() -> None:
    """A number of retries, as other clients take it, is not taken for a policy."""
    client: Any = RunSteps(base_url=URL)
    for give in (client.with_options, partial(client.run, *RUN)):
        with pytest.raises(TypeError, match="expected a RetryPolicy"):
            give(retry=3)
    assert servers.compatible(URL) == client.server


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_attributes_of_others_are_told_by_what_stands_for_them(name: str) -> None:
    """`client.beta.threads...` and `.data` come to mind first; what Python looks for by itself is told by nothing."""
    with RunSteps(base_url=URL) as client:
        later = AsyncRunSteps(base_url=URL)
        things: list[object] = [client, later, client.list(*RUN), later.list(*RUN), Page([], None, None)]
        for given in things:
            with pytest.raises(AttributeError, match=f"no attribute '{name}': .*`") as raised:
                getattr(given, name)
            assert (raised.value.name, raised.value.obj) == (name, given)
            with pytest.raises(AttributeError, match=rf"no attribute '__{name}__'$"):
                getattr(given, f"__{name}__")
