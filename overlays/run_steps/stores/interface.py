"""The interface that the server reads through, and that memory and archive offer."""

from __future__ import annotations

from typing import Protocol

from run_steps.errors import RunStepsError
from run_steps.stores.items import Item
from run_steps.stores.paging import Page, PageQuery


class UnknownObject(RunStepsError, LookupError):
    """A store holds no object with this id.

    Attributes:
        object_id: The id that was asked for.
    """

    noun = "object"

    def __init__(self, object_id: str) -> None:
        super().__init__(object_id)
        self.object_id = object_id

    def __str__(self) -> str:
        return f"No {self.noun} found with id '{self.object_id}'."


class UnknownThread(UnknownObject):
    """There is no thread with this id."""

    noun = "thread"


class UnknownRun(UnknownObject):
    """The thread has no run with this id."""

    noun = "run"


class UnknownStep(UnknownObject):
    """The run has no step with this id."""

    noun = "run step"


class UnknownCursor(RunStepsError, LookupError):
    """A page was asked for from an item that the list does not have.

    Attributes:
        param: The cursor at fault, `after` or `before`.
        item_id: What it named.
        noun: What the list is made of, `run` or `run step`.
    """

    def __init__(self, param: str, item_id: str, noun: str) -> None:
        super().__init__(param, item_id, noun)
        self.param = param
        self.item_id = item_id
        self.noun = noun

    def __str__(self) -> str:
        return f"No {self.noun} found with id '{self.item_id}', the value of '{self.param}'."


class StepStore(Protocol):
    """What the server reads from.

    The server calls it from several threads at once.
    """

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
