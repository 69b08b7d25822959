"""What can go wrong between a client and a server, over real sockets: the right error, or the right step, in time."""

from __future__ import annotations

import asyncio
import base64
import gc
import gzip
import json
import re
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator, Mapping
from email.utils import formatdate
from typing import Any

import httpx
import pytest
from attrs import frozen

from run_steps import (
    NO_RETRIES,
    APIError,
    APIStatusError,
    AsyncRunSteps,
    BadRequest,
    ConnectionFailed,
    InvalidResponse,
    NotFound,
    RateLimited,
    RetryPolicy,
    RunSteps,
    ServerError,
    TimedOut,
    TooLarge,
    Unauthorized,
    servers,
)
from run_steps._http.network import NetworkTransport
from run_steps_api.models import CodeInterpreterLogs, CodeInterpreterToolCall, RunStep, ToolCallsDetails
from tests.overlays.fault_server import (
    BODY,
    STEP,
    Connection,
    FaultServer,
    Script,
    head,
    then_drip,
    then_hang_up,
    then_reset,
    then_stall,
    told,
    whole,
)

KEY = "sk-fault-table-0123456789"
STEP_IDS = ("thread_1", "run_1", "step_1")
HTML = b"<html><head><title>502 Bad Gateway</title></head></html>"
RETRY_ONCE = RetryPolicy(attempts=2, first_wait=0.01)

both = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


def read_step(
    base_url: str, *, asynchronous: bool, deadline: float = 3.0, reads_list: bool = False, **settings: Any
) -> RunStep:
    """Return a step, read by a client of its own that is closed afterwards."""
    settings = {"base_url": base_url, "api_key": KEY, "retry": RETRY_ONCE, "timeout": 2.0, **settings}

    async def read() -> RunStep:
        async with AsyncRunSteps(**settings) as client:
            if reads_list:
                (step,) = [step async for step in client.list(*STEP_IDS[:2], deadline=deadline)]
                return step
            return await client.retrieve(*STEP_IDS, deadline=deadline)

    if asynchronous:
        return asyncio.run(read())
    with RunSteps(**settings) as client:
        if reads_list:
            (step,) = client.list(*STEP_IDS[:2], deadline=deadline)
            return step
        return client.retrieve(*STEP_IDS, deadline=deadline)


