"""Archives hold messages and threads as they hold runs and steps."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from run_steps import UnknownMessage, UnknownMessages, UnknownThread
from run_steps._received import ReceivedItem
from run_steps.archive import Archive, Failure
from run_steps.archive.schema import MIGRATIONS, prepare
from run_steps.stores import PageQuery, UnknownCursor
from tests.overlays.archive.filling import SERVER, put_run, received, run

THREAD = received({"id": "thread_1", "object": "thread", "metadata": {"team": "tides"}})


def _message(number: int, **fields: Any) -> ReceivedItem:
    return received({"id": f"msg_{number}", "role": "user", "created_at": number, "run_id": None} | fields)


def _archive(path: Path, *messages: ReceivedItem, now: float = 10.0, thread_id: str = "thread_1") -> Path:
    with Archive.create(path, clock=lambda: now) as archive:
        archive.put_runs(SERVER, thread_id, [])
        archive.put_messages(thread_id, 0, messages, began_at=now, thread=THREAD)
    return path


def _texts(path: Path, thread_id: str = "thread_1") -> list[str]:
    with Archive.open(path) as archive:
        assert archive.damage() == []
        return [item.text for item in archive.list_messages(thread_id, PageQuery(order="asc")).data]


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    """A thread whose messages were never pulled is told from one that has none."""
    with Archive.create(tmp_path / "a.sqlite") as archive:
        put_run(archive, "thread_1", run("run_1"))
        with pytest.raises(UnknownThread):
            list(archive.messages("thread_2"))
        with pytest.raises(UnknownMessages, match="'thread_1' are not here, as they were never pulled"):
            list(archive.messages("thread_1"))
        with pytest.raises(UnknownMessage, match="No message found with id 'msg_1'"):
            archive.message("thread_1", "msg_1")
        archive.put_messages("thread_1", 0, [], began_at=archive.now())
        assert list(archive.messages("thread_1")) == []
        with pytest.raises(UnknownCursor, match="No message found with id 'msg_1', the value of 'after'"):
            list(archive.messages("thread_1", after="msg_1"))
        with pytest.raises(UnknownCursor, match="No thread found"):
            archive.list_threads(PageQuery(before="thread_9"))


def test_a_list_that_broke_off_is_read_as_far_as_it_is_there(tmp_path: Path) -> None:
    """What was stored before a failure is not held back; the failure is told until the list was read to its end."""
    with Archive.create(tmp_path / "a.sqlite") as archive:
        archive.put_runs(SERVER, "thread_1", [])
        archive.put_messages("thread_1", 0, [_message(1)])
        archive.note_messages_failure("thread_1", "messages: it broke", archive.now())
        assert [message.id for message in archive.messages("thread_1")] == ["msg_1"]
        assert archive.failures() == [Failure("thread_1", None, "messages: it broke")]
        assert (archive.summary().failed, archive.summary().unlisted_messages) == (1, 1)
        archive.put_messages("thread_1", 0, [_message(1), _message(2)], began_at=archive.now())
        assert (archive.failures(), archive.summary().unlisted_messages, archive.summary().messages) == ([], 0, 2)


def test_archives_joined_in_any_order_have_the_same_messages(tmp_path: Path) -> None:
    """What was received later counts more; what only one of them has is taken over; nothing is damaged by it."""
    found: set[tuple[str, ...]] = set()
    for number, order in enumerate(permutations(range(3))):
        parts = [
            _archive(tmp_path / f"{number}_0.sqlite", _message(1, text="old"), _message(2), now=10.0),
            _archive(tmp_path / f"{number}_1.sqlite", _message(1, text="new"), _message(2), _message(3), now=20.0),
            _archive(tmp_path / f"{number}_2.sqlite", _message(4), now=15.0, thread_id="thread_2"),
        ]
        with Archive.create(tmp_path / f"{number}.sqlite") as archive:
            for index in order:
                archive.merge(parts[index])
            assert archive.summary().messages == 4
            assert archive.thread("thread_1").metadata is not None
        found.add((*_texts(tmp_path / f"{number}.sqlite"), *_texts(tmp_path / f"{number}.sqlite", "thread_2")))
    assert found == {tuple(item.text for item in (_message(1, text="new"), _message(2), _message(3), _message(4)))}


def _of_version(path: Path, version: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        prepare(connection, path, MIGRATIONS[:version])
        connection.execute("INSERT INTO servers VALUES (1, ?)", (SERVER,))
        connection.execute("INSERT INTO threads (key, thread_id, server, listed_at) VALUES (1, 'thread_1', 1, 5)")
        if version > 1:
            connection.execute("UPDATE seal SET threads = NULL")  # what it holds has no digests yet


@pytest.mark.parametrize("version", [1, 2])
def test_archives_of_older_versions_are_read_and_gain_messages(tmp_path: Path, version: int) -> None:
    """They are read as they are, joined to a newer one, and hold messages as soon as they are written to."""
    path = tmp_path / "old.sqlite"
    _of_version(path, version)
    with Archive.open(path) as archive:
        with pytest.raises(UnknownMessages):
            list(archive.messages("thread_1"))
        with pytest.raises(UnknownMessage):
            archive.message("thread_1", "msg_1")
        assert archive.thread("thread_1").id == "thread_1"
        assert [item.id for item in archive.list_threads(PageQuery()).data] == ["thread_1"]
        assert (archive.summary().messages, archive.summary().unlisted_messages, archive.failures()) == (0, 1, [])
    with Archive.create(path) as archive:
        archive.seal()
        assert archive.damage() == []
        archive.put_messages("thread_1", 0, [_message(1)], began_at=archive.now(), thread=THREAD)
    assert _texts(path) == [_message(1).text]


def test_a_part_of_version_2_is_joined(tmp_path: Path) -> None:
    """A part without messages takes nothing away from the archive it is joined to."""
    path = _archive(tmp_path / "a.sqlite", _message(1))
    _of_version(tmp_path / "old.sqlite", 2)
    with closing(sqlite3.connect(tmp_path / "old.sqlite")) as connection, connection:
        connection.execute("DELETE FROM threads")
        connection.execute("UPDATE seal SET threads = 0")
    with Archive.create(path) as archive:
        archive.merge(tmp_path / "old.sqlite")
    assert _texts(path) == [_message(1).text]


@pytest.mark.parametrize(
    ("messages", "runs", "left"),
    [([_message(1)], [], 1), ([], [], 0), ([], [run("run_1")], 1), ([_message(1)], [run("run_1")], 1)],
    ids=["messages", "nothing", "a run", "both"],
)
def test_forgetting_a_thread_keeps_what_is_complete(
    tmp_path: Path, messages: list[ReceivedItem], runs: Iterable[ReceivedItem], left: int
) -> None:
    """A thread goes when it has neither a complete run nor messages; a failure of its messages goes in any case."""
    with Archive.create(tmp_path / "a.sqlite") as archive:
        archive.put_runs(SERVER, "thread_1", [])
        for item in runs:
            put_run(archive, "thread_1", item)
        archive.put_messages("thread_1", 0, messages, began_at=archive.now())
        archive.forget("thread_1")
        assert len(list(archive.threads())) == left
        assert archive.summary().messages == len(messages)
        assert archive.damage() == []
        archive.put_runs(SERVER, "thread_1", [])
        archive.note_messages_failure("thread_1", "it broke", archive.now())
        archive.forget("thread_1")
        assert (archive.failures(), archive.damage()) == ([], [])


def test_a_clock_that_was_wrong_hides_no_messages(tmp_path: Path) -> None:
    """What was listed in the future is listed again."""
    path = _archive(tmp_path / "a.sqlite", _message(1), now=5000.0)
    with Archive.create(path, clock=lambda: 100.0) as archive:
        assert archive.needs_messages("thread_1", since=90.0)
        archive.put_messages("thread_1", 0, [_message(1)], began_at=95.0)
        assert not archive.needs_messages("thread_1", since=90.0)
        assert archive.needs_messages("thread_1", since=99.0)
        assert not archive.needs_messages("thread_1", since=99.0, unless_listed=True)
