"""Shards of a job on real pools of processes and a real Dask cluster, with workers that are killed."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from textwrap import dedent
from time import sleep

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from run_steps import ConfigurationError
from run_steps._installation import install_command
from run_steps.workers.executors import dask_cluster, local_processes
from run_steps.workers.sharding import OpenExecutor, WorkersLost, run_shards, split_evenly


@frozen
class Work:
    """A shard: which one, how often it kills its worker before it gets done, and where its attempts are noted."""

    index: int
    folder: Path
    kills: int = 0

    @property
    def attempts(self) -> int:
        """How often this shard was begun."""
        return len(list(self.folder.glob(f"{self.index}-*")))


def square(work: Work) -> int:
    """Do a shard, unless it is one that kills its worker as the system does when memory is short."""
    attempt = work.attempts
    (work.folder / f"{work.index}-{attempt}").touch()
    if attempt < work.kills:
        os.kill(os.getpid(), signal.SIGKILL)
    return work.index**2


@frozen
class FatalResult:
    """A result that kills the worker which is to send it, once."""

    sent: Path

    def __reduce__(self) -> tuple[type, tuple[Path]]:
        if not self.sent.exists():
            self.sent.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return FatalResult, (self.sent,)


def lose_result(sent: Path) -> FatalResult:
    """Get done, and have the result lost with its worker."""
    return FatalResult(sent)


def lose_result_then_fail(sent: Path) -> FatalResult:
    """Get done, have the result lost with its worker, and fail when called again for that."""
    if sent.exists():
        raise ValueError("cannot be done twice")
    return FatalResult(sent)


def fail_or_wait_for(go_on: Path | None) -> None:
    """Fail when there is nothing to wait for; else wait until a file is there."""
    if go_on is None:
        raise ValueError("nothing to wait for")
    while not go_on.exists():
        sleep(0.05)


def fail_or_wait(index: int) -> None:
    """Fail for the first shard; never end for the others."""
    if index == 0:
        raise ValueError("shard 0 is bad")
    signal.pause()


def spawned_pool() -> ProcessPoolExecutor:
    """A pool as people make one themselves."""
    return ProcessPoolExecutor(2, get_context("spawn"))


@pytest.fixture(params=["our processes", "any pool", "dask"])
def open_executor(request: pytest.FixtureRequest) -> OpenExecutor:
    """Each of the executors that people use."""
    if request.param == "dask":
        return dask_cluster(request.getfixturevalue("dask_address"))
    return local_processes(2) if request.param == "our processes" else spawned_pool


def test_a_killed_worker_costs_a_retry(open_executor: OpenExecutor, tmp_path: Path) -> None:
    """When a worker is killed in the middle of a shard, that shard is begun again and every result is there once."""
    shards = [Work(index, tmp_path, kills=2 if index == 3 else 0) for index in range(8)]
    finished: list[tuple[int, int]] = []

    results = run_shards(square, shards, open_executor, on_done=lambda index, result: finished.append((index, result)))

    assert results == [index**2 for index in range(8)]
    assert sorted(finished) == list(enumerate(results))
    assert shards[3].attempts == 3


def test_a_shard_that_always_kills_its_worker_ends_the_job(open_executor: OpenExecutor, tmp_path: Path) -> None:
    """A shard that kills whoever works on it is given up after so many attempts, and the error names it."""
    shard = Work(0, tmp_path, kills=99)

    with pytest.raises(WorkersLost, match="2 times in a row, with 1 of 1 shards not done") as caught:
        run_shards(square, [shard], open_executor, attempts=2)

    assert shard.attempts == 2
    assert caught.value.unfinished == [0]


def test_what_is_done_is_not_done_again(dask_address: str, tmp_path: Path) -> None:
    """A retry begins only shards that are not done: Dask tells which, so each other shard ran once."""
    shards = [Work(index, tmp_path, kills=1 if index == 0 else 0) for index in range(6)]

    run_shards(square, shards, dask_cluster(dask_address))

    assert sum(shard.attempts for shard in shards[1:]) <= 6  # one may have shared the killed worker
    assert shards[0].attempts == 2


def test_an_error_of_the_task_is_raised_and_ends_the_rest() -> None:
    """What the task raises comes out as it is, and shards that would go on for ever are ended."""
    with pytest.raises(ValueError, match="shard 0 is bad"):
        run_shards(fail_or_wait, range(5), local_processes(3))


def test_an_error_of_the_task_is_not_retried() -> None:
    """A task that fails by itself is called once: trying again would fail the same way."""
    calls: list[int] = []

    def fail(index: int) -> None:
        calls.append(index)
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        run_shards(fail, [7], lambda: ThreadPoolExecutor(1))

    assert calls == [7]


def test_a_result_lost_with_its_worker_is_made_again(dask_address: str, tmp_path: Path) -> None:
    """A worker of a cluster keeps results until they are fetched; those that die with it are made once more."""
    shards = [tmp_path / str(index) for index in range(3)]

    assert run_shards(lose_result, shards, dask_cluster(dask_address)) == [FatalResult(shard) for shard in shards]


def test_a_lost_result_that_cannot_be_made_again_ends_the_job(dask_address: str, tmp_path: Path) -> None:
    """When making a lost result again fails, that is the error, and nobody waits for ever."""
    with pytest.raises(ValueError, match="cannot be done twice"):
        run_shards(lose_result_then_fail, [tmp_path / "sent"], dask_cluster(dask_address))


def test_an_error_does_not_wait_for_the_rest_of_a_cluster(dask_address: str, tmp_path: Path) -> None:
    """What a task raises on a cluster comes out while others are still at work or wait for it."""
    go_on = tmp_path / "go on"
    try:
        with pytest.raises(ValueError, match="nothing to wait for"):
            run_shards(fail_or_wait_for, [None, *[go_on] * 5], dask_cluster(dask_address))
    finally:
        go_on.touch()


def test_attempts_must_be_positive() -> None:
    """No attempt at all is a mistake of the caller, not a job with no results."""
    with pytest.raises(ValueError, match="attempts must be at least 1, not 0"):
        run_shards(abs, [1], local_processes(1), attempts=0)


SCRIPT = """
    import signal
    from run_steps.workers.executors import local_processes
    from run_steps.workers.sharding import run_shards

    def work(index):
        print("working", flush=True)
        signal.pause()

    if __name__ == "__main__":
        try:
            run_shards(work, range(4), local_processes(2))
        except KeyboardInterrupt:
            print("interrupted", flush=True)
