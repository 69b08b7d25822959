"""What can be read of a damaged file is in the new archive, and what cannot is named; the damaged file is kept."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from run_steps.archive import Archive, ArchiveError, DamagedArchive, salvage
from run_steps.archive.connection import connect
from run_steps.archive.schema import MIGRATIONS, prepare
from tests.overlays.archive.filling import put_run, received, run, step
from tests.overlays.archive.processes import line, start

PAGE = 4096
THREADS = 40


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of which every table has several pages, and some steps are longer than a page."""
    path = tmp_path_factory.mktemp("whole") / "a.sqlite"
    with Archive.create(path) as archive:
        for number in range(THREADS):
            thread_id, run_id = f"thread_{number:080}", f"run_{number:080}"
            ids = {"thread_id": thread_id, "run_id": run_id}
            texts = ["x" * 9000, "", "", "", "y"]
            steps = [step(f"step_{number}_{place}", output=text, **ids) for place, text in enumerate(texts)]
            put_run(archive, thread_id, run(run_id, thread_id=thread_id), steps)
            archive.finish_thread(thread_id)
            messages = [received({"id": f"msg_{number}_{place}", **ids}) for place in range(5)]
            archive.put_messages(thread_id, 0, messages, began_at=1.0, thread=received({"id": thread_id}))
    Archive.create(path, write_ahead=False).close()
    return path


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(whole, tmp_path))


def received_texts(path: Path) -> set[str]:
    """Return all that was received and is in an archive."""
    with closing(sqlite3.connect(path)) as connection:
        tables = ("runs", "steps", "messages", "conversations")
        return {text for table in tables for (text,) in connection.execute(f"SELECT payload FROM {table}")}


def zeros(content: bytes, *numbers: int) -> bytes:
    """Return a file with zeros in place of some pages, counted from 1."""
    pages = [content[place : place + PAGE] for place in range(0, len(content), PAGE)]
    return b"".join(bytes(PAGE) if number in numbers else page for number, page in enumerate(pages, start=1))


