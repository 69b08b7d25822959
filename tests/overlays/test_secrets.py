"""Keys and tokens show nowhere, go to no other place than the server, and are renewed in time."""

from __future__ import annotations

import asyncio
import copy
import logging
import pickle
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, quote, unquote

import httpcore
import httpx
import pytest
from attrs import define, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from run_steps import (
    NO_RETRIES,
    APIError,
    AsyncRunSteps,
    ConfigurationError,
    ConnectionFailed,
    DeadlineExceeded,
    InvalidResponse,
    NotFound,
    Pace,
    PaginationError,
    RateLimited,
    RetryPolicy,
    RunSteps,
    RunStepsError,
    Server,
    TimedOut,
    Unauthorized,
)
from run_steps._endpoints import Options
from run_steps._http.authentication import KeyAuthentication, TokenAuthentication
from run_steps._http.secrets import Hidden, HiddenValues, hide
from run_steps.servers import azure_agents, azure_openai, compatible, dashscope, from_env
from run_steps_api.api.run_steps import list_run_steps
from tests.overlays.fault_server import BODY, STEP, Connection, FaultServer, Script, head, then_reset, told, whole

SECRET = "sk-show-me-nowhere-0123456789"
URL = "https://assistants.example.com/v1"
STEP_IDS = ("thread_1", "run_1", "step_1")

both = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


@frozen
class Token:
    """What azure-identity gives; like there, its `repr` shows the token."""

    token: str
    expires_on: int = 4_000_000_000


@define
class Credential:
    """Gives tokens that are numbered, and counts them."""

    answer: Callable[[str], Any] = Token
    given: int = 0

    def get_token(self, *_scopes: str) -> Any:
        self.given += 1
        return self.answer(f"{SECRET}-{self.given}")


def key_function() -> str:
    """Give a key, as a vault does."""
    return SECRET


async def later(value: Any) -> Any:
    """Give something to one who waits."""
    await asyncio.sleep(0)
    return value


def read(base_url: str, *, asynchronous: bool, server: Server | None = None, **arguments: Any) -> None:
    """Read a step from a server, without retries, by a client of its own."""
    source: dict[str, Any] = {"server": server} if server else {"base_url": base_url, "api_key": SECRET}
    source |= {"retry": NO_RETRIES, "timeout": arguments.pop("timeout", 2.0)}

    async def read_async() -> None:
        async with AsyncRunSteps(**source) as client:
            await client.retrieve(*STEP_IDS, **arguments)

    if asynchronous:
        asyncio.run(read_async())
        return
    with RunSteps(**source) as client:
        client.retrieve(*STEP_IDS, **arguments)


def authorization(head: bytes) -> str:
    """Return the header of that name that a request had."""
    (line,) = [line for line in head.decode().splitlines() if line.lower().startswith("authorization:")]
    return line.partition(": ")[2]


def exposed(error: BaseException, secret: str = SECRET, but_not_in: str = __file__) -> list[str]:
    """Return where a secret shows in an error: its text, what it holds, and the local variables of its traceback.

    Errors that it refers to count as well, and so does any frame, of whatever package, except those of one file.
    """
    found: list[str] = []
    seen: list[BaseException] = []
    pending: list[BaseException | None] = [error]
    while pending:
        current = pending.pop()
        if current is None or current in seen:
            continue
        seen.append(current)
        pending += [current.__cause__, current.__context__]
        if secret in f"{current} {current!r} {vars(current)} {getattr(current, 'obj', '')!r}":
            found.append(repr(type(current)))
        for frame, line in traceback.walk_tb(current.__traceback__):
            found += [
                f"{name} in {frame.f_code.co_filename}:{line}"
                for name, value in frame.f_locals.items()
                if frame.f_code.co_filename != but_not_in and secret in shown(value)
            ]
    return found


def shown(value: object) -> str:
    """Return the `repr` of a value; nothing for one that is not complete, as an error came while it was made."""
    try:
        return repr(value)
    except AttributeError:
        return ""


