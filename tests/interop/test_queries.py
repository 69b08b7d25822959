"""The questions of the guide to asking an archive with SQL, asked by Datasette, pandas and Polars."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from run_steps import servers
from run_steps.pulling import Target, pull
from run_steps.serving import create_app, sample_store, serve
from tests.overlays.archive.test_archive_queries import GUIDE, QUESTIONS

datasette: Any = import_module("datasette.app")  # which has no types
pd: Any = import_module("pandas")  # whose types are a package of their own


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive that the guide asks."""
    path = tmp_path_factory.mktemp("queries") / "history.db"
    with serve(create_app(sample_store())) as base_url:
        pull(servers.compatible(base_url), path, [Target("thread_demo")])
    return path


@pytest.fixture(scope="module")
def connection(history: Path) -> Iterator[sqlite3.Connection]:
    """The archive, opened as the guide says."""
    with closing(sqlite3.connect(f"{history.as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def ask_datasette(history: Path, questions: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Ask Datasette, as the guide starts it, for pages; return the JSON of each."""
    (metadata,) = re.findall(r"^```json\n(.*?)^```", GUIDE, flags=re.DOTALL | re.MULTILINE)

    async def ask() -> dict[str, Any]:
        site = datasette.Datasette([], immutables=[str(history)], metadata=json.loads(metadata))
        answers = {path: await site.client.get(path, params=params) for path, params in questions.items()}
        return {path: answer.raise_for_status().json() for path, answer in answers.items()}

    return asyncio.run(ask())


@pytest.mark.parametrize("question", QUESTIONS)
def test_readers_give_the_answers_of_sqlite(history: Path, connection: sqlite3.Connection, question: str) -> None:
    """To each question as it stands."""
    expected = connection.execute(question).fetchall()
    asked: Any = pd.read_sql_query(question, connection)
    frame: Any = asked.astype(object)
    assert list(frame.where(frame.notna(), None).itertuples(index=False, name=None)) == expected
    assert pl.read_database(question, connection).rows() == expected
    (answer,) = ask_datasette(history, {"/history.json": {"sql": question, "_shape": "arrays"}}).values()
    assert [tuple(row) for row in answer["rows"]] == expected


def test_datasette_has_a_page_for_a_question_of_yours(history: Path) -> None:
    """The one of the guide, and pages for tables as well."""
    pages = ask_datasette(
        history, {"/history/steps_with_a_word.json": {"word": "reading"}, "/history/messages.json": {"_size": "1"}}
    )
    found, messages = pages.values()
    assert len(found["rows"]) == 115
    assert messages["filtered_table_rows_count"] == 126
