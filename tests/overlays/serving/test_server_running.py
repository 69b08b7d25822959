"""The server starts on a real socket, on this machine only, and leaves nothing behind."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import httpx
import pytest

import run_steps.serving
from run_steps._installation import install_command
from run_steps.serving import Item, MemoryStore, create_app, running, sample_store, serve

STEP = "/threads/thread_demo/runs/run_long/steps/step_long_001"


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port of 127.0.0.1 that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def server_threads() -> set[threading.Thread]:
    """Return the threads that servers run in."""
    return {thread for thread in threading.enumerate() if thread.name.startswith("run-steps-server")}


def fail_while_serving(base_urls: list[str]) -> None:
    """Start a server, note its base URL, and raise an error while it runs."""
    with serve(create_app(MemoryStore())) as base_url:
        base_urls.append(base_url)
        raise ZeroDivisionError


def connect(base_url: str) -> None:
    """Open and close a connection to a server."""
    url = httpx.URL(base_url)
    assert url.port is not None
    socket.create_connection((url.host, url.port), timeout=5).close()


def test_it_listens_on_loopback_and_a_free_port() -> None:
    """Unless told otherwise, a server is for this machine only, and two of them do not get in each other's way."""
    with serve(create_app(MemoryStore())) as first, serve(create_app(MemoryStore())) as second:
        assert first != second
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/v1", first)


def test_nothing_is_left_when_it_stops() -> None:
    """After the `with` block the port is closed and the thread is gone, although a client kept its connection open."""
    threads_before = server_threads()
    with httpx.Client(trust_env=False) as client:
        with serve(create_app(MemoryStore())) as base_url:
            assert client.get(f"{base_url}/nothing").status_code == 404
            assert len(server_threads()) == len(threads_before) + 1
        with pytest.raises(ConnectionRefusedError):
            connect(base_url)
    assert server_threads() == threads_before


def test_it_stops_when_the_block_fails() -> None:
    """An error in the `with` block reaches the caller, and the server is stopped all the same."""
    base_urls: list[str] = []
    with pytest.raises(ZeroDivisionError):
        fail_while_serving(base_urls)
    with pytest.raises(ConnectionRefusedError):
        connect(base_urls[0])


def test_the_same_port_can_be_used_again() -> None:
    """A server can be restarted at once where its clients expect it."""
    with serve(create_app(MemoryStore())) as base_url:
        port = httpx.URL(base_url).port
        assert port is not None
        httpx.get(base_url, trust_env=False)
    with serve(create_app(MemoryStore()), port=port) as again:
        assert again == base_url
        connect(again)


def test_a_taken_port_is_an_error_that_names_it(taken_port: int) -> None:
    """Where it cannot listen, it says so before the block begins."""
    message = f"cannot listen on '127.0.0.1', port {taken_port}: "
    with pytest.raises(OSError, match=message), serve(create_app(MemoryStore()), port=taken_port):
        pytest.fail("the block must not be entered")


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    """The message says which numbers are ports."""
    with pytest.raises(ValueError, match=f"from 0 to 65535, not {port}"), serve(create_app(MemoryStore()), port=port):
        pytest.fail("the block must not be entered")


def test_a_host_that_cannot_be_found_is_an_error_that_names_it() -> None:
    """An empty host is no way of saying every address."""
    with pytest.raises(OSError, match="cannot listen on ''"), serve(create_app(MemoryStore()), host=""):
        pytest.fail("the block must not be entered")


@pytest.mark.parametrize(("host", "address"), [("localhost", None), ("0.0.0.0", "127.0.0.1"), ("::1", "::1")])
def test_the_base_url_is_one_to_connect_to(host: str, address: str | None) -> None:
    """Names are resolved, IPv6 addresses are bracketed, and for all addresses the URL has that of this machine."""
    if host == "::1" and not ipv6_is_there():
        pytest.skip("this machine has no IPv6 loopback")
    with serve(create_app(MemoryStore()), host) as base_url:
        assert httpx.get(f"{base_url}/nothing", trust_env=False).status_code == 404
    assert address is None or httpx.URL(base_url).host == address


def ipv6_is_there() -> bool:
    """Return whether the loopback address of IPv6 can be listened on."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def test_the_public_names_are_all_there() -> None:
    """What `__all__` promises exists, sorted."""
    assert run_steps.serving.__all__ == sorted(run_steps.serving.__all__)
    assert all(hasattr(run_steps.serving, name) for name in run_steps.serving.__all__)


IMPORT_WITHOUT = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
import run_steps.serving
"""


@pytest.mark.parametrize("package", ["starlette", "uvicorn"])
def test_without_its_extra_the_import_says_what_to_install(package: str) -> None:
    """Whoever installed `run-steps` alone learns the name of the extra."""
    command = [sys.executable, "-c", IMPORT_WITHOUT, package]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert f"ImportError: run_steps.serving needs {package}" in result.stderr
    assert install_command("server") in result.stderr


def answer(base_url: str, request: bytes) -> bytes:
    """Send bytes on a connection, and read what comes until the server closes it."""
    url = httpx.URL(base_url)
    assert url.port is not None
    with socket.create_connection((url.host, url.port), timeout=30) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


ASKED = f"GET /v1{STEP} HTTP/1.1\r\nHost: localhost\r\n"


@pytest.mark.parametrize(
    ("sent", "statuses"),
    [
        ("", []),
        ("GET /v1/thr", []),
        (ASKED, []),
        (f"{ASKED}\r\n{ASKED}", [b"HTTP/1.1 200 OK"]),
        (f"{ASKED}Content-Length: 9\r\n\r\nfour", [b"HTTP/1.1 200 OK"]),
    ],
    ids=["nothing", "half a line", "half a head", "half a second request", "half a body"],
)
def test_a_request_that_does_not_come_to_its_end_is_dropped(
    monkeypatch: pytest.MonkeyPatch, sent: str, statuses: list[bytes]
) -> None:
    """The connection is closed after a while; what came whole before was answered."""
    monkeypatch.setattr(running, "_REQUEST_SECONDS", 0.05)
    with serve(create_app(sample_store())) as base_url:
        answered = answer(base_url, sent.encode())

    assert re.findall(rb"^HTTP/1.1 .*?(?=\r)", answered, re.MULTILINE) == statuses


def test_a_connection_that_was_slow_once_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer may take longer than a request: the time is up for nobody whose request is whole."""
    monkeypatch.setattr(running, "_REQUEST_SECONDS", 0.01)

    class SlowStore(MemoryStore):
        def get_run(self, thread_id: str, run_id: str) -> Item:
            threading.Event().wait(0.05)
            return super().get_run(thread_id, run_id)

    store = SlowStore()
    store.add_thread("thread_a")
    store.put_run({"id": "run_a", "thread_id": "thread_a", "created_at": 1})
    with serve(create_app(store)) as base_url, httpx.Client(trust_env=False) as client:
        assert client.get(f"{base_url}/threads/thread_a/runs/run_a").json()["id"] == "run_a"
