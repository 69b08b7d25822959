"""Sending again: what, how often, and after how long."""

import asyncio
import logging
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps._http.retries import (
    IDEMPOTENT,
    MAX_SECONDS,
    NO_RETRIES,
    RETRIES,
    RetryPolicy,
    RetryTransport,
    retry_delay,
)
from run_steps.responses import retry_after_seconds

POLICY = RetryPolicy()
NOW = 1735689600.0  # Wed, 01 Jan 2025 00:00:00 GMT

Outcome = httpx.Response | httpx.RequestError


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.naps: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds

    async def async_sleep(self, seconds: float) -> None:
        self.sleep(seconds)


def _send(
    outcomes: list[Outcome],
    policy: RetryPolicy = POLICY,
    *,
    method: str = "GET",
    asynchronous: bool,
    extensions: dict[str, Any] | None = None,
) -> tuple[Outcome, Time, int]:
    """Send a request to a transport that gives these outcomes in turn; return result, clock and attempts."""
    time, remaining = Time(), list(outcomes)

    def handle(_: httpx.Request) -> httpx.Response:
        outcome = remaining.pop(0)
        if isinstance(outcome, httpx.RequestError):
            raise outcome
        return outcome

    transport = RetryTransport(
        httpx.MockTransport(handle),
        policy,
        sleep=time.sleep,
        async_sleep=time.async_sleep,
        clock=time.clock,
        rand=lambda: 0.5,
    )
    request = httpx.Request(method, "http://127.0.0.1/threads?key=sk-secret", extensions=extensions or {})
    try:
        if asynchronous:
            result: Outcome = asyncio.run(transport.handle_async_request(request))
        else:
            result = transport.handle_request(request)
    except httpx.RequestError as error:
        result = error
    return result, time, len(outcomes) - len(remaining)


both = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


@both
@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504])
def test_passing_faults_are_retried_and_counted(status: int, asynchronous: bool) -> None:
    """A status that may pass is asked away; the answer tells how often."""
    outcomes: list[Outcome] = [httpx.Response(status), httpx.Response(status), httpx.Response(200)]
    result, time, attempts = _send(outcomes, asynchronous=asynchronous)

    assert isinstance(result, httpx.Response)
    assert (result.status_code, result.extensions[RETRIES], attempts) == (200, 2, 3)
    assert time.naps == [0.25, 0.5], "half of 0.5 s, then of 1 s"


@both
@pytest.mark.parametrize("status", [200, 301, 400, 401, 403, 404, 422, 501, 520])
def test_other_statuses_are_given_at_once(status: int, asynchronous: bool) -> None:
    """A status that will not change is not asked for again."""
    result, time, attempts = _send([httpx.Response(status)], asynchronous=asynchronous)

    assert isinstance(result, httpx.Response)
    assert (result.status_code, attempts, time.naps) == (status, 1, [])


@both
@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("x"),
        httpx.ConnectTimeout("x"),
        httpx.ReadTimeout("x"),
        httpx.ReadError("x"),
        httpx.RemoteProtocolError("x"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_lost_connections_are_retried_until_the_attempts_are_used_up(
    error: httpx.RequestError, asynchronous: bool
) -> None:
    """After the last attempt the last error is raised."""
    result, time, attempts = _send([error] * 4, asynchronous=asynchronous)

    assert result is error
    assert (attempts, len(time.naps)) == (4, 3)


@both
@pytest.mark.parametrize(
    "error", [httpx.UnsupportedProtocol("x"), httpx.DecodingError("x"), httpx.TooManyRedirects("x")]
)
def test_errors_that_will_not_pass_are_raised_at_once(error: httpx.RequestError, asynchronous: bool) -> None:
    """What would fail again in the same way is not tried again."""
    result, _, attempts = _send([error], asynchronous=asynchronous)

    assert (result, attempts) == (error, 1)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "outcome", [httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.Response(409), httpx.Response(503)]
)
def test_what_may_have_had_an_effect_is_not_repeated(method: str, outcome: Outcome) -> None:
    """A POST is sent again only when it never reached the server."""
    delay = retry_delay(POLICY, method, outcome, attempt=1, remaining=60, rand=lambda: 0.5)

    assert (delay is not None) == (method in IDEMPOTENT or isinstance(outcome, httpx.ConnectError))


