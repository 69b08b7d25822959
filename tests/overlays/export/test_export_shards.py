"""Exports in parts that workers write, some of whom are killed on the way."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import pytest

from run_steps.export import FORMATS, ExportError, Format, export
from run_steps.export.parts import WHOLE
from run_steps.workers.executors import dask_cluster, local_processes
from run_steps.workers.sharding import OpenExecutor
from tests.overlays.export.archives import make_archive, step


def worker_of_pool() -> int:
    """The process id of a worker of this process's pool."""
    (pid, *_) = (child.pid for child in multiprocessing.active_children() if child.name.startswith("SpawnProcess"))
    assert pid
    return pid


def worker_of_dask(address: str) -> int:
    """The process id of a worker of a Dask cluster, once those that other tests killed have been replaced."""
    distributed: Any = import_module("distributed")
    with distributed.Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=30)
        pids: dict[str, int] = client.run(os.getpid)
        return min(pids.values())


@pytest.fixture(params=["processes", "dask"])
def workers(request: pytest.FixtureRequest) -> tuple[OpenExecutor, Callable[[], int]]:
    """Two workers, and what tells the process id of one of them."""
    if request.param == "processes":
        return local_processes(2), worker_of_pool
    address: str = request.getfixturevalue("dask_address")
    pid = worker_of_dask(address)
    return dask_cluster(address), lambda: pid


IN_PARTS: list[Format] = [name for name in FORMATS if name not in WHOLE]


def rows(target: Path, file_format: Format) -> list[Any]:
    """All that an export holds, in its order or, for Parquet, in that of time."""
    if file_format != "parquet":
        return target.read_bytes().splitlines()
    with duckdb.connect() as connection:
        files = f"read_parquet('{target}/*/*.parquet', hive_partitioning = true)"
        return connection.execute(f"SELECT columns(*)::VARCHAR FROM {files} ORDER BY created_at, step_id").fetchall()


@pytest.mark.parametrize("file_format", IN_PARTS)
def test_a_killed_worker_costs_no_step(
    long_archive: Path, out: Path, workers: tuple[OpenExecutor, Callable[[], int]], file_format: Format
) -> None:
    """An export in twelve parts, of which a worker is killed on the way, is the same as one in one go."""
    open_executor, pid = workers
    seen: list[int] = []

    def kill_a_worker_once(steps: int) -> None:
        if not seen:
            os.kill(pid(), signal.SIGKILL)
        seen.append(steps)

    export(long_archive, out / "whole", file_format)
    result = export(
        long_archive,
        out / "joined",
        file_format,
        shards=12,
        open_executor=open_executor,
        on_progress=kill_a_worker_once,
    )

    assert rows(out / "joined", file_format) == rows(out / "whole", file_format)
    assert result.steps == 3000 == seen[-1]
    assert seen == sorted(seen)
    assert len(seen) == 12
    assert sorted(path.name for path in out.iterdir()) == ["joined", "whole"]


def test_parts_stay_files_of_a_parquet_data_set(long_archive: Path, out: Path) -> None:
    """Each worker writes its own files: a day that two of them had has two."""
    result = export(long_archive, out / "steps", "parquet", shards=2, open_executor=local_processes(2))

    files = [path.relative_to(out / "steps") for path in out.rglob("*.parquet")]
    assert {path.name for path in files} == {"part-00000.parquet", "part-00001.parquet"}
    assert len({path.parent for path in files}) == 13 + 1  # those without a day have a folder, too
    assert len(files) == 15 == result.files


def test_more_parts_than_steps(tmp_path: Path, out: Path) -> None:
    """Parts without a step are nothing; the header is there once."""
    archive = make_archive(tmp_path / "a.db", [step(1), step(2)])

    for file_format in IN_PARTS:
        result = export(archive, out / file_format, file_format, shards=5, open_executor=local_processes(1))
        assert result.steps == 2
    assert len((out / "csv").read_bytes().splitlines()) == 3
    assert len(list(out.rglob("*.parquet"))) == 2 + 1  # one for those without a day


def test_a_part_that_cannot_be_written_ends_the_export(long_archive: Path, out: Path) -> None:
    """An error of a worker is told as one of the export, and nothing is left of the parts that were done."""
    broken: list[int] = []

    def take_the_folder_away(steps: int) -> None:
        for folder in filter(Path.is_dir, out.iterdir()):
            folder.rename(out.parent / "elsewhere")
        broken.append(steps)

    with pytest.raises(ExportError, match=r"steps\.csv cannot be written: .*No such file or directory"):
        export(
            long_archive,
            out / "steps.csv",
            "csv",
            shards=12,
            open_executor=local_processes(1),
            on_progress=take_the_folder_away,
        )

    assert broken
    assert list(out.iterdir()) == []
