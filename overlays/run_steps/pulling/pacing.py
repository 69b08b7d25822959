"""Go as fast as a server allows: all requests of a pull share one pace, which slows down when the server says so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
from attrs import define, field

from run_steps.responses import retry_after_seconds

FIRST_PAUSE = 0.05
"""How long nothing is sent after a refusal that does not say how long (seconds); it doubles with each further one."""

LONGEST_PAUSE = 8.0
"""Bound of those pauses (seconds)."""


@define
class SharedPace:
    """How many requests may be under way, and from when on.

    The bound is halved when the server refuses, and grows by one for every round of requests that it answers: additive
    increase and multiplicative decrease, as TCP finds its share of a line.

    Attributes:
        most: Requests that may ever be under way at once (count).
        limit: Requests that may be so now.
        resume_at: When sending may go on, as a moment of the clock of whoever asks (seconds).
    """

    most: int
    limit: float = field(init=False)
    resume_at: float = field(init=False, default=float("-inf"))
    _pause: float = field(init=False, default=FIRST_PAUSE)

    def __attrs_post_init__(self) -> None:
        """Begin at full speed."""
        self.limit = self.most

    def refused(self, now: float, retry_after: float | None) -> None:
        """Take in that the server refused a request.

        Args:
            now: The present (seconds).
            retry_after: How long the server asks to wait (seconds), None when it does not say.
        """
        # Requests that were under way together are refused together, which is one refusal.
        if now >= self.resume_at:
            self.limit = max(1.0, self.limit / 2)
            pause, self._pause = self._pause, min(LONGEST_PAUSE, self._pause * 2)
        else:
            pause = 0.0
        self.resume_at = max(self.resume_at, now + (pause if retry_after is None else retry_after))

    def answered(self) -> None:
        """Take in that the server answered a request."""
        self.limit = min(float(self.most), self.limit + 1 / self.limit)
        self._pause = FIRST_PAUSE

    def wait(self, now: float, under_way: int) -> float | None:
        """Return how long to wait before sending (seconds); None when another request has to come back first."""
        if under_way >= int(self.limit):
            return None
        return max(0.0, self.resume_at - now)


class PacedTransport(httpx.AsyncBaseTransport):
    """A transport that keeps to a pace; for one event loop of asyncio.

    Each request that is under way has a lane of its own, a transport with a single connection: looking for a free one
    in a pool costs more than the request when there are many.

    Args:
        open_lane: Makes a transport that talks to the network.
        pace: The pace.
        clock: A monotonic clock (seconds).
        sleep: Waits a number of seconds.
    """

    def __init__(
        self,
        open_lane: Callable[[], httpx.AsyncBaseTransport],
        pace: SharedPace,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._open_lane = open_lane
        self._pace = pace
        self._clock = clock
        self._sleep = sleep
        self._under_way = 0
        self._free: list[httpx.AsyncBaseTransport] = []
        self._changed = asyncio.Condition()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request in its turn, which ends when the body of the answer was read."""
        await self._take_turn()
        lane = self._free.pop() if self._free else self._open_lane()
        try:
            response = await lane.handle_async_request(request)
        except BaseException:
            await self._end_turn(lane)
            raise
        if _is_refusal(response):
            self._pace.refused(self._clock(), retry_after_seconds(response.headers))
        else:
            self._pace.answered()
        assert isinstance(response.stream, httpx.AsyncByteStream), "an asynchronous transport has such bodies"
        response.stream = _Body(response.stream, lambda: self._end_turn(lane))
        return response

    async def _take_turn(self) -> None:
        while True:
            wait = self._pace.wait(self._clock(), self._under_way)
            if wait is None:
                async with self._changed:
                    await self._changed.wait()
            elif wait > 0:
                await self._sleep(wait)
            else:
                self._under_way += 1
                return

    async def _end_turn(self, lane: httpx.AsyncBaseTransport) -> None:
        self._free.append(lane)
        self._under_way -= 1
        async with self._changed:
            self._changed.notify(max(1, int(self._pace.limit) - self._under_way))

    async def aclose(self) -> None:
        """Close the connections."""
        for lane in self._free:
            await lane.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream, on_close: Callable[[], Awaitable[None]]) -> None:
        self._stream = stream
        self._on_close = on_close

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        finally:
            await self._on_close()


def _is_refusal(response: httpx.Response) -> bool:
    return response.status_code == 429 or (response.status_code == 503 and "retry-after" in response.headers)
