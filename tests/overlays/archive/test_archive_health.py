"""An archive that is not as it was stored is found, whatever happened to it, and a sound one never is."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from run_steps.archive import Archive, ArchiveError, Damage, Failure
from run_steps.archive.connection import connect
from run_steps.archive.schema import MIGRATIONS, prepare
from tests.overlays.archive.damaging import DAMAGES, fill, held, is_accused
from tests.overlays.archive.filling import SERVER, contents, put_run, received, run, step
from tests.overlays.archive.processes import line, start


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive of three runs, the last of them half pulled, and of a thread that could not be pulled."""
    path = tmp_path / "a.sqlite"
    with Archive.create(path) as archive:
        put_run(archive, "thread_a", run("run_a"), [step("step_a"), step("step_b")])
        put_run(archive, "thread_a", run("run_b"), [step("step_c", "in_progress")])
        archive.put_runs(SERVER, "thread_a", [run("run_c")])
        archive.put_steps("thread_a", "run_c", 0, [step("step_d")])
        archive.finish_thread("thread_a")
        archive.note_failure(Failure("thread_b", None, "404"))
    return path


def change(path: Path, *statements: str) -> None:
    """Change an archive as nobody should."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def damage(path: Path) -> list[Damage]:
    """Return what is found damaged."""
    with Archive.open(path) as archive:
        return archive.damage()


@pytest.mark.parametrize("seed", range(48))
def test_random_damage_is_found_and_nothing_sound_is_accused(tmp_path: Path, seed: int) -> None:
    """Flipped bits, files cut short, pages mixed up, values and rows changed by SQL: whatever changed what is held."""
    whole, path, drawn = tmp_path / "whole.sqlite", tmp_path / "damaged.sqlite", random.Random(seed)
    fill(whole, drawn)
    assert not is_accused(whole)
    shutil.copy(whole, path)
    DAMAGES[seed % len(DAMAGES)](path, drawn)

    assert held(path) == held(whole) or is_accused(path)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE steps SET payload = '{' WHERE step_id = 'step_a'", "run_a: the step step_a has a payload that is not"),
        ("UPDATE steps SET payload = '{\"id\": \"x\"}' WHERE step_id = 'step_a'", "step_a has the payload of another"),
        ("UPDATE steps SET total_tokens = 7 WHERE step_id = 'step_a'", "run_a: the step step_a was changed"),
        (
            "UPDATE steps SET step_id = 'x' WHERE step_id = 'step_a'",
            "the step x has another step id than it was stored with",
        ),
        ("UPDATE runs SET payload = 'null' WHERE run_id = 'run_b'", "run_b: the run has a payload that is not JSON"),
        ("UPDATE runs SET is_complete = 1 WHERE run_id = 'run_b'", "run_b: the run was changed"),
        ("DELETE FROM steps WHERE step_id = 'step_c'", "run_b: 0 of its 1 steps are there"),
        ("DELETE FROM steps WHERE step_id = 'step_d'", "run_c: 0 of its 1 steps are there"),
        ("DELETE FROM runs WHERE run_id = 'run_b'", "thread_a: 2 of its 3 runs are there"),
        ("UPDATE threads SET listed_at = 7", "thread_a: the thread was changed"),
        ("UPDATE servers SET base_url = 'http://127.0.0.9'", "thread_a: the thread was changed"),
        ("DELETE FROM threads", "1 threads or notes about them are gone"),
        ("DELETE FROM failures", "1 threads or notes about them are gone"),
        ("UPDATE failures SET message = ''", "thread_b: what was noted about its failure was changed"),
        ("CREATE VIEW x AS SELECT 1", "the view x is not of run-steps: remove it with DROP view x"),
        ("DROP INDEX steps_by_time", "the index steps_by_time is lost"),
    ],
)
def test_what_was_changed_is_named(path: Path, statement: str, told: str) -> None:
    """Each fault is a line that says where and what."""
    assert damage(path) == []
    change(path, statement)
    found = [f"{item.thread_id}/{item.run_id}: {item.message}".replace("/None", "") for item in damage(path)]
    assert any(told in text for text in found), found


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (["ALTER TABLE steps DROP COLUMN tools"], "its table steps is not as run-steps made it"),
        (["DROP TABLE failures"], "its table failures is missing"),
        (
            [
                "DROP TABLE steps",
                "CREATE VIEW steps AS WITH RECURSIVE n(key) AS (SELECT 1 UNION ALL SELECT key FROM n) SELECT * FROM n",
            ],
            "its table steps is not as run-steps made it",
        ),
        (["PRAGMA user_version = -5"], "no version -5 ever was"),
        (["PRAGMA user_version = 0"], "no version 0 ever was"),
        (["PRAGMA user_version = 99"], "update run-steps"),
    ],
)
def test_another_form_is_refused_and_left_alone(path: Path, statements: list[str], told: str) -> None:
    """Nothing is read from, or written to, tables that are not those of an archive."""
    change(path, *statements)
    before = path.read_bytes()
    for open_it in (Archive.open, Archive.create):
        with pytest.raises(ArchiveError, match=told):
            open_it(path)
    assert path.read_bytes() == before


def test_triggers_of_others_never_run(path: Path) -> None:
    """An archive with one can be read, and is not written to."""
    change(path, "CREATE TRIGGER x AFTER INSERT ON steps BEGIN DELETE FROM runs; END")
    with pytest.raises(ArchiveError, match=r"has the trigger x, which is not of run-steps.*DROP trigger x"):
        Archive.create(path)
    assert [item.message for item in damage(path)] == [
        "the trigger x is not of run-steps: remove it with DROP trigger x"
    ]


def test_a_pipe_is_no_archive(tmp_path: Path) -> None:
    """It is told at once, instead of being waited for."""
    os.mkfifo(tmp_path / "a.sqlite")
    with pytest.raises(ArchiveError, match="it is a pipe or a device"):
        Archive.open(tmp_path / "a.sqlite")


def test_the_log_of_another_archive_is_not_mixed_in(path: Path, tmp_path: Path) -> None:
    """An archive that was copied over another one, whose killed writer left its log, is left as it is."""
    other = tmp_path / "other.sqlite"
    with start("write", other, "write-ahead") as process:
        assert line(process) == "ready"
        line(process)
        process.kill()
    shutil.copy(path, other)
    before = other.read_bytes()
    for open_it in (Archive.open, Archive.create):
        with pytest.raises(ArchiveError, match=r"other\.sqlite-wal, is of another file: move it away"):
            open_it(other)
    assert other.read_bytes() == before
    other.with_name("other.sqlite-wal").unlink()
    other.with_name("other.sqlite-shm").unlink(missing_ok=True)
    assert damage(other) == []


@pytest.fixture
def older(path: Path, tmp_path: Path) -> Path:
    """The same archive as the first version of run-steps wrote it."""
    older = tmp_path / "older.sqlite"
    with closing(connect(older, "mode=rwc")) as connection:
        prepare(connection, older, MIGRATIONS[:1])
        connection.execute("ATTACH DATABASE ? AS newer", (str(path),))
        for table in ("servers", "threads", "runs", "steps", "failures"):
            names = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} SELECT {names} FROM newer.{table}")
    return older


def test_an_older_archive_is_read_and_not_called_sound(path: Path, older: Path) -> None:
    """It has no digests until it is sealed, and holds the same before and after."""
    assert contents(older) == contents(path)
    with Archive.open(older) as archive:
        assert not archive.is_sealed
        assert archive.damage() == []
    with Archive.create(older) as archive:
        archive.put_runs(SERVER, "thread_c", [run("run_c")])
        archive.seal()
        assert archive.damage() == []
    with Archive.open(older) as archive:
        assert archive.is_sealed
    change(older, "UPDATE steps SET total_tokens = 7")
    assert len(damage(older)) == 4


def test_what_is_visibly_damaged_is_not_sealed(older: Path) -> None:
    """A payload that was not JSON before there were digests is damage afterwards, too."""
    change(older, "UPDATE steps SET payload = 'x' WHERE step_id = 'step_a'")
    with Archive.open(older) as archive:
        assert [item.run_id for item in archive.damage()] == ["run_a"]
    with Archive.create(older) as archive:
        archive.seal()
        archive.seal()
        assert ["not JSON" in item.message for item in archive.damage()] == [True]


def test_an_archive_that_nothing_vouches_for_is_not_merged(path: Path, older: Path, tmp_path: Path) -> None:
    """Neither one without digests nor a damaged one is taken over, so that no damage gets a digest."""
    with Archive.create(tmp_path / "whole.sqlite") as whole:
        with pytest.raises(ArchiveError, match=r"has no digests yet: `run-steps check --seal"):
            whole.merge(older)
        change(path, "UPDATE steps SET type = 'x'")
        with pytest.raises(ArchiveError, match="is damaged, and nothing of it was taken over"):
            whole.merge(path)
        assert whole.summary().runs == 0


def test_reading_while_others_write_looks_like_no_damage(path: Path) -> None:
    """A pull that goes on meanwhile changes nothing about what is looked at."""
    with Archive.open(path) as reader, start("write", path, "write-ahead") as process:
        for _ in range(5):
            line(process)
            assert reader.damage() == []
        process.kill()
    assert damage(path) == []


def test_odd_payloads_are_sound(path: Path) -> None:
    """Whatever can be stored is found as it was stored."""
    odd = received({"id": "step_\ud800", "numbers": [1e300, 10**30], "text": "\x00ü\u2028"})
    with Archive.create(path) as archive:
        put_run(archive, "thread_\n", run("run_\ud800"), [odd, odd])
    assert damage(path) == []


@pytest.mark.parametrize(("table", "noun"), [("runs", "steps"), ("conversations", "messages")])
def test_a_count_that_is_no_number_any_more_is_named(path: Path, table: str, noun: str) -> None:
    """Where a flipped bit made text of it, which SQLite itself would not let in."""
    strict = f"UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = '{table}'"
    loose = f"UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = '{table}'"
    with Archive.create(path) as archive:
        archive.put_messages("thread_a", 0, [received({"id": "msg_1"})])
    change(path, "PRAGMA writable_schema = ON", strict)
    change(path, f"UPDATE {table} SET {noun} = 'many'")
    change(path, "PRAGMA writable_schema = ON", loose)

    assert any(f"of its 0 {noun} are there" in found.message for found in damage(path))


def test_damage_to_the_description_of_tables_is_one_line(path: Path) -> None:
    """Where it is no text any more, SQLite's message would repeat all of it."""
    path.write_bytes(path.read_bytes().replace(b"listed_at", b"listed\xffat", 1))

    with pytest.raises(
        ArchiveError, match=r"is damaged: `run-steps check --salvage .*` saves what can be read"
    ) as raised:
        Archive.open(path)
    assert len(str(raised.value).splitlines()) == 1
