"""A server that costs as little as possible: pages made beforehand, sent from a process of its own.

`python -m benchmarks.static_server STEPS` serves a run of so many steps in ascending order and prints its port.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache

from benchmarks.payloads import PAGE_SIZE, page, step_id

_TARGET = re.compile(rb"GET \S*?[?&]after=([^& ]+)|GET ")
_NUMBER = re.compile(rb"step_(\d+)")


@contextmanager
def static_server(steps: int) -> Generator[str]:
    """Run the server in another process; give its base URL."""
    command = [sys.executable, "-m", "benchmarks.static_server", str(steps)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        try:
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()


async def _serve(steps: int) -> None:
    # One page is made, and its ids are put in for each request: the numbers in them all have the same length.
    template = page()
    ids = [step_id(number).encode() for number in range(PAGE_SIZE)]

    @cache
    def answer(after: bytes) -> bytes:
        found = _NUMBER.search(after)
        start = int(found[1]) + 1 if found else 0
        if start + PAGE_SIZE > steps or start == 0:
            body = page(start, min(PAGE_SIZE, steps - start), has_more=start + PAGE_SIZE < steps)
        else:
            body = template.replace(
                b'"has_more": false', b'"has_more": true' if start + PAGE_SIZE < steps else b'"has_more": false'
            )
            for number, old in enumerate(ids):
                body = body.replace(old, step_id(start + number).encode())
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body)
        return head + body

    if steps > 20_000:  # memory would not do for all pages
        answer = answer.__wrapped__  # type: ignore[assignment]

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await read_head(reader):
            found = _TARGET.search(head)
            writer.write(answer((found and found[1]) or b""))
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def read_head(reader: asyncio.StreamReader) -> bytes:
    """Return the head of the next request; nothing when no more come."""
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
