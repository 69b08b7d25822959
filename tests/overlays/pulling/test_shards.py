"""A pull that several workers share comes to the same archive as one that a single worker did."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from run_steps import ConfigurationError, RunStepsError, Server, servers
from run_steps.archive import Archive, ArchiveError
from run_steps.pulling import PullResult, Target, pull, pull_sharded
from run_steps.serving import create_app, serve
from run_steps.workers.executors import dask_cluster, local_processes
from tests.overlays.history_server import history
from tests.overlays.pulling.comparing import checksum

TARGETS = [Target(f"thread_{number:04}") for number in range(7)]


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """Serve a history of 28 runs."""
    with serve(create_app(history(7, 4, 6))) as url:
        yield url


@pytest.fixture(scope="module")
def in_one_go(base_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The checksum of an archive that one worker pulled."""
    path = tmp_path_factory.mktemp("whole") / "a.sqlite"
    pull(servers.compatible(base_url), path, TARGETS)
    return checksum(path)


def killing_once(base_url: str, marker: str) -> Server:
    """Return the server, but kill the first worker that asks for it."""
    try:
        Path(marker).touch(exist_ok=False)
    except FileExistsError:
        return servers.compatible(base_url)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a killed process does nothing any more")


def refusing(_: str) -> Server:
    """Fail as a worker does that lacks a setting."""
    raise ConfigurationError("RUN_STEPS_API_KEY is not set on this worker.")


def test_workers_together_take_everything_once(base_url: str, in_one_go: str, tmp_path: Path) -> None:
    """Two processes, three shards: the same archive, and no parts are left."""
    told: list[PullResult] = []
    result = pull_sharded(
        partial(servers.compatible, base_url),
        tmp_path / "a.sqlite",
        TARGETS,
        shards=3,
        open_executor=local_processes(2),
        on_done=told.append,
    )
    assert result == PullResult(pulled=28, steps=168, messages=56)
    assert sum(told, PullResult()) == result
    assert checksum(tmp_path / "a.sqlite") == in_one_go
    assert [path.name for path in tmp_path.iterdir()] == ["a.sqlite"]


def test_a_worker_that_is_killed_costs_a_retry(base_url: str, in_one_go: str, tmp_path: Path) -> None:
    """Another one does its work."""
    result = pull_sharded(
        partial(killing_once, base_url, str(tmp_path / "killed")),
        tmp_path / "a.sqlite",
        TARGETS,
        shards=3,
        open_executor=local_processes(2),
    )
    assert (tmp_path / "killed").exists()
    assert result.failed == 0
    assert checksum(tmp_path / "a.sqlite") == in_one_go


def test_a_cluster_pulls_as_one_worker_does(base_url: str, in_one_go: str, tmp_path: Path, dask_address: str) -> None:
    """The workers of a Dask cluster share the work, and one that is killed on the way costs a retry."""
    result = pull_sharded(
        partial(killing_once, base_url, str(tmp_path / "killed")),
        tmp_path / "a.sqlite",
        TARGETS,
        shards=4,
        open_executor=dask_cluster(dask_address),
    )
    assert (tmp_path / "killed").exists()
    assert (result.pulled + result.skipped, result.failed) == (28, 0)
    assert checksum(tmp_path / "a.sqlite") == in_one_go


def test_what_is_finished_is_not_pulled_again_by_any_worker(base_url: str, in_one_go: str, tmp_path: Path) -> None:
    """Workers know what the archive has."""
    path = tmp_path / "a.sqlite"
    pull(servers.compatible(base_url), path, TARGETS[:3])
    open_server = partial(servers.compatible, base_url)
    result = pull_sharded(open_server, path, TARGETS, shards=2, open_executor=local_processes(1))
    assert result == PullResult(pulled=16, skipped=12, steps=96, messages=56)
    assert checksum(path) == in_one_go


def test_parts_of_a_pull_that_was_stopped_are_joined_first(base_url: str, in_one_go: str, tmp_path: Path) -> None:
    """What workers had written when everything ended is not asked for again; a part that hardly began does no harm."""
    path, parts = tmp_path / "a.sqlite", tmp_path / "a.sqlite.parts"
    parts.mkdir()
    pull(servers.compatible(base_url), parts / "part-00007.sqlite", TARGETS[4:])
    (parts / "part-00007.sqlite-journal").touch()
    (parts / "part-00008.sqlite").touch()
    open_server = partial(servers.compatible, base_url)
    result = pull_sharded(open_server, path, TARGETS, shards=2, open_executor=local_processes(1))
    assert (result.pulled, result.skipped) == (16, 12)
    assert checksum(path) == in_one_go
    assert not parts.exists()


def test_a_pull_without_workers_joins_such_parts_too(base_url: str, in_one_go: str, tmp_path: Path) -> None:
    """Going on in another way loses nothing."""
    path, parts = tmp_path / "a.sqlite", tmp_path / "a.sqlite.parts"
    parts.mkdir()
    pull(servers.compatible(base_url), parts / "part-00000.sqlite", TARGETS[4:])
    (parts / "part-00001.sqlite").write_bytes(b"SQLite")
    with pytest.raises(ArchiveError, match=r"part-00001\.sqlite is damaged: remove it, and pull again what it held"):
        pull(servers.compatible(base_url), path, TARGETS)
    (parts / "part-00001.sqlite").unlink()
    assert pull(servers.compatible(base_url), path, TARGETS).pulled == 16
    assert checksum(path) == in_one_go
    assert not parts.exists()


