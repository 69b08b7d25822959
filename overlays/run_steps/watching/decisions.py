"""When to look at a run again, at what, and what to make of a look that failed."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterable

from attrs import define, field, frozen
from attrs.validators import ge, lt

from run_steps._http.retries import STATUSES
from run_steps.errors import (
    Advice,
    APIStatusError,
    BadRequest,
    ConnectionFailed,
    InvalidResponse,
    NotFound,
    PaginationError,
    RateLimited,
    RunStepsError,
    TimedOut,
    UnknownCursor,
    UnknownObject,
)
from run_steps.watching.states import (
    NOTHING_SETTLED,
    Change,
    RunState,
    Settled,
    changes_between,
    is_over,
    settled_in,
    state_after,
)
from run_steps_api.models import Run, RunStep

MAX_FAILURES = 5
"""Looks in a row that may fail: the last of them is an error (count)."""

MAX_RETRY_AFTER = 86_400.0
"""Longest wait a server may ask for between two looks (seconds); when it asks for more, that is an error."""

_LAST_LOOK_SECONDS = 0.5
"""How long before the deadline the last look begins, so that it can be over by then (seconds)."""

_NO_CURSOR = (NotFound, BadRequest, PaginationError, UnknownCursor, UnknownObject)
"""What servers that cannot list from a step on, or retrieve one, make of it."""


class DeadlineExceeded(RunStepsError):
    """Waiting took longer than allowed.

    Attributes:
        last_state: The run and its steps as they were seen last, None when they were not.
    """

    def __init__(self, message: str, last_state: RunState | None = None, *, advice: str = "") -> None:
        super().__init__(message, last_state, advice=advice)
        self.last_state = last_state


@frozen(kw_only=True)
class Pace:
    """How often to look at a run.

    Attributes:
        shortest: Time between two looks while things happen (seconds). Each 429 doubles it for the rest of the watch.
        growth: Factor by which that time grows at each look that brings nothing new.
        longest: Bound of that time (seconds). All times are drawn at random within a quarter of them, so that many
            watchers do not look at once.
    """

    shortest: float = field(default=0.5, validator=[ge(0.0), lt(math.inf)])
    growth: float = field(default=1.5, validator=[ge(1.0), lt(math.inf)])
    longest: float = field(default=8.0, validator=[ge(0.0), lt(math.inf)])


@define
class Watch:
    """Decides what a watch does next, from what came of each look.

    One look is: read the run; list its steps from `resume_after` on, and retrieve the `unfinished` ones before;
    `receive` them. It is in this order that no step is lost: what is listed after the run ended is all there will be.
    `forgives` decides about a failed look, and `pause` how long to wait for the next.

    Attributes:
        run_id: Id of the run, for messages.
        deadline: Time the watch may take from now on (seconds); 0 for a single look, None for no bound.
        pace: How often to look.
        is_complete: Tells of a run that ended whether all of its steps are there to be listed.
        state: What was seen last.
        is_done: Whether the run was seen to have ended, with all of its steps.
    """

    run_id: str
    deadline: float | None = None
    pace: Pace = field(factory=Pace)
    is_complete: Callable[[], bool] = lambda: True
    _clock: Callable[[], float] = field(default=time.monotonic, alias="clock")
    _rand: Callable[[], float] = field(default=random.random, alias="rand")
    state: RunState | None = field(init=False, default=None)
    is_done: bool = field(init=False, default=False)
    _ends_at: float = field(init=False)
    _shortest: float = field(init=False)
    _interval: float = field(init=False)
    _cursor: str | None = field(init=False, default=None)
    _settled: Settled = field(init=False, default=NOTHING_SETTLED)
    _settled_ids: set[str] = field(init=False, factory=set)
    _lists_all: bool = field(init=False, default=False)
    _trusts_cursors: bool = field(init=False, default=True)
    _looks_at_once: bool = field(init=False, default=False)
    _failures: int = field(init=False, default=0)
    _failure: RunStepsError | None = field(init=False, default=None)

    def __attrs_post_init__(self) -> None:
        """Start the time.

        Raises:
            ValueError: The deadline is negative or no number.
        """
        if self.deadline is not None and not self.deadline >= 0:
            raise ValueError(f"deadline must be at least 0 seconds, or None for no bound, not {self.deadline}")
        self._ends_at = self._clock() + (math.inf if self.deadline is None else self.deadline)
        self._shortest = self._interval = min(self.pace.shortest, self.pace.longest)

    @property
    def requests_end_at(self) -> float | None:
        """When requests must be over (a moment of the clock); None for the time they take.

        A single look has all the time that requests have by themselves.
        """
        return None if self.deadline == 0 or self._ends_at == math.inf else self._ends_at

    def resume_after(self, run: Run) -> str | None:
        """Return the id of the step to list from, None for all steps.

        Args:
            run: The run as it was just read. Once it is over all is listed, for what came late or changed again.
        """
        self._lists_all = is_over(run) and self.is_complete()
        skips = self._trusts_cursors and not self._lists_all
        self._cursor = self._settled.cursor if skips else None
        return self._cursor

    @property
    def unfinished(self) -> list[str]:
        """Ids of the steps up to there that may still change, oldest first."""
        if self._cursor is None or self.state is None:
            return []
        return [self.state.steps[place].id for place in self._settled.unfinished]

    def receive(self, run: Run, listed: Iterable[RunStep], retrieved: Iterable[RunStep] = ()) -> list[Change]:
        """Take in what a look gave, and return what is new. It costs what was listed, not what was known.

        Args:
            run: The run.
            listed: The steps behind `resume_after`, oldest first.
            retrieved: The `unfinished` ones.
        """
        steps, before = list(listed), self.state
        settled = self._settled if self._cursor is not None else NOTHING_SETTLED
        again = dict(zip(settled.unfinished, retrieved, strict=True))
        if settled.count and any(step.id in self._settled_ids for step in steps):
            # The server gave what it was not asked for: it is compared with all.
            assert before is not None
            merged = {step.id: step for step in (*before.steps[: settled.count], *again.values(), *steps)}
            steps, settled, again = list(merged.values()), NOTHING_SETTLED, {}
        self.state = state_after(before, run, steps, settled, again)
        changes = changes_between(before, self.state, settled)
        self._settle(settled)
        self._interval = self._shortest if changes else self._grown()
        self._cursor, self._failures, self._failure = None, 0, None
        self.is_done = self._lists_all
        return changes

    def _settle(self, before: Settled) -> None:
        """Note which steps need not be listed again, given which of them this look left as they were."""
        assert self.state is not None
        self._settled = settled_in(self.state.steps, before)
        if not before.count or self._settled.count < before.count:
            self._settled_ids, before = set(), NOTHING_SETTLED
        self._settled_ids.update(step.id for step in self.state.steps[before.count : self._settled.count])

    def forgives(self, error: RunStepsError) -> bool:
        """Decide about a look that failed.

        Args:
            error: Why it failed, after the retries that a client makes by itself.

        Returns:
            Whether to look again; otherwise the error is to be raised.
        """
        cursor, self._cursor, self._failure = self._cursor, None, error
        if cursor is not None and isinstance(error, _NO_CURSOR):
            self._trusts_cursors, self._looks_at_once = False, True
            return True
        if isinstance(error, TimedOut) and self._time_is_up:
            return True  # it was the deadline that ended the request, and `pause` says so
        if not _may_pass(error, is_first=self.state is None) or (self._asked_wait or 0) > MAX_RETRY_AFTER:
            return False
        if isinstance(error, RateLimited):
            self._shortest = min(self._shortest * 2, self.pace.longest)
        self._interval = max(self._grown(), self._shortest)
        # As long as the server says when to come back, it is there.
        self._failures += self._asked_wait is None
        tells_more_than_the_deadline = self.state is None and self._time_is_up
        return self._failures < MAX_FAILURES and not tells_more_than_the_deadline

    def pause(self) -> float:
        """Return how long to wait for the next look (seconds).

        Raises:
            DeadlineExceeded: There is no time left for another look.
        """
        if self._time_is_up:
            raise self._deadline_exceeded() from self._failure
        if self._looks_at_once:
            self._looks_at_once = False
            return 0.0
        drawn = self._interval * (0.75 + self._rand() / 2)
        return min((self._asked_wait or 0.0) + drawn, self._time_left)

    @property
    def _time_left(self) -> float:
        """Time until the last look has to begin (seconds)."""
        last_look = 0.0 if self.deadline is None else min(_LAST_LOOK_SECONDS, self.deadline / 10)
        return self._ends_at - last_look - self._clock()

    @property
    def _time_is_up(self) -> bool:
        return self._time_left <= (self._asked_wait or 0.0)

    @property
    def _asked_wait(self) -> float | None:
        """How long the server asked to wait when the last look failed (seconds)."""
        return self._failure.retry_after if isinstance(self._failure, APIStatusError) else None

    def _grown(self) -> float:
        return min(self._interval * self.pace.growth, self.pace.longest)

    def _deadline_exceeded(self) -> DeadlineExceeded:
        asked = f"The server asks to wait {self._asked_wait:g} s more, too long for" if self._asked_wait else "Past"
        status = f"is {str(self.state.run.status or 'unknown')!r}" if self.state else "was not seen"
        return DeadlineExceeded(
            f"{asked} the deadline of {self.deadline:g} s: the run {self.run_id!r} {status}.",
            self.state,
            advice=Advice.LONGER_WATCH,
        )


def _may_pass(error: RunStepsError, *, is_first: bool) -> bool:
    """Return whether a look may succeed the next time.

    Until a look succeeded, a mistake in the settings is likelier than an outage, and is reported at once; but a run
    that is just being created may not be found yet. Afterwards it is the other way round.
    """
    if isinstance(error, RateLimited):
        return True
    if is_first or isinstance(error, NotFound | UnknownObject):
        return is_first and isinstance(error, NotFound | UnknownObject)
    if isinstance(error, APIStatusError):
        return error.status in STATUSES or error.status >= 500
    return isinstance(error, ConnectionFailed | InvalidResponse)
