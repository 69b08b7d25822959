"""Servers: what each wants, where settings come from, and what is refused."""

from typing import Any

import httpx
import pytest

from run_steps import ConfigurationError, RunSteps, Server
from run_steps.servers import AZURE_AGENTS_SCOPE, azure_agents, azure_openai, compatible, dashscope, from_env

PROJECT = "https://example.services.ai.azure.com/api/projects/demo"


def _request(server: Server) -> httpx.Request:
    """Return the request a client really sends to a server."""
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json={"object": "list", "data": [], "has_more": False})

    with RunSteps(server, transport=httpx.MockTransport(answer)) as client:
        assert list(client.list("thread_1", "run_1", include=["a", "b"])) == []
    (request,) = sent
    return request


def _token() -> str:
    return "token"


class _Credential:
    def __init__(self) -> None:
        self.scopes: list[tuple[str, ...]] = []

    def get_token(self, *scopes: str) -> Any:
        self.scopes.append(scopes)
        return type("AccessToken", (), {"token": "entra-token", "expires_on": 4_000_000_000})()


def test_a_compatible_server_gets_a_bearer_key_and_the_beta_header() -> None:
    """Key, beta header, own headers and parameters are sent; `include[]` is repeated."""
    request = _request(compatible("http://127.0.0.1:8000/v1/", "sk-1", headers={"X-Team": "a"}, params={"tenant": "t"}))

    assert str(request.url.copy_with(query=None)) == "http://127.0.0.1:8000/v1/threads/thread_1/runs/run_1/steps"
    assert request.headers["Authorization"] == "Bearer sk-1"
    assert request.headers["OpenAI-Beta"] == "assistants=v2"
    assert request.headers["X-Team"] == "a"
    assert request.headers["User-Agent"].startswith("run-steps/")
    assert request.url.params["tenant"] == "t"
    assert request.url.params.get_list("include[]") == ["a", "b"]
    assert request.url.params["limit"] == "100"


def test_a_server_without_a_key_gets_none() -> None:
    """No authorization header is invented."""
    request = _request(compatible("http://localhost:8000/v1"))

    assert "Authorization" not in request.headers


def test_azure_agents_get_a_token_a_version_and_joined_includes() -> None:
    """The token is for the documented scope, the version a query parameter, `include[]` one value."""
    credential = _Credential()
    request = _request(azure_agents(PROJECT, credential))

    assert credential.scopes == [(AZURE_AGENTS_SCOPE,)]
    assert request.headers["Authorization"] == "Bearer entra-token"
    assert request.url.path == "/api/projects/demo/threads/thread_1/runs/run_1/steps"
    assert request.url.params["api-version"] == "v1"
    assert request.url.params.get_list("include[]") == ["a,b"]
    assert "OpenAI-Beta" not in request.headers


@pytest.mark.parametrize("endpoint", ["https://r.openai.azure.com", "https://r.openai.azure.com/openai/"])
def test_azure_openai_takes_a_key_or_a_credential(endpoint: str) -> None:
    """A key goes into `api-key`, a token into `Authorization`; `/openai` is added where it is missing."""
    with_key = _request(azure_openai(endpoint, api_key="k"))
    with_token = _request(azure_openai(endpoint, credential=_token, api_version="2024-10-21"))

    assert with_key.headers["api-key"] == "k"
    assert "Authorization" not in with_key.headers
    assert with_key.url.path == "/openai/threads/thread_1/runs/run_1/steps"
    assert with_key.url.params["api-version"] == "2024-05-01-preview"
    assert with_token.headers["Authorization"] == "Bearer token"
    assert with_token.url.params["api-version"] == "2024-10-21"
    for arguments in ({}, {"api_key": "k", "credential": _Credential()}):
        with pytest.raises(ConfigurationError, match="either `api_key` or `credential`"):
            azure_openai(endpoint, **arguments)  # type: ignore[arg-type]


def test_dashscope_gets_its_workspace() -> None:
    """Key and workspace are sent to the international address unless told otherwise."""
    request = _request(dashscope("k", workspace="ws-1"))

    assert request.url.host == "dashscope-intl.aliyuncs.com"
    assert request.headers["Authorization"] == "Bearer k"
    assert request.headers["X-DashScope-WorkSpace"] == "ws-1"


OWN = "http://127.0.0.1:1/v1"
OTHER = "http://127.0.0.1:2/v1"