def test_a_thread_of_another_server_fails_alone(base_url: str, in_one_go: str, tmp_path: Path) -> None:
    """It is noted as it is without workers; the other threads are pulled, and so is whatever comes next."""
    path = tmp_path / "a.sqlite"
    pull(servers.compatible(base_url), path, TARGETS[:2])
    with serve(create_app(history(7, 4, 6))) as other_url:
        open_server = partial(servers.compatible, other_url)
        result = pull_sharded(open_server, path, TARGETS[1:3], shards=2, open_executor=local_processes(1))
    assert (result.pulled, result.failed) == (4, 1)
    assert base_url in result.failures[0].message
    with Archive.open(path) as archive:
        assert [failure.thread_id for failure in archive.failures()] == [TARGETS[1].thread_id]
        assert archive.origins(["thread_0001", "thread_0002", "thread_9"]) == {
            "thread_0001": base_url,
            "thread_0002": other_url,
        }
    assert pull(servers.compatible(base_url), path, TARGETS[1:2]) == PullResult(skipped=4, messages=8)


class Elsewhere(ThreadPoolExecutor):
    """A pool whose workers are on another machine.

    Args:
        seen: Takes the paths they were given.
        root: What they find under each path; None for a file system that they share.
    """

    def __init__(self, seen: list[Path], root: Path | None = None) -> None:
        super().__init__(1)
        self._root = root
        self._seen = seen

    def submit(self, task: Any, shard: Any) -> Any:  # type: ignore[override]  # all that is submitted here
        """Have a shard done by a process that cannot share the log of the archive."""
        self._seen.append(shard.path)
        path = shard.path if self._root is None else self._root / shard.path.name
        return super().submit(task, evolve(shard, identity=("another machine", 0, 0), path=path))


def test_workers_on_other_machines_write_parts_that_are_joined(base_url: str, in_one_go: str, tmp_path: Path) -> None:
    """The same archive comes of it as of workers that write to it, also where it has some of it already."""
    path, seen, open_server = tmp_path / "a.sqlite", list[Path](), partial(servers.compatible, base_url)
    pull(servers.compatible(base_url), path, TARGETS[:3])
    result = pull_sharded(open_server, path, TARGETS, shards=3, open_executor=lambda: Elsewhere(seen))
    assert result == PullResult(pulled=16, skipped=12, steps=96, messages=56)
    assert checksum(path) == in_one_go
    assert [part.exists() for part in (*seen, seen[0].parent)] == [False] * 4


def test_a_part_that_is_not_there_is_an_error(base_url: str, tmp_path: Path) -> None:
    """Workers that write to another disk under the same path are told, instead of an archive without what they got."""
    open_server = partial(servers.compatible, base_url)
    with pytest.raises(ArchiveError, match=r"under the same path"):
        pull_sharded(
            open_server,
            tmp_path / "a.sqlite",
            TARGETS[:1],
            shards=1,
            open_executor=lambda: Elsewhere([], tmp_path),
        )


def test_two_pulls_never_write_to_the_same_part(base_url: str, tmp_path: Path) -> None:
    """A worker on a cluster may outlive the pull that began it, and harms none that follows."""
    seen: list[Path] = []
    for _ in range(2):
        with pytest.raises(ArchiveError):
            pull_sharded(
                partial(servers.compatible, base_url),
                tmp_path / "a.sqlite",
                TARGETS,
                shards=3,
                open_executor=lambda: Elsewhere(seen, tmp_path),
            )
    assert len(seen) == len(set(seen)) == 6


def test_an_error_of_a_worker_is_told(tmp_path: Path) -> None:
    """What is wrong on a worker is raised here, and the next pull begins with what is there."""
    path = tmp_path / "a.sqlite"
    with pytest.raises(RunStepsError, match="not set on this worker"):
        pull_sharded(partial(refusing, ""), path, TARGETS, shards=2, open_executor=local_processes(1))
    with Archive.open(path) as archive:
        assert archive.summary().runs == 0


def test_failures_are_those_of_all_workers(base_url: str, tmp_path: Path) -> None:
    """Each worker notes what it could not take, and the archive has it all."""
    targets = [Target("thread_8"), TARGETS[0], Target("thread_9")]
    path, open_server = tmp_path / "a.sqlite", partial(servers.compatible, base_url)
    result = pull_sharded(open_server, path, targets, shards=3, open_executor=local_processes(1))
    with Archive.open(path) as archive:
        assert sorted(failure.thread_id for failure in archive.failures()) == ["thread_8", "thread_9"]
    assert (result.pulled, result.failed) == (4, 2)


def test_nothing_to_pull_is_no_error(base_url: str, tmp_path: Path) -> None:
    """Without targets there is an empty archive."""
    open_server = partial(servers.compatible, base_url)
    assert (
        pull_sharded(open_server, tmp_path / "a.sqlite", [], shards=2, open_executor=local_processes(1)) == PullResult()
    )
