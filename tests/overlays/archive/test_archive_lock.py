"""One writer at a time, which is named to whoever comes after it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from run_steps import servers
from run_steps.archive import ArchiveError
from run_steps.archive.lock import locked
from run_steps.pulling import pull
from tests.overlays.archive.processes import line, start


def test_who_writes_is_named_and_waited_for(tmp_path: Path) -> None:
    """Host, process and since when; without waiting it is an error, and nothing is touched."""
    path = tmp_path / "a.sqlite"
    told: list[str] = []
    with start("lock", path) as process:
        assert line(process) == "ready"
        name = rf"a\.sqlite is being written to by process {process.pid} on .+ since \d{{4}}-\d\d-\d\d .* UTC"
        with pytest.raises(ArchiveError, match=name):
            pull(servers.compatible("http://127.0.0.1:9/v1"), path, [])
        assert not path.exists()

        def let_go(text: str) -> None:
            told.append(text)
            assert process.stdin
            process.stdin.write("go on\n")
            process.stdin.flush()

        with locked(path, let_go):
            pass
    assert len(told) == 1
    assert told[0].endswith("; waiting until that is done.")
    assert list(tmp_path.iterdir()) == []


def test_a_lock_goes_with_its_process(tmp_path: Path) -> None:
    """SIGKILL leaves nothing that keeps others away."""
    path = tmp_path / "a.sqlite"
    with start("lock", path) as process:
        assert line(process) == "ready"
        process.kill()
        process.wait()
    assert [file.name for file in tmp_path.iterdir()] == ["a.sqlite.lock"]
    with locked(path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_only_one_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many come at once, they take turns, also while the file of the lock comes and goes."""
    monkeypatch.setattr("run_steps.archive.lock._PAUSE", 0)
    inside, most, turns = 0, 0, 0

    def work() -> None:
        nonlocal inside, most, turns
        for _ in range(10):
            with locked(tmp_path / "a.sqlite", lambda _: None):
                inside += 1
                most, turns = max(most, inside), turns + 1
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, turns) == (1, 40)


def test_a_lock_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    """A folder that is not there is no reason to wait."""
    with pytest.raises(ArchiveError, match="check that the folder exists"), locked(tmp_path / "b" / "a.sqlite", print):
        pass
