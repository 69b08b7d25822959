"""The questions of the guide to asking an archive with SQL, asked by pandas and Polars."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl

from run_steps import servers
from run_steps.pulling import Target, pull
from run_steps.serving import create_app, sample_store, serve
from tests.overlays.archive.test_archive_queries import QUESTIONS

pd: Any = import_module("pandas")  # whose types are a package of their own


def test_pandas_and_polars_give_the_answers_of_sqlite(tmp_path: Path) -> None:
    """To each question as it stands."""
    path = tmp_path / "history.db"
    with serve(create_app(sample_store())) as base_url:
        pull(servers.compatible(base_url), path, [Target("thread_demo")])
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        for question in QUESTIONS:
            expected = connection.execute(question).fetchall()
            asked: Any = pd.read_sql_query(question, connection)
            frame: Any = asked.astype(object)
            assert list(frame.where(frame.notna(), None).itertuples(index=False, name=None)) == expected
            assert pl.read_database(question, connection).rows() == expected
