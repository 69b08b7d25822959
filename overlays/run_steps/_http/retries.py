"""Send a request again when that is safe and may help.

`retry_delay` decides, `RetryTransport` waits and sends. Sent again are requests that never reached the server, and
idempotent ones (GET, HEAD, OPTIONS, PUT, DELETE, TRACE) that lost their connection, timed out, or were answered with
408, 409, 429, 500, 502, 503 or 504; not where the server says that it is no use (`x-should-retry: false`, or a quota
that is used up), nor where its certificate is not trusted. A wait is as long as the server asks (`Retry-After`,
capped), else drawn at random from zero to a bound that doubles each time ("full jitter": many clients do not come back
at once).
"""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Awaitable, Callable

import anyio
import httpx
from attrs import field, frozen
from attrs.validators import ge

from run_steps._http.limits import DEADLINE
from run_steps._http.tls import is_untrusted
from run_steps._http.wrapping import WrappingTransport
from run_steps.errors import error_words
from run_steps.responses import request_id_of, retry_after_seconds

logger = logging.getLogger("run_steps.retries")
_requests_logger = logging.getLogger("run_steps.requests")

RETRIES = "run_steps.retries"
"""Extension of a response: how often its request was sent again (count)."""

MAX_SECONDS = "run_steps.max_seconds"
"""Extension of a request: time all its attempts may take together (seconds), instead of `RetryPolicy.max_seconds`."""

POLICY = "run_steps.retry_policy"
"""Extension of a request: a `RetryPolicy` for it alone."""

IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"})
"""Methods that may be repeated: https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2."""

STATUSES = frozenset({408, 409, 429, 500, 502, 503, 504})
"""Statuses that may be gone the next time."""

USED_UP = frozenset({"billing_hard_limit_reached", "billing_not_active", "insufficient_quota", "quota_exceeded"})
"""Codes or types of an answer 429 that no wait mends: what was paid for is used up."""

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_MAY_PASS = (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError, httpx.ProxyError)


@frozen(kw_only=True)
class RetryPolicy:
    """How often and how long to try.

    Attributes:
        attempts: Times a request is sent at most, the first included (count).
        max_seconds: Time all attempts and the waits between them may take together (seconds). A wait that would go
            beyond it is not begun: the last answer or error is given at once.
        first_wait: Bound of the first wait (seconds); it doubles with each further one.
        max_wait: Bound of any wait drawn at random (seconds).
        max_retry_after: Longest wait a server may ask for (seconds); when it asks for more, its answer is given at
            once.
    """

    attempts: int = field(default=4, validator=ge(1))
    max_seconds: float = field(default=120.0, validator=ge(0))
    first_wait: float = field(default=0.5, validator=ge(0))
    max_wait: float = field(default=8.0, validator=ge(0))
    max_retry_after: float = field(default=60.0, validator=ge(0))


NO_RETRIES = RetryPolicy(attempts=1)
"""Send each request once."""


def checked_policy(policy: RetryPolicy | None) -> RetryPolicy | None:
    """Return a policy, None for none.

    Raises:
        TypeError: It is something else, such as a number of retries.
    """
    if policy is not None and not isinstance(policy, RetryPolicy):
        raise TypeError(f"expected a RetryPolicy, such as RetryPolicy(attempts=3), not {policy!r}")
    return policy


def retry_delay(
    policy: RetryPolicy,
    method: str,
    outcome: httpx.Response | httpx.RequestError,
    *,
    attempt: int,
    remaining: float,
    rand: Callable[[], float],
    now: float | None = None,
) -> float | None:
    """Decide whether to send a request again, and when.

    Args:
        policy: How often and how long to try.
        method: HTTP method of the request.
        outcome: What the attempt gave: a response, or an error.
        attempt: Number of the attempt, from 1.
        remaining: Time until the deadline (seconds).
        rand: Draws a number from 0 up to 1.
        now: The present as Unix seconds, for a `Retry-After` that is a date.

    Returns:
        Seconds to wait before the next attempt; None to let it be.
    """
    if attempt >= policy.attempts or not _may_help(method, outcome):
        return None
    asked = retry_after_seconds(outcome.headers, now) if isinstance(outcome, httpx.Response) else None
    if asked is not None and asked > policy.max_retry_after:
        return None
    delay = asked if asked is not None else rand() * min(policy.max_wait, policy.first_wait * 2 ** (attempt - 1))
    return delay if delay < remaining else None


def _may_help(method: str, outcome: httpx.Response | httpx.RequestError) -> bool:
    if isinstance(outcome, httpx.Response):
        return method in IDEMPOTENT and outcome.status_code in STATUSES and not _is_no_use(outcome)
    if isinstance(outcome, _NEVER_SENT):
        return not is_untrusted(outcome)
    return method in IDEMPOTENT and isinstance(outcome, _MAY_PASS)


