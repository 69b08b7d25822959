"""All requests share one pace, and it follows the server."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps.pulling.pacing import FIRST_PAUSE, LONGEST_PAUSE, PacedTransport, SharedPace


def test_a_refusal_halves_the_pace_and_stops_all_for_a_while() -> None:
    """Nothing is sent until the pause is over, and then half as much as before."""
    pace = SharedPace(16)
    pace.refused(100.0, None)

    assert pace.limit == 8
    assert pace.wait(100.0, 0) == pytest.approx(FIRST_PAUSE)
    assert pace.wait(100.0 + FIRST_PAUSE, 0) == 0


def test_what_the_server_asks_for_is_kept() -> None:
    """`Retry-After` counts, whether it is longer or shorter than the pause would be; the longest of several counts."""
    pace = SharedPace(16)
    pace.refused(100.0, 30.0)
    pace.refused(101.0, 5.0)
    assert pace.wait(101.0, 0) == pytest.approx(29.0)

    pace = SharedPace(16)
    pace.refused(100.0, 0.0)
    assert pace.wait(100.0, 0) == 0


def test_refusals_of_one_round_are_one_refusal() -> None:
    """Sixteen requests under way that are refused together halve the pace once, not sixteen times."""
    pace = SharedPace(16)
    for number in range(16):
        pace.refused(100.0 + number / 1000, None)
    assert pace.limit == 8


def test_pauses_grow_while_the_server_goes_on_refusing() -> None:
    """Each pause is twice the one before, up to a bound, and short again after an answer."""
    pace, now, pauses = SharedPace(16), 0.0, list[float]()
    for _ in range(12):
        pace.refused(now, None)
        pauses.append(pace.wait(now, 0) or 0.0)
        now = pace.resume_at
    assert pauses[:4] == pytest.approx([FIRST_PAUSE * 2**number for number in range(4)])
    assert pauses[-1] == LONGEST_PAUSE
    assert pace.limit == 1

    pace.answered()
    pace.refused(now, None)
    assert pace.wait(now, 0) == pytest.approx(FIRST_PAUSE)


def test_answers_bring_the_pace_back() -> None:
    """After as many rounds of answers as it takes, everything is as before, and never beyond."""
    pace = SharedPace(8)
    pace.refused(0.0, None)
    for _ in range(1000):
        pace.answered()
    assert pace.limit == 8


@given(st.integers(1, 40), st.lists(st.none() | st.floats(0, 60) | st.just("answer"), max_size=50))
def test_there_is_always_a_way_on(most: int, events: list[float | str | None]) -> None:
    """Whatever a server does, at least one request may be sent after a finite wait, and never more than allowed."""
    pace = SharedPace(most)
    for moment, event in enumerate(events):
        if isinstance(event, str):
            pace.answered()
        else:
            pace.refused(float(moment), event)
        assert 1 <= pace.limit <= most
        assert 0 <= (pace.wait(float(moment), 0) or 0.0) <= 120
        assert pace.wait(float(moment), most) is None


class _Network(httpx.AsyncBaseTransport):
    """Answers when it is told to, and counts what is under way."""

    def __init__(self, statuses: list[int]) -> None:
        self.statuses = statuses
        self.under_way = self.most_under_way = self.closed = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await asyncio.sleep(0)
        status = self.statuses.pop() if self.statuses else 200
        if status == 0:
            self.under_way -= 1
            raise httpx.ReadError("reset")
        return httpx.Response(status, stream=_Body(self))

    async def aclose(self) -> None:
        self.closed += 1


class _Body(httpx.AsyncByteStream):
    def __init__(self, network: _Network) -> None:
        self._network = network

    async def __aiter__(self) -> AsyncIterator[bytes]:
        await asyncio.sleep(0)
        yield b"{}"

    async def aclose(self) -> None:
        self._network.under_way -= 1


def _send_many(network: _Network, count: int, most: int) -> tuple[SharedPace, list[float]]:
    """Send requests at once, as many as may be; return the pace and all waits."""
    waits: list[float] = []
    now = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        waits.append(seconds)
        await asyncio.sleep(0)
        now += seconds

    async def run() -> SharedPace:
        pace = SharedPace(most)
        transport = PacedTransport(lambda: network, pace, clock=lambda: now, sleep=sleep)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:9") as client:
            results = await asyncio.gather(*(client.get("/") for _ in range(count)), return_exceptions=True)
        assert len(results) == count
        return pace

    return asyncio.run(run()), waits


def test_no_more_requests_are_under_way_than_allowed() -> None:
    """A request is under way until its body was read; the rest wait their turn, and all get it."""
    network = _Network([])
    _send_many(network, 40, most=5)

    assert network.most_under_way == 5
    assert network.under_way == 0


def test_a_request_that_fails_gives_its_turn_on() -> None:
    """Errors and refusals leave nothing behind that would block the others."""
    network = _Network([0, 429, 200, 0, 0, 429, 500, 200, 0])
    pace, waits = _send_many(network, 40, most=3)

    assert network.under_way == 0
    assert network.most_under_way <= 3
    assert waits
    assert pace.limit <= 3
