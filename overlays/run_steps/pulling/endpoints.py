"""Parts of the API that a server may not have, which costs that part and nothing else."""

from __future__ import annotations

from attrs import define, field

from run_steps.errors import APIStatusError

_NOT_SERVED = (405, 501)
"""Statuses by which a server says for good that it does not have an endpoint."""

_ENOUGH = 3
"""So many threads in a row that are there and have no such part show that none has (count)."""


def says_not_served(error: APIStatusError) -> bool:
    """Return whether an error may say that a server does not have an endpoint, or else what was asked for there."""
    return error.status in (404, *_NOT_SERVED)


@define
class Endpoint:
    """Whether a server has an endpoint, as its answers show.

    Attributes:
        noun: What it gives, in the plural.
        is_missing: Whether it need not be asked for again.
    """

    noun: str
    is_missing: bool = False
    _is_there: bool = False
    _refusals: dict[str, APIStatusError] = field(factory=dict[str, APIStatusError])

    def refused(self, thread_id: str, error: APIStatusError) -> bool:
        """Take in an error; return whether it is about the endpoint, as far as can be told, not about the thread."""
        if self._is_there or not says_not_served(error):
            return False
        self._refusals[thread_id] = error
        self.is_missing = error.status in _NOT_SERVED or len(self._refusals) >= _ENOUGH
        return True

    def answered(self) -> dict[str, APIStatusError]:
        """Take in an answer; return the errors by thread that were about these threads after all."""
        self._is_there, self.is_missing = True, False
        refusals, self._refusals = self._refusals, {}
        return refusals

    @property
    def complaints(self) -> tuple[str, ...]:
        """What to say of the endpoint, if it is not there."""
        errors = list(self._refusals.values())[:1]
        return tuple(f"The server does not have {self.noun} ({error}): they are left out." for error in errors)
