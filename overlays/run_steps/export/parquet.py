"""Steps as Parquet files in a folder for each day, `day=2025-01-31`, as DuckDB, Polars, Spark and Dask read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from run_steps._installation import install_command
from run_steps._received import encodable
from run_steps.errors import ConfigurationError
from run_steps.export.rows import COUNT_COLUMNS, FLAG_COLUMNS, TIME_COLUMNS, Row

NO_DAY = "unknown"
"""The day of steps without a time. Its folder is always there, so that days are text to every reader of every export:
null days are what pandas cannot read, and days that all are dates would be dates to some readers."""

DAY_OF = "created_at"
"""The column that tells which day a row is of."""

_GROUP_ROWS = 50_000
_GROUP_CHARACTERS = 16_000_000
"""What a row group holds at most, a longer payload being alone in one: so much is in memory until it is written."""

_REPETITIVE = [
    "thread_id",
    "run_id",
    "assistant_id",
    "type",
    "role",
    "status",
    "tools",
    "error_code",
    "error_message",
    "server",
    "reason",
]
"""Columns worth a dictionary."""

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_SECONDS_A_DAY = 86_400


def require_pyarrow() -> None:
    """Raise ConfigurationError when pyarrow, which writes the files, is not installed."""
    try:
        import_module("pyarrow.parquet")
    except ImportError as error:
        raise ConfigurationError(f"Parquet needs pyarrow: {install_command('parquet')}") from error


def write_parquet(rows: Iterable[Row], folder: Path, name: str, columns: Sequence[str], fields: Sequence[str]) -> None:
    """Write a file into the folder of each day that has steps.

    Args:
        rows: The steps, those without a time first, then by time: one file is open at a time.
        folder: Where to make the folders of the days.
        name: Name of the files, such as `part-00000.parquet`.
        columns: What the rows hold.
        fields: The first of them, which are written.
    """
    created_at = columns.index(DAY_OF)
    payload = columns.index("payload") if "payload" in columns else None
    for day, of_the_day in groupby(rows, key=lambda row: _day(row[created_at])):
        path = folder / f"day={NO_DAY if day is None else date.fromordinal(_EPOCH_DAY + day).isoformat()}" / name
        path.parent.mkdir()
        _write_file(path, _groups(of_the_day, payload), fields)


def write_empty(folder: Path, name: str, columns: Sequence[str]) -> None:
    """Write a file without rows into the folder of steps without a time, from which readers still learn the columns."""
    path = folder / f"day={NO_DAY}" / name
    path.parent.mkdir()
    _write_file(path, [], columns)


def _day(created_at: float | None) -> int | None:
    """Return the day of a step in UTC, as days since 1970; None when it has no time."""
    return None if created_at is None else int(created_at // _SECONDS_A_DAY)


def _groups(rows: Iterable[Row], payload: int | None) -> Iterator[Sequence[Row]]:
    """Cut rows into row groups, by their number and by how much text their payloads hold, in a column or in none."""
    group: list[Row] = []
    characters = 0
    for row in rows:
        length = 0 if payload is None else len(row[payload])
        if len(group) == _GROUP_ROWS or (group and characters + length > _GROUP_CHARACTERS):
            yield group
            group, characters = [], 0
        group.append(row)
        characters += length
    if group:
        yield group


def _write_file(path: Path, groups: Iterable[Sequence[Row]], names: Sequence[str]) -> None:
    arrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    schema = arrow.schema([(name, _arrow_type(arrow, name)) for name in names])
    with parquet.ParquetWriter(
        path,
        schema,
        compression="zstd",
        use_dictionary=[name for name in _REPETITIVE if name in names],
        write_statistics=[name for name in names if name != "payload"],
    ) as writer:
        for group in groups:
            arrays = [
                _array(arrow, name, values) for name, values in zip(names, zip(*group, strict=True), strict=False)
            ]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema), row_group_size=len(group))


def _arrow_type(arrow: Any, name: str) -> Any:
    if name in TIME_COLUMNS:
        return arrow.timestamp("us", tz="UTC")
    if name in FLAG_COLUMNS:
        return arrow.bool_()
    return arrow.int64() if name in COUNT_COLUMNS else arrow.string()


def _array(arrow: Any, name: str, values: Sequence[Any]) -> Any:
    if name in TIME_COLUMNS:
        compute: Any = import_module("pyarrow.compute")
        microseconds = compute.round(compute.multiply(arrow.array(values, arrow.float64()), 1e6))
        return microseconds.cast(arrow.int64()).cast(_arrow_type(arrow, name))
    if name in FLAG_COLUMNS:
        values = [None if value is None else bool(value) for value in values]
    try:
        return arrow.array(values, _arrow_type(arrow, name))
    except UnicodeEncodeError:  # a lone surrogate, which has no UTF-8
        return arrow.array([None if value is None else encodable(value) for value in values], arrow.string())
