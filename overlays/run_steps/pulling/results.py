"""What a pull did, and how far it is."""

from __future__ import annotations

from attrs import frozen

from run_steps.archive import Failure

_FAILURES_KEPT = 1000
"""Failures that a result lists (count); the archive has all."""


@frozen
class PullResult:
    """What a pull did (counts).

    Attributes:
        pulled: Runs stored, also those that are still going.
        skipped: Runs that were complete already.
        failed: Runs, and lists of runs or messages, that could not be pulled.
        steps: Steps stored.
        not_found: Those of them that the server does not know.
        failures: The first of those that failed, and why.
        messages: Messages stored.
        not_served: What the server does not have at all, such as messages, and how it said so.
    """

    pulled: int = 0
    skipped: int = 0
    failed: int = 0
    steps: int = 0
    not_found: int = 0
    failures: tuple[Failure, ...] = ()
    messages: int = 0
    not_served: tuple[str, ...] = ()

    def __add__(self, other: PullResult) -> PullResult:
        return PullResult(
            self.pulled + other.pulled,
            self.skipped + other.skipped,
            self.failed + other.failed,
            self.steps + other.steps,
            self.not_found + other.not_found,
            (*self.failures, *other.failures)[:_FAILURES_KEPT],
            self.messages + other.messages,
            tuple(dict.fromkeys((*self.not_served, *other.not_served))),
        )


@frozen
class PullProgress:
    """How far a pull is.

    Attributes:
        found: Runs found so far (count).
        is_listing: Whether more may be found.
        result: What was done so far.
    """

    found: int
    is_listing: bool
    result: PullResult