@pytest.fixture(autouse=True, scope="module")
def quick() -> Iterator[None]:
    """Spare each test the search of what was there before for garbage, which takes longer than the test."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """After each test no thread is left, and nothing that warns when it is collected."""
    before = set(threading.enumerate())
    yield
    gc.collect()
    assert set(threading.enumerate()) <= before


@frozen(kw_only=True)
class Fault:
    """A row of the table.

    Attributes:
        scripts: What the server does, request by request.
        raises: Class of the error; None where the step has to come in spite of all.
        says: What the text of the error must contain, as a regular expression.
        tells: What attributes of the error must be.
        begins: What the body that the error carries must begin with; None where it carries none.
        requests: How often the server must be asked (count).
        deadline: Time the call may take (seconds).
        settings: Settings of the client.
        reads_list: Whether a list is read, and not a single step.
    """

    scripts: tuple[Script, ...]
    raises: type[APIError] | None = None
    says: str = ""
    tells: Mapping[str, Any] = {}
    begins: bytes | None = None
    requests: int = 1
    deadline: float = 3.0
    settings: Mapping[str, Any] = {}
    reads_list: bool = False


GZIPPED = gzip.compress(BODY)
LENGTH = len(BODY)
BROKEN_CHECKSUM = GZIPPED[:-8] + bytes(8)
EMPTY_BLOCK = b"\x00\x00\x00\xff\xff"  # of gzip: stored as it is, and nothing of it

REQUEST_ID = {"request_id": "req_1"}

CONNECTIONS = {
    "reset before the answer": Fault(
        scripts=(Connection.reset,), raises=ConnectionFailed, says=r"127\.0\.0\.1:\d+ broke", requests=2
    ),
    "reset mid-headers": Fault(
        scripts=(then_reset(b"HTTP/1.1 200 OK\r\nContent-Le"),), raises=ConnectionFailed, says="broke", requests=2
    ),
    "closed mid-headers": Fault(
        scripts=(then_hang_up(b"HTTP/1.1 200 OK\r\nContent-Le"),),
        raises=ConnectionFailed,
        says="broke .*disconnected",
        requests=2,
    ),
    "reset mid-body": Fault(
        scripts=(then_reset(head(content_length=LENGTH) + BODY[:50]),),
        raises=InvalidResponse,
        says="status 200 is cut short",
        tells=REQUEST_ID,
        begins=BODY[:50],
        requests=2,
    ),
    "reset mid-body, gone after one retry": Fault(
        scripts=(then_reset(head(content_length=LENGTH) + BODY[:50]), whole()), requests=2
    ),
    "stall before the answer": Fault(
        scripts=(Connection.stall,),
        raises=TimedOut,
        says="did not answer in time .*Raise `timeout` or `deadline`",
        settings={"timeout": 0.15},
        requests=2,
    ),
    "stall until the deadline": Fault(
        scripts=(Connection.stall,), raises=TimedOut, says="did not answer in time", deadline=0.2
    ),
    "stall, gone after one retry": Fault(scripts=(Connection.stall, whole()), settings={"timeout": 0.15}, requests=2),
    "stall mid-headers": Fault(
        scripts=(then_stall(b"HTTP/1.1 200 OK\r\nContent-Le"),), raises=TimedOut, settings={"timeout": 0.15}, requests=2
    ),
    "stall mid-body": Fault(
        scripts=(then_stall(head(content_length=LENGTH) + BODY[:50]),),
        raises=TimedOut,
        settings={"timeout": 0.15},
        requests=2,
    ),
    "slow drip of the body": Fault(
        scripts=(then_drip(head(content_length=LENGTH), BODY),), raises=TimedOut, says="in time", deadline=0.3
    ),
    "slow drip of a compressed body that says nothing": Fault(
        scripts=(then_drip(head(content_encoding="gzip") + GZIPPED[:10], EMPTY_BLOCK * 100),),
        raises=TimedOut,
        says="in time",
        deadline=0.3,
    ),
    "slow drip that ends in time": Fault(
        scripts=(then_drip(head(content_length=LENGTH) + BODY[:-10], BODY[-10:]),),
    ),
    "content-length too long": Fault(
        scripts=(then_hang_up(head(content_length=LENGTH + 100) + BODY),),
        raises=InvalidResponse,
        says="is cut short",
        tells=REQUEST_ID,
        begins=BODY,
        requests=2,
    ),
    "content-length too short": Fault(
        scripts=(then_hang_up(head(content_length=20) + BODY),),
        raises=InvalidResponse,
        says="is not JSON",
        tells=REQUEST_ID,
        begins=BODY[:20],
    ),
    "content-length that is no number": Fault(
        scripts=(then_hang_up(head(content_length="many") + BODY),),
        raises=ConnectionFailed,
        says="broke .*Content-Length",
        requests=2,
    ),
    "chunks that end too early": Fault(
        scripts=(then_hang_up(head(transfer_encoding="chunked") + b"10\r\n" + BODY[:16] + b"\r\n"),),
        raises=InvalidResponse,
        says="is cut short",
        tells=REQUEST_ID,
        begins=BODY[:16],
        requests=2,
    ),
    "another protocol": Fault(
        scripts=(then_hang_up(b"SSH-2.0-OpenSSH_9.6\r\n"),), raises=ConnectionFailed, says="broke", requests=2
    ),
    "HTTP/1.0": Fault(scripts=(then_hang_up(head(version="1.0") + BODY),)),
    "a server that closes each connection": Fault(scripts=(then_hang_up(head(connection="close") + BODY),)),
}

BODIES = {
    "gzip": Fault(scripts=(whole(GZIPPED, content_encoding="gzip"),)),
    "gzip under its old name": Fault(scripts=(whole(GZIPPED, content_encoding="x-gzip"),)),
    "gzip with something behind it": Fault(scripts=(whole(GZIPPED + bytes(100_000), content_encoding="gzip"),)),
    "no compression under a strange name": Fault(scripts=(whole(content_encoding="utf-8"),)),
    "corrupt gzip": Fault(
        scripts=(whole(BROKEN_CHECKSUM, content_encoding="gzip"),),
        raises=InvalidResponse,
        says="status 200 cannot be decompressed .*not the gzip it claims to be",
        tells=REQUEST_ID,
    ),
    "gzip that is none": Fault(
        scripts=(whole(HTML, content_encoding="gzip"),),
        raises=InvalidResponse,
        says="cannot be decompressed .*It begins with '<html>",
        tells=REQUEST_ID,
        begins=HTML,
    ),
    "gzip cut short": Fault(
        scripts=(whole(GZIPPED[:60], content_encoding="gzip"),),
        raises=InvalidResponse,
        says="is cut short",
        tells=REQUEST_ID,
        requests=2,
    ),
    "gzip of gzip": Fault(
        scripts=(whole(gzip.compress(GZIPPED), content_encoding="gzip, gzip"),),
        raises=InvalidResponse,
        says="compressed by gzip, gzip, only gzip was asked for",
        tells=REQUEST_ID,
    ),
    "brotli, which was not asked for": Fault(
        scripts=(whole(b"\x0b\x02\x80[]\x03", content_encoding="br"),),
        raises=InvalidResponse,
        says="compressed by br, only gzip was asked for",
        tells=REQUEST_ID,
    ),
    "empty gzip": Fault(
        scripts=(whole(b"", 404, content_encoding="gzip"),),
        raises=NotFound,
        says="404 Not Found: the body is empty",
        begins=b"",
    ),
    "nothing": Fault(scripts=(whole(b""),), raises=InvalidResponse, says="is not JSON", tells=REQUEST_ID, begins=b""),
    "nothing, and a status that says so": Fault(
        scripts=(lambda connection: connection.send(head(204)),),
        raises=InvalidResponse,
        says="status 204 is not JSON",
        tells=REQUEST_ID,
    ),
    "HTML instead of JSON": Fault(
        scripts=(whole(b"<html>Sign in</html>"),),
        raises=InvalidResponse,
        says="is not JSON .*begins with '<html>Sign in",
        tells=REQUEST_ID,
    ),
    "invalid UTF-8": Fault(
        scripts=(whole(BODY.replace(b"msg_1", b"msg_\xff\xfe")),),
        raises=InvalidResponse,
        says="is not JSON .*utf-8",
        tells=REQUEST_ID,
    ),
    "UTF-8 with a byte order mark": Fault(scripts=(whole(b"\xef\xbb\xbf" + BODY),)),
    "JSON cut short": Fault(
        scripts=(whole(BODY[:-30]),),
        raises=InvalidResponse,
        says='is not JSON .*It begins with \'{"id": "step_1"',
        tells=REQUEST_ID,
        begins=BODY[:-30],
    ),
    "a list instead of an object": Fault(
        scripts=(told([STEP]),),
        raises=InvalidResponse,
        says="another shape than the contract's .expected an object, got list",
        tells=REQUEST_ID,
    ),
    "no id": Fault(
        scripts=(told({key: value for key, value in STEP.items() if key != "id"}),),
        raises=InvalidResponse,
        says="'id' is missing",
        tells=REQUEST_ID,
    ),
    "an id of a wrong type": Fault(
        scripts=(told(STEP | {"id": 1}),), raises=InvalidResponse, says="expected string, got integer", tells=REQUEST_ID
    ),
    "details of a wrong type": Fault(
        scripts=(told(STEP | {"id": 7}),),
        raises=InvalidResponse,
        says="id: expected string, got integer",
        tells=REQUEST_ID,
    ),
    "a list without data": Fault(
        scripts=(told({"object": "list"}),),
        raises=InvalidResponse,
        says="'data' is missing",
        tells=REQUEST_ID,
        reads_list=True,
    ),
    "a list of other things": Fault(
        scripts=(told({"object": "list", "data": {"step_1": 1}}),),
        raises=InvalidResponse,
        says="another shape",
        tells=REQUEST_ID,
        reads_list=True,
    ),
    "deep nesting": Fault(
        scripts=(whole(b"[" * 200_000 + b"]" * 200_000),),
        raises=InvalidResponse,
        says="nested too deeply",
        tells=REQUEST_ID,
    ),
    "nesting that is not too deep": Fault(
        scripts=(whole(BODY[:-1] + b', "unknown": ' + b"[" * 300 + b"]" * 300 + b"}"),)
    ),
    "a number of ten thousand digits": Fault(scripts=(whole(BODY[:-1] + b', "unknown": ' + b"9" * 10_000 + b"}"),)),
}


def refusal(**headers: Any) -> Script:
    """Answer that there were too many requests."""
    return told({"error": {"message": "Slow down.", "type": "requests", "code": "rate_limit"}}, 429, **headers)


def limited(seconds: float | None, requests: int = 1, **headers: Any) -> Fault:
    """Return the fault that a server refuses every request, and how long a client is told to wait."""
    asks = re.escape(f"The server asks to wait {seconds:g} s. ") if seconds else ""
    return Fault(
        scripts=(refusal(**headers),),
        raises=RateLimited,
        says=rf"429 Too Many Requests: Slow down\. {asks}\(request id req_1\)",
        tells={"status": 429, "code": "rate_limit", "type": "requests", "param": None, "retry_after": seconds},
        requests=requests,
        deadline=1.0,
    )


def soon(connection: Connection) -> None:
    """Refuse with a date that is half a minute ahead."""
    refusal(retry_after=formatdate(time.time() + 30, usegmt=True))(connection)


STATUSES = {
    "HTML 502": Fault(
        scripts=(whole(HTML, 502, content_type="text/html"),),
        raises=ServerError,
        says="502 Bad Gateway: the body is not in the form of an error, it begins with '<html>",
        tells={"status": 502, "code": None, "type": None, "param": None, **REQUEST_ID},
        begins=HTML,
        requests=2,
    ),
    "HTML 502, gone after one retry": Fault(scripts=(whole(HTML, 502), whole()), requests=2),
    "429 with seconds": limited(30.0, retry_after=30),
    "429 with a fraction of a second": limited(0.02, retry_after=0.02, requests=2),
    "429 with milliseconds": limited(1500.0, retry_after_ms=1_500_000, retry_after=1),
    "429 with a date to come": Fault(
        scripts=(soon,),
        raises=RateLimited,
        tells={"retry_after": pytest.approx(28.5, abs=2.5)},
        deadline=1.0,
    ),
    "429 with a date that is past": limited(0.0, retry_after="Sun Nov  6 08:49:37 1994", requests=2),
    "429 with nothing": limited(None, requests=2),
    "429 with nonsense": limited(None, retry_after="Mon, 01 Jan 99999999999999999999 00:00:00 GMT", requests=2),
    "429 with an absurd wait": limited(86_400_000.0, retry_after=86_400_000),
    "429 with a wait beyond any number": limited(None, retry_after="1" + "0" * 400, requests=2),
    "429, gone after the seconds": Fault(scripts=(refusal(retry_after=0), whole()), requests=2),
    "429, gone after the milliseconds": Fault(scripts=(refusal(retry_after_ms=20), whole()), requests=2),
    "429, gone after the date": Fault(
        scripts=(refusal(retry_after="Sun, 06 Nov 1994 08:49:37 GMT"), whole()), requests=2
    ),
    "429, gone after a wait of our own": Fault(scripts=(refusal(), whole()), requests=2),
    "520": Fault(
        scripts=(whole(b"error code: 520", 520),),
        raises=ServerError,
        says="520: the body is not in the form of an error, it begins with 'error code: 520'",
        tells={"status": 520, **REQUEST_ID},
        begins=b"error code: 520",
    ),
    "999": Fault(scripts=(whole(b"", 999),), raises=APIStatusError, says="999: ", tells={"status": 999, **REQUEST_ID}),
    "404 with nothing": Fault(
        scripts=(whole(b"", 404),),
        raises=NotFound,
        says="404 Not Found: the body is empty",
        tells={"status": 404, "code": None, **REQUEST_ID},
        begins=b"",
    ),
    "FastAPI's detail": Fault(
        scripts=(told({"detail": "Run step not found"}, 404),),
        raises=NotFound,
        says="404 Not Found: Run step not found",
        tells={"status": 404, "code": None, **REQUEST_ID},
    ),
    "FastAPI's list of details": Fault(
        scripts=(told({"detail": [{"loc": ["path", "step_id"], "msg": "not a valid id"}]}, 422),),
        raises=APIStatusError,
        says="422 Unprocessable (Entity|Content): .*not a valid id",
        tells={"status": 422},
    ),
    "OpenAI's error": Fault(
        scripts=(
            told({"error": {"message": "No such step.", "type": "invalid", "param": "step_id", "code": "gone"}}, 404),
        ),
        raises=NotFound,
        says=r"404 Not Found: No such step\. \(request id req_1\)",
        tells={"code": "gone", "type": "invalid", "param": "step_id", **REQUEST_ID},
    ),
    "Azure's gateway": Fault(
        scripts=(told({"error": {"code": "401", "message": "The subscription key is wrong."}}, 401),),
        raises=Unauthorized,
        says=r"401 Unauthorized: The subscription key is wrong\. Check the `api_key`",
        tells={"code": "401", "type": None, "param": None, **REQUEST_ID},
    ),
    "a message without end": Fault(
        scripts=(told({"error": {"message": "No. " * 1_000_000}}, 400),),
        raises=BadRequest,
        says=r"^400 Bad Request: (No\. ){500} \.\.\. \(request id req_1\)$",
    ),
    "too large for an error": Fault(
        scripts=(whole(b"<p>" * 10_000, 500),),
        raises=TooLarge,
        says="status 500 is too large .*more than 5000 bytes.*begins with '<p><p>",
        tells=REQUEST_ID,
        settings={"max_response_bytes": 5000},
    ),
}

TABLE = CONNECTIONS | BODIES | STATUSES


@both
@pytest.mark.parametrize("fault", TABLE.values(), ids=TABLE.keys())
def test_a_fault_ends_in_the_right_error_or_in_the_step(fault: Fault, asynchronous: bool) -> None:
    """Whatever happens on the way, the caller gets a step or one clear error, in time, and no connection stays."""
    step, error = None, None
    with FaultServer(*fault.scripts) as server:
        began = time.monotonic()
        try:
            step = read_step(
                server.base_url,
                asynchronous=asynchronous,
                deadline=fault.deadline,
                reads_list=fault.reads_list,
                **fault.settings,
            )
        except APIError as raised:
            error = raised
        took = time.monotonic() - began
        assert server.is_left()

    assert took < 2 * fault.deadline + 1
    assert len(server.heads) == fault.requests
    if fault.raises is None:
        assert error is None
        assert step is not None
        assert {key: value for key, value in step.to_dict().items() if key != "unknown"} == STEP
        return
    assert error is not None
    assert type(error) is fault.raises
    assert re.search(fault.says, str(error)), str(error)
    assert {name: getattr(error, name) for name in fault.tells} == fault.tells
    if fault.begins is not None:
        assert error.response is not None
        assert error.response.body == fault.begins
    assert KEY not in repr(error)


@both
def test_a_closed_port(asynchronous: bool) -> None:
    """A server that does not run is named, with what to check."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(ConnectionFailed, match=r":\d+ cannot be reached .*Check the base URL") as raised:
            read_step(f"http://127.0.0.1:{taken.getsockname()[1]}/v1", asynchronous=asynchronous)

    assert type(raised.value) is ConnectionFailed