"""


@pytest.fixture
def job(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A job of four endless shards, in a process group of its own, with both of its workers at work."""
    script = tmp_path / "job.py"
    script.write_text(dedent(SCRIPT), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-W", "error", str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert [process.stdout.readline() for _ in range(2)] == ["working\n"] * 2
        yield process
        process.kill()


def test_an_interruption_ends_the_workers_quietly(job: subprocess.Popen[str]) -> None:
    """Ctrl+C in a terminal, which reaches every process of the job, ends it without a traceback of a worker."""
    os.killpg(job.pid, signal.SIGINT)

    # The pipes end when the last process that has them ends.
    assert job.communicate(timeout=30) == ("interrupted\n", "")


def test_workers_do_not_outlive_a_killed_parent(job: subprocess.Popen[str]) -> None:
    """When the process that opened the pool is killed, its workers end too."""
    os.kill(job.pid, signal.SIGKILL)

    assert job.communicate(timeout=30)[0] == ""


def test_a_cluster_that_is_not_there() -> None:
    """An address where no scheduler listens gives an error that says so, within the time allowed."""
    open_client = dask_cluster("tcp://127.0.0.1:1", timeout=0.2)

    with pytest.raises(ConfigurationError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1"), open_client():
        pass


def test_an_address_that_is_none() -> None:
    """Text that cannot be an address of a scheduler is refused before anything is tried."""
    with pytest.raises(ConfigurationError, match="'scheduler' is no address of a Dask scheduler, such as tcp://"):
        dask_cluster("scheduler")


def test_dask_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Dask, the error names what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(ConfigurationError, match=re.escape(install_command("dask"))):
        dask_cluster("tcp://127.0.0.1:8786")


def test_processes_must_be_positive() -> None:
    """A pool of no processes is refused."""
    with pytest.raises(ValueError, match="count must be at least 1, not 0"):
        local_processes(0)


@given(st.lists(st.integers()), st.integers(1, 20))
def test_split_evenly(items: list[int], parts: int) -> None:
    """The parts joined are the whole; none is empty and none longer than another by more than one."""
    pieces = split_evenly(items, parts)

    assert [item for piece in pieces for item in piece] == items
    assert len(pieces) == min(parts, len(items))
    assert not pieces or min(map(len, pieces)) >= max(1, max(map(len, pieces)) - 1)


def test_split_into_nothing() -> None:
    """No parts at all is a mistake of the caller."""
    with pytest.raises(ValueError, match="parts must be at least 1, not 0"):
        split_evenly([1, 2], 0)