def roots(content: bytes) -> bytes:
    """Return a file that has lost the first page of every table and index."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        found = [root for (root,) in connection.execute("SELECT rootpage FROM sqlite_schema")]
    return zeros(content, *found)


def one_with(text: bytes) -> Callable[[bytes], bytes]:
    """Return what takes the first page with a text away."""
    return lambda content: zeros(content, content.index(text) // PAGE + 1)


def backwards(content: bytes) -> bytes:
    """Return a file whose pages but for the first are in the opposite order."""
    pages = [content[place : place + PAGE] for place in range(PAGE, len(content), PAGE)]
    return content[:PAGE] + b"".join(reversed(pages))


DAMAGE: dict[str, tuple[Callable[[bytes], bytes], bool]] = {
    "its header": (lambda content: bytes(100) + content[100:], False),
    "its first page": (lambda content: zeros(content, 1), False),
    "what tables are called": (lambda content: content.replace(b"TABLE steps", b"TABLE stepz"), False),
    "what application it is of": (lambda content: content[:68] + bytes(4) + content[72:], False),
    "the first page of each table and index": (roots, False),
    "a page of runs": (one_with(b'{"id": "run_'), True),
    "a page of steps": (one_with(b'{"id": "step_7_'), True),
    "a page of messages": (one_with(b'{"id": "msg_7_'), True),
    "a page of a long step": (one_with(b"x" * 3000), True),
    "every other page": (lambda content: zeros(content, *range(2, 999, 2)), True),
    "its second half": (lambda content: content[: len(content) // PAGE // 2 * PAGE + 99], True),
    "the order of its pages": (backwards, True),
}
"""What a file has lost: how that comes about, and whether it is more than SQLite needs to find the rest."""


@pytest.mark.parametrize("what", DAMAGE)
def test_one_bad_part_costs_that_part(whole: Path, path: Path, what: str) -> None:
    """Whatever row is still in the file is in the new archive, also of a run that was lost itself; the rest is told."""
    change, loses = DAMAGE[what]
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(DamagedArchive) as refused, Archive.create(path, write_ahead=False) as archive:
        archive.reopen_damaged()
    damaged = path.read_bytes()
    assert len(str(refused.value).splitlines()) == 1

    aside = salvage(path)

    assert aside == path.with_name("a.sqlite.damaged")
    assert path.with_name("a.sqlite.damaged").read_bytes() == damaged
    assert sorted(file.name for file in path.parent.iterdir()) == ["a.sqlite", "a.sqlite.damaged"]
    assert received_texts(path) >= {text for text in received_texts(whole) if text.encode() in damaged}
    assert (received_texts(path) >= received_texts(whole)) is not loses
    with Archive.open(path) as archive:
        assert archive.damage() or not loses
        for thread_id in archive.threads():
            for found in archive.runs(thread_id, max_items=0):
                assert list(archive.list(thread_id, found.id)) or loses
    assert salvage(path) is None


def test_what_was_lost_is_named(path: Path) -> None:
    """Runs and threads by the names that what is left of them gives."""
    content = one_with(b'{"id": "run_')(path.read_bytes())
    path.write_bytes(one_with(b'{"id": "step_37_')(content))
    salvage(path)
    with Archive.open(path) as archive:
        found = [(item.thread_id, item.run_id, item.message) for item in archive.damage()]
        assert (f"thread_{0:080}", f"run_{0:080}", "the run was lost or changed") in found
        assert any(run_id == f"run_{37:080}" and "of its 5 steps are there" in told for _, run_id, told in found)
        with pytest.raises(StopIteration):
            next(item for item in archive.list(f"thread_{0:080}", f"run_{0:080}") if not item.id.startswith("step_0_"))


def test_a_lost_count_of_threads_is_told_until_it_is_accepted(path: Path) -> None:
    """Threads of which nothing is left are counted; where the count is lost as well, that is told."""
    path.write_bytes(roots(path.read_bytes()))
    salvage(path)
    with Archive.create(path) as archive:
        archive.reopen_damaged()
        archive.put_runs("http://127.0.0.2", "thread_new", [])
        assert "nobody knows how many threads there were" in archive.damage()[-1].message
        archive.seal()
        assert not any("nobody knows" in item.message for item in archive.damage())


def test_what_is_only_in_the_log_is_saved(tmp_path: Path) -> None:
    """A process was killed that had written much, and the file was damaged since; the log is kept with it."""
    path = tmp_path / "a.sqlite"
    with start("write", path, "write-ahead") as process:
        for _ in range(3):
            line(process)
        process.kill()
    log = path.with_name("a.sqlite-wal")
    in_log = log.read_bytes()
    path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])

    aside = salvage(path)

    assert aside is not None
    assert aside.with_name("a.sqlite.damaged-wal").read_bytes() == in_log
    assert not log.exists()
    with Archive.open(path) as archive:
        assert archive.summary().steps >= 40
        assert len(archive.damage()) <= 1  # a run that was under way may be told


@pytest.mark.parametrize("stopped", ["os.link", "pathlib.Path.unlink", "pathlib.Path.replace"])
def test_whoever_is_stopped_loses_nothing(
    whole: Path, path: Path, monkeypatch: pytest.MonkeyPatch, stopped: str
) -> None:
    """At any moment the file, or what was made of it, has its name, and trying again comes to the same end."""
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    path.with_name("a.sqlite-wal").write_bytes(b"log")

    link, unlink = os.link, Path.unlink

    def stop(path: Path, *more: Path, **rest: bool) -> None:
        if path.name.endswith("-wal"):  # go on with what comes after the log
            link(path, *more) if more else unlink(path, **rest)
        elif "unlink" not in stopped or path.name.endswith("-shm"):
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(stopped, stop)
        with pytest.raises(KeyboardInterrupt):
            salvage(path)
    assert path.read_bytes()[100:] == whole.read_bytes()[100:]
    aside = salvage(path)
    assert aside == path.with_name("a.sqlite.damaged")
    assert path.with_name("a.sqlite.damaged-wal").read_bytes() == b"log"
    assert received_texts(path) == received_texts(whole)

    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    assert salvage(path) == path.with_name("a.sqlite.damaged-2")


@pytest.mark.parametrize("content", [b"thread_1,run_1\n" * 999, b"SQLite", bytes(2 * PAGE)])
def test_what_never_was_an_archive_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    """Nothing takes its place."""
    path = tmp_path / "a.sqlite"
    path.write_bytes(content)
    with pytest.raises(
        ArchiveError, match=r"Nothing of an archive can be read in .*a\.sqlite, which was left as it is"
    ):
        salvage(path)
    assert [file.name for file in tmp_path.iterdir()] == ["a.sqlite"]
    assert path.read_bytes() == content
    with pytest.raises(ArchiveError, match="There is no archive"):
        salvage(tmp_path / "b.sqlite")


def test_an_older_archive_is_saved_and_nothing_of_it_called_proved(whole: Path, tmp_path: Path) -> None:
    """What the first version of run-steps wrote has no digests: it is readable, and is pulled again."""
    path = tmp_path / "a.sqlite"
    with closing(connect(path, "mode=rwc")) as connection:
        prepare(connection, path, MIGRATIONS[:1])
        connection.execute("ATTACH DATABASE ? AS newer", (str(whole),))
        for table in ("servers", "threads", "runs", "steps"):
            names = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} SELECT {names} FROM newer.{table}")
    path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])
    salvage(path)
    with Archive.create(path) as archive:
        assert archive.summary().steps == 5 * THREADS
        assert len(archive.reopen_damaged()) == 2 * THREADS
        assert archive.summary().unfinished_runs == THREADS
