"""What live servers and archives have in common: whatever draws, lists or exports reads through this interface."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from run_steps._choices import Order
from run_steps._received import message_id_of
from run_steps.errors import APIError, InvalidArgument, NotFound, UnknownObject
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


FEW_MESSAGES = 3
"""So many messages are asked for one by one rather than listed (count)."""

_MOST = 20
"""So many messages that were not listed are asked for one by one, at most (count)."""


def written_messages(
    reader: Reader, thread_id: str, run_id: str, steps: Sequence[RunStep]
) -> tuple[list[Message], APIError | None]:
    """Read the messages that steps of a run wrote, as far as they are to be had.

    Args:
        reader: Where to read from; it may have no messages.
        thread_id: Id of the thread.
        run_id: Id of the run.
        steps: The steps.

    Returns:
        The messages, in any order and perhaps with others of the run, and what went wrong at last, if anything did.
    """
    wanted = dict.fromkeys(found for step in steps if (found := message_id_of(step.to_dict())))
    messages: dict[str, Message] = {}
    failure: APIError | None = None
    try:
        if len(wanted) > FEW_MESSAGES:
            messages = {message.id: message for message in reader.messages(thread_id, run_id=run_id)}
        for message_id in [name for name in wanted if name not in messages][:_MOST]:
            try:
                messages[message_id] = reader.message(thread_id, message_id)
            except (InvalidArgument, UnknownObject):
                pass
            except NotFound as error:
                failure = error
    except UnknownObject:
        pass
    except APIError as error:
        failure = error
    return list(messages.values()), failure
