"""Odd answers, ids, addresses and processes: each ends in an error that says what is wrong, or in a step."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from run_steps import (
    NO_RETRIES,
    APIStatusError,
    AsyncRunSteps,
    ConfigurationError,
    InvalidArgument,
    InvalidResponse,
    NotFound,
    PaginationError,
    RateLimited,
    RetryPolicy,
    RunSteps,
    RunStepsError,
    TooLarge,
    servers,
)
from run_steps.cli.output import write_json
from run_steps.pulling import pull
from run_steps.timeline.calls import calls_of
from run_steps_api.models import RunStep
from run_steps_api.parsing import parse_json
from tests.overlays.fault_server import BODY, STEP, FaultServer, Script, head, told, whole

IDS = ("thread_1", "run_1", "step_1")
QUICK = RetryPolicy(attempts=3, first_wait=0.0)

both = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


def _retrieve(base_url: str, *ids: str, asynchronous: bool = False, **settings: Any) -> RunStep:
    async def read() -> RunStep:
        async with AsyncRunSteps(base_url=base_url, **settings) as client:
            return await client.retrieve(*(ids or IDS))

    if asynchronous:
        return asyncio.run(read())
    with RunSteps(base_url=base_url, **settings) as client:
        return client.retrieve(*(ids or IDS))


def test_an_integer_of_any_length_is_shown_wherever_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    """In a step, in what a tool was called with, and in what an error says of the request."""
    digits = "9" * 5000
    call = f'{{"type": "telescope", "target": {digits}}}'
    text = f'{{"id": "step_1", "step_details": {{"type": "tool_calls", "tool_calls": [{call}]}}}}'
    step = RunStep.from_dict(parse_json(text.encode()))

    write_json(step.to_dict())
    assert capsys.readouterr().out == text + "\n"
    assert step.step_details
    assert [call.input for call in calls_of(step.step_details)] == [f'{{"target": {digits}}}']
    assert "999" in str(_error(422, f'{{"detail": [{digits}]}}'.encode()))


def _error(status: int, body: dict[str, Any] | bytes, **headers: str) -> APIStatusError:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    start = "\r\n".join([f"HTTP/1.1 {status} Some Reason", f"Content-Length: {len(content)}", *lines, "", ""])
    answer = start.encode() + content
    with FaultServer(lambda connection: connection.send(answer)) as server, pytest.raises(APIStatusError) as raised:
        _retrieve(server.base_url, retry=NO_RETRIES)
    return raised.value


def _with_header(line: bytes, status: bytes = b"200 OK") -> Script:
    def answer(connection: Any) -> None:
        connection.send(b"HTTP/1.1 " + status + b"\r\nContent-Length: %d\r\n" % len(BODY) + line + b"\r\n\r\n" + BODY)

    return answer


@both
@pytest.mark.parametrize("value", ["caf\u00e9".encode("latin-1"), "caf\u00e9".encode(), b"\xff\xfe\x80"])
def test_a_header_may_hold_any_byte(value: bytes, asynchronous: bool) -> None:
    """A byte beyond ASCII in a header spoils nothing, whatever its encoding."""
    with FaultServer(_with_header(b"X-Note: " + value)) as server:
        assert _retrieve(server.base_url, asynchronous=asynchronous).to_dict() == STEP


def test_a_cookie_is_not_kept() -> None:
    """No server of this API needs one, and an odd one would spoil every request that follows."""
    script = _with_header(b"Set-Cookie: caf\xc3\xa9=\xff; Path=/")
    with FaultServer(script, script, whole()) as server, RunSteps(base_url=server.base_url) as client:
        assert [client.retrieve(*IDS).id for _ in range(3)] == ["step_1"] * 3

    assert not any(b"cookie" in head.lower() for head in server.heads)


@both
@pytest.mark.parametrize("odd", ["x" * 70_000, "a\nb", "", "..", "\ud800"])
def test_an_id_that_cannot_be_sent_is_refused(odd: str, asynchronous: bool) -> None:
    """It is an error of this package and a ValueError, and a long one is not repeated."""
    with FaultServer(whole()) as server, pytest.raises(InvalidArgument) as raised:
        _retrieve(server.base_url, "thread_1", "run_1", odd, asynchronous=asynchronous)

    assert isinstance(raised.value, ValueError)
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize("odd", ["\ud800", "x" * 70_000])
def test_a_parameter_that_cannot_be_sent_is_refused(odd: str) -> None:
    """Whatever it is: one of this call, or one of the server."""
    with FaultServer(whole()) as server:
        plain, with_params = servers.compatible(server.base_url), servers.compatible(server.base_url, params={"x": odd})
        for chosen, include in ((plain, [odd]), (with_params, [])):
            with RunSteps(chosen) as client, pytest.raises(InvalidArgument, match="cannot stand in a URL") as raised:
                client.retrieve("thread_1", "run_1", "step_1", include=include)
            assert len(str(raised.value)) < 300


@pytest.mark.parametrize(
    "base_url",
    [
        "https://a..b/v1",
        f"https://{'a' * 64}.example/v1",
        pytest.param(
            "https://xn--a/v1",
            marks=pytest.mark.skipif(httpx.__name__ == "httpx2", reason="httpx2 leaves it to the look-up of the name"),
        ),
        "https://a.example:65536/v1",
        "https://[::1",
    ],
)
def test_an_address_that_cannot_be_is_refused(base_url: str) -> None:
    """No request is made to a host or port that cannot be, and so no key goes to another."""
    with pytest.raises(ConfigurationError):
        RunSteps(base_url=base_url, api_key="sk-odd-address")


@both
def test_another_step_than_the_one_asked_for_is_refused(asynchronous: bool) -> None:
    """A server that answers with another id does not pass for having the step."""
    with FaultServer(whole()) as server, pytest.raises(InvalidResponse, match="'step_1', and 'step_2' was asked for"):
        _retrieve(server.base_url, "thread_1", "run_1", "step_2", asynchronous=asynchronous)


def test_a_server_that_ignores_after_is_noticed() -> None:
    """Also when it claims that nothing more follows."""
    steps = [STEP | {"id": f"step_{number}"} for number in range(9)]
    with (
        FaultServer(told({"data": steps, "has_more": False})) as server,
        RunSteps(base_url=server.base_url) as client,
        pytest.raises(PaginationError, match="it does not page"),
    ):
        list(client.list("thread_1", "run_1", order="asc", after="step_8"))


@both
def test_an_answer_of_countless_values_is_refused(asynchronous: bool) -> None:
    """Two megabytes of empty objects would take a hundred times as much memory; commas in texts do not count."""
    many = json.dumps(STEP | {"note": []}).replace("[]", "[" + "{}," * 1_000_001 + "{}]").encode()
    text = json.dumps(STEP | {"note": "," * 1_000_001 + '"'}).encode()
    with FaultServer(whole(text), whole(many)) as server:
        assert _retrieve(server.base_url, asynchronous=asynchronous).id == "step_1"
        with pytest.raises(TooLarge, match="1,000,000 values"):
            _retrieve(server.base_url, asynchronous=asynchronous, retry=NO_RETRIES)


@pytest.mark.parametrize(
    ("body", "code", "request_id"),
    [
        ({"errorCode": "EntityNotFound", "message": "Gone.", "requestId": "r-1"}, "EntityNotFound", "r-1"),
        ({"code": "InvalidParameter", "message": "Gone.", "request_id": "r-2"}, "InvalidParameter", "r-2"),
        ({"error": {"code": "a", "message": "Gone.", "request_id": "r-3"}}, "a", "r-3"),
        ({"error": "invalid_token", "error_description": "Gone."}, "invalid_token", None),
        ({"message": {"code": "b", "message": "Gone."}, "requestId": "r-4"}, "b", "r-4"),
    ],
)
def test_code_and_request_id_are_read_from_any_body(body: dict[str, Any], code: str, request_id: str | None) -> None:
    """Servers have them in many places."""
    error = _error(404, body)

    assert isinstance(error, NotFound)
    assert (error.code, error.request_id) == (code, request_id)
    assert "Gone." in str(error)


@pytest.mark.parametrize(
    ("status", "body", "hint"),
    [
        (410, {"error": {"message": "Gone"}}, "no longer serves this API"),
        (405, {"message": "Method Not Allowed"}, "a gateway that has no such path"),
        (404, b"", "a gateway that has no such path"),
        (404, b"404 page not found", "a gateway that has no such path"),
        (405, b"<html><h1>405 Not Allowed</h1></html>", "a gateway that has no such path"),
        (400, {"error": {"message": "api-version query parameter is required"}}, "`params={'api-version': ...}`"),
        (400, {"error": {"message": "API version not supported"}}, "params={'api-version': ...}"),
        (400, {"error": {"code": "MissingApiVersionParameter", "message": "No."}}, "params={'api-version': ...}"),
        (404, {"error": {"message": "not_found", "code": "No such run here"}}, "Not Found: No such run here."),
    ],
)
def test_what_may_help_is_said(status: int, body: dict[str, Any] | bytes, hint: str) -> None:
    """A gateway, a version and a shut-down are told from a wrong id."""
    assert hint in str(_error(status, body))


@pytest.mark.parametrize(
    "script",
    [
        told({"error": {"code": "insufficient_quota", "message": "Pay."}}, 429),
        told({"error": {"code": "quota_exceeded", "message": "Pay."}}, 429),
        told({"error": {"code": None, "type": "insufficient_quota", "message": "Pay."}}, 429),
        told({"error": {"message": "No."}}, 429, X_Should_Retry="false"),
    ],
)
def test_what_no_wait_mends_is_not_tried_again(script: Script) -> None:
    """A quota that is used up, or a server that says so, ends the call at once."""
    with FaultServer(script, whole()) as server, pytest.raises(RateLimited):
        _retrieve(server.base_url, retry=QUICK)

    assert len(server.heads) == 1


def test_a_date_to_wait_for_is_read_by_the_clock_of_the_server() -> None:
    """Two hours between the clocks make no difference."""
    there = 1_735_689_600.0
    headers = {"Retry_After": formatdate(there + 2, usegmt=True), "Date": formatdate(there, usegmt=True)}

    assert _error(429, {"error": {"message": "Wait."}}, **headers).retry_after == 2.0


def test_a_closed_client_says_so() -> None:
    """A client sends nothing once it was closed, sync or async."""
    client = RunSteps(base_url="http://127.0.0.1:1/v1")
    client.close()
    with pytest.raises(ConfigurationError, match="was closed"):
        client.retrieve(*IDS)


def test_a_client_under_a_second_loop_says_so() -> None:
    """Its connections belong to the first one; here it has none, so that nothing is left open."""
    client = AsyncRunSteps(
        base_url="http://127.0.0.1:1/v1", transport=httpx.MockTransport(lambda _: httpx.Response(200, content=BODY))
    )
    assert asyncio.run(client.retrieve(*IDS)).id == "step_1"
    with pytest.raises(ConfigurationError, match="the event loop it was first used in"):
        asyncio.run(client.retrieve(*IDS))


def test_pull_within_a_loop_says_what_to_call(tmp_path: Path) -> None:
    """In a notebook, which runs a loop, one awaits another function."""

    async def notebook() -> None:
        pull(servers.compatible("http://127.0.0.1:1/v1"), tmp_path / "a.sqlite", [])

    with pytest.raises(ConfigurationError, match="pull_into"):
        asyncio.run(notebook())
    assert not (tmp_path / "a.sqlite").exists()


def test_a_key_in_place_of_the_server_is_not_repeated() -> None:
    """A mistake that is easily made shows no key, nor does what it leaves half-made."""
    with pytest.raises(ConfigurationError) as raised:
        cast("Any", RunSteps)("sk-not-a-server")

    assert "sk-not-a-server" not in str(raised.value)
    assert repr(RunSteps.__new__(RunSteps)) == "RunSteps(None)"


@pytest.mark.parametrize("kind", [RunSteps, AsyncRunSteps])
def test_a_client_of_another_library_is_refused(kind: Callable[..., Any]) -> None:
    """What is no client of httpx is told in one sentence."""
    with pytest.raises(ConfigurationError, match="`http_client` must be an httpx"):
        kind(base_url="http://127.0.0.1:1/v1", http_client=object())
    with pytest.raises(ConfigurationError, match="`http_client` must be an httpx"):
        kind(base_url="http://127.0.0.1:1/v1", http_client=httpx.AsyncClient() if kind is RunSteps else httpx.Client())


def test_a_forked_process_opens_connections_of_its_own() -> None:
    """Parent and child ask at once over one client, and each gets its own answers."""

    def echo(connection: Any) -> None:
        step_id = server.heads[-1].partition(b"/steps/")[2].split(b" ")[0]
        body = json.dumps(STEP | {"id": step_id.decode()}).encode()
        connection.send(head(content_length=len(body)) + body)

    with FaultServer(*[echo] * 41) as server, RunSteps(base_url=server.base_url, retry=NO_RETRIES) as client:
        client.retrieve("thread_1", "run_1", "step_0")
        connections = server.connections
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                ok = all(client.retrieve("thread_1", "run_1", f"child_{n}").id == f"child_{n}" for n in range(20))
                os.write(writing, b"1" if ok else b"0")
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        assert os.read(reading, 1) == b"1"
        assert server.connections == connections + 1
        assert client.retrieve("thread_1", "run_1", "step_2").id == "step_2"
        for end in (reading, writing):
            os.close(end)


@both
def test_strict_refuses_what_the_contract_does_not_allow(asynchronous: bool) -> None:
    """A field that does not fit makes the whole answer invalid for those who want that."""
    odd = STEP | {"created_at": {"at": 1}}
    with FaultServer(told(odd), told(odd)) as server:
        assert [misfit.name for misfit in _retrieve(server.base_url, asynchronous=asynchronous).misfits] == [
            "created_at"
        ]
        with pytest.raises(InvalidResponse, match="created_at: expected integer or number or string or null"):
            _retrieve(server.base_url, asynchronous=asynchronous, strict=True)


def test_odd_items_of_a_page_are_to_be_had(caplog: pytest.LogCaptureFixture) -> None:
    """The others are given, the odd ones named, counted and logged once a list."""
    data = [STEP, 7, {"object": "thread.run.step"}]
    pages = [told({"data": data, "has_more": True}), told({"data": [STEP | {"id": "step_2"}, None], "has_more": False})]
    with FaultServer(*pages) as server, RunSteps(base_url=server.base_url) as client:
        found = list(client.list("thread_1", "run_1").pages())

    assert [[step.id for step in page.items] for page in found] == [["step_1"], ["step_2"]]
    assert [[(misfit.name, misfit.value) for misfit in page.misfits] for page in found] == [
        [("data[1]", 7), ("data[2]", {"object": "thread.run.step"})],
        [("data[1]", None)],
    ]
    assert len([record for record in caplog.records if "cannot be read" in record.message]) == 1


def test_every_error_is_one_of_this_package() -> None:
    """Whoever catches `RunStepsError` catches all of them."""
    assert issubclass(InvalidArgument, RunStepsError)
