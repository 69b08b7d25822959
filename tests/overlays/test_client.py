"""The clients against the embedded server: what a developer expects of them."""

import asyncio
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

import run_steps
from run_steps import AsyncRunSteps, InvalidResponse, NotFound, RunSteps, Unauthorized
from run_steps.serving import create_app, sample_store, serve
from run_steps_api.api.run_steps import list_run_steps, retrieve_run_step
from run_steps_api.models import FileSearchToolCall, RunStep, RunStepInclude, RunStepList, ToolCallsDetails

KEY = "sk-test"
RUN = ("thread_demo", "run_kinds")


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """Serve the sample data to those who have the key."""
    with serve(create_app(sample_store(), api_key=KEY)) as url:
        yield url


@pytest.fixture
def client(base_url: str) -> Iterator[RunSteps]:
    """A client of that server."""
    with RunSteps(base_url=base_url, api_key=KEY) as client:
        yield client


def _passages(step: RunStep) -> list[object]:
    assert isinstance(step.step_details, ToolCallsDetails)
    calls = [call for call in step.step_details.tool_calls if isinstance(call, FileSearchToolCall)]
    return [result.content for call in calls for result in call.file_search.results or []]


def test_one_include_may_be_given_as_such(client: RunSteps) -> None:
    """It is not taken for many of one letter each, which servers refuse or ignore."""
    include = RunStepInclude.FILE_SEARCH_CONTENT
    steps = list(client.list(*RUN, include=include))
    assert steps == list(client.list(*RUN, include=[include])) != list(client.list(*RUN))
    assert [client.retrieve(*RUN, step.id, include=str(include)) for step in steps] == steps
    followed = {change.step.id: change.step for change in client.watch(*RUN, include=include) if change.step}
    assert list(followed.values()) == steps[::-1]


def test_include_asks_for_what_is_left_out(client: RunSteps) -> None:
    """Retrieved text is sent on request, by list and by retrieve."""
    include = [RunStepInclude.FILE_SEARCH_CONTENT]
    full = [
        step
        for step in client.list(*RUN, include=include)
        if step.to_dict() != client.retrieve(*RUN, step.id).to_dict()
    ]

    assert full
    for step in full:
        assert any(_passages(step))
        assert not any(_passages(client.retrieve(*RUN, step.id)))
        assert client.retrieve(*RUN, step.id, include=include) == step


def test_responses_are_there_for_every_call(client: RunSteps) -> None:
    """Status, headers, body, request id and the model are at hand for a step and for each page."""
    response = client.retrieve_response(*RUN, "step_kinds_01")
    (page,) = client.list(*RUN).pages()

    assert response.status == 200
    assert response.headers["content-type"] == "application/json"
    assert response.request_id
    assert response.retries == 0
    assert response.parse() == client.retrieve(*RUN, "step_kinds_01")
    assert page.response is not None
    assert page.response.parse().data == page.items
    assert page.response.request_id != response.request_id


def test_errors_of_the_server_are_raised(client: RunSteps, base_url: str) -> None:
    """What the generated code would return as a value is raised with what the server said."""
    with pytest.raises(NotFound, match="No run step found with id 'step_9'") as missing:
        client.retrieve(*RUN, "step_9")
    with RunSteps(base_url=base_url, api_key="sk-wrong") as stranger, pytest.raises(Unauthorized) as refused:
        next(iter(stranger.list(*RUN)))

    assert missing.value.type == "invalid_request_error"
    assert missing.value.request_id
    assert refused.value.code == "invalid_api_key"
    assert "Check the `api_key`" in str(refused.value)


def test_generated_functions_work_with_the_same_connection(client: RunSteps) -> None:
    """Key, retries and limits of a client serve any generated function, which keeps returning values."""
    page = list_run_steps.sync(*RUN, client=client.connection, limit=3)
    missing = retrieve_run_step.sync_detailed(*RUN, "step_9", client=client.connection)

    assert isinstance(page, RunStepList)
    assert len(page.data) == 3
    assert missing.status_code == 404


