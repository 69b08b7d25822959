"""The history server behind a cache, in a process of its own, so that it costs hardly more than the kernel's copying.

`python -m benchmarks.cached_server THREADS RUNS STEPS LATENCY` prints its base URL; the latency of each answer is in
seconds.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

import httpx
from attrs import frozen

from benchmarks.static_server import read_head

ORIGIN = "http://127.0.0.1"
PREFIX = "/v1"


@frozen
class CachedServer:
    """A server that runs.

    Attributes:
        base_url: Its base URL.
        process: Its process id.
    """

    base_url: str
    process: int


@contextmanager
def cached_server(threads: int, runs: int, steps: int, *, latency: float = 0.0) -> Generator[CachedServer]:
    """Run the server in another process; arguments as of `history_server`, and seconds that each answer takes."""
    command = [sys.executable, "-m", __name__, *map(str, (threads, runs, steps, latency))]
    # It ends with its standard input, so that it never outlives whoever started it.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield CachedServer(process.stdout.readline().strip(), process.pid)
        finally:
            process.kill()


async def _serve(threads: int, runs: int, steps: int, latency: float) -> None:
    from run_steps.serving import create_app  # noqa: PLC0415 - a contestant need not import it
    from tests.overlays.history_server import history  # noqa: PLC0415

    behind = httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(history(threads, runs, steps))), base_url=ORIGIN
    )
    answers: dict[bytes, bytes] = {}

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await read_head(reader):
            target = head.split(b" ", 2)[1]
            if target not in answers:
                response = await behind.get(target.decode())
                answers[target] = b"HTTP/1.1 %d\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (
                    response.status_code,
                    len(response.content),
                    response.content,
                )
            if latency:
                await asyncio.sleep(latency)
            writer.write(answers[target])
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    print(f"{ORIGIN}:{server.sockets[0].getsockname()[1]}{PREFIX}", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
