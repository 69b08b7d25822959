"""The folders of days of an export, read by Polars, pandas and Dask as the guide says; other tests ask DuckDB."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import dask.dataframe
import polars as pl
import pytest

from run_steps.export import export
from tests.overlays.export.archives import DAY, NOON, make_archive, step

pd: Any = import_module("pandas")  # whose types are a package of their own

Row = dict[str, Any]

pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword")  # what pandas tells Dask


def read_with_polars(folder: Path) -> list[Row]:
    """All rows, as Polars sees them."""
    return pl.scan_parquet(folder, hive_partitioning=True).collect().to_dicts()


def read_with_dask(folder: Path) -> list[Row]:
    """All rows, as Dask sees them."""
    return _rows_of_frame(dask.dataframe.read_parquet(folder).compute())


def read_with_pandas(folder: Path) -> list[Row]:
    """All rows, as pandas sees them."""
    return _rows_of_frame(pd.read_parquet(folder))


def _rows_of_frame(frame: Any) -> list[Row]:
    rows: list[Row] = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return rows


@pytest.fixture(params=[read_with_polars, read_with_dask, read_with_pandas], ids=["polars", "dask", "pandas"])
def read(request: pytest.FixtureRequest) -> Callable[[Path], list[Row]]:
    """What reads a folder of Parquet files."""
    reader: Callable[[Path], list[Row]] = request.param
    return reader


@pytest.mark.parametrize("timeless", [0, 2, 9], ids=["all have a time", "some have no time", "none has a time"])
def test_days_and_steps_are_read(read: Callable[[Path], list[Row]], tmp_path: Path, timeless: int) -> None:
    """Each step is there with its day, its time and its tokens, also when some have no time."""
    tokens = {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
    steps = [step(number, None if number < timeless else NOON + number * DAY / 2, usage=tokens) for number in range(9)]
    export(make_archive(tmp_path / "history.db", steps), tmp_path / "steps", "parquet")

    rows = sorted(read(tmp_path / "steps"), key=lambda row: row["step_id"])

    times = [None if each["created_at"] is None else datetime.fromtimestamp(each["created_at"], UTC) for each in steps]
    assert [row["step_id"] for row in rows] == [each["id"] for each in steps]
    assert [row["created_at"] for row in rows] == times
    assert [row["day"] for row in rows] == ["unknown" if time is None else time.date().isoformat() for time in times]
    assert {row["total_tokens"] for row in rows} == {7}


def test_an_archive_without_steps_has_the_columns(tmp_path: Path) -> None:
    """Readers learn the columns of an export that has no rows."""
    export(make_archive(tmp_path / "history.db", []), tmp_path / "steps", "parquet")

    frame = pl.scan_parquet(tmp_path / "steps", hive_partitioning=True).collect()

    assert frame.height == 0
    assert {"step_id", "created_at", "payload", "day"} <= set(frame.columns)
    assert read_with_dask(tmp_path / "steps") == []
