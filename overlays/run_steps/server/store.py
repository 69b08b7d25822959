"""Where the server finds its steps: the interface it reads through, and a store that keeps everything in memory."""

from __future__ import annotations

import json
import threading
from bisect import bisect_left, insort_right
from collections.abc import Callable
from operator import attrgetter
from typing import Protocol, TypeAlias, TypeVar, cast

from attrs import Factory, define, frozen

from run_steps.server.paging import JsonObject, Order, Page, PageQuery, select_span

_Key: TypeAlias = tuple[float, int]
_Value = TypeVar("_Value")


class UnknownObject(LookupError):
    """A store holds no object with this id.

    Attributes:
        object_id: The id that was asked for.
    """

    noun = "object"

    def __init__(self, object_id: str) -> None:
        self.object_id = object_id
        super().__init__(f"No {self.noun} found with id '{object_id}'.")


class UnknownThread(UnknownObject):
    """There is no thread with this id."""

    noun = "thread"


class UnknownRun(UnknownObject):
    """The thread has no run with this id."""

    noun = "run"


class UnknownStep(UnknownObject):
    """The run has no step with this id."""

    noun = "run step"


class UnknownCursor(LookupError):
    """A page was asked for from a step that the run does not have.

    Attributes:
        param: The cursor at fault, `after` or `before`.
        step_id: What it named.
    """

    def __init__(self, param: str, step_id: str) -> None:
        self.param = param
        self.step_id = step_id
        super().__init__(f"No run step found with id '{step_id}', the value of '{param}'.")


class StepStore(Protocol):
    """What the server reads from.

    The server calls it from several threads at once and changes nothing it gets.
    """

    def list_steps(self, thread_id: str, run_id: str, query: PageQuery) -> Page:
        """Return one page of the steps of a run.

        Raises:
            UnknownThread: There is no such thread.
            UnknownRun: The thread has no such run.
            UnknownCursor: `query.after` or `query.before` names no step of the run.
        """
        ...

    def get_step(self, thread_id: str, run_id: str, step_id: str) -> JsonObject:
        """Return one step as a server sends it.

        Raises:
            UnknownThread: There is no such thread.
            UnknownRun: The thread has no such run.
            UnknownStep: The run has no such step.
        """
        ...


