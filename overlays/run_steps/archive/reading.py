"""Where a thread or run is in the tables, and pages of what belongs to it by the indexes made for them."""

from __future__ import annotations

import sqlite3
from typing import Literal

from run_steps.archive.records import storable
from run_steps.stores import Item, Page, PageQuery, UnknownCursor, UnknownRun, UnknownThread

Table = Literal["runs", "steps"]

_COLUMNS = {"runs": ("thread", "run_id", "created_at", "run"), "steps": ("run", "step_id", "position", "run step")}
"""By table: what its rows belong to, their id, what they are ordered by (then by their key), and what they are."""


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


def read_page(connection: sqlite3.Connection, table: Table, parent: int, query: PageQuery) -> Page:
    """Return one page of what belongs to a thread or a run.

    Args:
        connection: A connection to the archive.
        table: What to list.
        parent: Key of the thread or run.
        query: Which page.

    Raises:
        UnknownCursor: A cursor names nothing in the list.
    """
    parent_column, id_column, order_column, _ = _COLUMNS[table]
    conditions, values = [f"{parent_column} = ?"], [parent]
    for param, item_id, beyond in (("after", query.after, ">"), ("before", query.before, "<")):
        if item_id is not None:
            comparison = beyond if query.order == "asc" else {"<": ">", ">": "<"}[beyond]
            conditions.append(f"({order_column}, key) {comparison} (?, ?)")
            values += _place(connection, table, parent, param, item_id)
    # Away from `before` alone, the nearest items come first, and are turned round afterwards.
    backwards = query.before is not None and query.after is None
    direction = "ASC" if (query.order == "asc") != backwards else "DESC"
    rows = connection.execute(
        f"SELECT {id_column}, payload FROM {table} WHERE {' AND '.join(conditions)}"  # noqa: S608 - fixed words
        f" ORDER BY {order_column} {direction}, key {direction} LIMIT ?",
        (*values, query.limit + 1),
    ).fetchall()
    items = [Item(item_id, payload) for item_id, payload in rows[: query.limit]]
    return Page(items[::-1] if backwards else items, has_more=len(rows) > query.limit)


def _place(connection: sqlite3.Connection, table: Table, parent: int, param: str, item_id: str) -> tuple[int, int]:
    """Return where an item stands in the order of its list."""
    parent_column, id_column, order_column, noun = _COLUMNS[table]
    query = f"SELECT {order_column}, key FROM {table} WHERE {parent_column} = ? AND {id_column} = ?"  # noqa: S608 - fixed words
    found: tuple[int, int] | None = connection.execute(query, (parent, storable(item_id))).fetchone()
    if found is None:
        raise UnknownCursor(param, item_id, noun)
    return found
