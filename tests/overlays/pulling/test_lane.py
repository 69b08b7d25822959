"""A lane carries one request after the other over a connection that it opens again when it must."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import httpx
import pytest

from run_steps._http.lane import Lane

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[bool]]


def _answering(*headers: str, stays: bool) -> Answer:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        writer.write("\r\n".join(("HTTP/1.1 200 OK", *headers, "", "ok")).encode())
        await writer.drain()
        return stays

    return answer


_answer = _answering("content-length: 2", stays=True)
_answer_and_say_goodbye = _answering("content-length: 2", "connection: close", stays=False)
_answer_and_leave = _answering("content-length: 2", stays=False)
_cut_short = _answering("content-length: 20", stays=False)


def _ask(answers: list[Answer], pauses: float = 0.0) -> tuple[list[str], int]:
    """Ask a server as often as it has answers, with so much time between by the lane's clock; count connections."""
    connections = 0
    now = 0.0
    outcomes: list[str] = []

    closed = asyncio.Event()
    serving: list[asyncio.Task[object]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        task = asyncio.current_task()
        assert task is not None
        serving.append(task)
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                if not await answers.pop(0)(reader, writer):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        closed.set()

    async def run() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        lane = Lane(httpx.create_ssl_context(verify=False), clock=lambda: now)
        async with server:
            async with httpx.AsyncClient(transport=lane) as client:
                await ask(client, url)
            await asyncio.gather(*serving)

    async def ask(client: httpx.AsyncClient, url: str) -> None:
        nonlocal now
        while answers:
            closed.clear()
            stays_open = answers[0] is _answer
            try:
                outcomes.append((await client.get(url)).text)
            except httpx.TransportError as error:
                outcomes.append(type(error).__name__)
            now += pauses
            if not stays_open:
                await closed.wait()

    asyncio.run(run())
    return outcomes, connections


def test_requests_share_a_connection() -> None:
    """As long as the server keeps it open, one is enough."""
    assert _ask([_answer] * 5) == (["ok"] * 5, 1)
    assert _ask([_answer] * 3, pauses=30.0) == (["ok"] * 3, 1)


def test_a_connection_that_the_server_closes_is_opened_again() -> None:
    """Whether it said so, or simply left while the lane was idle."""
    assert _ask([_answer_and_say_goodbye] * 3) == (["ok"] * 3, 3)
    assert _ask([_answer_and_leave] * 3, pauses=30.0) == (["ok"] * 3, 3)


def test_a_request_that_is_given_up_harms_no_other() -> None:
    """After a request was cancelled in the middle, the lane carries the next one, over another connection."""
    arrived = asyncio.Event()
    ended = asyncio.Semaphore(0)
    connections = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        if connections == 1:
            await reader.readuntil(b"\r\n\r\n")
            arrived.set()
        else:
            await _answer(reader, writer)
        await reader.read()
        writer.close()
        ended.release()

    async def run() -> str:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with server, httpx.AsyncClient(transport=Lane(httpx.create_ssl_context(verify=False))) as client:
            first = asyncio.create_task(client.get(url))
            await arrived.wait()
            first.cancel()
            await asyncio.wait([first])
            text = (await client.get(url)).text
        for _ in range(connections):
            await ended.acquire()
        return text

    assert asyncio.run(run()) == "ok"
    assert connections == 2


def test_an_answer_that_nobody_finished_reading_is_left_behind() -> None:
    """A body that was given up without being closed costs the connection, and not the next request."""
    ended = asyncio.Semaphore(0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _answer(reader, writer)
        await reader.read()
        writer.close()
        ended.release()

    async def run() -> bytes:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        lane = Lane(httpx.create_ssl_context(verify=False))
        async with server:
            await lane.handle_async_request(httpx.Request("GET", url))
            second = await lane.handle_async_request(httpx.Request("GET", url))
            body = await second.aread()
            await lane.aclose()
        for _ in range(2):
            await ended.acquire()
        return body

    assert asyncio.run(run()) == b"ok"


@pytest.mark.parametrize("verify", [True, False])
def test_a_lane_to_nowhere_says_so(verify: bool) -> None:
    """The errors are those of httpx, so that retries know them."""

    async def ask() -> None:
        async with httpx.AsyncClient(transport=Lane(httpx.create_ssl_context(verify=verify))) as client:
            with pytest.raises(httpx.ConnectError):
                await client.get("http://127.0.0.1:9/")

    asyncio.run(ask())


def test_an_answer_that_is_cut_short_is_an_error_and_the_next_one_is_not() -> None:
    """What happened on a connection is over with it."""
    assert _ask([_cut_short, _answer, _answer]) == (["RemoteProtocolError", "ok", "ok"], 2)
