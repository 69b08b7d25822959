"""The steps and messages of an archive as rows of columns, for exports, in order of time and in parts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from run_steps._choices import RowTable
from run_steps.archive.schema import NO_TIME

ROW_COLUMNS = (
    "thread_id",
    "run_id",
    "step_id",
    "assistant_id",
    "type",
    "status",
    "created_at",
    "ended_at",
    "tools",
    "prompt_tokens",
    "completion_tokens",
    "total_tokens",
    "error_code",
    "error_message",
    "server",
    "pulled_at",
    "completed",
    "reason",
    "payload",
)
"""What a row holds: times as Unix seconds or None, `tools` as kinds with commas between, `payload` as JSON text.

`completed` is whether the archive has all of the step's run (1 or 0), `reason` why not, or None.
"""

MESSAGE_ROW_COLUMNS = (
    "thread_id",
    "run_id",
    "message_id",
    "assistant_id",
    "role",
    "status",
    "created_at",
    "server",
    "pulled_at",
    "payload",
)
"""The same of a message."""

Place = tuple[float, int]
"""Where a step stands in the order by time: when it was created (Unix seconds), and its key."""

_FIRST_PLACE: Place = (float("-inf"), 0)
_LAST_PLACE: Place = (float("inf"), 0)

_EXPRESSIONS = {
    "thread_id": "threads.thread_id",
    "run_id": "runs.run_id",
    "created_at": f"nullif(steps.created_at, {NO_TIME})",
    "server": "servers.base_url",
    "completed": "runs.is_complete",
    "reason": (
        "CASE WHEN runs.is_complete THEN NULL ELSE coalesce((SELECT message FROM failures WHERE failures.thread_id ="
        " threads.thread_id AND failures.run_id = runs.run_id), iif(runs.has_ended, 'incomplete', 'still going')) END"
    ),
}
_MESSAGE_EXPRESSIONS = {**_EXPRESSIONS, "run_id": "steps.run_id"}

_IN_RANGE = "(steps.created_at, steps.key) >= (?, ?) AND (steps.created_at, steps.key) < (?, ?)"
"""With `steps` for whatever has rows, so that one query serves both."""


@frozen
class StepRange:
    """Some of the steps of an archive, from a place in the order by time up to and without another one."""

    start: Place = _FIRST_PLACE
    stop: Place = _LAST_PLACE


def between(since: datetime | None, until: datetime | None) -> StepRange:
    """Return the steps created from one moment up to and without another one.

    Steps without a time belong to it only when it has neither beginning nor end.
    """
    if since is None and until is None:
        return StepRange()
    # Whatever has a time has it from 1970 on; what has none comes before.
    start = (0.0, 0) if since is None else (max(0.0, _seconds(since)), 0)
    stop = _LAST_PLACE if until is None else (_seconds(until), 0)
    return StepRange(start, stop)


def _seconds(moment: datetime) -> float:
    """Return a moment as Unix seconds; without a zone it is in UTC, as times of servers are."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def split(connection: sqlite3.Connection, whole: StepRange, parts: int, table: RowTable = "steps") -> list[StepRange]:
    """Cut a range into parts of about the same number of steps, which together are the whole.

    Raises:
        ValueError: `parts` is less than 1.
    """
    if parts < 1:
        raise ValueError(f"parts must be at least 1, not {parts}")
    where = f"FROM {table} AS steps WHERE {_IN_RANGE}"
    bounds = (*whole.start, *whole.stop)
    (count,) = connection.execute(f"SELECT count(*) {where}", bounds).fetchone()
    cuts: list[Place] = []
    for number in range(1, parts):
        query = f"SELECT created_at, key {where} ORDER BY created_at, key LIMIT 1 OFFSET ?"
        found = connection.execute(query, (*bounds, count * number // parts)).fetchone()
        cuts.append(found or whole.stop)
    return [StepRange(*pair) for pair in zip([whole.start, *cuts], [*cuts, whole.stop], strict=True)]


def read_rows(
    connection: sqlite3.Connection, part: StepRange, *, payload: bool, batch: int, table: RowTable = "steps"
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Yield the rows of a range, oldest first, in batches.

    Args:
        connection: A connection to the archive that nothing else uses meanwhile.
        part: Which steps.
        payload: Whether rows end with the payload.
        batch: Rows to read at a time (count).
        table: What to read.
    """
    if table == "steps":
        names: tuple[str, ...] = ROW_COLUMNS
        expressions = _EXPRESSIONS
        of_thread = "CROSS JOIN runs ON runs.key = steps.run CROSS JOIN threads ON threads.key = runs.thread"
    else:
        names, expressions = MESSAGE_ROW_COLUMNS, _MESSAGE_EXPRESSIONS
        of_thread = "CROSS JOIN threads ON threads.key = steps.thread"
    columns = names if payload else names[:-1]
    selected = ", ".join(expressions.get(name, f"steps.{name}") for name in columns)
    # A cross join keeps the order of the tables, so that the index by time drives the query and nothing is sorted.
    query = (
        f"SELECT {selected} FROM {table} AS steps {of_thread}"  # noqa: S608 - fixed words
        " CROSS JOIN servers ON servers.key = threads.server"
        f" WHERE {_IN_RANGE} ORDER BY steps.created_at, steps.key"
    )
    cursor = connection.execute(query, (*part.start, *part.stop))
    while rows := cursor.fetchmany(batch):
        yield rows
