"""Run an application on a real socket, in a thread of this process, for as long as a `with` block lasts."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from ipaddress import IPv6Address, ip_address

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from run_steps.serving.app import API_PREFIX

_SHUTDOWN_SECONDS = 3
"""How long requests under way may still take when the server is asked to stop."""

_REQUEST_SECONDS = 10.0
"""How long the head of a request may take to arrive."""

_LAST_PORT = 65535


@contextmanager
def serve(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> Generator[str]:
    """Serve an application while the `with` block runs.

    Args:
        app: What `create_app` returned, or another ASGI application.
        host: Name or address to listen on; by default, only this machine can connect.
        port: Port to listen on; 0 takes a free one.

    Yields:
        The base URL for clients, such as `http://127.0.0.1:50312/v1`.

    Raises:
        OSError: The address cannot be listened on; the message names it.
        ValueError: `port` is not a port.
    """
    config = uvicorn.Config(
        app,
        access_log=False,
        http=_Protocol,
        lifespan="off",
        log_config=None,
        proxy_headers=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
        ws="none",
    )
    server = _Server(config)
    with _listen(host, port) as listener, ThreadPoolExecutor(1, thread_name_prefix="run-steps-server") as executor:
        running = executor.submit(server.run, sockets=[listener])
        running.add_done_callback(lambda _: server.settled.set())
        try:
            server.settled.wait()
            if running.done():
                running.result()
            yield _base_url(listener)
        finally:
            server.should_exit = True
        # A server that broke down in the meantime must not go unnoticed.
        running.result()


def serve_until_interrupted(
    app: ASGIApp, announce: Callable[[str], None], host: str = "127.0.0.1", port: int = 0
) -> None:
    """Serve an application until SIGINT or SIGTERM; for the main thread of a program.

    Args:
        app: What `create_app` returned, or another ASGI application.
        announce: Is called with the base URL as soon as clients can connect.
        host: Name or address to listen on.
        port: Port to listen on; 0 takes a free one.

    Raises:
        OSError: The address cannot be listened on; the message names it.
        ValueError: `port` is not a port.
    """
    # Whoever ends the process politely wants the same as a person who presses Ctrl+C.
    previous_handler = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with serve(app, host, port) as base_url:
            announce(base_url)
            while True:
                # Not an event to wait for, because on Windows no signal would end that wait.
                time.sleep(3600)
    except KeyboardInterrupt:
        return
    finally:
        signal.signal(signal.SIGTERM, previous_handler)


class _Protocol(H11Protocol):
    """Closes connections on which a request does not come to an end, which would be kept for ever otherwise."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_answering:
            self._stop_waiting()
        elif self._deadline is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    @property
    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete  # pyright: ignore[reportUnnecessaryComparison]

    def _wait(self) -> None:
        self._deadline = self.loop.call_later(_REQUEST_SECONDS, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class _Server(uvicorn.Server):
    """Tells when it is up, or will never be, so that nobody has to poll."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.settled = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.settled.set()


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= _LAST_PORT:
        raise ValueError(f"port must be from 0 to {_LAST_PORT}, not {port}")
    with ExitStack() as on_failure:
        try:
            # The protocol is passed on although 0 would do: asyncio turns off Nagle's algorithm only for sockets that
            # say they are TCP, and with it every response on a connection kept alive takes 40 ms longer.
            family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            listener = on_failure.enter_context(socket.socket(family, kind, protocol))
            if os.name == "posix":
                # A restart need not wait for the last connections to be forgotten. On Windows the same option would let
                # two servers share the port.
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen()
        except OSError as error:
            raise OSError(error.errno, f"cannot listen on {host!r}, port {port}: {error.strerror}") from error
        on_failure.pop_all()
    return listener


def _base_url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    address = ip_address(host.partition("%")[0])
    if address.is_unspecified:
        # Listening on all addresses is no address to connect to; this machine's own is one of them.
        address = ip_address("::1" if isinstance(address, IPv6Address) else "127.0.0.1")
    authority = f"[{address}]:{port}" if isinstance(address, IPv6Address) else f"{address}:{port}"
    return f"http://{authority}{API_PREFIX}"