def test_headers_and_timeouts_of_a_single_call(base_url: str) -> None:
    """What is set for one call goes with that call alone."""
    seen: list[httpx.Request] = []
    with (
        httpx.Client(event_hooks={"request": [seen.append]}) as http_client,
        RunSteps(base_url=base_url, api_key=KEY, http_client=http_client, timeout=7.0) as client,
    ):
        client.retrieve(*RUN, "step_kinds_01", headers={"X-Trace": "t"}, timeout=3.0)
        client.retrieve(*RUN, "step_kinds_01")

    assert [request.headers.get("X-Trace") for request in seen] == ["t", None]
    assert [request.extensions["timeout"]["read"] for request in seen] == [3.0, 7.0]


def test_a_client_of_the_user_is_used_and_left_open(base_url: str) -> None:
    """An `httpx.Client` that was given carries the requests and stays the user's to close."""
    with httpx.Client(headers={"X-Own": "not sent: requests are built by RunSteps"}) as http_client:
        with RunSteps(base_url=base_url, api_key=KEY, http_client=http_client) as client:
            assert client.retrieve(*RUN, "step_kinds_01").id == "step_kinds_01"
        assert not http_client.is_closed


def test_the_asynchronous_client_does_the_same(client: RunSteps, base_url: str) -> None:
    """Steps, responses, errors and generated functions are those of the synchronous client."""

    async def read() -> None:
        async with (
            httpx.AsyncClient() as http_client,
            AsyncRunSteps(base_url=base_url, api_key=KEY) as direct,
            AsyncRunSteps(base_url=base_url, api_key=KEY, http_client=http_client) as through,
        ):
            for reader in (direct, through):
                assert [step async for step in reader.list(*RUN)] == list(client.list(*RUN))
                assert await reader.retrieve(*RUN, "step_kinds_01") == client.retrieve(*RUN, "step_kinds_01")
                assert (await reader.retrieve_response(*RUN, "step_kinds_01")).status == 200
                with pytest.raises(NotFound, match="No run step found with id 'step_9'"):
                    await reader.retrieve(*RUN, "step_9")
                page = await list_run_steps.asyncio(*RUN, client=reader.connection, limit=3)
                assert isinstance(page, RunStepList)

    asyncio.run(read())


def test_many_tasks_share_one_client(base_url: str) -> None:
    """Concurrent calls of one client do not disturb each other."""

    async def read() -> list[str]:
        async with AsyncRunSteps(base_url=base_url, api_key=KEY) as client:
            ids = [f"step_long_{number:03d}" for number in range(60)]
            steps = await asyncio.gather(*(client.retrieve("thread_demo", "run_long", step_id) for step_id in ids))
            return [step.id for step in steps]

    assert asyncio.run(read()) == [f"step_long_{number:03d}" for number in range(60)]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"", "is not JSON"),
        (b"<html>login</html>", "is not JSON"),
        (b'{"id": "step_1"', "is not JSON"),
        (b"\xff\xfe{}", "is not JSON"),
        (b"[]", "another shape"),
        (b"null", "another shape"),
        (b'"text"', "another shape"),
        (b"{}", "'id' is missing"),
        (b'{"id": 1}', "RunStep.id: expected string, got integer"),
    ],
)
def test_an_answer_that_cannot_be_used_is_shown(body: bytes, complaint: str) -> None:
    """An answer that is not JSON, or not a step, is an error with its beginning and its request id."""
    answer = httpx.Response(200, content=body, headers={"x-request-id": "req_1"})
    with (
        RunSteps(base_url="http://127.0.0.1:9/v1", transport=httpx.MockTransport(lambda _: answer)) as client,
        pytest.raises(InvalidResponse, match=complaint) as raised,
    ):
        client.retrieve(*RUN, "step_1")

    assert raised.value.request_id == "req_1"
    assert raised.value.response is not None
    assert raised.value.response.body == body


