"""The interface that the server reads through, and that memory and archive offer."""

from __future__ import annotations

from typing import Protocol

from run_steps._received import Item
from run_steps.stores.paging import Page, PageQuery


class StepStore(Protocol):
    """What the server reads from.

    The server calls it from several threads at once.

    Attributes:
        is_verbatim: Whether its steps are given as they were received; otherwise, and in a store without this
            attribute, without what servers send only when `include[]` names it.
    """

    is_verbatim: bool = False

    def list_runs(self, thread_id: str, query: PageQuery) -> Page:
        """Return one page of the runs of a thread.

        Raises:
            UnknownThread: There is no such thread.
            UnknownCursor: `query.after` or `query.before` names no run of the thread.
        """
        ...

    def get_run(self, thread_id: str, run_id: str) -> Item:
        """Return one run.

        Raises:
            UnknownThread: There is no such thread.
            UnknownRun: The thread has no such run.
        """
        ...

    def list_steps(self, thread_id: str, run_id: str, query: PageQuery) -> Page:
        """Return one page of the steps of a run.

        Raises:
            UnknownThread: There is no such thread.
            UnknownRun: The thread has no such run.
            UnknownCursor: `query.after` or `query.before` names no step of the run.
        """
        ...

    def get_step(self, thread_id: str, run_id: str, step_id: str) -> Item:
        """Return one step.

        Raises:
            UnknownThread: There is no such thread.
            UnknownRun: The thread has no such run.
            UnknownStep: The run has no such step.
        """
        ...

    def list_messages(self, thread_id: str, query: PageQuery, *, run_id: str | None = None) -> Page:
        """Return one page of the messages of a thread, or of those that a run wrote.

        Raises:
            UnknownThread: There is no such thread.
            UnknownMessages: Its messages are not known.
            UnknownCursor: `query.after` or `query.before` names no message of the list.
        """
        ...

    def get_message(self, thread_id: str, message_id: str) -> Item:
        """Return one message.

        Raises:
            UnknownThread: There is no such thread.
            UnknownMessage: The thread has no such message.
        """
        ...

    def list_threads(self, query: PageQuery) -> Page:
        """Return one page of all threads.

        Raises:
            UnknownCursor: `query.after` or `query.before` names no thread.
        """
        ...

    def get_thread(self, thread_id: str) -> Item:
        """Return one thread, without its runs and messages.

        Raises:
            UnknownThread: There is no such thread.
        """
        ...
