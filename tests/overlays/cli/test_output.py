"""What commands write is aligned, fits, and is harmless whatever servers and tools wrote."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from run_steps.cli.output import Column, fitting_widths, write_table
from run_steps.serving import MemoryStore, create_app, serve
from run_steps.shown_text import cells_of
from tests.overlays.cli.conftest import Invoke, finish, start
from tests.overlays.cli.terminals import in_terminal, without_styles

HOSTILE = "\x1b]0;owned\x07\x1b[2J[bold]<b>\u202egnp\u200b\x9b31m\ud800\n\tnext =cmd|' /C calc'!A0"
"""A window title, a cleared screen, markup, reversed text, a lone surrogate, a line break, a formula."""

COLUMNS = (
    Column[tuple[str, str, str]]("id", lambda row: row[0], importance=3),
    Column[tuple[str, str, str]]("what", lambda row: row[1], importance=2, narrowest=6),
    Column[tuple[str, str, str]]("count", lambda row: row[2], importance=1, is_number=True),
)

ROWS = st.lists(st.tuples(st.text(min_size=1), st.text(), st.integers(0, 10**6).map(str)), min_size=1, max_size=5)


def table(rows: list[tuple[str, str, str]], width: int) -> list[str]:
    """Return the lines of a table in a terminal of some width."""
    file = io.StringIO()
    console = Console(file=file, width=width, color_system=None, force_terminal=True, markup=False, highlight=False)
    write_table(console, rows, COLUMNS, nothing="nothing")
    return file.getvalue().splitlines()


@given(ROWS, st.integers(8, 200))
def test_a_table_fits(rows: list[tuple[str, str, str]], width: int) -> None:
    """Whatever is in it, a row is one line, and no wider than the terminal."""
    lines = table(rows, width)

    assert len(lines) == len(rows) + 1
    assert max(map(cells_of, lines)) <= width


def test_columns_are_left_out_where_there_is_no_room() -> None:
    """The least important goes first; ids are kept whole as long as they fit."""
    rows = [("step_1", "a very long description", "12"), ("step_22", "short", "3")]

    assert table(rows, 80) == [
        "id       what                     count",
        "step_1   a very long description     12",
        "step_22  short                        3",
    ]
    assert table(rows, 25) == ["id       what       count", "step_1   a very l…     12", "step_22  short          3"]
    assert table(rows, 20) == ["id       what", "step_1   a very lon…", "step_22  short"]
    assert table(rows, 9) == ["id", "step_1", "step_22"]
    assert table(rows, 5) == ["id", "step…", "step…"]


def test_widths_never_exceed_what_is_wanted() -> None:
    """A wide terminal does not tear columns apart."""
    assert fitting_widths([("a", "b", "c")], COLUMNS, 1000) == [2, 4, 5]


def test_an_empty_list_is_said_in_a_terminal() -> None:
    """There is nothing to see, and the reader knows why."""
    assert table([], 80) == ["nothing"]


@pytest.fixture(scope="module")
def hostile_server() -> Iterator[str]:
    """The base URL of a server whose every text is hostile."""
    store = MemoryStore()
    store.add_thread("thread_a")
    run: dict[str, Any] = {
        "id": "run_a",
        "object": "thread.run",
        "thread_id": "thread_a",
        "assistant_id": HOSTILE,
        "created_at": 1,
        "status": HOSTILE,
        "model": HOSTILE,
        "last_error": {"code": HOSTILE, "message": HOSTILE},
    }
    store.put_run({**run, "id": "run_b", "status": "completed", "completed_at": 2})
    store.put_run(run)
    call = {"id": HOSTILE, "type": "function", "function": {"name": HOSTILE, "arguments": HOSTILE, "output": HOSTILE}}
    for run_id in ("run_a", "run_b"):
        step: dict[str, Any] = {
            "id": f"step_{run_id}",
            "object": "thread.run.step",
            "run_id": run_id,
            "thread_id": "thread_a",
            "assistant_id": HOSTILE,
            "created_at": 1,
            "type": "tool_calls",
            "status": HOSTILE,
            "step_details": {"type": "tool_calls", "tool_calls": [call]},
            "last_error": {"code": HOSTILE, "message": HOSTILE},
            "expired_at": None,
            "cancelled_at": None,
            "failed_at": None,
            "completed_at": 2,
            "usage": None,
        }
        store.put_step(step)
    with serve(create_app(store)) as base_url:
        yield base_url


COMMANDS = [
    ("list", "thread_a", "run_a"),
    ("get", "thread_a", "run_a", "step_run_a"),
    ("runs", "thread_a"),
    ("timeline", "thread_a", "run_a"),
    ("watch", "thread_a", "run_b"),
]


@pytest.mark.parametrize("arguments", COMMANDS)
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_hostile_text_is_harmless_in_a_pipe(
    invoke: Invoke, hostile_server: str, arguments: tuple[str, ...], options: tuple[str, ...]
) -> None:
    """No control character, no text that runs backwards, nothing that cannot be encoded."""
    outcome = invoke(*arguments, *options, "--server", hostile_server)

    assert outcome.code == 0
    assert "owned" in outcome.out
    assert not set("\x1b\x07\x9b\u202e\u200b\ud800") & set(outcome.out)


@pytest.mark.parametrize("arguments", COMMANDS)
def test_hostile_text_is_harmless_in_a_terminal(hostile_server: str, arguments: tuple[str, ...]) -> None:
    """Nothing but our own colours reaches it, and markup is shown as it is."""
    written = without_styles(in_terminal(*arguments, "--server", hostile_server, width=200))

    assert r"\x1b]0;owned\x07" in written
    assert "[bold]" in written
    assert not set("\x1b\x07\x9b\u202e\u200b") & set(written)


def test_json_says_exactly_what_the_server_sent(invoke: Invoke, hostile_server: str) -> None:
    """Harmless on the way, and the same text again when it is read."""
    outcome = invoke("get", "thread_a", "run_a", "step_run_a", "--json", "--server", hostile_server)

    (call,) = json.loads(outcome.out)["step_details"]["tool_calls"]
    assert call["function"]["output"] == HOSTILE


def test_errors_of_servers_are_harmless() -> None:
    """What a server says goes wrong is one line as well."""
    store = MemoryStore()
    with serve(create_app(store)) as base_url:
        outcome = finish(start("runs", "thread\u202e\u200b", "--server", base_url))

    assert outcome.code == 1
    assert r"No thread found with id 'thread\u202e\u200b'" in outcome.err
    assert len(outcome.err.splitlines()) == 1
