"""The guide to asking an archive with SQL: each of its questions is asked, and gets an answer."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

GUIDE = (Path(__file__).parents[3] / "docs" / "queries.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^```sql\n(.*?)^```", GUIDE, flags=re.DOTALL | re.MULTILINE)
(MACRO,) = re.findall(r"^```text\n(CREATE TEMP MACRO .*?)^```", GUIDE, flags=re.DOTALL | re.MULTILINE)

DUCKDB_TYPES = {"INTEGER": "BIGINT", "REAL": "DOUBLE", "TEXT": "VARCHAR", "BLOB": "BLOB"}
"""How DuckDB's extension for SQLite takes the types of strict tables."""


@pytest.fixture(scope="module")
def connection(sample_archive: Path) -> Iterator[sqlite3.Connection]:
    """The archive, opened as the guide says."""
    with closing(sqlite3.connect(f"{sample_archive.as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


@pytest.fixture(scope="module")
def in_duckdb(connection: sqlite3.Connection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables in DuckDB as its extension, which has to be fetched, shows them; with the line of the guide."""
    with duckdb.connect() as database:
        for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            columns = connection.execute(f"SELECT name, type FROM pragma_table_info('{table}')").fetchall()
            described = ", ".join(f'"{name}" {DUCKDB_TYPES[kind]}' for name, kind in columns)
            database.execute(f"CREATE TABLE {table} ({described})")
            if rows := connection.execute(f"SELECT * FROM {table}").fetchall():
                database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)
        database.execute(MACRO)
        yield database


def test_no_question_is_overlooked() -> None:
    """All that the guide has are tried below."""
    assert len(QUESTIONS) == 11


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_has_an_answer(connection: sqlite3.Connection, question: str) -> None:
    """Of a connection that cannot write; the sample data has something for each."""
    rows = connection.execute(question).fetchall()

    assert rows
    assert any(value is not None for value in rows[0])


@pytest.mark.parametrize("question", QUESTIONS)
def test_duckdb_gives_the_same_answer(
    connection: sqlite3.Connection, in_duckdb: duckdb.DuckDBPyConnection, question: str
) -> None:
    """To each question as it stands."""
    assert in_duckdb.execute(question).fetchall() == connection.execute(question).fetchall()


def test_answers_are_true(connection: sqlite3.Connection) -> None:
    """Some of them, against what is known of the sample data."""
    answers = [connection.execute(question).fetchall() for question in QUESTIONS]

    assert answers[0][0] == ("thread_demo", 6, 381, "2026-01-01 00:00:00", "2026-01-01 06:00:12")
    assert answers[1] == [
        ("thread_demo", "run_empty", "queued", "still going"),
        ("thread_demo", "run_in_progress", "in_progress", "still going"),
    ]
    assert answers[7][0] == ("step_long_000", '{"gauge": "inner", "reading": 0}', "2.0 m")
    assert answers[10][1] == ("2026-01-01 00:00:01", "assistant", "The reading is written down.")


def test_datasette_would_answer(connection: sqlite3.Connection) -> None:
    """A question with a name in it, as Datasette asks it of the file."""
    (metadata,) = re.findall(r"^```json\n(.*?)^```", GUIDE, flags=re.DOTALL | re.MULTILINE)
    queries: dict[str, Any] = json.loads(metadata)["databases"]["history"]["queries"]

    found = connection.execute(queries["steps_with_a_word"]["sql"], {"word": "reading"}).fetchall()
    assert len(found) == 115