@pytest.mark.parametrize(
    ("environment", "base_url", "authorization"),
    [
        ({"RUN_STEPS_BASE_URL": OWN}, OWN, None),
        ({"RUN_STEPS_BASE_URL": OWN, "RUN_STEPS_API_KEY": "own"}, OWN, "Bearer own"),
        ({"RUN_STEPS_BASE_URL": OWN, "OPENAI_BASE_URL": OTHER, "OPENAI_API_KEY": "openai"}, OWN, None),
        ({"OPENAI_BASE_URL": OTHER, "OPENAI_API_KEY": "openai"}, OTHER, "Bearer openai"),
        ({"OPENAI_BASE_URL": OTHER, "OPENAI_API_KEY": "openai", "RUN_STEPS_API_KEY": "own"}, OTHER, "Bearer openai"),
        ({"OPENAI_BASE_URL": OTHER, "RUN_STEPS_API_KEY": "own"}, OTHER, None),
        ({"RUN_STEPS_BASE_URL": "", "OPENAI_BASE_URL": OTHER}, OTHER, None),
    ],
)
def test_the_environment_names_a_server(environment: dict[str, str], base_url: str, authorization: str | None) -> None:
    """Own variables come first, and a key for OpenAI never goes to the server of `RUN_STEPS_BASE_URL`."""
    request = _request(from_env(environment))

    assert str(request.url).startswith(base_url)
    assert request.headers.get("Authorization") == authorization


def test_the_client_reads_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without arguments a client takes the server the environment names."""
    monkeypatch.setenv("RUN_STEPS_BASE_URL", OWN)
    with RunSteps() as client:
        assert client.server.base_url == OWN


@pytest.mark.parametrize("environment", [{}, {"OPENAI_API_KEY": "k"}, {"RUN_STEPS_API_KEY": "k"}])
def test_without_a_server_the_error_says_what_to_set(environment: dict[str, str]) -> None:
    """There is no default host: the error explains why and names the variables."""
    with pytest.raises(ConfigurationError, match=r"shut this API down.*RUN_STEPS_BASE_URL.*RUN_STEPS_API_KEY"):
        from_env(environment)


@pytest.mark.parametrize(
    ("base_url", "complaint"),
    [
        ("", "empty"),
        (" https://example.com", "blanks"),
        ("https://example.com/v1\r\nX: y", "line breaks"),
        ("example.com/v1", "must begin with https://"),
        ("ftp://example.com", "must begin with https://"),
        ("https://", "name a host"),
        ("https://[::1", "not a URL"),
        ("https://user:sk-secret@example.com/v1", "example.com holds a user or key"),
        ("https://example.com/v1?api-version=v1", "query or fragment"),
        ("http://example.com/v1", "allow_insecure_http"),
        ("http://10.0.0.1/v1", "allow_insecure_http"),
        ("http://localhost.example.com/v1", "allow_insecure_http"),
    ],
)
def test_a_base_url_that_cannot_work_is_refused(base_url: str, complaint: str) -> None:
    """What is wrong is said, without repeating a key that the URL may hold."""
    with pytest.raises(ConfigurationError, match=complaint) as raised:
        compatible(base_url)

    assert "sk-secret" not in str(raised.value)


@pytest.mark.parametrize(
    "base_url", ["http://127.0.0.1:8000/v1", "http://127.8.9.1/v1", "http://[::1]:8000/v1", "http://localhost/v1"]
)
def test_http_is_fine_on_this_machine(base_url: str) -> None:
    """On loopback nothing is sent over a wire."""
    assert compatible(base_url).base_url == base_url


def test_http_to_another_machine_is_an_explicit_choice() -> None:
    """An argument, or a variable of the environment, allows it."""
    assert compatible("http://10.0.0.1/v1", allow_insecure_http=True).host == "10.0.0.1"
    assert from_env({"RUN_STEPS_BASE_URL": "http://10.0.0.1/v1", "RUN_STEPS_INSECURE_HTTP": "1"}).host == "10.0.0.1"


@pytest.mark.parametrize(
    ("server", "status", "hint"),
    [
        (compatible(OWN), 401, "Give `api_key`: none was sent"),
        (compatible(OWN, "k"), 401, "Check the `api_key`"),
        (from_env({"RUN_STEPS_BASE_URL": OWN}), 401, "set RUN_STEPS_API_KEY"),
        (from_env({"OPENAI_BASE_URL": OWN, "OPENAI_API_KEY": "k"}), 401, "read from OPENAI_API_KEY"),
        (compatible("https://api.openai.com/v1", "k"), 404, "shut this API down on 2026-08-26"),
        (azure_openai("https://r.openai.azure.com", api_key="k"), 404, "retired this API on 2026-08-26"),
        (compatible(OWN), 404, ""),
        (compatible(OWN), 307, "Redirects are not followed"),
        (compatible(OWN), 500, ""),
    ],
)
def test_a_server_knows_what_to_do_next(server: Server, status: int, hint: str) -> None:
    """Refused keys name where the key is read, retired hosts say so, redirects name the way out."""
    assert hint in server.hint(status)
    assert bool(server.hint(status)) == bool(hint)


@pytest.mark.parametrize(
    "arguments",
    [
        {"server": compatible(OWN), "base_url": OWN},
        {"server": compatible(OWN), "api_key": "k"},
        {"api_key": "k"},
        {
            "base_url": OWN,
            "http_client": httpx.Client(),
            "transport": httpx.MockTransport(lambda _: httpx.Response(200)),
        },
    ],
    ids="+".join,
)
def test_settings_that_contradict_each_other_are_refused(arguments: dict[str, Any]) -> None:
    """A client says which of two settings to leave out."""
    with pytest.raises(ConfigurationError, match="Give "):
        RunSteps(**arguments)
