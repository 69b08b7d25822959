"""What live servers and archives have in common: whatever draws, lists or exports reads through this interface."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from run_steps._choices import Order
from run_steps.pagination.paginators import Paginator
from run_steps_api.models import Message, Run, RunStep, Thread


class Reader(Protocol):
    """Reads threads, messages, runs and their steps; a `RunSteps` does so from a server, an `Archive` from a file.

    Arguments, results and errors are those of `RunSteps`; an archive raises `UnknownObject` where a server answers 404.
    """

    def list(
        self,
        thread_id: str,
        run_id: str,
        *,
        order: Order = "desc",
        page_size: int | None = None,
        max_items: int | None = None,
        after: str | None = None,
        before: str | None = None,
        include: Iterable[str] = (),
    ) -> Paginator[RunStep]:
        """Return the steps of a run."""
        ...

    def retrieve(self, thread_id: str, run_id: str, step_id: str, *, include: Iterable[str] = ()) -> RunStep:
        """Return one step."""
        ...

    def runs(
        self,
        thread_id: str,
        *,
        order: Order = "desc",
        page_size: int | None = None,
        max_items: int | None = None,
        after: str | None = None,
        before: str | None = None,
    ) -> Paginator[Run]:
        """Return the runs of a thread."""
        ...

    def run(self, thread_id: str, run_id: str) -> Run:
        """Return one run."""
        ...

    def messages(
        self,
        thread_id: str,
        *,
        run_id: str | None = None,
        order: Order = "desc",
        page_size: int | None = None,
        max_items: int | None = None,
        after: str | None = None,
        before: str | None = None,
    ) -> Paginator[Message]:
        """Return the messages of a thread, or those that a run wrote."""
        ...

    def message(self, thread_id: str, message_id: str) -> Message:
        """Return one message."""
        ...

    def thread(self, thread_id: str) -> Thread:
        """Return one thread."""
        ...