def _is_no_use(response: httpx.Response) -> bool:
    """Return whether a server says that the same request will fail again."""
    if response.headers.get("x-should-retry", "").strip().lower() == "false":
        return True
    return response.status_code == 429 and not USED_UP.isdisjoint(error_words(response.content))


class RetryTransport(WrappingTransport):
    """A transport that sends requests again as its policy says.

    It serves `httpx.Client` and `httpx.AsyncClient` alike, and any number of threads and tasks at once. Each retry is
    logged to `run_steps.retries` at level INFO, and counted in the response's extension `RETRIES`; each answer is
    logged to `run_steps.requests` at level DEBUG.

    Args:
        inner: The transport that sends once; put a `LimitedTransport` here so that a body that breaks off is retried
            too.
        policy: How often and how long to try.
        sleep: Waits a number of seconds.
        async_sleep: The same, awaited.
        clock: A monotonic clock (seconds), the same that the inner transport uses.
        rand: Draws a number from 0 up to 1.
    """

    def __init__(
        self,
        inner: httpx.BaseTransport | httpx.AsyncBaseTransport,
        policy: RetryPolicy | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        async_sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
        clock: Callable[[], float] = time.monotonic,
        rand: Callable[[], float] = random.random,
    ) -> None:
        super().__init__(inner)
        self._policy = checked_policy(policy) or RetryPolicy()
        self._sleep = sleep
        self._async_sleep = async_sleep
        self._clock = clock
        self._rand = rand

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request until an attempt succeeds or trying again is no use; raises what the last attempt raised."""
        self._set_deadline(request)
        attempt = 1
        while True:
            began_at = self._clock()
            try:
                outcome: httpx.Response | httpx.RequestError = self.sync_inner.handle_request(request)
            except httpx.RequestError as error:
                outcome = error
            delay = self._delay(request, outcome, attempt, began_at)
            if delay is None:
                return _given(outcome, retries=attempt - 1)
            if isinstance(outcome, httpx.Response):
                outcome.close()
            self._sleep(delay)
            attempt += 1

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request until an attempt succeeds or trying again is no use; raises what the last attempt raised."""
        self._set_deadline(request)
        attempt = 1
        while True:
            began_at = self._clock()
            try:
                outcome: httpx.Response | httpx.RequestError = await self.async_inner.handle_async_request(request)
            except httpx.RequestError as error:
                outcome = error
            delay = self._delay(request, outcome, attempt, began_at)
            if delay is None:
                return _given(outcome, retries=attempt - 1)
            if isinstance(outcome, httpx.Response):
                await outcome.aclose()
            await self._async_sleep(delay)
            attempt += 1

    def _set_deadline(self, request: httpx.Request) -> None:
        seconds = float(request.extensions.get(MAX_SECONDS, self._policy_of(request).max_seconds))
        deadline = min(self._clock() + seconds, float(request.extensions.get(DEADLINE, math.inf)))
        request.extensions = {**request.extensions, DEADLINE: deadline}

    def _policy_of(self, request: httpx.Request) -> RetryPolicy:
        own: RetryPolicy = request.extensions.get(POLICY, self._policy)
        return own

    def _delay(
        self, request: httpx.Request, outcome: httpx.Response | httpx.RequestError, attempt: int, began_at: float
    ) -> float | None:
        now = self._clock()
        remaining = float(request.extensions[DEADLINE]) - now
        # The path alone, as it is sent: queries of some servers carry keys, and escaped line breaks stay escaped.
        path = request.url.raw_path.partition(b"?")[0].decode()
        what = outcome.status_code if isinstance(outcome, httpx.Response) else type(outcome).__name__
        if _requests_logger.isEnabledFor(logging.DEBUG):
            request_id = request_id_of(outcome.headers) if isinstance(outcome, httpx.Response) else None
            _requests_logger.debug(
                "%s %s: %s in %.0f ms, request id %r", request.method, path, what, 1000 * (now - began_at), request_id
            )
        policy = self._policy_of(request)
        delay = retry_delay(policy, request.method, outcome, attempt=attempt, remaining=remaining, rand=self._rand)
        if delay is not None:
            logger.info(
                "%s %s: %s; attempt %d of %d in %.2f s",
                *(request.method, path, what, attempt + 1, policy.attempts, delay),
            )
        return delay


def _given(outcome: httpx.Response | httpx.RequestError, retries: int) -> httpx.Response:
    if isinstance(outcome, httpx.RequestError):
        raise outcome
    outcome.extensions[RETRIES] = retries
    return outcome
