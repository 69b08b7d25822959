"""What is damaged in an archive, the next pull gets again."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from run_steps import servers
from run_steps.archive import Archive
from run_steps.pulling import Target, pull, pull_sharded
from run_steps.serving import create_app, serve
from tests.overlays.history_server import history
from tests.overlays.pulling.comparing import contents, contents_of_store
from tests.overlays.pulling.healing import heal

STORE = history(2, 3, 4)
BOTH = [Target("thread_0000"), Target("thread_0001")]


@pytest.mark.parametrize("shards", [0, 2])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE steps SET payload = '{' WHERE key % 5 = 0",
        "UPDATE steps SET step_id = 'step_x', status = 'x' WHERE key = 7",
        "UPDATE steps SET step_id = 'step_x' WHERE key = 7",
        "UPDATE steps SET position = 9 WHERE key = 7",
        "UPDATE runs SET run_id = 'run_x' WHERE key = 2",
        "UPDATE runs SET payload = '[]', status = 'x' WHERE key = 2",
        "UPDATE runs SET thread = 3 - thread WHERE key = 2",
        "UPDATE steps SET run = 1",
        "DELETE FROM steps WHERE key % 2 = 0",
        "DELETE FROM runs WHERE key = 2",
        "DELETE FROM threads WHERE key = 2",
        "UPDATE threads SET thread_id = 'thread_x' WHERE key = 2",
        "DELETE FROM runs",
        "INSERT INTO steps SELECT 99, 1, 'x', 9, '', '', '', 0, 0, 1, '', 0, 0, 0, '', '', 0, '', NULL",
        "UPDATE servers SET base_url = 'http://127.0.0.9'",
        "UPDATE threads SET listed_at = 1",
        "INSERT INTO threads VALUES (3, 'x', 1, 0, 0, NULL); INSERT INTO conversations (thread) VALUES (3)",
        "INSERT INTO conversations (thread) VALUES (99)",
        "INSERT INTO failures VALUES ('thread_x', 'run_x', '404', 1, NULL)",
    ],
)
def test_what_is_damaged_is_pulled_again(tmp_path: Path, statement: str, shards: int) -> None:
    """With the same targets the archive becomes what it was; what is sound is not asked for again."""
    path = tmp_path / "a.sqlite"
    with serve(create_app(STORE)) as base_url:
        server = servers.compatible(base_url)
        pull(server, path, BOTH)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.executescript(statement)
        with Archive.open(path) as archive:
            assert archive.damage()
        if shards:
            executor = partial(ThreadPoolExecutor, 2)
            result = pull_sharded(partial(servers.compatible, base_url), path, BOTH, shards=2, open_executor=executor)
        else:
            result = pull(server, path, BOTH)

    assert result.failed == 0
    assert contents(path) == contents_of_store(STORE, "thread_0000", "thread_0001")
    with Archive.open(path) as archive:
        assert archive.damage() == []
        assert list(archive.unfinished_runs()) == []


def test_whatever_damaged_a_file_a_pull_makes_it_as_good_as_new() -> None:
    """Two of each kind of damage, also where what can be read has to be salvaged first."""
    told = heal(12)
    assert not [name for name in told if "missed" in name], told
    assert any("salvaged" in name for name in told)
