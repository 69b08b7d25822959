"""A store that keeps everything in memory, for tests, demos and samples."""

from __future__ import annotations

import threading
from bisect import bisect_left, insort_right
from collections.abc import Callable
from operator import attrgetter
from typing import TypeAlias, TypeVar

from attrs import define, field, frozen

from run_steps._choices import Order
from run_steps._received import Item, JsonObject, json_text
from run_steps.errors import UnknownCursor, UnknownMessage, UnknownObject, UnknownRun, UnknownStep, UnknownThread
from run_steps.stores.paging import Page, PageQuery, select_span
from run_steps.stores.reader import StoreReader

_Key: TypeAlias = tuple[float, int]
_Value = TypeVar("_Value")


class MemoryStore(StoreReader):
    """Threads, their messages, their runs and the steps of these, in memory.

    It may be written to while a server reads from it: a reader who pages by cursor neither misses nor repeats a step
    because another one was added. A page costs O(log n + length of the page) for a run of n steps.

    What it is given it writes down, so that later changes by the caller do not show.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._threads: dict[str, _Thread] = {}
        self._in_order = _OrderedItems("thread")

    def add_thread(self, thread_id: str) -> None:
        """Make room for the runs and messages of a thread; a thread that is there keeps what it has."""
        with self._lock:
            if _checked_id("id of the thread", thread_id) not in self._threads:
                text = _checked_text("thread", {"id": thread_id, "object": "thread", "created_at": 0, "metadata": {}})
                self._put_thread(Item(thread_id, text), 0)

    def put_thread(self, thread: JsonObject) -> None:
        """Add a thread, or replace the one with its id and keep its runs and messages.

        Args:
            thread: A thread as a server sends it, with at least `id` and `created_at` (a number).

        Raises:
            ValueError: The thread lacks one of these fields, is not JSON, or replaces one created at another time.
        """
        text = _checked_text("thread", thread)
        thread_id = _checked_id("id of the thread", thread.get("id"))
        created_at = _checked_time(f"thread '{thread_id}'", thread.get("created_at"))
        with self._lock:
            self._put_thread(Item(thread_id, text), created_at)

    def _put_thread(self, thread: Item, created_at: float) -> None:
        self._in_order.put(thread, created_at)
        self._threads.setdefault(thread.id, _Thread())

    def put_message(self, message: JsonObject) -> None:
        """Add a message, or replace the one with its id, which keeps its place in the thread.

        Args:
            message: A message as a server sends it, with at least `id`, `thread_id` and `created_at` (a number, in the
                same unit for all messages of the thread).

        Raises:
            UnknownThread: The thread was not added.
            ValueError: The message lacks one of these fields, is not JSON, or replaces one created at another time.
        """
        text = _checked_text("message", message)
        message_id, thread_id = (
            _checked_id(f"{name} of the message", message.get(name)) for name in ("id", "thread_id")
        )
        created_at = _checked_time(f"message '{message_id}'", message.get("created_at"))
        with self._lock:
            thread, run_id = self._thread(thread_id), message.get("run_id")
            for messages in (thread.messages, thread.written.setdefault(run_id, _OrderedItems("message"))):
                messages.put(Item(message_id, text), created_at)

    def put_run(self, run: JsonObject) -> None:
        """Add a run, or replace the one with its id and keep its steps.

        Args:
            run: A run as a server sends it, with at least `id`, `thread_id` and `created_at` (a number, in the same
                unit for all runs of the thread).

        Raises:
            UnknownThread: The thread was not added.
            ValueError: The run lacks one of these fields, is not JSON, or replaces one created at another time.
        """
        text = _checked_text("run", run)
        run_id, thread_id = (_checked_id(f"{name} of the run", run.get(name)) for name in ("id", "thread_id"))
        created_at = _checked_time(f"run '{run_id}'", run.get("created_at"))
        with self._lock:
            thread = self._thread(thread_id)
            thread.runs.put(Item(run_id, text), created_at)
            thread.steps.setdefault(run_id, _OrderedItems("run step"))

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
        text = _checked_text("step", step)
        step_id, run_id, thread_id = (
            _checked_id(f"{name} of the step", step.get(name)) for name in ("id", "run_id", "thread_id")
        )
        created_at = _checked_time(f"step '{step_id}'", step.get("created_at"))
        with self._lock:
            self._steps(thread_id, run_id).put(Item(step_id, text), created_at)

    def list_runs(self, thread_id: str, query: PageQuery) -> Page:
        """Return one page of the runs of a thread; see `StepStore`."""
        with self._lock:
            return self._thread(thread_id).runs.page(query)

    def get_run(self, thread_id: str, run_id: str) -> Item:
        """Return one run; see `StepStore`."""
        with self._lock:
            return self._thread(thread_id).runs.get(run_id, UnknownRun)

    def list_steps(self, thread_id: str, run_id: str, query: PageQuery) -> Page:
        """Return one page of the steps of a run; see `StepStore`."""
        with self._lock:
            return self._steps(thread_id, run_id).page(query)

    def get_step(self, thread_id: str, run_id: str, step_id: str) -> Item:
        """Return one step; see `StepStore`."""
        with self._lock:
            return self._steps(thread_id, run_id).get(step_id, UnknownStep)

    def list_messages(self, thread_id: str, query: PageQuery, *, run_id: str | None = None) -> Page:
        """Return one page of the messages of a thread; see `StepStore`."""
        with self._lock:
            thread = self._thread(thread_id)
            messages = thread.messages if run_id is None else thread.written.get(run_id, _OrderedItems("message"))
            return messages.page(query)

    def get_message(self, thread_id: str, message_id: str) -> Item:
        """Return one message; see `StepStore`."""
        with self._lock:
            return self._thread(thread_id).messages.get(message_id, UnknownMessage)

    def list_threads(self, query: PageQuery) -> Page:
        """Return one page of all threads; see `StepStore`."""
        with self._lock:
            return self._in_order.page(query)

    def get_thread(self, thread_id: str) -> Item:
        """Return one thread; see `StepStore`."""
        with self._lock:
            return self._in_order.get(thread_id, UnknownThread)

    def _thread(self, thread_id: str) -> _Thread:
        return _found(self._threads, thread_id, UnknownThread)

    def _steps(self, thread_id: str, run_id: str) -> _OrderedItems:
        return _found(self._thread(thread_id).steps, run_id, UnknownRun)


@frozen
class _Entry:
    key: _Key
    item: Item


_entry_key: Callable[[_Entry], _Key] = attrgetter("key")


@define
class _OrderedItems:
    """Items by `created_at`, and among those of the same time by arrival."""

    noun: str
    _entries: list[_Entry] = field(init=False, factory=list[_Entry])
    _keys: dict[str, _Key] = field(init=False, factory=dict[str, _Key])

    def put(self, item: Item, created_at: float) -> None:
        key = self._keys.get(item.id)
        if key is None:
            # Nothing is ever removed, so the count so far numbers arrivals.
            key = self._keys[item.id] = (created_at, len(self._entries))
            insort_right(self._entries, _Entry(key, item), key=_entry_key)
        elif key[0] == created_at:
            self._entries[self._position(key)] = _Entry(key, item)
        else:
            raise ValueError(
                f"created_at of the {self.noun} '{item.id}' was {key[0]} and is now {created_at}; it may not change,"
                f" because the {self.noun} would move under readers who page through the list"
            )

    def get(self, item_id: str, unknown: type[UnknownObject]) -> Item:
        return self._entries[self._position(_found(self._keys, item_id, unknown))].item

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
        return Page([entry.item for entry in entries], span.has_more)

    def _cursor(self, param: str, item_id: str | None, order: Order) -> int | None:
        """Return the position a cursor names, counted in the requested order."""
        if item_id is None:
            return None
        if item_id not in self._keys:
            raise UnknownCursor(param, item_id, self.noun)
        position = self._position(self._keys[item_id])
        return position if order == "asc" else len(self._entries) - 1 - position

    def _position(self, key: _Key) -> int:
        return bisect_left(self._entries, key, key=_entry_key)


@define
class _Thread:
    runs: _OrderedItems = field(factory=lambda: _OrderedItems("run"))
    steps: dict[str, _OrderedItems] = field(factory=dict[str, _OrderedItems])
    messages: _OrderedItems = field(factory=lambda: _OrderedItems("message"))
    written: dict[object, _OrderedItems] = field(factory=dict[object, _OrderedItems])


def _found(values: dict[str, _Value], object_id: str, unknown: type[UnknownObject]) -> _Value:
    try:
        return values[object_id]
    except KeyError:
        raise unknown(object_id) from None


def _checked_text(noun: str, value: JsonObject) -> str:
    try:
        return json_text(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"The {noun} cannot be written as JSON: {error}") from error


def _checked_id(name: str, value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise ValueError(f"{name} must be a non-empty text, not {value!r}")


def _checked_time(item: str, value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise ValueError(f"created_at of the {item} must be a number, not {value!r}")
