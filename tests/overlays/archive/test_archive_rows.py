"""The steps of an archive as rows: in order of time, and in parts that join to the whole."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps.archive import ROW_COLUMNS, Archive, StepRange
from tests.overlays.archive.filling import put_run, run, step

NEW_YEAR = 1_735_689_600  # of 2025

moments = st.none() | st.integers(-3, 9).map(lambda seconds: datetime.fromtimestamp(NEW_YEAR + seconds, UTC))


def _later(at: Any) -> Any:
    """Return a small number as a time of our days, so that tests can count from nought."""
    return at + NEW_YEAR if isinstance(at, int) and at >= 0 else at


def rows_of(archive: Archive, parts: Sequence[StepRange | None] = (None,), **options: Any) -> list[dict[str, Any]]:
    """Return the rows of parts, one after the other, by the names of their columns."""
    return [
        dict(zip(ROW_COLUMNS, row, strict=False))
        for part in parts
        for batch in archive.rows(part, **options)
        for row in batch
    ]


@pytest.fixture(scope="module")
def make_archive(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A function that makes an archive of steps created at given times, in runs of three."""

    def make(times: Sequence[Any]) -> Archive:
        archive = Archive.create(tmp_path_factory.mktemp("rows") / "a.sqlite")
        for first in range(0, len(times), 3):
            steps = [step(str(first + n), created_at=_later(at)) for n, at in enumerate(times[first : first + 3])]
            put_run(archive, f"thread_{first % 2}", run(f"run_{first}"), steps)
        return archive

    return make


@given(st.lists(st.integers(0, 5) | st.none(), max_size=12), moments, moments, st.integers(1, 5), st.integers(1, 4))
def test_parts_join_to_the_whole(
    make_archive: Any,
    times: list[int | None],
    since: datetime | None,
    until: datetime | None,
    parts: int,
    batch: int,
) -> None:
    """For any period and number of parts, joined parts are the steps of the period, oldest first."""
    with make_archive(times) as archive:
        ranges = archive.ranges(parts, since=since, until=until)
        found = [int(row["step_id"]) for row in rows_of(archive, ranges, batch=batch)]

    def is_wanted(at: int | None) -> bool:
        if at is None:
            return since is None and until is None
        moment = _later(at)
        return (since is None or moment >= since.timestamp()) and (until is None or moment < until.timestamp())

    wanted = [number for number, at in enumerate(times) if is_wanted(at)]
    assert found == sorted(wanted, key=lambda number: -1 if (at := times[number]) is None else at)
    assert len(ranges) == parts


@pytest.mark.parametrize("parts", [1, 2, 3, 7, 100])
def test_parts_are_of_about_the_same_size(make_archive: Any, parts: int) -> None:
    """Steps are dealt out evenly, also when many are of the same second or there are fewer than parts."""
    with make_archive([0] * 20 + [1, 2, 3]) as archive:
        sizes = [len(rows_of(archive, [part])) for part in archive.ranges(parts)]

    assert sum(sizes) == 23
    assert max(sizes) - min(sizes) <= 1


def test_a_part_can_be_sent_to_another_process(make_archive: Any) -> None:
    """A part that was pickled is the same part."""
    with make_archive([3, 1, 2, None]) as archive:
        parts = archive.ranges(2)
        assert rows_of(archive, pickle.loads(pickle.dumps(parts))) == rows_of(archive, parts) == rows_of(archive)


def test_steps_without_a_time_come_first(make_archive: Any) -> None:
    """They have no time in their row, and belong to no period."""
    with make_archive([5, "soon", -1, 0]) as archive:
        assert [(row["step_id"], row["created_at"]) for row in rows_of(archive)] == [
            ("1", None),
            ("2", None),
            ("3", NEW_YEAR),
            ("0", NEW_YEAR + 5),
        ]
        long_ago = datetime(1900, 1, 1, tzinfo=UTC)
        assert [row["step_id"] for row in rows_of(archive, archive.ranges(since=long_ago))] == ["3", "0"]


def test_a_moment_without_a_zone_is_in_utc(make_archive: Any) -> None:
    """Wherever the machine stands, a naive datetime means what it means in the times of servers."""
    with make_archive([5, 6, 7]) as archive:
        naive = datetime(2025, 1, 1, 0, 0, 6)  # noqa: DTZ001 - that is what is tested
        assert [row["step_id"] for row in rows_of(archive, archive.ranges(since=naive))] == ["1", "2"]
        assert [row["step_id"] for row in rows_of(archive, archive.ranges(until=naive))] == ["0"]


def test_rows_come_without_payload_when_asked(make_archive: Any) -> None:
    """The payload is the last column, and can be left out; the rest is the same."""
    with make_archive([1, 2]) as archive:
        whole = rows_of(archive)
        without = rows_of(archive, payload=False)

    assert list(whole[0]) == list(ROW_COLUMNS)
    assert [row | {"payload": full["payload"]} for row, full in zip(without, whole, strict=True)] == whole
    assert "payload" not in without[0]


def test_an_empty_archive_has_no_rows(make_archive: Any) -> None:
    """Nothing in, nothing out, in however many parts."""
    with make_archive([]) as archive:
        assert rows_of(archive, archive.ranges(3)) == []


def test_a_number_of_parts_that_makes_no_sense_is_refused(make_archive: Any) -> None:
    """There is at least one part."""
    with make_archive([1]) as archive, pytest.raises(ValueError, match="parts must be at least 1, not 0"):
        archive.ranges(0)


def test_what_is_written_meanwhile_does_not_show(make_archive: Any) -> None:
    """Rows are those of the moment at which the first was asked for, and writing goes on while they are read."""
    with make_archive(list(range(50))) as archive, Archive.open(archive.path) as reader:
        batches = reader.rows(batch=10)
        first = next(batches)
        put_run(archive, "thread_new", run("run_new"), [step("new", created_at=49)])
        rest = [row for batch in batches for row in batch]

        assert len(first) + len(rest) == 50
        assert len(rows_of(reader)) == 51


def test_giving_up_half_way_leaves_nothing_open(make_archive: Any, tmp_path: Path) -> None:
    """Whoever stops reading rows does not keep the file from being moved or written."""
    with make_archive(list(range(50))) as archive:
        batches = archive.rows(batch=1)
        next(batches)
        batches.close()
        put_run(archive, "thread_new", run("run_new"))
    moved = archive.path.rename(tmp_path / "moved.sqlite")
    assert [path.name for path in archive.path.parent.iterdir()] == []
    with Archive.open(moved) as archive:
        assert archive.summary().runs == 18
