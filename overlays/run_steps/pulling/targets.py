"""What to pull: threads, or single runs of them, as people and other programs write them down."""

from __future__ import annotations

import csv
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from attrs import frozen

from run_steps._ids import checked_id
from run_steps.client import RunSteps
from run_steps.errors import APIStatusError, RunStepsError

_logger = logging.getLogger(__name__)

_NOT_LISTED = (400, 404, 405, 501)
"""Statuses by which a server says that it does not list threads."""

_NO_ID = re.compile(r"[\[\]{}\"]")
"""What stands in JSON or CSV, and in no id."""

_SEPARATOR = re.compile(r"[/\s,;]+")

_SEPARATOR_LINE = re.compile(r"sep=.", re.IGNORECASE)
"""What spreadsheets write before the heading."""

_HEADINGS = {"threadid": "thread_id", "runid": "run_id"}
"""Names of columns, without what stands between their words."""

_LIKE_HEADING = frozenset({"id", "run_id", "thread", "run", "assistant_id", "created_at", "status", "name"})
"""Names of columns that are no ids of threads."""


@frozen
class Target:
    """A thread with all its runs, or one run.

    Attributes:
        thread_id: Id of the thread.
        run_id: Id of the run; None for all runs of the thread.

    Raises:
        ValueError: An id cannot be one.
    """

    thread_id: str
    run_id: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check the ids."""
        checked_id("thread_id", self.thread_id)
        if self.run_id is not None:
            checked_id("run_id", self.run_id)


def listed_threads(client: RunSteps) -> Iterator[Target]:
    """Yield all threads of a server that lists them, oldest first, as targets.

    Raises:
        RunStepsError: The server does not list threads, or cannot be asked.
    """
    threads = iter(client.threads(order="asc", prefetch=True))
    try:
        first = next(threads, None)
    except APIStatusError as error:
        if error.status not in _NOT_LISTED:
            raise
        raise RunStepsError(
            f"{client.server.base_url} does not list its threads ({error}); most servers do not. Name them instead: "
            "their ids are in your own records."
        ) from None
    for thread in chain([] if first is None else [first], threads):
        try:
            yield Target(thread.id)
        except ValueError as error:
            _logger.warning("A thread that the server lists was left out: %s.", error)


def target(text: str) -> Target:
    """Read a target from a word or a line: `thread_1`, or `thread_1/run_1` with a slash, blank, comma or tab between.

    Raises:
        ValueError: The text is neither.
    """
    words = _SEPARATOR.split(text.strip())
    if _NO_ID.search(text):
        raise ValueError(
            f"{text.strip()!r} is no id: write JSON objects a line each, CSV with a heading thread_id, or ids alone"
        )
    if len(words) not in (1, 2) or not all(words):
        raise ValueError(f"{text.strip()!r} is neither a thread id nor a thread and a run id, such as thread_1/run_1")
    return Target(*words)


def read_targets(lines: Iterable[str], name: str = "input") -> Iterator[Target]:
    """Read targets from lines, CSV with a heading, JSON lines or a JSON array, whichever it is.

    All but an array is read as it goes.

    Args:
        lines: The lines. A first one that begins with `{` makes it JSON lines: objects with `thread_id` and maybe
            `run_id`, or runs and threads as servers send them. One that begins with `[` makes it an array of such
            objects, or of texts as `target` reads them. A heading with a column `thread_id` (and maybe `run_id`) makes
            it CSV; `Thread ID` and `threadId` are the same, and a line `sep=;` may come before. Otherwise each line is
            a target as `target` reads it; empty lines and those that begin with `#` are passed over.
        name: What is read, for messages.

    Yields:
        The targets in order.

    Raises:
        ValueError: A line cannot be read; the message names it.
    """
    lines = iter(lines)
    passed = 0
    for first in lines:
        if first.strip().lstrip("\ufeff"):
            break
        passed += 1
    else:
        return
    first = first.lstrip("\ufeff")
    if _SEPARATOR_LINE.fullmatch(first.strip()):
        first = next(lines, "")
        passed += 1
    everything = chain([first], lines)
    if first.lstrip().startswith("["):
        yield from _from_array("".join(everything), name)
    elif first.lstrip().startswith("{"):
        yield from _numbered(_from_json, everything, name, passed)
    elif "thread_id" in (heading := _heading(first)):
        yield from _from_csv(everything, name, passed)
    elif _LIKE_HEADING.intersection(heading) and not first.lstrip().startswith("#"):
        raise ValueError(
            f"{name}, line {passed + 1}: a heading without a column thread_id: name the column of the threads so"
        )
    else:
        yield from _numbered(_from_line, everything, name, passed)


def _numbered(read: Callable[[str], Target | None], lines: Iterable[str], name: str, passed: int) -> Iterator[Target]:
    for number, line in enumerate(lines, start=passed + 1):
        try:
            found = read(line) if line.strip() else None
        except ValueError as error:
            raise ValueError(f"{name}, line {number}: {error}") from None
        if found is not None:
            yield found


def _from_line(line: str) -> Target | None:
    return None if line.lstrip().startswith("#") else target(line)


def _from_array(text: str, name: str) -> Iterator[Target]:
    try:
        values: list[Any] = _parsed(text)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None
    for number, value in enumerate(values, start=1):
        try:
            yield target(value) if isinstance(value, str) else _from_value(value)
        except ValueError as error:
            raise ValueError(f"{name}, item {number}: {error}") from None


def _from_json(line: str) -> Target:
    return _from_value(_parsed(line))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"this is not JSON ({error})") from None


def _from_value(value: Any) -> Target:
    thread_id: Any = None
    run_id: Any = None
    match value:
        case {"object": "thread", "id": thread_id}:
            pass
        case {"object": "thread.run", "thread_id": thread_id, "id": run_id}:
            pass
        case {"thread_id": thread_id}:
            run_id = value.get("run_id")
        case _:
            pass
    if not isinstance(thread_id, str) or not (run_id is None or isinstance(run_id, str)):
        raise ValueError("expected an object with a text `thread_id`, and a text `run_id` or none")
    return Target(thread_id, run_id or None)


def _heading(line: str) -> list[str]:
    names = next(csv.reader([line], dialect=_dialect(line)))
    return [_HEADINGS.get(re.sub(r"[\W_]", "", name).lower(), name.strip().lower()) for name in names]


def _dialect(heading: str) -> type[csv.Dialect]:
    """Return how the columns are separated: by commas, or as spreadsheets of many countries do it."""

    class Separated(csv.excel):
        delimiter = next((character for character in ",;\t" if character in heading), ",")

    return Separated


def _from_csv(lines: Iterator[str], name: str, passed: int) -> Iterator[Target]:
    first = next(lines)
    names = _heading(first)
    reader = csv.reader(lines, dialect=_dialect(first), strict=True)
    try:
        for row in reader:
            values = dict(zip(names, (value.strip() for value in row), strict=False))
            if any(values.values()):
                yield Target(values.get("thread_id", ""), values.get("run_id") or None)
    except (ValueError, csv.Error) as error:
        raise ValueError(f"{name}, line {passed + 1 + reader.line_num}: {error}") from None