class MemoryStore:
    """Threads, their runs and the steps of these, in memory.

    It may be written to while a server reads from it: a reader who pages by cursor neither misses nor repeats a step
    because another one was added. A page costs O(log n + length of the page) for a run of n steps.

    What it is given it copies, so that later changes by the caller do not show; what it returns must not be changed.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._threads: dict[str, dict[str, _Run]] = {}

    def add_thread(self, thread_id: str) -> None:
        """Make room for the runs of a thread; a thread that is there keeps its runs."""
        with self._lock:
            self._threads.setdefault(_checked_id("id of the thread", thread_id), {})

    def put_run(self, run: JsonObject) -> None:
        """Add a run, or replace the one with its id and keep its steps.

        Args:
            run: A run as a server sends it, with at least `id` and `thread_id`.

        Raises:
            UnknownThread: The thread was not added.
            ValueError: The run lacks an id or is not JSON.
        """
        run = _json_copy("run", run)
        run_id, thread_id = (_checked_id(f"{name} of the run", run.get(name)) for name in ("id", "thread_id"))
        with self._lock:
            runs = _found(self._threads, thread_id, UnknownThread)
            if run_id in runs:
                runs[run_id].payload = run
            else:
                runs[run_id] = _Run(run)

    def put_step(self, step: JsonObject) -> None:
        """Add a step, or replace the one with its id, which keeps its place in the run.

        Args:
            step: A step as a server sends it, with at least `id`, `run_id`, `thread_id` and `created_at` (a number, in
                the same unit for all steps of the run).

        Raises:
            UnknownThread: The thread was not added.
            UnknownRun: The run was not added.
            ValueError: The step lacks one of these fields, is not JSON, or replaces one created at another time.
        """
        step = _json_copy("step", step)
        step_id, run_id, thread_id = (
            _checked_id(f"{name} of the step", step.get(name)) for name in ("id", "run_id", "thread_id")
        )
        created_at = _checked_time(step_id, step.get("created_at"))
        with self._lock:
            self._run(thread_id, run_id).steps.put(step_id, created_at, step)

    def get_run(self, thread_id: str, run_id: str) -> JsonObject:
        """Return a run as it was put.

        Raises:
            UnknownThread: There is no such thread.
            UnknownRun: The thread has no such run.
        """
        with self._lock:
            return self._run(thread_id, run_id).payload

    def list_steps(self, thread_id: str, run_id: str, query: PageQuery) -> Page:
        """Return one page of the steps of a run; see `StepStore`."""
        with self._lock:
            return self._run(thread_id, run_id).steps.page(query)

    def get_step(self, thread_id: str, run_id: str, step_id: str) -> JsonObject:
        """Return one step; see `StepStore`."""
        with self._lock:
            return self._run(thread_id, run_id).steps.get(step_id)

    def _run(self, thread_id: str, run_id: str) -> _Run:
        return _found(_found(self._threads, thread_id, UnknownThread), run_id, UnknownRun)


@frozen
class _Entry:
    key: _Key
    step: JsonObject


_entry_key: Callable[[_Entry], _Key] = attrgetter("key")


@define
class _OrderedSteps:
    """Steps by `created_at`, and among those of the same time by arrival."""

    _entries: list[_Entry] = Factory(list[_Entry])
    _keys: dict[str, _Key] = Factory(dict[str, _Key])

    def put(self, step_id: str, created_at: float, step: JsonObject) -> None:
        key = self._keys.get(step_id)
        if key is None:
            # Nothing is ever removed, so the count so far numbers arrivals.
            key = self._keys[step_id] = (created_at, len(self._entries))
            insort_right(self._entries, _Entry(key, step), key=_entry_key)
        elif key[0] == created_at:
            self._entries[self._position(key)] = _Entry(key, step)
        else:
            raise ValueError(
                f"created_at of the step '{step_id}' was {key[0]} and is now {created_at}; it may not change, because"
                " the step would move under readers who page through the run"
            )

    def get(self, step_id: str) -> JsonObject:
        return self._entries[self._position(_found(self._keys, step_id, UnknownStep))].step

    def page(self, query: PageQuery) -> Page:
        count = len(self._entries)
        span = select_span(
            count,
            limit=query.limit,
            after=self._cursor("after", query.after, query.order),
            before=self._cursor("before", query.before, query.order),
        )
        if query.order == "asc":
            entries = self._entries[span.start : span.stop]
        else:
            entries = self._entries[count - span.stop : count - span.start][::-1]
        return Page([entry.step for entry in entries], span.has_more)

    def _cursor(self, param: str, step_id: str | None, order: Order) -> int | None:
        """Return the position a cursor names, counted in the requested order."""
        if step_id is None:
            return None
        if step_id not in self._keys:
            raise UnknownCursor(param, step_id)
        position = self._position(self._keys[step_id])
        return position if order == "asc" else len(self._entries) - 1 - position

    def _position(self, key: _Key) -> int:
        return bisect_left(self._entries, key, key=_entry_key)


@define
class _Run:
    payload: JsonObject
    steps: _OrderedSteps = Factory(_OrderedSteps)


def _found(values: dict[str, _Value], object_id: str, unknown: type[UnknownObject]) -> _Value:
    try:
        return values[object_id]
    except KeyError:
        raise unknown(object_id) from None


def _json_copy(noun: str, value: JsonObject) -> JsonObject:
    try:
        return cast("JsonObject", json.loads(json.dumps(value, allow_nan=False)))
    except (TypeError, ValueError) as error:
        raise ValueError(f"The {noun} cannot be written as JSON: {error}") from error


def _checked_id(name: str, value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise ValueError(f"{name} must be a non-empty text, not {value!r}")


def _checked_time(step_id: str, value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise ValueError(f"created_at of the step '{step_id}' must be a number, not {value!r}")