def clients() -> Iterator[RunSteps | AsyncRunSteps]:
    """Yield a client of either kind for each kind of server, all of them with secrets."""
    headers, params = {"X-Key": SECRET}, {"code": SECRET}
    for server in (
        compatible(URL, SECRET, headers=headers, params=params),
        compatible(URL, key_function),
        azure_agents(URL, Credential(), headers=headers),
        azure_openai(URL, api_key=SECRET),
        azure_openai(URL, credential=key_function, headers=headers),
        dashscope(SECRET, workspace="ws"),
        from_env({"RUN_STEPS_BASE_URL": URL, "RUN_STEPS_API_KEY": SECRET}),
        from_env({"OPENAI_BASE_URL": URL, "OPENAI_API_KEY": SECRET}),
    ):
        transport = httpx.MockTransport(lambda _: httpx.Response(200, content=BODY))
        yield RunSteps(server, transport=transport)
        yield AsyncRunSteps(server, transport=transport)


def test_no_repr_shows_a_key() -> None:
    """Clients and all that hangs on them show names at most, also after a token was fetched."""
    for client in clients():
        if isinstance(client, RunSteps):
            response = client.retrieve_response(*STEP_IDS)
        else:
            response = asyncio.run(client.retrieve_response(*STEP_IDS))
        parts = [
            client,
            client.server,
            client.server.authentication,
            client.server.headers,
            client.server.params,
            client.connection,
            client.list("thread_1", "run_1", headers={"X-Key": SECRET}),
            client.list("thread_1", "run_1").pages(),
            response,
            vars(client),
            vars(client.server.authentication),
        ]
        assert [part for part in parts if SECRET in f"{part!r} {part!s}"] == []


@pytest.mark.parametrize(
    "part",
    [
        Hidden(SECRET),
        hide(SECRET),
        HiddenValues({"X-Key": SECRET}),
        Options(headers={"X-Key": SECRET}),
        KeyAuthentication(SECRET, "api_key"),
        Server(base_url=URL, headers={"X-Key": SECRET}, params={"code": SECRET}),
    ],
    ids=lambda part: type(part).__name__,
)
def test_parts_of_their_own_show_no_key(part: object) -> None:
    """What holds a secret says so without telling it."""
    assert SECRET not in repr(part)
    assert type(part).__name__ in repr(part) or "X-Key" in repr(part)


def test_what_holds_a_key_is_not_pickled() -> None:
    """A key leaves the process neither in a pickle nor in a copy that nobody asked for."""
    for holder in (hide(SECRET), KeyAuthentication(SECRET, "api_key"), compatible(URL, SECRET)):
        with pytest.raises(TypeError, match="is not pickled"):
            pickle.dumps(holder)
        with pytest.raises(TypeError, match="is not pickled"):
            copy.deepcopy(holder)


@both
def test_no_log_record_shows_a_key(caplog: pytest.LogCaptureFixture, asynchronous: bool) -> None:
    """Not even with every logger of every library at its most talkative, on success, retry and failure."""
    caplog.set_level(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)
    retry = RetryPolicy(attempts=2, first_wait=0)

    async def read_async(base_url: str) -> None:
        async with AsyncRunSteps(base_url=base_url, api_key=SECRET, retry=retry) as client:
            await client.retrieve(*STEP_IDS, headers={"X-Key": SECRET})
            await client.retrieve(*STEP_IDS)

    def read_sync(base_url: str) -> None:
        with RunSteps(base_url=base_url, api_key=SECRET, retry=retry) as client:
            client.retrieve(*STEP_IDS, headers={"X-Key": SECRET})
            client.retrieve(*STEP_IDS)

    with FaultServer(told({}, 503), whole(), told({}, 401)) as server, pytest.raises(Unauthorized):
        asyncio.run(read_async(server.base_url)) if asynchronous else read_sync(server.base_url)

    assert len(server.heads) == 3
    assert all(SECRET.encode() in head for head in server.heads)
    assert {httpx.__name__, f"{httpcore.__name__}.http11", "run_steps.retries"} <= {
        record.name for record in caplog.records
    }
    assert [record for record in caplog.records if SECRET in f"{record.getMessage()} {vars(record)}"] == []


def raises_with_key() -> str:
    """Fail as a vault does."""
    raise PermissionError("the vault is locked")


async def raises_later() -> str:
    """Fail as a vault does, after a while."""
    raise PermissionError("the vault is locked")


