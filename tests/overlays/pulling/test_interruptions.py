"""Whatever stops a pull, the next one goes on, and the archive is what it would have been."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from run_steps import servers
from run_steps.archive import Archive, ArchiveError
from run_steps.pulling import Target, pull
from run_steps.serving import create_app, serve
from tests.overlays.history_server import history
from tests.overlays.pulling.comparing import checksum, contents, contents_of_store

THREADS, RUNS, STEPS = 6, 30, 4
TARGETS = [Target(f"thread_{number:04}") for number in range(THREADS)]
STORE = history(THREADS, RUNS, STEPS)

KILLS = 12
"""How often the pull is killed before it may come to its end (count)."""


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """Serve a history of 180 runs."""
    with serve(create_app(STORE)) as url:
        yield url


@pytest.fixture(scope="module")
def in_one_go(base_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The checksum of an archive that was pulled in one go."""
    path = tmp_path_factory.mktemp("whole") / "a.sqlite"
    pull(servers.compatible(base_url), path, TARGETS)
    assert contents(path) == contents_of_store(STORE, *(target.thread_id for target in TARGETS))
    return checksum(path)


def _start(base_url: str, path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-m", "tests.overlays.pulling.interrupted", base_url, str(path)]
    return subprocess.Popen(
        [*command, str(THREADS)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def test_a_pull_that_is_killed_again_and_again_comes_to_the_same_end(
    base_url: str, in_one_go: str, tmp_path: Path
) -> None:
    """SIGKILL at random moments loses nothing, doubles nothing, and never leaves a damaged file."""
    drawn, path = random.Random(3), tmp_path / "a.sqlite"
    pulled: list[int] = []
    for _ in range(KILLS):
        with _start(base_url, path) as process:
            assert process.stdout is not None
            for _ in range(drawn.randrange(8)):  # a few runs at most, so that work is left for all
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
        if path.exists():
            connection = sqlite3.connect(path)
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            connection.close()
            with Archive.create(path) as archive:
                pulled.append(sum(len(archive.finished_runs(thread)) for thread in archive.threads()))

    assert pulled == sorted(pulled)
    assert 0 < pulled[-1] < THREADS * RUNS, "the kills must hit a pull that is under way"
    result = pull(servers.compatible(base_url), path, TARGETS)
    assert result.pulled == THREADS * RUNS - pulled[-1]
    assert checksum(path) == in_one_go


def test_ctrl_c_stops_a_pull_cleanly(base_url: str, in_one_go: str, tmp_path: Path) -> None:
    """SIGINT ends the process at once; what was stored is there, and the next pull adds the rest."""
    path = tmp_path / "a.sqlite"
    with _start(base_url, path) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert process.returncode != 0
    assert errors.strip().splitlines()[-1] == "KeyboardInterrupt"

    pull(servers.compatible(base_url), path, TARGETS)
    assert checksum(path) == in_one_go


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 512 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=768k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let us mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_stops_a_pull_and_costs_nothing(
    base_url: str, in_one_go: str, tmp_path: Path, small_disk: Path
) -> None:
    """The message says what to do; what was stored can be read, and moved elsewhere the pull goes on."""
    path = small_disk / "a.sqlite"
    with pytest.raises(ArchiveError, match="disk is full: free space and run the same command again"):
        pull(servers.compatible(base_url), path, TARGETS)
    with pytest.raises(ArchiveError, match="disk is full"):
        pull(servers.compatible(base_url), path, TARGETS)

    store = contents_of_store(STORE, *(target.thread_id for target in TARGETS))
    with Archive.open(path) as archive:
        finished = [(thread, run) for thread in archive.threads() for run in archive.finished_runs(thread)]
    stored = contents(path)
    assert 0 < len(finished) < THREADS * RUNS
    assert all(stored[run] == store[run] for run in finished)

    for file in small_disk.iterdir():
        shutil.copy(file, tmp_path)
    result = pull(servers.compatible(base_url), tmp_path / "a.sqlite", TARGETS)
    assert result.skipped == len(finished)
    assert checksum(tmp_path / "a.sqlite") == in_one_go


def test_space_that_is_freed_is_used(base_url: str, in_one_go: str, small_disk: Path) -> None:
    """On the same disk, after something else was removed, the same pull goes on where it stopped."""
    size = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(size // 2))
    with pytest.raises(ArchiveError, match="disk is full"):
        pull(servers.compatible(base_url), small_disk / "a.sqlite", TARGETS)
    ballast.unlink()
    subprocess.run(["mount", "-o", "remount,size=16m", str(small_disk)], check=True)
    pull(servers.compatible(base_url), small_disk / "a.sqlite", TARGETS)
    assert checksum(small_disk / "a.sqlite") == in_one_go
