"""What stands in the files of an export, as other programs read them."""

import csv
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from run_steps import ConfigurationError
from run_steps._choices import Format, RowTable
from run_steps._installation import install_command
from run_steps.archive import ROW_COLUMNS, Archive, Failure, StepRange
from run_steps.export import ExportResult, export
from run_steps.export.jsonl import write_jsonl
from run_steps.export.parquet import write_parquet
from run_steps.export.rows import archive_rows, columns
from tests.overlays.export.archives import DAY, NOON, make_archive, received, step


def parquet(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """Ask DuckDB about an export, in which `steps` are its rows."""
    with duckdb.connect() as connection:
        files = f"{folder}/*/*.parquet"
        connection.execute(f"CREATE VIEW steps AS SELECT * FROM read_parquet('{files}', hive_partitioning = true)")
        return connection.execute(query).fetchall()


def cells(path: Path) -> list[dict[str, str]]:
    """Read a CSV file as programs do."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_json_lines_are_the_payloads(archive: Path, out: Path) -> None:
    """Each line is the JSON of a step, those without a time first, then from the oldest to the newest."""
    result = export(archive, out / "steps.jsonl", "jsonl")

    lines = (out / "steps.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [f"step_{number:05}" for number in range(10)]
    assert result == ExportResult(steps=10, files=1, size=(out / "steps.jsonl").stat().st_size)


def test_json_lines_are_exactly_what_was_received(tmp_path: Path, out: Path) -> None:
    """Spelling of numbers, repeated keys and escapes stay; a line break between tokens becomes a blank."""
    sent = '{"id": "s", "run_id":"run_1",\r\n "n": 1.50e0, "n": 2, "u": "\\u00e9 é \\ud83d \u2028"}'
    archive = make_archive(tmp_path / "a.db", [sent])

    export(archive, out / "steps.jsonl", "jsonl")

    expected = '{"id": "s", "run_id":"run_1",   "n": 1.50e0, "n": 2, "u": "\\u00e9 é \\ud83d \u2028"}\n'
    assert (out / "steps.jsonl").read_bytes() == expected.encode()


def test_csv_has_a_column_for_each_thing_known(tmp_path: Path, out: Path) -> None:
    """A header names the columns; times are ISO 8601 in UTC; what is not known is empty."""
    usage = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}
    calls = {"type": "tool_calls", "tool_calls": [{"type": "function"}, {"type": "browser"}]}
    steps = [
        step(1, NOON, completed_at=NOON + 1.5, usage=usage, step_details=calls),
        step(2, NOON + 60, status="failed", last_error={"code": "server_error", "message": "two\nlines"}),
    ]
    export(make_archive(tmp_path / "a.db", steps), out / "steps.csv", "csv")

    first, second = cells(out / "steps.csv")
    assert tuple(first) == ROW_COLUMNS
    assert (first["created_at"], first["ended_at"]) == ("2025-01-31T12:00:00Z", "2025-01-31T12:00:01.500000Z")
    assert (first["tools"], first["total_tokens"], first["error_code"]) == ("function,browser", "3", "")
    assert json.loads(first["payload"]) == steps[0]
    assert (second["ended_at"], second["total_tokens"], second["error_message"]) == ("", "", "two\\nlines")


def test_the_payload_can_be_left_out(archive: Path, out: Path) -> None:
    """CSV and Parquet come without the payload when it is not wanted."""
    export(archive, out / "steps.csv", "csv", payload=False)
    export(archive, out / "steps", "parquet", payload=False)

    assert tuple(cells(out / "steps.csv")[0]) == ROW_COLUMNS[:-1]
    names = [name for name, *_ in parquet(out / "steps", "DESCRIBE steps")]
    assert names == [*ROW_COLUMNS[:-1], "day"]


def test_parquet_counts_agree_with_the_archive(archive: Path, out: Path) -> None:
    """DuckDB finds each step once, in the folder of its day; that of those without a time is not known."""
    result = export(archive, out / "steps", "parquet")

    counts = parquet(
        out / "steps", "SELECT day, count(*), count(DISTINCT step_id) FROM steps GROUP BY day ORDER BY day"
    )
    assert counts == [("2025-01-31", 3, 3), ("2025-02-01", 5, 5), ("unknown", 2, 2)]
    files = sorted(path.relative_to(out / "steps").as_posix() for path in out.rglob("*.parquet"))
    assert files == [
        "day=2025-01-31/part-00000.parquet",
        "day=2025-02-01/part-00000.parquet",
        "day=unknown/part-00000.parquet",
    ]
    assert (result.steps, result.files) == (10, 3)
    assert result.size == sum(path.stat().st_size for path in out.rglob("*.parquet"))


def test_parquet_columns_have_types(archive: Path, out: Path) -> None:
    """Times are timestamps with a zone, tokens whole numbers, the rest text, whether or not a file has any."""
    export(archive, out / "steps", "parquet")

    types = {name: kind for name, kind, *_ in parquet(out / "steps", "DESCRIBE steps")}
    assert {name for name, kind in types.items() if kind == "TIMESTAMP WITH TIME ZONE"} == {
        "created_at",
        "ended_at",
        "pulled_at",
    }
    assert {types[name] for name in ("prompt_tokens", "completion_tokens", "total_tokens")} == {"BIGINT"}
    assert {types[name] for name in ("thread_id", "error_code", "reason", "payload", "day")} == {"VARCHAR"}
    assert types["completed"] == "BOOLEAN"


def test_days_are_text_whatever_times_there_are(tmp_path: Path, out: Path) -> None:
    """A question that reads one export reads all of them: with times, without, with some, and with no step at all."""
    cases: list[list[int | None]] = [[NOON, NOON + DAY], [None], [None, NOON], []]
    for number, times in enumerate(cases):
        steps = [step(place, time) for place, time in enumerate(times)]
        export(make_archive(tmp_path / f"{number}.db", steps), out / str(number), "parquet")

        types = {name: kind for name, kind, *_ in parquet(out / str(number), "DESCRIBE steps")}
        assert types["day"] == "VARCHAR"
        assert parquet(out / str(number), "SELECT count(*) FROM steps WHERE day = 'unknown'") == [(times.count(None),)]


def test_rows_tell_whether_their_run_is_complete_and_why_not(tmp_path: Path, out: Path) -> None:
    """Because it was going on when it was pulled, because a list broke off, or because of what the server said."""
    runs = {"run_1": "completed", "run_2": "completed", "run_3": "in_progress", "run_4": "completed"}
    path = tmp_path / "a.db"
    with Archive.create(path) as archive:
        archive.put_runs("http://127.0.0.1/v1", "thread_1", [])
        for run_id, status in runs.items():
            archive.put_runs("http://127.0.0.1/v1", "thread_1", [received({"id": run_id, "status": status})])
            steps = [received(step(int(run_id[-1]), run_id=run_id))]
            archive.put_steps("thread_1", run_id, 0, steps, is_last=run_id == "run_1")
        archive.note_failure(Failure("thread_1", "run_4", "HTTP 500"))
    export(path, out / "a.csv", "csv")
    export(path, out / "a", "parquet")

    expected = [("true", ""), ("false", "incomplete"), ("false", "still going"), ("false", "HTTP 500")]
    assert [(row["completed"], row["reason"]) for row in cells(out / "a.csv")] == expected
    assert parquet(out / "a", "SELECT completed, reason FROM steps ORDER BY step_id") == [
        (completed == "true", reason or None) for completed, reason in expected
    ]


def test_parquet_keeps_fractions_of_seconds_and_payloads(tmp_path: Path, out: Path) -> None:
    """A time with a fraction is kept to the microsecond, and the payload as it was received."""
    sent = '{ "id": "s", "run_id": "run_1", "created_at": 1738324800.123456, "x": "=1+1\\ud83d" }'
    export(make_archive(tmp_path / "a.db", [sent]), out / "steps", "parquet")

    ((microseconds, payload),) = parquet(out / "steps", "SELECT epoch_us(created_at), payload FROM steps")
    assert (microseconds, payload) == (1_738_324_800_123_456, sent)


@pytest.mark.parametrize("created_at", [DAY, 2 * DAY - 1, 2 * DAY, NOON - 12 * 3600, NOON - 12 * 3600 - 1])
def test_the_day_of_a_step_is_that_of_its_time_in_utc(tmp_path: Path, out: Path, created_at: int) -> None:
    """The first second of a day belongs to it, and the last one too."""
    export(make_archive(tmp_path / "a.db", [step(1, created_at)]), out / "steps", "parquet")

    assert parquet(out / "steps", "SELECT day FROM steps") == [
        (datetime.fromtimestamp(created_at, UTC).date().isoformat(),)
    ]


def test_long_payloads_make_small_row_groups(tmp_path: Path, out: Path) -> None:
    """Payloads of 10 MB are not gathered in memory: each has a row group of its own."""
    steps = [step(number, padding="x" * 10_000_000) for number in range(3)]
    export(make_archive(tmp_path / "a.db", steps), out / "steps", "parquet")

    with duckdb.connect() as connection:
        query = f"SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata('{out}/steps/*/*') ORDER BY 1"
        assert connection.execute(query).fetchall() == [(0, 1), (1, 1), (2, 1)]
    assert parquet(out / "steps", "SELECT min(length(payload)) > 10000000 FROM steps") == [(True,)]


def test_ranges_of_time(archive: Path, out: Path) -> None:
    """Of a step at `since` it is exported, at `until` no more; steps without a time are left out."""
    first, last = datetime.fromtimestamp(NOON + 1, UTC), datetime.fromtimestamp(NOON + DAY, UTC)

    assert export(archive, out / "both.jsonl", "jsonl", since=first, until=last).steps == 2
    assert export(archive, out / "since.jsonl", "jsonl", since=last).steps == 5
    assert export(archive, out / "until.jsonl", "jsonl", until=first).steps == 1


def test_nothing_to_export(archive: Path, out: Path) -> None:
    """No steps give a file without lines, a header alone, and a data set whose columns are known."""
    never = datetime(2030, 1, 1, tzinfo=UTC)

    assert export(archive, out / "steps.jsonl", "jsonl", since=never) == ExportResult(0, 1, 0)
    export(archive, out / "steps.csv", "csv", since=never)
    export(archive, out / "steps", "parquet", since=never)

    assert (out / "steps.csv").read_text(encoding="utf-8") == ",".join(ROW_COLUMNS) + "\n"
    assert parquet(out / "steps", "SELECT count(*), count(thread_id) FROM steps") == [(0, 0)]


def test_lone_surrogates_stop_nothing(out: Path) -> None:
    """Text that has no UTF-8 form, which an archive never holds, would be escaped rather than end an export."""
    row = (*("\ud83d" for _ in range(6)), None, None, *("",), *(None,) * 5, "", None, 0, "", '"\ud83d"')
    with (out / "lines").open("wb") as stream:
        write_jsonl([row[-1:]], stream, ["payload"])
    write_parquet([row], out, "part-00000.parquet", ROW_COLUMNS, ROW_COLUMNS)

    assert (out / "lines").read_bytes() == b'"\\ud83d"\n'
    assert parquet(out, "SELECT thread_id, payload FROM steps") == [("\\ud83d", '"\\ud83d"')]


def test_parquet_needs_pyarrow(archive: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow the error names what to install, and nothing is written."""
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)

    with pytest.raises(ConfigurationError, match=re.escape(install_command("parquet"))):
        export(archive, out / "steps", "parquet")
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("table", ["steps", "messages"])
def test_columns_are_chosen_by_name(sample_archive: Path, out: Path, table: RowTable) -> None:
    """In the order they are named, in each format with columns; what tells the day of a file need not be among them."""
    fields = ["payload", "status", "run_id"] if table == "steps" else ["text", "role"]
    names = columns(table)
    with Archive.open(sample_archive) as archive:
        every = [dict(zip(names, row, strict=True)) for row in archive_rows(archive, StepRange(), names, table)]

    targets: dict[Format, str] = {"jsonl": "rows.jsonl", "csv": "rows.csv", "parquet": "rows"}
    for file_format, target in targets.items():
        export(sample_archive, out / target, file_format, fields=fields, table=table)
    export(sample_archive, out / "times.jsonl", "jsonl", fields=["created_at"], table=table)

    lines = [json.loads(line) for line in (out / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
    wanted = [{name: row[name] for name in fields} for row in every]
    as_json = [row | ({"payload": json.loads(row["payload"])} if "payload" in row else {}) for row in wanted]
    assert (lines, list(lines[0])) == (as_json, fields)
    with (out / "rows.csv").open(encoding="utf-8", newline="") as stream:
        heading, *rows = csv.reader(stream)
    assert (heading, len(rows), rows[0][1]) == (fields, len(every), every[0][fields[1]])
    found = parquet(out / "rows", "SELECT * EXCLUDE (day) FROM steps")
    assert sorted(found) == sorted(tuple(row.values()) for row in wanted)
    (first, *_) = (out / "times.jsonl").read_text(encoding="utf-8").splitlines()
    assert datetime.fromisoformat(json.loads(first)["created_at"]).timestamp() == every[0]["created_at"]


@pytest.mark.parametrize(
    ("fields", "reason"), [(["none"], "'none' is no column"), ([], "no column"), (["type"] * 2, "once")]
)
def test_columns_that_cannot_be_written_are_refused(archive: Path, out: Path, fields: list[str], reason: str) -> None:
    """Before anything is written."""
    with pytest.raises(ValueError, match=reason):
        export(archive, out / "steps.csv", "csv", fields=fields)
    with pytest.raises(ValueError, match="otlp has no columns"):
        export(archive, out / "steps.jsonl", "otlp", fields=["type"])
    assert list(out.iterdir()) == []
