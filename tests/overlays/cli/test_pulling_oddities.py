"""`pull` from a server that is odd in every way that was seen: the rest is archived, and the odd is listed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import frozen
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from run_steps.archive import Archive
from run_steps.serving import create_app, serve
from tests.overlays.cli.conftest import Invoke
from tests.overlays.history_server import history

THREADS, RUNS, STEPS = 8, 20, 5

Oddity = Callable[[dict[str, Any]], bytes]


def _changed(change: Callable[[dict[str, Any]], object]) -> Oddity:
    def answer(page: dict[str, Any]) -> bytes:
        change(page)
        return json.dumps(page).encode()

    return answer


HARMLESS: list[Oddity] = [
    _changed(lambda page: page["data"][0].update(last_error="it broke", created_at=None, usage={"total_tokens": None})),
    _changed(lambda page: page["data"][1].update(assistant_id=None, step_details="none", status=7)),
    _changed(lambda page: page.update(first_id=3, object=None)),
    lambda page: json.dumps(page).encode().replace(b'"created_at": ', b'"created_at": 0.' + b"1" * 5000 + b"e"),
]
"""They cost nothing but themselves: the text is archived as it came."""

COSTLY: list[Oddity] = [
    _changed(lambda page: page["data"].insert(1, None)),
    _changed(lambda page: page["data"][2].pop("id")),
    lambda page: b"<html>Busy</html>",
    lambda page: json.dumps(page).encode()[:-40],
]
"""They cost a step or the steps of the run, and are listed."""


@frozen
class Odd:
    """An application in front of another one whose steps of one run in twenty come in an odd way, each time."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, and the answer back, perhaps changed."""
        oddity = oddity_of(scope["path"])
        body = b""

        async def changed(message: Message) -> None:
            nonlocal body
            if oddity is None:
                await send(message)
            elif message["type"] == "http.response.start":
                odd = [(b"content-type", b"application/json"), (b"x-request-id", b"r\xe9q"), (b"x-odd", b"\xff")]
                await send({**message, "headers": odd})
            else:
                body += message["body"]
                if not message.get("more_body"):
                    await send({"type": "http.response.body", "body": oddity(json.loads(body))})

        await self.app(scope, receive, changed)


def oddity_of(path: str) -> Oddity | None:
    """Return how the steps of a run come; None for as they should."""
    *_, run_id, last = path.split("/")
    number = int(run_id[-4:]) + RUNS * int(run_id[-9:-5]) if last == "steps" else 1
    oddities = [*HARMLESS, *COSTLY]
    return oddities[number // 20 % len(oddities)] if number % 20 == 0 else None


def test_what_is_odd_costs_itself(invoke: Invoke, tmp_path: Path) -> None:
    """All other runs are complete; each odd one has a line, and the exit code says that something is missing."""
    path = tmp_path / "a.sqlite"
    with serve(Odd(create_app(history(THREADS, RUNS, STEPS)))) as base_url:
        threads = [f"thread_{number:04}" for number in range(THREADS)]
        outcome = invoke("pull", path, *threads, "--server", base_url)

    runs = [(thread, f"run_{thread[-4:]}_{number:04}") for thread in threads for number in range(RUNS)]
    costly = [(thread, run) for thread, run in runs if oddity_of(f"/runs/{run}/steps") in COSTLY]
    assert len(costly) == len(COSTLY)
    assert outcome.code == 3
    *lines, last = outcome.err.splitlines()
    assert sorted(line.split(": ")[1] for line in lines) == sorted(map("/".join, costly))
    assert last.startswith(f"run-steps: {len(costly)} could not be pulled, see above")
    with Archive.open(path) as archive:
        assert archive.summary().runs == len(runs)
        assert [(failure.thread_id, failure.run_id) for failure in archive.failures()] == costly
        held = {run: len(list(archive.list(thread, run))) for thread, run in runs}
    assert sorted(count for count in held.values() if count != STEPS) == [0, 0, STEPS - 1]