WITH_A_SERVER: dict[str, tuple[Script, dict[str, Any], type[Exception]]] = {
    "refused key": (told({"error": {"message": "No."}}, 401), {}, Unauthorized),
    "not found": (told({"detail": "No."}, 404), {}, NotFound),
    "too many": (told({"error": {"message": "No."}}, 429, retry_after=7), {}, RateLimited),
    "redirect": (whole(b"", 302, location="http://127.0.0.2:9/"), {}, APIError),
    "not JSON": (whole(b"<html>"), {}, InvalidResponse),
    "another shape": (whole(b"{}"), {}, InvalidResponse),
    "cut short": (then_reset(head(content_length=99) + b"{"), {}, InvalidResponse),
    "reset": (Connection.reset, {}, ConnectionFailed),
    "no answer": (Connection.stall, {"timeout": 0.1}, TimedOut),
    "deadline": (Connection.stall, {"deadline": 0.1}, TimedOut),
}


@both
@pytest.mark.parametrize("fault", WITH_A_SERVER.values(), ids=WITH_A_SERVER.keys())
def test_errors_of_a_call_show_no_key_and_survive_pickling(
    fault: tuple[Script, dict[str, Any], type[Exception]], asynchronous: bool
) -> None:
    """Text, attributes, local variables of the traceback, whatever it refers to, and pickles are free of the key."""
    script, arguments, kind = fault
    with FaultServer(script) as server, pytest.raises(APIError) as raised:
        read(server.base_url, asynchronous=asynchronous, headers={"X-Key": SECRET}, **arguments)

    assert len(server.heads) == 1
    assert authorization(server.heads[0]) == f"Bearer {SECRET}"
    error = raised.value
    assert isinstance(error, kind)
    assert exposed(error) == []
    assert SECRET.encode() not in pickle.dumps(error)
    for twin in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert type(twin) is type(error)
        assert (str(twin), twin.args) == (str(error), error.args)
        assert vars(twin) == vars(error)
        assert twin.request_id == error.request_id
        assert getattr(twin, "retry_after", None) == getattr(error, "retry_after", None)


def test_a_pagination_error_shows_no_key_and_survives_pickling() -> None:
    """A server that goes in circles gives nothing away either."""
    page = {"object": "list", "data": [STEP], "has_more": True}
    with (
        FaultServer(told(page)) as server,
        RunSteps(base_url=server.base_url, api_key=SECRET) as client,
        pytest.raises(PaginationError) as raised,
    ):
        list(client.list("thread_1", "run_1"))

    assert exposed(raised.value) == []
    assert vars(pickle.loads(pickle.dumps(raised.value))) == vars(raised.value)


@both
def test_a_watch_that_ends_early_shows_no_key(asynchronous: bool) -> None:
    """Neither its error nor the failure behind it, that a server asks to wait too long for the deadline, has a key."""
    run = {**STEP, "id": "run_1", "object": "thread.run", "status": "queued"}
    arguments: dict[str, Any] = {"deadline": 5, "headers": {"X-Key": SECRET}, "pace": Pace(shortest=0)}

    async def watch_async(base_url: str) -> None:
        async with AsyncRunSteps(base_url=base_url, api_key=SECRET) as client:
            async for _ in client.watch("thread_1", "run_1", **arguments):
                pass

    def watch_sync(base_url: str) -> None:
        with RunSteps(base_url=base_url, api_key=SECRET) as client:
            list(client.watch("thread_1", "run_1", **arguments))

    scripts = [
        told(run),
        told({"object": "list", "data": [STEP], "has_more": False}),
        told({"error": {"message": "No."}}, 429, retry_after=700),
    ]
    with FaultServer(*scripts) as server, pytest.raises(DeadlineExceeded) as raised:
        asyncio.run(watch_async(server.base_url)) if asynchronous else watch_sync(server.base_url)

    assert len(server.heads) == 3
    assert all(head.count(SECRET.encode()) == 2 for head in server.heads)
    assert raised.value.last_state is not None
    assert isinstance(raised.value.__cause__, RateLimited)
    assert exposed(raised.value) == []
    assert exposed(raised.value.__cause__) == []


BYTES: Any = SECRET.encode()

