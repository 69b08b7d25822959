"""The way to a server: the proxy of the environment, told apart from the server, and never one for this machine."""

import asyncio
import socket

import pytest

from run_steps import NO_RETRIES, AsyncRunSteps, ConfigurationError, ConnectionFailed, RunSteps, servers
from run_steps._http import proxies
from run_steps._http.proxies import environment_proxy
from run_steps_api.models import RunStep
from tests.overlays.fault_server import STEP, FaultServer, whole
from tests.overlays.socks_server import socks_server

HTTPS, HTTP = "https://assistants.example.com/v1", "http://assistants.example.com/v1"
VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
STEP_IDS = ("thread_1", "run_1", "step_1")

both = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without proxies."""
    for name in (*VARIABLES, *map(str.lower, VARIABLES)):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def _read(base_url: str, *, asynchronous: bool) -> RunStep:
    server = servers.compatible(base_url, "sk-proxies-0123456789", allow_insecure_http=True)

    async def read() -> RunStep:
        async with AsyncRunSteps(server, retry=NO_RETRIES) as client:
            return await client.retrieve(*STEP_IDS)

    if asynchronous:
        return asyncio.run(read())
    with RunSteps(server, retry=NO_RETRIES) as client:
        return client.retrieve(*STEP_IDS)


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@pytest.mark.parametrize(
    ("name", "value", "proxy"),
    [
        ("HTTPS_PROXY", "http://proxy.example.com:3128", "http://proxy.example.com:3128"),
        ("HTTPS_PROXY", "proxy.example.com:3128", "http://proxy.example.com:3128"),
        ("ALL_PROXY", "http://proxy.example.com:3128", "http://proxy.example.com:3128"),
        ("ALL_PROXY", "socks5://proxy.example.com:1080", "socks5://proxy.example.com:1080"),
        ("HTTP_PROXY", "http://proxy.example.com:3128", None),
        ("HTTPS_PROXY", "", None),
    ],
)
def test_the_environment_sets_the_proxy(
    name: str, value: str, proxy: str | None, environment: pytest.MonkeyPatch
) -> None:
    """The variable for the scheme of the base URL counts, or the one for all; a missing `http://` is added."""
    environment.setenv(name, value)
    found = environment_proxy(HTTPS)

    assert (found and str(found.url)) == proxy


@pytest.mark.parametrize(
    ("base_url", "no_proxy", "is_direct"),
    [
        (HTTPS, "example.com,10.0.0.1", True),
        (HTTPS, "assistants.example.com:443", True),
        (HTTPS, "assistants.example.com:8443", False),
        ("https://assistants.example.com:8443/v1", "assistants.example.com:8443", True),
        (HTTP, "assistants.example.com:80", True),
        (HTTPS, "other.example.com", False),
        (HTTPS, "*", True),
        (HTTPS, "", False),
        ("http://127.0.0.1:8000/v1", "", True),
        ("http://127.9.9.9/v1", "", True),
        ("http://localhost:8000/v1", "", True),
        ("http://[::1]:8000/v1", "", True),
        ("https://[2001:db8::1]:8443/v1", "[2001:db8::1]:8443", True),
    ],
)
def test_some_servers_are_reached_directly(
    base_url: str, no_proxy: str, is_direct: bool, environment: pytest.MonkeyPatch
) -> None:
    """This machine is, and so are hosts that `NO_PROXY` names, with their port or without."""
    for name in VARIABLES[:3]:
        environment.setenv(name, "http://proxy.example.com:3128")
    environment.setenv("NO_PROXY", no_proxy)

    assert (environment_proxy(base_url) is None) == is_direct


@both
@pytest.mark.parametrize(
    "value", ["ftp://user:pass-word@proxy.example.com", "http://", "http://user:pass-word@:x", "::"]
)
def test_a_proxy_that_cannot_be_used_is_refused(
    value: str, asynchronous: bool, environment: pytest.MonkeyPatch
) -> None:
    """The message names the variable and repeats nothing of it."""
    environment.setenv("HTTPS_PROXY", value)
    with pytest.raises(ConfigurationError, match="The proxy in HTTPS_PROXY cannot be used") as raised:
        _read(HTTPS, asynchronous=asynchronous)

    assert "pass-word" not in str(raised.value)


@both
def test_a_socks_proxy_leads_to_the_server(asynchronous: bool, environment: pytest.MonkeyPatch) -> None:
    """With the extra `socks` requests go through it, and it resolves the name."""
    with (
        FaultServer(whole()) as server,
        socks_server(int(server.base_url.split(":")[2].split("/")[0])) as (port, asked),
    ):
        environment.setenv("ALL_PROXY", f"socks5://127.0.0.1:{port}")
        assert _read(HTTP, asynchronous=asynchronous).to_dict() == STEP

    assert asked == [b"\x16assistants.example.com"]  # behind its length


@both
def test_without_its_extra_a_socks_proxy_names_it(asynchronous: bool, environment: pytest.MonkeyPatch) -> None:
    """The message names the variable and the extra that is missing."""
    environment.setattr(proxies, "find_spec", {}.get)
    environment.setenv("ALL_PROXY", "socks5://user:pass-word@127.0.0.1:1080")
    with pytest.raises(ConfigurationError, match=r"ALL_PROXY speaks SOCKS.* `socks` is missing: pip install") as raised:
        _read(HTTPS, asynchronous=asynchronous)

    assert "pass-word" not in str(raised.value)


@both
@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_proxy_that_is_not_there_is_named(scheme: str, asynchronous: bool, environment: pytest.MonkeyPatch) -> None:
    """The proxy cannot be reached, and not the server behind it."""
    port = _closed_port()
    environment.setenv("ALL_PROXY", f"{scheme}://user:pass-word@127.0.0.1:{port}")
    with pytest.raises(ConnectionFailed) as raised:
        _read(HTTPS, asynchronous=asynchronous)

    assert f"The proxy 127.0.0.1:{port} cannot be reached" in str(raised.value)
    assert "NO_PROXY=assistants.example.com" in str(raised.value)
    assert "pass-word" not in str(raised.value)


@both
def test_a_proxy_that_refuses_is_named(asynchronous: bool, environment: pytest.MonkeyPatch) -> None:
    """A proxy that wants a password is told as such."""
    with FaultServer(whole(b"", 407)) as proxy:
        environment.setenv("HTTPS_PROXY", proxy.base_url.removesuffix("/v1"))
        with pytest.raises(ConnectionFailed, match=r"The proxy 127\.0\.0\.1:\d+ refused \(407") as raised:
            _read(HTTPS, asynchronous=asynchronous)

    assert "assistants.example.com cannot be reached" not in str(raised.value)
