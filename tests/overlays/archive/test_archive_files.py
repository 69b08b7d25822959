"""Files that are archives, were, will be, or are something else."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from run_steps import RunStepsError
from run_steps.archive import Archive, ArchiveError
from run_steps.archive.connection import connect
from run_steps.archive.errors import readable_errors
from run_steps.archive.schema import MIGRATIONS, check, prepare
from tests.overlays.archive.filling import contents, put_run, run, step
from tests.overlays.archive.processes import line, run_mounted, start

READ_ONLY = "mount --bind {0} {0} && mount -o remount,bind,ro {0}"
"""What makes a folder one in which nothing can be written, not even by the superuser."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive of one run with two steps."""
    path = tmp_path / "a.sqlite"
    with Archive.create(path) as archive:
        put_run(archive, "thread_a", run("run_a"), [step("step_a"), step("step_b")])
    return path


def test_an_archive_is_one_file(path: Path) -> None:
    """When nobody has it open there is nothing beside it, whether it was written or read last."""
    assert [file.name for file in path.parent.iterdir()] == ["a.sqlite"]
    with Archive.open(path) as archive:
        assert sum(len(batch) for batch in archive.rows()) == 2
    assert [file.name for file in path.parent.iterdir()] == ["a.sqlite"]


def test_reading_changes_nothing(path: Path) -> None:
    """A file that was only read has the bytes it had."""
    before = path.read_bytes()
    with Archive.open(path) as archive:
        assert list(archive.list("thread_a", "run_a", max_items=0)) == []
        assert archive.summary().steps == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["a b?c#d%2e&mode=memory.sqlite", "ü'\".db", "archive"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    """Names that mean something in URIs or SQL are names like others, also of what is merged."""
    with Archive.create(str(tmp_path / name)) as archive:
        put_run(archive, "thread_a", run("run_a"))
    assert [file.name for file in tmp_path.iterdir()] == [name]
    with Archive.create(tmp_path / "whole.sqlite") as whole:
        whole.merge(tmp_path / name)
        assert whole.summary().runs == 1


def test_a_file_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    """Reading what is not there says how to make it, and makes nothing."""
    with pytest.raises(ArchiveError, match=r"no archive .*a\.sqlite: `run-steps pull` makes one"):
        Archive.open(tmp_path / "a.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """An archive is not made in a folder that does not exist."""
    with pytest.raises(ArchiveError, match="check that the folder exists"):
        Archive.create(tmp_path / "nowhere" / "a.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_archive(tmp_path: Path) -> None:
    """A folder is told to be one."""
    with pytest.raises(ArchiveError, match="cannot be opened: it is a folder"):
        Archive.open(tmp_path)
    with pytest.raises(ArchiveError, match="cannot be opened: it is a folder"):
        Archive.create(tmp_path)


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    """An empty file cannot be read, and may be filled."""
    path = tmp_path / "a.sqlite"
    path.touch()
    with pytest.raises(ArchiveError, match="is empty, and no archive yet"):
        Archive.open(path)
    with Archive.create(path) as archive:
        assert archive.summary().threads == 0


@pytest.mark.parametrize("content", [b"thread_1\n" * 1000, b"thread_1\n", b"x", b"SQLite format 3\x00" * 200])
def test_another_file_is_told_and_left_alone(tmp_path: Path, content: bytes) -> None:
    """What is no database is neither read nor written over."""
    path = tmp_path / "targets.csv"
    path.write_bytes(content)
    for open_it in (Archive.open, Archive.create):
        with pytest.raises(ArchiveError, match=r"not an archive|damaged"):
            open_it(path)
        assert path.read_bytes() == content


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE notes (text)", "PRAGMA user_version = 1", "PRAGMA application_id = 5"]
)
def test_another_database_is_told_and_left_alone(tmp_path: Path, statement: str) -> None:
    """A SQLite file of some other program is neither read nor changed."""
    path = tmp_path / "notes.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
    before = path.read_bytes()
    for open_it in (Archive.open, Archive.create):
        with pytest.raises(ArchiveError, match="not an archive of run steps; it was not changed"):
            open_it(path)
        assert path.read_bytes() == before


def test_a_newer_archive_is_told_and_left_alone(path: Path) -> None:
    """An archive of a later version of run-steps is not touched by an earlier one."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = path.read_bytes()
    for open_it in (Archive.open, Archive.create):
        with pytest.raises(ArchiveError, match=rf"has version {len(MIGRATIONS) + 1}.*update run-steps"):
            open_it(path)
        assert path.read_bytes() == before


NEXT = (
    *MIGRATIONS,
    "ALTER TABLE steps ADD COLUMN colour TEXT;\nCREATE TABLE notes (text TEXT) STRICT;\n",
    "UPDATE steps SET colour = 'red';\n",
)


def migrate(path: Path, migrations: Sequence[str]) -> None:
    """Bring a file to the newest of some versions."""
    with closing(connect(path, "mode=rw")) as connection:
        prepare(connection, path, migrations)


def test_an_older_archive_is_brought_up_to_date(path: Path) -> None:
    """Its tables become those of the new version, one version after the other, and what is in it stays."""
    before = contents(path)
    with closing(connect(path, "mode=ro")) as connection:
        assert check(connection, path, NEXT) == len(MIGRATIONS)
    migrate(path, NEXT[:-1])
    migrate(path, NEXT)
    migrate(path, NEXT)

    with closing(connect(path, "mode=rw")) as connection:
        check(connection, path, NEXT)
        assert connection.execute("SELECT DISTINCT colour FROM steps").fetchall() == [("red",)]
        assert connection.execute("SELECT * FROM notes").fetchall() == []
        for statement in ("ALTER TABLE steps DROP COLUMN colour", "DROP TABLE notes"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    assert contents(path) == before


def test_a_migration_that_fails_changes_nothing(path: Path) -> None:
    """When one step of an update fails, the file is of the version it was, with all that is in it."""
    before = path.read_bytes()
    for broken in ("DELETE FROM steps;\nCREATE TABLE notes (text TEXT) STRICT;\nnonsense;\n", NEXT[-1]):
        with pytest.raises(sqlite3.OperationalError):
            migrate(path, (*MIGRATIONS, "UPDATE runs SET status = 'lost';\n", broken))
        assert path.read_bytes() == before
        migrate(path, MIGRATIONS)


def test_every_statement_of_the_tables_is_carried_out(tmp_path: Path) -> None:
    """A new archive has the tables and indexes that the newest version describes."""
    path = tmp_path / "a.sqlite"
    Archive.create(path).close()
    with closing(sqlite3.connect(path)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE sql IS NOT NULL")}
    described = re.findall(r"CREATE (?:TABLE|INDEX) (\w+)", "".join(MIGRATIONS))
    assert set(described) == names
    assert {"runs", "steps"} < names


def test_an_archive_in_a_read_only_folder_is_read(path: Path) -> None:
    """An archive on a medium that cannot be written is read whole, and told when it is to be written."""
    folder = path.parent
    assert run_mounted(READ_ONLY.format(folder), "read", path) == ["read: 1 runs, 2 steps"]
    (said,) = run_mounted(READ_ONLY.format(folder), "attempt", path)
    assert said.startswith("error: ")
    assert "may be written to" in said or "may not be written to" in said


@pytest.mark.parametrize("mode", ["write-ahead", "roll-back"])
def test_an_unfinished_archive_in_a_read_only_folder_is_read_whole_or_not_at_all(tmp_path: Path, mode: str) -> None:
    """What a killed writer left half-written beside the file is never passed over in silence."""
    path, log = tmp_path / "a.sqlite", tmp_path / ("a.sqlite-wal" if mode == "write-ahead" else "a.sqlite-journal")
    with Archive.create(path, write_ahead=mode == "write-ahead") as archive:
        put_run(archive, "thread_a", run("run_a"))
    with start("spill", path) as process:
        assert line(process) == "ready"
        process.kill()
    assert log.stat().st_size > 0
    tmp_path.joinpath("a.sqlite-shm").unlink(missing_ok=True)
    (said,) = run_mounted(READ_ONLY.format(tmp_path), "read", path)
    assert said.startswith("error: ")

    copy = Path(shutil.copytree(tmp_path, tmp_path / "copy")) / "a.sqlite"
    with Archive.open(copy) as archive:
        assert archive.is_finished("thread_a", "run_a")
        assert archive.summary().steps == 0


@pytest.mark.parametrize(
    ("statements", "advice"),
    [
        (["CREATE TABLE t (x)", "PRAGMA max_page_count = 1", "INSERT INTO t VALUES (zeroblob(9999))"], "disk is full"),
        (["PRAGMA query_only = ON", "CREATE TABLE t (x)"], "may not be written"),
        (["SELECT * FROM nowhere"], r"no such table: nowhere \(SQLITE_ERROR\)"),
    ],
)
def test_errors_of_sqlite_say_what_to_do(tmp_path: Path, statements: list[str], advice: str) -> None:
    """An error of the file names the archive and what to do, and is one of ours."""
    path = tmp_path / "a.sqlite"
    *before, wrong = statements
    with closing(sqlite3.connect(path)) as connection:
        for statement in before:
            connection.execute(statement)
        with pytest.raises(RunStepsError, match=advice) as caught, readable_errors(path):
            connection.execute(wrong)
    assert isinstance(caught.value, ArchiveError)
    assert str(path) in str(caught.value)
    assert isinstance(caught.value.__cause__, sqlite3.Error)


def test_a_locked_archive_says_that_it_is(path: Path) -> None:
    """Who waited in vain for another process is told so."""
    with closing(sqlite3.connect(path, timeout=0)) as connection, start("hold", path) as process:
        assert line(process) == "ready"
        with pytest.raises(ArchiveError, match="another process keeps it locked"), readable_errors(path):
            connection.execute("BEGIN IMMEDIATE")
        process.communicate("go on\n")