REFUSED: dict[str, Callable[[], object]] = {
    "key with a line break": lambda: RunSteps(base_url=URL, api_key=f"{SECRET}\n"),
    "key with a header behind it": lambda: AsyncRunSteps(base_url=URL, api_key=f"{SECRET}\r\nX-Forged: 1"),
    "key with blanks around it": lambda: compatible(URL, f" {SECRET}"),
    "key that is not ASCII": lambda: compatible(URL, f"{SECRET}é"),
    "key that is no text": lambda: RunSteps(base_url=URL, api_key=BYTES),
    "key of DashScope": lambda: dashscope(f"{SECRET}\n"),
    "key of Azure OpenAI": lambda: azure_openai(URL, api_key=f"{SECRET}\n"),
    "key of the environment": lambda: from_env({"RUN_STEPS_BASE_URL": URL, "RUN_STEPS_API_KEY": f"{SECRET}\n"}),
    "environment without a server": lambda: from_env({"RUN_STEPS_API_KEY": SECRET}),
    "key without a server": lambda: RunSteps(api_key=SECRET),
    "key and server": lambda: RunSteps(compatible(URL), api_key=SECRET),
    "URL that cannot work": lambda: RunSteps(base_url="example.com", api_key=SECRET),
    "port that is none": lambda: compatible("https://example.com:port", SECRET),
    "http to another machine": lambda: compatible("http://example.com", SECRET, headers={"X-Key": SECRET}),
    "value of a header": lambda: compatible(URL, headers={"X-Key": f"{SECRET}\r\nX-Forged: 1"}),
    "blank before the value of a header": lambda: compatible(URL, headers={"X-Key": f" {SECRET}"}),
    "header that is not ASCII": lambda: azure_agents(URL, key_function, headers={"X-Key": f"{SECRET}é"}),
    "header of Azure OpenAI": lambda: azure_openai(URL, api_key=SECRET, headers={"X-Key": f"{SECRET}\n"}),
    "name of a header": lambda: compatible(URL, SECRET, headers={"X-Key\r\nX-Forged": SECRET}),
    "name with a blank": lambda: compatible(URL, SECRET, headers={"X Key": SECRET}),
    "name of nothing": lambda: compatible(URL, SECRET, headers={"": SECRET}),
    "header of a server made by hand": lambda: Server(base_url=URL, headers=HiddenValues({"X-Key": f"{SECRET}\n"})),
    "header of a call": lambda: Options(headers=HiddenValues({"X-Key": f"{SECRET}\r\nX-Forged: 1"})),
    "name of a header of a call": lambda: Options(headers=HiddenValues({"X-Key:": SECRET})),
    "workspace": lambda: dashscope(SECRET, workspace="ws\r\nX-Forged: 1"),
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_sent_is_refused_without_being_shown(make: Callable[[], object]) -> None:
    """Line breaks, blanks and odd characters in keys and headers never reach a server, nor does the error show them."""
    with pytest.raises(ConfigurationError) as raised:
        make()

    assert exposed(raised.value) == []
    assert type(pickle.loads(pickle.dumps(raised.value))) is ConfigurationError


PROVIDERS: dict[str, tuple[Any, type[Exception]]] = {
    "function that fails": (raises_with_key, PermissionError),
    "function with a line break": (lambda: f"{SECRET}\n", ConfigurationError),
    "function with nothing": (lambda: None, ConfigurationError),
    "function with bytes": (SECRET.encode, ConfigurationError),
    "credential that fails": (Credential(lambda _: raises_with_key()), PermissionError),
    "credential with a line break": (Credential(lambda text: Token(f"{text}\n")), ConfigurationError),
    "credential with a dictionary": (Credential(lambda text: {"token": text}), ConfigurationError),
    "credential with nothing": (Credential(lambda _: None), ConfigurationError),
}


@both
@pytest.mark.parametrize(("source", "kind"), PROVIDERS.values(), ids=PROVIDERS.keys())
def test_a_source_of_keys_that_fails_shows_none(source: Any, kind: type[Exception], asynchronous: bool) -> None:
    """Whatever a function or credential gives or raises, no frame on the way holds it."""
    server = azure_agents(URL, source) if isinstance(source, Credential) else compatible(URL, source)
    with pytest.raises(kind) as raised:
        read(URL, asynchronous=asynchronous, server=server)

    assert exposed(raised.value) == []


@both
def test_an_asynchronous_source_of_keys_that_fails_shows_none(asynchronous: bool) -> None:
    """The same holds for one that is awaited, or should be."""
    kind: type[Exception] = PermissionError if asynchronous else ConfigurationError
    with pytest.raises(kind) as raised:
        read(URL, asynchronous=asynchronous, server=compatible(URL, raises_later))

    assert exposed(raised.value) == []


def test_the_search_finds_what_shows() -> None:
    """The search that the tests here rely on sees texts, references and local variables."""

    def fail(secret: str) -> None:
        try:
            _ = {"": ""}[secret[:2]]
        except KeyError as error:
            raise ValueError("no") from error

    with pytest.raises(ValueError, match="no") as raised:
        fail(SECRET)

    assert len(exposed(raised.value, but_not_in="")) >= 2
    assert exposed(ValueError(SECRET)) == ["<class 'ValueError'>"]
    assert exposed(raised.value) == []


# What is sent where


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    """A server that gives the same step to everyone."""
    with FaultServer(whole()) as server:
        yield server


@pytest.fixture(scope="module")
def client(server: FaultServer) -> Iterator[RunSteps]:
    """A client of that server."""
    with RunSteps(base_url=server.base_url, api_key=SECRET, retry=NO_RETRIES) as client:
        yield client


def target(head: bytes) -> str:
    """Return what a request asked for; its first line has just three words."""
    method, path, version = head.split(b"\r\n")[0].decode("ascii").split(" ")
    assert (method, version) == ("GET", "HTTP/1.1")
    return path


ODD = [
    "a/b",
    "a?b=c",
    "a#b",
    "../..",
    "..%2f",
    "%2e%2e",
    "a b",
    "a+b",
    "a&b",
    "ünï✓",
    "😀",
    "a\\b",
    "@host",
    "...",
    ":",
]


@pytest.mark.parametrize("odd", ODD)
def test_an_id_cannot_change_the_path(client: RunSteps, server: FaultServer, odd: str) -> None:
    """Whatever an id holds, it is one segment of the path on the wire, and comes out the same."""
    client.retrieve_response(odd, odd, odd)

    segment = quote(odd, safe="")
    assert target(server.heads[-1]) == f"/v1/threads/{segment}/runs/{segment}/steps/{segment}"


START = ["", "v1", "threads", "thread_1", "runs"]


@given(odd=st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(lambda text: text.strip(".")))
@settings(max_examples=60)
def test_no_id_can_change_the_path(client: RunSteps, server: FaultServer, odd: str) -> None:
    """That holds for any text."""
    client.retrieve_response("thread_1", odd, odd)

    path = target(server.heads[-1])
    assert [unquote(segment) for segment in path.split("/")] == [*START, odd, "steps", odd]
    assert not {"?", "#"} & set(path)


@pytest.mark.parametrize("odd", ["a&order=asc", "a#b", "a b", "a=b&limit=1", "ünï✓", "../.."])
@pytest.mark.parametrize("cursor", ["after", "before"])
def test_a_cursor_cannot_change_the_query(client: RunSteps, server: FaultServer, cursor: str, odd: str) -> None:
    """A cursor is one value of the query, whatever it holds."""
    arguments: dict[str, Any] = {cursor: odd}
    with pytest.raises(InvalidResponse, match="'data' is missing"):
        next(iter(client.list("thread_1", "run_1", **arguments)))

    path, _, query = target(server.heads[-1]).partition("?")
    assert path == "/v1/threads/thread_1/runs/run_1/steps"
    # What precedes a step is asked for as what follows it in the other order.
    order = "desc" if cursor == "after" else "asc"
    assert parse_qs(query) == {"limit": ["100"], "order": [order], "after": [odd]}


BREAKS = ["a\r\nX-Forged: 1", "a\nb", "a\rb", "a\x00b", "a\x85b", "a\ud800b"]


@both
@pytest.mark.parametrize("name", ["thread_id", "run_id", "step_id"])
@pytest.mark.parametrize("odd", ["", ".", "..", *BREAKS], ids=ascii)
def test_what_is_no_id_is_refused(odd: str, name: str, asynchronous: bool) -> None:
    """Nothing, dots and line breaks are no ids; the error says which argument it was, and nothing is sent."""
    ids: dict[str, Any] = {"thread_id": "thread_1", "run_id": "run_1", "step_id": "step_1"} | {name: odd}

    async def read_async(base_url: str) -> None:
        async with AsyncRunSteps(base_url=base_url) as client:
            await client.retrieve(**ids)

    def read_sync(base_url: str) -> None:
        with RunSteps(base_url=base_url) as client:
            client.retrieve(**ids)

    with FaultServer(whole()) as server:
        with pytest.raises(ValueError, match=name):
            asyncio.run(read_async(server.base_url)) if asynchronous else read_sync(server.base_url)
        assert server.connections == 0


@pytest.mark.parametrize("odd", ["", ".", "..", *BREAKS], ids=ascii)
def test_a_list_refuses_ids_at_once(client: RunSteps, odd: str) -> None:
    """What is no id is refused when the list is asked for, not when it is iterated."""
    with pytest.raises(ValueError, match="thread_id"):
        client.list(odd, "run_1")
    with pytest.raises(ValueError, match="run_id"):
        client.list("thread_1", odd)


@pytest.mark.parametrize("odd", BREAKS, ids=ascii)
@pytest.mark.parametrize("cursor", ["after", "before"])
def test_a_cursor_with_a_line_break_is_refused(client: RunSteps, server: FaultServer, cursor: str, odd: str) -> None:
    """A cursor is an id, and no id has a line break: that is told at once, and by the name of the argument."""
    arguments: dict[str, Any] = {cursor: odd}
    sent = len(server.heads)
    with pytest.raises(ValueError, match=f"{cursor} holds a line break"):
        client.list("thread_1", "run_1", **arguments)

    assert len(server.heads) == sent


def test_a_server_that_gives_ids_with_a_line_break_leads_nowhere() -> None:
    """Such a page comes, the next one is an error of the server."""
    page = {"object": "list", "data": [STEP | {"id": "step\r\n1"}], "has_more": True}
    with FaultServer(told(page)) as server, RunSteps(base_url=server.base_url) as client:
        steps = iter(client.list("thread_1", "run_1"))
        assert next(steps).id == "step\r\n1"
        with pytest.raises(PaginationError, match="holds a line break"):
            next(steps)

    assert len(server.heads) == 1


@pytest.mark.parametrize(
    "headers",
    [{"X-Trace": "a\r\nX-Forged: 1"}, {"X-Trace": "a\nb"}, {"X-Trace\r\nX-Forged": "1"}, {"X: Y": "1"}],
    ids=ascii,
)
def test_a_header_of_a_call_with_a_line_break_is_refused(
    client: RunSteps, server: FaultServer, headers: dict[str, str]
) -> None:
    """A header can smuggle in no other, neither by its value nor by its name, and nothing is sent."""
    sent = len(server.heads)
    with pytest.raises(ConfigurationError, match="header"):
        client.retrieve(*STEP_IDS, headers=headers)
    with pytest.raises(ConfigurationError, match="header"):
        client.list(*STEP_IDS[:2], headers=headers)

    assert len(server.heads) == sent


def test_generated_functions_send_the_key_to_the_server_only() -> None:
    """With our connection they follow no redirect either."""
    with FaultServer(whole(), host="127.0.0.2") as other:
        with (
            FaultServer(whole(b"", 302, location=f"{other.base_url}/threads")) as server,
            RunSteps(base_url=server.base_url, api_key=SECRET) as client,
        ):
            assert list_run_steps.sync_detailed(*STEP_IDS[:2], client=client.connection).status_code == 302
            assert authorization(server.heads[0]) == f"Bearer {SECRET}"
        assert other.connections == 0


# Tokens


@define
class Clock:
    """A clock that is set by hand."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


SOURCES: dict[str, Callable[[], Any]] = {
    "function": lambda: lambda: SECRET,
    "credential": lambda: Credential(lambda _: Token(SECRET)),
    "asynchronous function": lambda: lambda: later(SECRET),
    "asynchronous credential": lambda: Credential(lambda _: later(Token(SECRET))),
}


@both
@pytest.mark.parametrize("name", SOURCES)
def test_tokens_come_from_functions_and_credentials(name: str, asynchronous: bool) -> None:
    """Either kind may be asynchronous, for the asynchronous client; the other one says so and sends nothing."""
    with FaultServer(whole()) as server:
        target = Server(base_url=server.base_url, authentication=TokenAuthentication(SOURCES[name](), "scope"))
        if name.startswith("asynchronous") and not asynchronous:
            with pytest.raises(ConfigurationError, match="needs AsyncRunSteps") as raised:
                read(server.base_url, asynchronous=False, server=target)
            assert exposed(raised.value) == []
            assert server.connections == 0
            return
        read(server.base_url, asynchronous=asynchronous, server=target)

    assert authorization(server.heads[0]) == f"Bearer {SECRET}"


@both
def test_a_function_is_asked_for_each_request(asynchronous: bool) -> None:
    """A key that was changed in the vault is the one that is sent next."""
    keys = iter(["first", "second"])
    with FaultServer(whole()) as server:
        target = compatible(server.base_url, (lambda: later(next(keys))) if asynchronous else lambda: next(keys))
        read(server.base_url, asynchronous=asynchronous, server=target)
        read(server.base_url, asynchronous=asynchronous, server=target)

    assert [authorization(head) for head in server.heads] == ["Bearer first", "Bearer second"]


@pytest.mark.parametrize(
    ("asynchronous", "is_later"),
    [(False, False), (True, False), (True, True)],
    ids=["sync", "async", "async credential"],
)
def test_a_token_is_renewed_before_it_expires(asynchronous: bool, is_later: bool) -> None:
    """A token is used until five minutes before its end; then the next one is."""
    clock = Clock()

    def answer(text: str) -> Any:
        token = Token(text, expires_on=int(clock.now) + 3600)
        return later(token) if is_later else token

    credential = Credential(answer)
    with FaultServer(whole()) as server:
        target = Server(base_url=server.base_url, authentication=TokenAuthentication(credential, "scope", clock))
        for clock.now in (1_000, 2_000, 4_299, 4_300, 5_000):
            read(server.base_url, asynchronous=asynchronous, server=target)

    assert [authorization(head)[-2:] for head in server.heads] == ["-1", "-1", "-1", "-2", "-2"]
    assert credential.given == 2


def test_threads_share_a_token() -> None:
    """Many threads that start at once ask the credential once."""
    everyone = threading.Barrier(8)
    credential = Credential()
    with FaultServer(whole()) as server:
        source = Server(base_url=server.base_url, authentication=TokenAuthentication(credential, "scope"))
        with RunSteps(source) as client, ThreadPoolExecutor(8) as threads:

            def read_with_others(_: int) -> str:
                everyone.wait(10)
                return client.retrieve(*STEP_IDS).id

            assert list(threads.map(read_with_others, range(8))) == ["step_1"] * 8

    assert credential.given == 1
    assert {authorization(head) for head in server.heads} == {f"Bearer {SECRET}-1"}


@both
def test_a_source_of_tokens_that_fails_is_asked_again(asynchronous: bool) -> None:
    """An error of the credential comes through as it is, and does not stay."""
    credential = Credential()
    credential.answer = lambda text: raises_with_key() if credential.given == 1 else Token(text)
    with FaultServer(whole()) as server:
        target = Server(base_url=server.base_url, authentication=TokenAuthentication(credential, "scope"))
        with pytest.raises(PermissionError, match="the vault is locked"):
            read(server.base_url, asynchronous=asynchronous, server=target)
        read(server.base_url, asynchronous=asynchronous, server=target)

    assert [authorization(head) for head in server.heads] == [f"Bearer {SECRET}-2"]


def test_errors_are_errors_of_this_package() -> None:
    """Whoever catches `RunStepsError` catches what is refused, too; whoever catches `ValueError` does as well."""
    with pytest.raises(RunStepsError):
        compatible(URL, f"{SECRET}\n")
    with pytest.raises(ValueError, match="api_key cannot be sent"):
        compatible(URL, f"{SECRET}\n")
