"""Where a thread or run is in the tables, and pages of what belongs to it by the indexes made for them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, Literal

from run_steps._received import json_text
from run_steps.archive.records import storable
from run_steps.archive.schema import WITH_MESSAGES
from run_steps.stores import Item, Page, PageQuery, UnknownCursor, UnknownRun, UnknownThread

Table = Literal["threads", "runs", "steps", "messages"]

_COLUMNS: Mapping[Table, tuple[str, str, str]] = {
    "threads": ("thread_id", "key", "thread"),
    "runs": ("run_id", "created_at", "run"),
    "steps": ("step_id", "position", "run step"),
    "messages": ("message_id", "position", "message"),
}
"""By table: the id of its rows, what they are ordered by (then by their key), and what they are."""


def thread_key(connection: sqlite3.Connection, thread_id: str) -> int:
    """Return the key of a thread; raises `UnknownThread`."""
    found = connection.execute("SELECT key FROM threads WHERE thread_id = ?", (storable(thread_id),)).fetchone()
    if found is None:
        raise UnknownThread(thread_id)
    return int(found[0])


def run_key(connection: sqlite3.Connection, thread_id: str, run_id: str) -> int:
    """Return the key of a run; raises `UnknownThread` and `UnknownRun`."""
    key = (thread_key(connection, thread_id), storable(run_id))
    found = connection.execute("SELECT key FROM runs WHERE thread = ? AND run_id = ?", key).fetchone()
    if found is None:
        raise UnknownRun(run_id)
    return int(found[0])


def read_page(
    connection: sqlite3.Connection, table: Table, parent: int, query: PageQuery, *, run_id: str | None = None
) -> Page:
    """Return one page of what belongs to a thread or a run.

    Args:
        connection: A connection to the archive.
        table: What to list.
        parent: Key of the thread or run.
        query: Which page.
        run_id: Id of the run that wrote the messages; None for all.

    Raises:
        UnknownCursor: A cursor names nothing in the list.
    """
    owner = {"run" if table == "steps" else "thread": parent}
    return _read(connection, table, owner, query, "payload", Item, run_id=run_id)


def read_threads(connection: sqlite3.Connection, query: PageQuery, version: int) -> Page:
    """Return one page of all threads, in the order they were first pulled; raises as `read_page`."""
    return _read(connection, "threads", {}, query, _thread_payload(version), _thread)


def _read(
    connection: sqlite3.Connection,
    table: Table,
    owner: Mapping[str, int],
    query: PageQuery,
    payload: str,
    item_of: Callable[[str, Any], Item],
    *,
    run_id: str | None = None,
) -> Page:
    """Return one page of the rows of an owner, by the column that has its key."""
    id_column, order_column, _ = _COLUMNS[table]
    conditions, values = [f"{column} = ?" for column in owner], list[int | str](owner.values())
    if run_id is not None:
        conditions.append("run_id = ?")
        values.append(storable(run_id))
    for param, item_id, beyond in (("after", query.after, ">"), ("before", query.before, "<")):
        if item_id is not None:
            comparison = beyond if query.order == "asc" else {"<": ">", ">": "<"}[beyond]
            conditions.append(f"({order_column}, key) {comparison} (?, ?)")
            values += _place(connection, table, owner, param, item_id)
    # Away from `before` alone, the nearest items come first, and are turned round afterwards.
    backwards = query.before is not None and query.after is None
    direction = "ASC" if (query.order == "asc") != backwards else "DESC"
    rows = connection.execute(
        f"SELECT {id_column}, {payload} FROM {table} WHERE {' AND '.join(conditions) or 'true'}"  # noqa: S608 - fixed words
        f" ORDER BY {order_column} {direction}, key {direction} LIMIT ?",
        (*values, query.limit + 1),
    ).fetchall()
    items = [item_of(*row) for row in rows[: query.limit]]
    return Page(items[::-1] if backwards else items, has_more=len(rows) > query.limit)


def read_thread(connection: sqlite3.Connection, thread_id: str, version: int) -> Item:
    """Return one thread; raises `UnknownThread`."""
    key = thread_key(connection, thread_id)
    query = f"SELECT thread_id, {_thread_payload(version)} FROM threads WHERE key = ?"  # noqa: S608 - fixed words
    return _thread(*connection.execute(query, (key,)).fetchone())


def _thread_payload(version: int) -> str:
    return "(SELECT payload FROM conversations WHERE thread = threads.key)" if version >= WITH_MESSAGES else "NULL"


def _thread(thread_id: str, payload: str | None) -> Item:
    """Return a thread as it was received, or as much as is known of it."""
    return Item(thread_id, payload or json_text({"id": thread_id, "object": "thread"}))


def _place(
    connection: sqlite3.Connection, table: Table, owner: Mapping[str, int], param: str, item_id: str
) -> tuple[int, int]:
    """Return where an item stands in the order of its list."""
    id_column, order_column, noun = _COLUMNS[table]
    where = " AND ".join(f"{column} = ?" for column in (*owner, id_column))
    query = f"SELECT {order_column}, key FROM {table} WHERE {where}"  # noqa: S608 - fixed words
    found: tuple[int, int] | None = connection.execute(query, (*owner.values(), storable(item_id))).fetchone()
    if found is None:
        raise UnknownCursor(param, item_id, noun)
    return found
