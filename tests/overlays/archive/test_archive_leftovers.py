"""What a killed process left beside a file is taken back where it is of that file, and refused otherwise."""

from __future__ import annotations

import shutil
import sqlite3
import struct
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from run_steps.archive import Archive, ArchiveError
from tests.overlays.archive.filling import SERVER, contents, put_run, run, step

PAGE = 4096
MANY = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
OF_ARCHIVES = (
    "UPDATE seal SET writes = writes + 1",
    f"{MANY} INSERT INTO servers SELECT NULL, hex(zeroblob(i)) FROM n",
)
OF_OTHERS = (f"{MANY} INSERT INTO t SELECT zeroblob(1000) FROM n", "UPDATE t SET x = ''")


def archive(path: Path, *names: str) -> Path:
    """Write an archive of some threads, without a log."""
    with Archive.create(path, write_ahead=False) as archive:
        for name in names:
            put_run(archive, f"thread_{name}", run(f"run_{name}"), [step(f"step_{name}", output="x" * 3000)])
            archive.finish_thread(f"thread_{name}")
    return path


def other_database(path: Path) -> Path:
    """Write a database that is no archive."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (x)")
    return path


def left_by_a_kill(path: Path, statements: Sequence[str], mode: str = "DELETE") -> bytes:
    """Return the journal, or log, that is beside a file while it is half-written; in the end the file is as it was."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("PRAGMA cache_size = 3")
        connection.execute("BEGIN")
        for statement in statements:
            connection.execute(statement)
        if mode == "WAL":
            connection.execute("COMMIT")
            return path.with_name(f"{path.name}-wal").read_bytes()
        left = path.with_name(f"{path.name}-journal").read_bytes()
        connection.execute("ROLLBACK")
        return left


def refusals(path: Path) -> set[str]:
    """Return what reading and writing an archive say."""
    said = set()
    for open_it in (Archive.open, Archive.create):
        with pytest.raises(ArchiveError) as raised:
            open_it(path)
        said.add(str(raised.value))
    return said


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
@pytest.mark.parametrize(
    "of", ["another archive", "another archive of as many writes", "another database", "a new one"]
)
def test_what_is_of_another_file_is_refused(tmp_path: Path, of: str, mode: str) -> None:
    """The archive, which SQLite would have mixed with it, stays as it is, and can be read once that is moved away."""
    path = archive(tmp_path / "a.sqlite", "a")
    if of == "another database":
        left = left_by_a_kill(other_database(tmp_path / "b.sqlite"), OF_OTHERS, mode)
    elif of == "a new one":
        left = left_by_a_kill(tmp_path / "b.sqlite", ["CREATE TABLE t (x)", *OF_OTHERS], mode)
    else:
        names = "b" if "as many" in of else "bcd"
        left = left_by_a_kill(archive(tmp_path / "b.sqlite", *names), OF_ARCHIVES, mode)
    beside = path.with_name("a.sqlite-wal" if mode == "WAL" else "a.sqlite-journal")
    beside.write_bytes(left)
    before = path.read_bytes()

    (said,) = refusals(path)

    assert f"{beside.name}, is of another file: move it away, and check again." in said
    assert len(said.splitlines()) == 1
    assert path.read_bytes() == before
    beside.unlink()
    assert list(contents(path)) == ["thread_a"]


def test_an_archive_that_was_just_being_made_is_made_anew(tmp_path: Path) -> None:
    """Its journal has no page, as there was none before, and nothing is lost with what SQLite takes back."""
    path = archive(tmp_path / "a.sqlite")
    beside = path.with_name("a.sqlite-journal")
    header = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(">5I", 0, 7, 0, 512, PAGE)
    beside.write_bytes(header.ljust(512, b"\0"))
    with Archive.create(path, write_ahead=False) as opened:
        opened.put_runs(SERVER, "thread_b", [])
    assert contents(path) == {"thread_b": {}}
    assert not beside.exists()


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_what_is_of_the_archive_is_taken_back(tmp_path: Path, mode: str) -> None:
    """A copy that was taken while it was half-written, with what was beside it, is whole again."""
    path, copy = archive(tmp_path / "a.sqlite", "a"), tmp_path / "b.sqlite"
    before = contents(path)
    suffix = "-wal" if mode == "WAL" else "-journal"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("PRAGMA cache_size = 3")
        for ending in ("COMMIT", "ROLLBACK") if mode == "WAL" else ("ROLLBACK",):
            connection.execute("BEGIN")
            for statement in OF_ARCHIVES[: 1 if ending == "COMMIT" else 2]:
                connection.execute(statement)
            if ending == "ROLLBACK":
                shutil.copy(path, copy)
                shutil.copy(f"{path}{suffix}", f"{copy}{suffix}")
            connection.execute(ending)
    with Archive.create(copy) as opened:
        assert opened.damage() == []
        opened.put_runs(SERVER, "thread_b", [])
    assert contents(copy) == before | {"thread_b": {}}