def test_every_public_name_is_there() -> None:
    """`__all__` is what can be imported, and unknown names are refused."""
    assert all(getattr(run_steps, name) is not None for name in run_steps.__all__)
    assert set(run_steps.__all__) <= set(dir(run_steps))
    with pytest.raises(AttributeError, match="no attribute 'RunStep'"):
        _ = run_steps.RunStep  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


def test_importing_the_package_imports_nothing_else() -> None:
    """`import run_steps` loads neither httpx nor models; they come with the first name that needs them."""
    code = "import sys, run_steps; print(sorted({'attrs', 'dateutil', 'httpx', 'run_steps_api'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert result.stdout.strip() == "[]"


LATER = {
    "before the client": {"asyncio", "dateutil", "httpcore", "msgspec", "run_steps_api.models.function_tool_call"},
    "before the answer": {"asyncio", "dateutil", "msgspec", "run_steps_api.models.function_tool_call"},
    "after an answer": {"asyncio", "dateutil", "run_steps_api.models.function_tool_call"},
}


def test_a_client_is_imported_without_what_it_may_never_need() -> None:
    """The network comes with the client, the parser with an answer, a kind of tool call with the first of its kind."""
    steps = '{"id": "a", "type": "tool_calls", "step_details": {"type": "tool_calls", "tool_calls": [{"type": "mcp"}]}}'
    code = f"""
import sys
from run_steps import RunSteps
print("before the client", *sys.modules)
import httpx
client = RunSteps(base_url="http://127.0.0.1:9")
print("before the answer", *sys.modules)
answer = httpx.Response(200, content='{{"data": [{steps}], "has_more": false}}')
client = RunSteps(base_url="http://127.0.0.1:9", transport=httpx.MockTransport(lambda request: answer))
assert len(list(client.list("thread_1", "run_1"))) == 1
print("after an answer", *sys.modules)
"""
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    lines = result.stdout.splitlines()
    assert len(lines) == len(LATER)
    for line, (when, later) in zip(lines, LATER.items(), strict=True):
        assert line.startswith(when)
        assert later & set(line.split()) == set()
    assert "run_steps_api.models.mcp_tool_call" in lines[-1].split()


LOG_ONE = """
import logging, httpx
from run_steps import RunSteps
ID = [(b"x-request-id", b"req_9\\x9b")]
answers = iter([httpx.Response(503), httpx.Response(200, headers=ID, json={"id": "run_1"})])
transport = httpx.MockTransport(lambda request: next(answers))
RunSteps(base_url="http://127.0.0.1:1/v1", api_key="sk-hidden", transport=transport).run("thread_1", "run_1")
"""


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        ("", []),
        ("info", ["INFO run_steps.retries: GET"]),
        (
            "DEBUG",
            [
                "DEBUG run_steps.requests: GET /v1/threads/thread_1/runs/run_1: 503 in ",
                "INFO run_steps.retries: GET",
                r"DEBUG run_steps.requests: GET /v1/threads/thread_1/runs/run_1: 200 in # ms, request id 'req_9\x9b'",
            ],
        ),
        ("loud", ["RuntimeWarning: RUN_STEPS_LOG is none of debug, info, warning, error: nothing is logged."]),
    ],
)
def test_a_variable_shows_what_is_going_on(level: str, shown: list[str]) -> None:
    """Without a line of code, on stderr; neither keys nor what would drive a terminal are among it."""
    environment = {**os.environ, "RUN_STEPS_LOG": level, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-W", "default::RuntimeWarning", "-c", LOG_ONE]
    result = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)

    lines = [re.sub(r"\d+ ms", "# ms", line) for line in result.stderr.splitlines() if not line.startswith("  ")]
    assert len(lines) == len(shown)
    assert all(part in line for part, line in zip(shown, lines, strict=True))
    assert "sk-hidden" not in result.stderr


def test_the_package_is_quiet_until_asked() -> None:
    """A library that nobody configured logging for prints nothing."""
    code = "import logging, run_steps; logging.getLogger('run_steps.retries').error('x')"
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert result.stderr == ""
    assert logging.getLogger("run_steps").handlers
