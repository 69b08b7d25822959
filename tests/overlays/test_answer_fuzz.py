"""Whatever bytes a server answers with, a call ends in what it asked for or in an error of this package.

`FUZZ_CASES` sets how many answers are tried for each client; a failure names the seed of its case.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from run_steps import NO_RETRIES, AsyncRunSteps, RunSteps, RunStepsError
from tests.overlays.fault_server import STEP, Connection, FaultServer

CASES = int(os.environ.get("FUZZ_CASES", "1500"))

RUN: dict[str, Any] = {"id": "run_1", "object": "thread.run", "thread_id": "thread_1", "status": "completed"}
ODD: list[Any] = [
    None, True, -1, 1.5, 10**30, "", "text", "\ud800", "\u2028", [], ["x"], [[None]], {}, {"id": 1}, {"type": "?"},
]  # fmt: skip

NAMES = [b"Retry-After", b"Retry-After-Ms", b"X-Request-Id", b"Content-Type", b"Date", b"Location", b"X-Should-Retry"]
VALUES = [
    b"",
    b"\xff\xfe",
    b"-1",
    b"nan",
    b"1e400",
    b"9" * 400,
    b"Sun, 06 Nov 1994 08:49:37 GMT",
    b"x" * 20_000,
    b"\x00",
]


def odd_value(random: Random) -> Any:
    """Return a value that may stand where none like it is meant to."""
    value = random.choice(ODD)
    for _ in range(random.choice([0, 0, 0, 1, 400])):
        value = {"a": value} if random.random() < 0.5 else [value]
    return value


def mutated(value: Any, random: Random) -> Any:
    """Return a copy of JSON with odd values here and there, and with names that are missing or new."""
    if random.random() < 0.04:
        return odd_value(random)
    if isinstance(value, dict):
        kept = {name: mutated(item, random) for name, item in value.items() if random.random() > 0.03}
        return kept | ({"new": odd_value(random)} if random.random() < 0.05 else {})
    if isinstance(value, list):
        return [mutated(item, random) for item in value for _ in range(random.choice([1, 1, 1, 0, 2]))]
    return value


def body_of(random: Random) -> bytes:
    """Return a page, a step, a run, an error, or something else, more or less damaged."""
    steps = [{**STEP, "id": f"step_{number}"} for number in range(random.randrange(4))]
    payload = random.choice(
        [
            {"object": "list", "data": steps, "first_id": None, "last_id": "step_1", "has_more": random.random() < 0.5},
            STEP,
            RUN,
            {"error": {"message": "No.", "code": "no", "type": "t", "param": None}, "request_id": "r"},
            {"detail": [{"loc": ["path"], "msg": "no"}]},
            odd_value(random),
        ]
    )
    body = json.dumps(mutated(payload, random)).encode()
    match random.randrange(8):
        case 0:
            damaged = bytearray(body)
            for _ in range(random.randrange(1, 4)):
                damaged[random.randrange(len(damaged))] = random.randrange(256)
            return bytes(damaged)
        case 1:
            return body[: random.randrange(len(body) + 1)]
        case 2:
            return random.randbytes(random.randrange(60))
        case 3:
            return b"\xef\xbb\xbf" + body
        case _:
            return body


def answer_of(random: Random) -> bytes:
    """Return all bytes of an answer: status line, headers and body, mostly as they should be."""
    body = body_of(random)
    status = random.choice(
        [200, 200, 200, 200, 200, 204, 301, 304, 400, 401, 404, 410, 429, 500, 503, 599, 999, 20, -1]
    )
    headers: list[tuple[bytes, bytes]] = []
    encoding = random.choice([None, None, None, b"gzip", b"x-gzip", b"deflate", b"br", b"gzip, gzip", b"\xff", b","])
    if encoding:
        headers.append((b"Content-Encoding", encoding))
        if encoding.endswith(b"gzip") and random.random() < 0.8:
            body = gzip.compress(body)[: None if random.random() < 0.8 else -4]
    match random.randrange(8):
        case 0:
            headers.append((b"Transfer-Encoding", b"chunked"))
            size = b"%x" % len(body) if random.random() < 0.8 else random.choice([b"", b"-1", b"zz", b"f" * 20])
            body = size + b"\r\n" + body + b"\r\n0\r\n\r\n"
        case 1:
            headers.append((b"Content-Length", random.choice([b"", b"-1", b"1", b"x", b"9" * 30, b"5, 5", b"\xb2"])))
        case 2:
            pass
        case _:
            headers.append((b"Content-Length", b"%d" % len(body)))
    odd = [
        b"",
        b"\xff\xfe",
        b"-1",
        b"nan",
        b"1e400",
        b"9" * 400,
        b"Sun, 06 Nov 1994 08:49:37 GMT",
        b"x" * 20_000,
        b"\x00",
    ]
    names = [
        b"Retry-After",
        b"Retry-After-Ms",
        b"X-Request-Id",
        b"Content-Type",
        b"Date",
        b"Location",
        b"X-Should-Retry",
    ]
    headers += [(random.choice(names), random.choice(odd)) for _ in range(random.choice([0, 0, 0, 1, 2]))]
    lines = [b"%s: %s" % header for header in headers]
    if random.random() < 0.03:
        lines.append(random.randbytes(8))
    return b"\r\n".join([b"HTTP/1.1 %d %s" % (status, random.choice([b"OK", b"", b"\xe9"])), *lines, b"", body])


Action = Callable[[Any], Any]
ACTIONS: list[Action] = [
    lambda client: client.list("thread_1", "run_1", max_items=3),
    lambda client: client.retrieve("thread_1", "run_1", "step_1"),
    lambda client: client.runs("thread_1", max_items=3),
    lambda client: client.run("thread_1", "run_1"),
]


def surprises(attempt: Callable[[Action], object]) -> list[str]:
    """Make the calls of all cases; return what raised another error than ours, by the seed."""
    found: list[str] = []
    for seed in range(CASES):
        ANSWER[0] = answer_of(random := Random(seed))
        try:
            attempt(random.choice(ACTIONS))
        except RunStepsError as error:
            str(error)
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            found.append(f"{seed}: {type(error).__name__}: {error}")
    return found


ANSWER = [b""]


def script(connection: Connection) -> None:
    """Send the answer of the case, and no more."""
    connection.send(ANSWER[0])
    connection.hang_up()


def test_no_other_error_leaves_a_call() -> None:
    """Whoever catches `RunStepsError` has caught whatever a server can do."""
    with FaultServer(script) as server, RunSteps(base_url=server.base_url, retry=NO_RETRIES, timeout=2) as client:

        def attempt(action: Action) -> None:
            result = action(client)
            if hasattr(result, "pages"):
                list(result)

        assert surprises(attempt) == []


def test_no_other_error_leaves_an_asynchronous_call() -> None:
    """As well with `await` and `async for`."""
    with FaultServer(script) as server, asyncio.Runner() as runner:
        client = AsyncRunSteps(base_url=server.base_url, retry=NO_RETRIES, timeout=2)

        async def attempt(action: Action) -> None:
            result = action(client)
            if hasattr(result, "pages"):
                _ = [item async for item in result]
            else:
                await result

        assert surprises(lambda action: runner.run(attempt(action))) == []
        runner.run(client.close())


@pytest.mark.parametrize("seed", range(20))
def test_odd_items_cost_themselves(seed: int) -> None:
    """Of n items of which k are none, n - k are given and k are named."""
    random = Random(seed)
    steps = [{**STEP, "id": f"step_{number}"} for number in range(30)]
    items: list[Any] = [step if random.random() < 0.7 else random.choice([None, 1, "x", [], {}]) for step in steps]
    sound = [step["id"] for step in steps if step in items]
    ANSWER[0] = b"HTTP/1.1 200 OK\r\n\r\n" + json.dumps({"object": "list", "data": items, "has_more": False}).encode()
    with FaultServer(script) as server, RunSteps(base_url=server.base_url) as client:
        (page,) = client.list("thread_1", "run_1").pages()
    assert [step.id for step in page.items] == sound
    assert [misfit.name for misfit in page.misfits] == [
        f"data[{position}]" for position, item in enumerate(items) if item not in steps
    ]
