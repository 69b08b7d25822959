"""A server on loopback that answers as scripts say, over plain sockets: no library mends what it sends."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeAlias

STEP: dict[str, Any] = {
    "id": "step_1",
    "object": "thread.run.step",
    "created_at": 1735689600,
    "run_id": "run_1",
    "assistant_id": "asst_1",
    "thread_id": "thread_1",
    "type": "message_creation",
    "status": "completed",
    "step_details": {"type": "message_creation", "message_creation": {"message_id": "msg_1"}},
}
"""A step as a server sends it."""

BODY = json.dumps(STEP).encode()

PATIENCE = 10.0
"""How long the server waits for a client before it gives up on it (seconds)."""


class Connection:
    """A connection with a request that waits for its answer.

    Args:
        peer: The socket, connected.
        stopped: Set when the server stops.
    """

    def __init__(self, peer: socket.socket, stopped: threading.Event) -> None:
        self._peer = peer
        self._stopped = stopped

    def read_head(self) -> bytes:
        """Return request line and headers of the next request; nothing when the client left."""
        head = b""
        while not head.endswith(b"\r\n\r\n") and (part := self._peer.recv(65536)):
            head += part
        return head

    def send(self, data: bytes) -> None:
        """Send all of it at once."""
        self._peer.sendall(data)

    def drip(self, data: bytes, every: float = 0.02) -> None:
        """Send it byte by byte, with a pause (seconds) behind each, until the client leaves."""
        for byte in data:
            self._peer.sendall(bytes([byte]))
            if self._stopped.wait(every):
                return

    def stall(self) -> None:
        """Send nothing until the client leaves."""
        while self._peer.recv(65536):
            pass

    def hang_up(self) -> None:
        """Send nothing more."""
        self._peer.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        """Drop the connection: the client gets a reset."""
        self._peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._peer.close()


Script: TypeAlias = Callable[[Connection], None]
"""Answers one request."""


def head(status: int = 200, *, version: str = "1.1", **headers: Any) -> bytes:
    """Return a status line and headers; underscores in their names stand for dashes."""
    lines = [f"HTTP/{version} {status} Some Reason", "X-Request-Id: req_1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def whole(body: bytes = BODY, status: int = 200, **headers: Any) -> Script:
    """Answer with a body that is just as its length says."""
    return lambda connection: connection.send(head(status, content_length=len(body), **headers) + body)


def told(payload: object, status: int = 200, **headers: Any) -> Script:
    """Answer with JSON."""
    return whole(json.dumps(payload).encode(), status, **headers)


def then_hang_up(data: bytes) -> Script:
    """Send this, then close the connection properly."""

    def script(connection: Connection) -> None:
        connection.send(data)
        connection.hang_up()

    return script


def then_reset(data: bytes) -> Script:
    """Send this, then drop the connection."""

    def script(connection: Connection) -> None:
        connection.send(data)
        connection.reset()

    return script


def then_stall(data: bytes) -> Script:
    """Send this, then nothing."""

    def script(connection: Connection) -> None:
        connection.send(data)
        connection.stall()

    return script


def then_drip(beginning: bytes, rest: bytes) -> Script:
    """Send the beginning at once and the rest byte by byte."""

    def script(connection: Connection) -> None:
        connection.send(beginning)
        connection.drip(rest)

    return script


class FaultServer:
    """A server that runs while its `with` block lasts, in threads of its own.

    Args:
        scripts: Answer the requests, in turn; the last one answers all that follow.
        host: Address to listen on.

    Attributes:
        base_url: Base URL for clients.
        heads: Request line and headers of each request, as they came.
        connections: Connections that were made (count).
    """

    def __init__(self, *scripts: Script, host: str = "127.0.0.1") -> None:
        self._scripts = scripts
        self._listener = socket.create_server((host, 0))
        self._address: tuple[str, int] = self._listener.getsockname()[:2]
        self._stopped = threading.Event()
        self._changed = threading.Condition()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self.base_url = f"http://{host}:{self._address[1]}/v1"
        self.heads: list[bytes] = []
        self.connections = 0

    def is_left(self, within: float = 2.0) -> bool:
        """Return whether the clients have closed all their connections, after waiting for that (seconds)."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._open, within)

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stopped.set()
        socket.create_connection(self._address, PATIENCE).close()  # wakes the thread that accepts
        with self._changed:
            for peer in self._open:
                _wake(peer)
        for thread in self._threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "a script did not end"
        self._listener.close()

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, name="fault-server")
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            peer, _ = self._listener.accept()
            if self._stopped.is_set():
                peer.close()
                return
            with self._changed:
                self._open.add(peer)
                self.connections += 1
            self._start(self._serve, peer)

    def _serve(self, peer: socket.socket) -> None:
        peer.settimeout(PATIENCE)
        connection = Connection(peer, self._stopped)
        try:
            while head := connection.read_head():
                self.heads.append(head)
                self._scripts[min(len(self.heads), len(self._scripts)) - 1](connection)
        except TimeoutError:
            self._stopped.wait(PATIENCE)  # the client holds on to the connection: that shows in `is_left`
        except OSError:
            pass  # the client left, or the script dropped the connection
        finally:
            with self._changed:
                self._open.discard(peer)
                peer.close()
                self._changed.notify_all()


def _wake(peer: socket.socket) -> None:
    """End what a thread waits for on a socket."""
    with suppress(OSError):  # it is closed already
        peer.shutdown(socket.SHUT_RDWR)
