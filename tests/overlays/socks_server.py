"""A SOCKS5 proxy on loopback that leads every connection to one place, whatever it was asked for."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress


@contextmanager
def socks_server(port: int) -> Generator[tuple[int, list[bytes]]]:
    """Serve SOCKS5 without authentication.

    Args:
        port: The port on loopback that connections lead to.

    Yields:
        The port of the proxy, and the addresses it was asked for as they stood in the requests.
    """
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_accept, args=(listener, port, asked), daemon=True)
        thread.start()
        yield listener.getsockname()[1], asked
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def _accept(listener: socket.socket, port: int, asked: list[bytes]) -> None:
    with suppress(OSError):
        while True:
            peer, _ = listener.accept()
            threading.Thread(target=_serve, args=(peer, port, asked), daemon=True).start()


def _serve(peer: socket.socket, port: int, asked: list[bytes]) -> None:
    """Speak https://www.rfc-editor.org/rfc/rfc1928, as far as a client without authentication needs it."""
    with peer, suppress(OSError):
        peer.recv(257)
        peer.sendall(b"\x05\x00")
        asked.append(peer.recv(262)[4:-2])
        with socket.create_connection(("127.0.0.1", port)) as target:
            peer.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01" + port.to_bytes(2, "big"))
            back = threading.Thread(target=_pump, args=(target, peer), daemon=True)
            back.start()
            _pump(peer, target)
            back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65536):
            sink.sendall(part)
        sink.shutdown(socket.SHUT_WR)