@pytest.mark.parametrize(
    ("headers", "delay"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "Wed, 01 Jan 2025 00:00:20 GMT"}, 20.0),
        ({"retry-after": "Tue, 31 Dec 2024 23:59:00 GMT"}, 0.0),
        ({"retry-after-ms": "1500", "retry-after": "2"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "2"}, 2.0),
        ({"retry-after": "60"}, 60.0),
        ({"retry-after": "61"}, None),
        ({"retry-after": "Thu, 02 Jan 2025 00:00:00 GMT"}, None),
        ({"retry-after": "-5"}, 0.25),
        ({"retry-after": "nan"}, 0.25),
        ({"retry-after": "in a while"}, 0.25),
        ({}, 0.25),
    ],
    ids=str,
)
def test_the_server_says_how_long_to_wait(headers: dict[str, str], delay: float | None) -> None:
    """`Retry-After` in all its forms is followed up to a cap; without a sensible one the wait is drawn."""
    response = httpx.Response(429, headers=headers)

    assert retry_delay(POLICY, "GET", response, attempt=1, remaining=100, rand=lambda: 0.5, now=NOW) == delay


@given(attempt=st.integers(1, 8), drawn=st.floats(0, 1, exclude_max=True))
def test_a_drawn_wait_is_below_a_bound_that_doubles(attempt: int, drawn: float) -> None:
    """Full jitter: anything from zero to the bound, and never more than the longest wait."""
    policy = RetryPolicy(attempts=10)
    delay = retry_delay(policy, "GET", httpx.Response(503), attempt=attempt, remaining=60, rand=lambda: drawn)

    assert delay is not None
    assert 0 <= delay <= min(policy.max_wait, policy.first_wait * 2 ** (attempt - 1))


@both
def test_a_wait_beyond_the_deadline_is_not_begun(asynchronous: bool) -> None:
    """When the time is up before the next attempt could start, the last answer is given at once."""
    outcomes: list[Outcome] = [httpx.Response(503, headers={"retry-after": "6"}) for _ in range(4)]
    result, time, attempts = _send(outcomes, RetryPolicy(max_seconds=10), asynchronous=asynchronous)

    assert isinstance(result, httpx.Response)
    assert (result.status_code, attempts, time.now) == (503, 2, 6)


@both
def test_a_request_may_bring_a_deadline_of_its_own(asynchronous: bool) -> None:
    """The extension of a request counts instead of the policy's time."""
    outcomes: list[Outcome] = [httpx.Response(503, headers={"retry-after": "6"}) for _ in range(4)]
    _, time, attempts = _send(outcomes, asynchronous=asynchronous, extensions={MAX_SECONDS: 13})

    assert (attempts, time.now) == (3, 12)


@both
def test_retrying_can_be_switched_off(asynchronous: bool) -> None:
    """Without retries the first answer is the last."""
    assert _send([httpx.Response(503)], NO_RETRIES, asynchronous=asynchronous)[2] == 1


def test_each_retry_is_logged_without_the_query(caplog: pytest.LogCaptureFixture) -> None:
    """The log tells method, path, reason, attempt and wait; a query may hold a key."""
    with caplog.at_level(logging.INFO, "run_steps"):
        _send([httpx.Response(503), httpx.ReadTimeout("x"), httpx.Response(200)], asynchronous=False)

    assert [record.getMessage() for record in caplog.records] == [
        "GET /threads: 503; attempt 2 of 4 in 0.25 s",
        "GET /threads: ReadTimeout; attempt 3 of 4 in 0.50 s",
    ]


@pytest.mark.parametrize("name", ["attempts", "max_seconds", "first_wait", "max_wait", "max_retry_after"])
def test_impossible_policies_are_refused(name: str) -> None:
    """A number that makes no sense is refused by name."""
    with pytest.raises(ValueError, match=name):
        RetryPolicy(**{name: -1})


def test_the_waits_are_really_waited() -> None:
    """By default a transport waits with the clock of this machine: a short wait is over soon, and not before."""
    answers = iter([httpx.Response(503, headers={"retry-after-ms": "20"}), httpx.Response(200)])
    transport = RetryTransport(httpx.MockTransport(lambda _: next(answers)))

    assert transport.handle_request(httpx.Request("GET", "http://127.0.0.1/")).status_code == 200


def test_a_date_is_measured_against_the_present() -> None:
    """Without a given present, dates are compared with the clock."""
    assert retry_after_seconds({"retry-after": "Wed, 01 Jan 2025 00:00:00 GMT"}) == 0.0
    future = retry_after_seconds({"retry-after": "Wed, 01 Jan 2200 00:00:00 GMT"})
    assert future is not None
    assert future > 1e9
