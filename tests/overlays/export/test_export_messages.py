"""Messages are exported as steps are: in every format, in parts, by time, and each once."""

from __future__ import annotations

import csv
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from run_steps.archive import MESSAGE_ROW_COLUMNS, Archive
from run_steps.archive.schema import MIGRATIONS, prepare
from run_steps.export import export
from run_steps.serving import PageQuery, sample_store

COLUMNS = (*MESSAGE_ROW_COLUMNS[:-1], "text", "payload")


@pytest.fixture(scope="module")
def payloads() -> list[str]:
    """What the server has, oldest first."""
    query = PageQuery(limit=1000, order="asc")
    lists = [sample_store().list_messages(thread_id, query).data for thread_id in ("thread_demo", "thread_other")]
    items = [(item.value["created_at"], item.text) for data in lists for item in data]
    return [text for _, text in sorted(items, key=lambda item: item[0])]


@pytest.mark.parametrize("shards", [1, 3])
def test_json_lines_have_every_message_as_it_came(
    sample_archive: Path, payloads: list[str], tmp_path: Path, shards: int
) -> None:
    """One payload a line, oldest first, written by one or by many."""
    with ThreadPoolExecutor(2) as pool:
        result = export(
            sample_archive,
            tmp_path / "messages.jsonl",
            "jsonl",
            table="messages",
            shards=shards,
            open_executor=(lambda: pool) if shards > 1 else None,
        )
    assert (tmp_path / "messages.jsonl").read_text(encoding="utf-8").splitlines() == payloads
    assert result.steps == len(payloads) == 128


@pytest.mark.parametrize("payload", [True, False])
def test_csv_tells_what_each_message_says(sample_archive: Path, tmp_path: Path, payload: bool) -> None:
    """Thread, run, who wrote it, when, and the text, harmless in a spreadsheet; the payload where it is wanted."""
    export(sample_archive, tmp_path / "messages.csv", "csv", table="messages", payload=payload)
    with (tmp_path / "messages.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = (row for row in rows if row["message_id"] == "msg_kinds_answer")

    assert tuple(row) == (COLUMNS if payload else COLUMNS[:-1])
    assert (row["thread_id"], row["run_id"], row["role"]) == ("thread_demo", "run_kinds", "assistant")
    assert row["text"].startswith("At berth 4, by bow and stern")
    assert row["created_at"] == "2026-01-01T01:01:24Z"
    assert len(rows) == 128


def test_parquet_has_typed_columns_by_day(sample_archive: Path, payloads: list[str], tmp_path: Path) -> None:
    """Readers of partitioned data find times as times and texts as texts."""
    export(sample_archive, tmp_path / "messages", "parquet", table="messages")
    dataset: Any = import_module("pyarrow.dataset")
    table = dataset.dataset(tmp_path / "messages", partitioning="hive").to_table().sort_by("created_at")

    assert table.column_names == [*COLUMNS, "day"]
    assert sorted(table.column("payload").to_pylist()) == sorted(payloads)
    assert table.column("created_at").to_pylist()[0].tzinfo is not None
    assert set(table.column("role").to_pylist()) == {"user", "assistant"}


def test_a_period_is_exported_alone(sample_archive: Path, tmp_path: Path) -> None:
    """By when the messages were written."""
    since = datetime(2026, 1, 1, 5, tzinfo=UTC)
    export(sample_archive, tmp_path / "late.jsonl", "jsonl", table="messages", since=since)
    times = [json.loads(line)["created_at"] for line in (tmp_path / "late.jsonl").read_text().splitlines()]
    assert times
    assert min(times) >= since.timestamp()


def test_a_damaged_message_costs_its_text(sample_archive: Path, tmp_path: Path) -> None:
    """Its payload is exported as it is, and all others are whole."""
    path = tmp_path / "damaged.sqlite"
    path.write_bytes(sample_archive.read_bytes())
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE messages SET payload = '{' WHERE message_id = 'msg_kinds_answer'")
    export(path, tmp_path / "messages.csv", "csv", table="messages")
    with (tmp_path / "messages.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["text"]]
    assert [(row["message_id"], row["payload"]) for row in rows] == [("msg_kinds_answer", "{")]


def test_an_archive_of_an_older_version_has_none(tmp_path: Path) -> None:
    """It is exported as a table without rows."""
    with closing(sqlite3.connect(tmp_path / "a.sqlite", isolation_level=None)) as connection:
        prepare(connection, tmp_path / "a.sqlite", MIGRATIONS[:2])
    assert export(tmp_path / "a.sqlite", tmp_path / "messages.csv", "csv", table="messages").steps == 0
    with Archive.open(tmp_path / "a.sqlite") as archive:
        assert list(archive.rows(table="messages")) == []


def test_traces_are_made_of_steps(sample_archive: Path, tmp_path: Path) -> None:
    """Messages have no times that a trace could show."""
    with pytest.raises(ValueError, match="otlp takes whole runs"):
        export(sample_archive, tmp_path / "a.otlp", "otlp", table="messages")