@both
@pytest.mark.parametrize(
    ("beginning", "rest"),
    [
        (b"", b"HTTP/1.1 " * 100),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x" * 1000),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100),
        (head(transfer_encoding="chunked"), b"1;note=" + b"x" * 1000),
    ],
    ids=["status line", "headers", "hints before the answer", "length of a chunk"],
)
def test_a_slow_drip_of_what_is_no_body(beginning: bytes, rest: bytes, asynchronous: bool) -> None:
    """A server that keeps sending, but never comes to the point, is left at the deadline."""
    with FaultServer(then_drip(beginning, rest)) as server:
        began = time.monotonic()
        with pytest.raises(TimedOut, match="did not answer in time"):
            read_step(server.base_url, asynchronous=asynchronous, deadline=0.3)
        took = time.monotonic() - began
        assert server.is_left()

    assert 0.3 <= took < 1.6


def bomb(size: int) -> bytes:
    """Return the beginning of a gzip that unpacks to that many zeros and more (bytes)."""
    block = 1024 * 1024
    compressor = zlib.compressobj(9, wbits=31)
    zeros = bytes(block)
    first = compressor.compress(zeros) + compressor.flush(zlib.Z_FULL_FLUSH)
    # After a full flush each block stands for itself, so that the second can be repeated at will.
    again = compressor.compress(zeros) + compressor.flush(zlib.Z_FULL_FLUSH)
    return first + again * (size // block)


@both
def test_a_gzip_bomb(asynchronous: bool) -> None:
    """A few megabytes that unpack to gigabytes are stopped at the limit, and take no more memory than that."""
    packed, limit = bomb(4 * 1024**3), 1024 * 1024
    assert len(packed) < 8 * 1024**2

    def script(connection: Connection) -> None:
        connection.send(head(content_length=len(packed), content_encoding="gzip"))
        connection.send(packed)

    with FaultServer(script) as server:
        tracemalloc.start()
        try:
            with pytest.raises(InvalidResponse, match=r"is too large .*more than 1048576 bytes") as raised:
                read_step(server.base_url, asynchronous=asynchronous, max_response_bytes=limit)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert server.is_left()

    assert peak < 8 * limit
    assert raised.value.request_id == "req_1"
    assert raised.value.response is not None
    assert len(raised.value.response.body) < 10_000
    assert len(server.heads) == 1, "a body that is too large will be so again"


LOGS = b"x" * 100_000_000


@pytest.fixture(scope="module")
def large_body() -> bytes:
    """A step of 100 MB: the logs of a talkative piece of code."""
    call = {"input": "print()", "outputs": [{"type": "logs", "logs": "LOGS"}]}
    tool_calls = [{"id": "call_1", "type": "code_interpreter", "code_interpreter": call}]
    details = {"type": "tool_calls", "tool_calls": tool_calls}
    return json.dumps(STEP | {"type": "tool_calls", "step_details": details}).encode().replace(b"LOGS", LOGS)


def logs(step: RunStep) -> str:
    """Return the logs of the only piece of code that was run."""
    assert isinstance(step.step_details, ToolCallsDetails)
    (call,) = step.step_details.tool_calls
    assert isinstance(call, CodeInterpreterToolCall)
    (output,) = call.code_interpreter.outputs or []
    assert isinstance(output, CodeInterpreterLogs)
    assert isinstance(output.logs, str)
    return output.logs


@both
def test_a_hundred_megabytes_of_json(large_body: bytes, asynchronous: bool) -> None:
    """As much as is allowed is read and right; with a lower limit the error says how much that was."""
    with FaultServer(whole(large_body)) as server:
        step = read_step(server.base_url, asynchronous=asynchronous, deadline=30, timeout=10)
        with pytest.raises(InvalidResponse, match=r"more than 1000000 bytes.*begins with '{\"id\": \"step_1\""):
            read_step(server.base_url, asynchronous=asynchronous, max_response_bytes=1_000_000)
        assert server.is_left()

    assert logs(step).encode() == LOGS
    assert len(server.heads) == 2


@both
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2"], ids=["another port", "another host"])
def test_a_redirect_is_not_followed(host: str, status: int, asynchronous: bool) -> None:
    """The other server gets no connection, and so neither request nor key; the error says what to do."""
    with FaultServer(whole(), host=host) as other:
        with FaultServer(whole(b"", status, location=f"{other.base_url}/threads")) as server:
            with pytest.raises(APIStatusError, match=r"Redirects are not followed.* set the base URL") as raised:
                read_step(server.base_url, asynchronous=asynchronous)
            assert server.is_left()
        assert (other.connections, other.heads) == (0, [])

    assert raised.value.status == status
    assert raised.value.response.headers["location"].startswith(other.base_url)
    (sent,) = server.heads
    assert KEY.encode() in sent


def read_step_through_own(base_url: str, *, asynchronous: bool, **settings: Any) -> RunStep:
    """Return a step, read through an httpx client of the user with these settings."""

    async def read() -> RunStep:
        async with (
            httpx.AsyncClient(**settings) as http_client,
            AsyncRunSteps(base_url=base_url, api_key=KEY, http_client=http_client) as client,
        ):
            return await client.retrieve(*STEP_IDS)

    if asynchronous:
        return asyncio.run(read())
    with (
        httpx.Client(**settings) as http_client,
        RunSteps(base_url=base_url, api_key=KEY, http_client=http_client) as client,
    ):
        return client.retrieve(*STEP_IDS)


@both
def test_a_redirect_is_not_followed_by_a_client_of_the_user(asynchronous: bool) -> None:
    """A client that follows redirects elsewhere follows none with our key."""
    with FaultServer(whole(), host="127.0.0.2") as other:
        with FaultServer(whole(b"", 307, location=f"{other.base_url}/threads")) as server:
            with pytest.raises(APIStatusError, match="Redirects are not followed"):
                read_step_through_own(server.base_url, asynchronous=asynchronous, follow_redirects=True)
            assert server.is_left()
        assert other.connections == 0


@both
def test_a_body_that_a_hook_of_the_user_has_read(asynchronous: bool) -> None:
    """A hook may read a compressed answer first: it is not decompressed twice."""

    async def read_async(response: httpx.Response) -> None:
        await response.aread()

    hook = read_async if asynchronous else httpx.Response.read
    with FaultServer(whole(GZIPPED, content_encoding="gzip")) as server:
        step = read_step_through_own(server.base_url, asynchronous=asynchronous, event_hooks={"response": [hook]})
        assert server.is_left()

    assert step.to_dict() == STEP


@both
def test_a_connection_serves_again_after_an_error(asynchronous: bool) -> None:
    """An answer that is an error, and complete, leaves the connection fit for the next request."""
    with FaultServer(whole(HTML, 502), whole()) as server:
        assert read_step(server.base_url, asynchronous=asynchronous).to_dict() == STEP
        assert server.is_left()

    assert (len(server.heads), server.connections) == (2, 1)


@both
def test_a_connection_that_grew_stale(asynchronous: bool) -> None:
    """A server that closes an idle connection just when a request comes is asked again on another."""
    with FaultServer(whole(), Connection.reset, whole()) as server:

        async def read_twice() -> list[RunStep]:
            async with AsyncRunSteps(base_url=server.base_url, retry=RETRY_ONCE) as client:
                return [await client.retrieve(*STEP_IDS) for _ in range(2)]

        if asynchronous:
            steps = asyncio.run(read_twice())
        else:
            with RunSteps(base_url=server.base_url, retry=RETRY_ONCE) as client:
                steps = [client.retrieve(*STEP_IDS) for _ in range(2)]
        assert server.is_left()

    assert [step.id for step in steps] == ["step_1", "step_1"]
    assert (len(server.heads), server.connections) == (3, 2)


def test_a_proxy_is_given_the_whole_url_and_its_own_password() -> None:
    """Through a proxy the deadline holds as well; name and password go to the proxy, and show in no error."""
    target = servers.compatible("http://assistants.example.com/v1", allow_insecure_http=True)
    with FaultServer(whole(), then_drip(b"", b"HTTP/1.1 " * 100)) as proxy:
        network = NetworkTransport(proxy=httpx.Proxy(proxy.base_url.replace("http://", "http://user:pass-word@")))
        with RunSteps(target, transport=network, retry=NO_RETRIES) as client:
            assert client.retrieve(*STEP_IDS).to_dict() == STEP
            with pytest.raises(TimedOut) as raised:
                client.retrieve(*STEP_IDS, deadline=0.3)
        assert proxy.is_left()

    assert proxy.heads[0].startswith(b"GET http://assistants.example.com/v1/threads/thread_1/runs/run_1/steps/step_1 ")
    assert b"Proxy-Authorization: Basic " + base64.b64encode(b"user:pass-word") in proxy.heads[0]
    assert "pass-word" not in repr(raised.value)


@both
def test_without_retries_a_fault_is_told_at_once(asynchronous: bool) -> None:
    """With `NO_RETRIES` the server is asked once."""
    with FaultServer(whole(HTML, 502)) as server, pytest.raises(ServerError):
        read_step(server.base_url, asynchronous=asynchronous, retry=NO_RETRIES)

    assert len(server.heads) == 1
