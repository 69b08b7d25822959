"""A pull takes along what was written in the threads, where the server has it, and never fails for want of it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from run_steps import RetryPolicy, RunSteps, RunStepsError, UnknownMessages, servers
from run_steps.archive import Archive, Failure
from run_steps.pulling import PullResult, Target, check, pull
from run_steps.pulling.targets import listed_threads
from run_steps.serving import MemoryStore, PageQuery, create_app, sample_store, serve
from tests.overlays.history_server import history
from tests.overlays.pulling.comparing import checksum, contents, contents_of_store

DEMO = Target("thread_demo")
QUICK = RetryPolicy(attempts=2, first_wait=0, max_wait=0)
EVERYTHING = PageQuery(limit=10_000, order="asc")


class Answering:
    """An application in front of another one that answers with a status where a path ends as told, and counts that."""

    def __init__(self, app: ASGIApp, status: int, *endings: str, body: bytes = b'{"detail": "Not Found"}') -> None:
        self._app, self._status, self._endings, self._body = app, status, endings, body
        self.refused: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or hand it on."""
        if not scope["path"].endswith(self._endings):
            await self._app(scope, receive, send)
            return
        self.refused.append(scope["path"])
        await send({"type": "http.response.start", "status": self._status, "headers": []})
        await send({"type": "http.response.body", "body": self._body})


def _conversation(count: int) -> MemoryStore:
    store = history(1, 1, 2)
    for number in range(count):
        store.put_message(_message(number))
    return store


def _message(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": f"msg_{number}", "thread_id": "thread_0000", "created_at": 1800000000, "content": "é \ud83d"} | fields


def test_messages_are_taken_byte_for_byte_and_in_order(tmp_path: Path) -> None:
    """Many pages of messages of one second, with texts no UTF-8 has; a second pull brings those that came since."""
    store, path = _conversation(250), tmp_path / "a.sqlite"
    with serve(create_app(store)) as base_url:
        server = servers.compatible(base_url)
        first = pull(server, path, [Target("thread_0000")])
        before = contents(path)
        store.put_message(_message(250))
        second = pull(server, path, [Target("thread_0000")])

    assert (first.messages, second.messages) == (252, 253)
    assert before != contents(path) == contents_of_store(store, "thread_0000")


def test_a_run_comes_with_the_messages_of_its_thread(tmp_path: Path) -> None:
    """Whoever asks for a run also gets what it answered to, once for however many runs of the thread."""
    store, path = sample_store(), tmp_path / "a.sqlite"
    targets = [Target("thread_demo", run_id) for run_id in ("run_kinds", "run_long", "run_failed")]
    with serve(create_app(store)) as base_url:
        result = pull(servers.compatible(base_url), path, targets, concurrency=1)

    expected = [item.text for item in store.list_messages("thread_demo", EVERYTHING).data]
    assert contents(path)["thread_demo", ""][1:] == expected
    assert (result.pulled, result.messages) == (3, len(expected))


@pytest.mark.parametrize("status", [404, 405, 501])
@pytest.mark.parametrize("targets", [1, 40])
def test_a_server_without_messages_costs_only_these(tmp_path: Path, status: int, targets: int) -> None:
    """All runs and steps are there; the server is hardly asked, it is said once, and no failure is noted."""
    path, store = tmp_path / "a.sqlite", history(targets, 1, 2)
    threads = [Target(f"thread_{number:04}") for number in range(targets)]
    with serve(app := Answering(create_app(store), status, "/messages")) as base_url:
        result = pull(servers.compatible(base_url), path, threads, concurrency=2)

    assert (result.pulled, result.failed, result.messages) == (targets, 0, 0)
    (complaint,) = result.not_served
    assert complaint.startswith(f"The server does not have messages ({status} ")
    assert 1 <= len(app.refused) <= 5
    with Archive.open(path) as archive:
        assert check(archive, threads).is_complete
        assert check(archive).unlisted_messages == targets
        with pytest.raises(UnknownMessages, match="messages of the thread 'thread_0000' are not here"):
            next(iter(archive.messages("thread_0000")))

    with serve(create_app(store)) as base_url:  # the same server, brought up to date
        ids = [thread.thread_id for thread in threads]
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE servers SET base_url = ?", (base_url,))
        with Archive.create(path) as archive:
            archive.seal()
        pull(servers.compatible(base_url), path, threads)
    assert {key[0] for key in contents(path) if not key[1]} == set(ids)


def test_a_thread_that_is_gone_is_no_server_without_messages(tmp_path: Path) -> None:
    """When others have messages, a thread that has none any more is a failure of its own."""
    path, store = tmp_path / "a.sqlite", history(8, 1, 2)
    threads = [Target(f"thread_{number:04}") for number in range(8)]
    with serve(Answering(create_app(store), 404, "thread_0000/messages", "thread_0005/messages")) as base_url:
        result = pull(servers.compatible(base_url), path, threads, concurrency=1)

    assert (result.pulled, result.not_served) == (8, ())
    assert sorted(failure.thread_id for failure in result.failures) == ["thread_0000", "thread_0005"]
    with Archive.open(path) as archive:
        assert archive.failures() == sorted(result.failures, key=lambda failure: failure.thread_id)


def test_a_server_without_threads_gives_messages_all_the_same(tmp_path: Path) -> None:
    """The thread itself is what least is known of; the archive serves its id."""
    path, store = tmp_path / "a.sqlite", history(5, 1, 2)
    threads = [Target(f"thread_{number:04}") for number in range(5)]
    endings = tuple(f"/{thread.thread_id}" for thread in threads)
    with serve(Answering(create_app(store), 404, *endings)) as base_url:
        result = pull(servers.compatible(base_url), path, threads)

    assert (result.messages, result.failed, len(result.not_served)) == (10, 0, 1)
    with Archive.open(path) as archive:
        assert archive.thread("thread_0001").to_dict() == {"id": "thread_0001", "object": "thread"}


@pytest.mark.parametrize("ending", ["thread_0001/messages", "/thread_0001"])
def test_messages_that_fail_are_noted_and_tried_again(tmp_path: Path, ending: str) -> None:
    """A fault costs the messages of that thread alone; `check` tells it, and the next pull brings them."""
    path, store = tmp_path / "a.sqlite", history(3, 1, 2)
    threads = [Target(f"thread_{number:04}") for number in range(3)]
    app = Answering(create_app(store), 500, ending)
    switch: list[ASGIApp] = [app]

    async def either(scope: Scope, receive: Receive, send: Send) -> None:
        await switch[0](scope, receive, send)

    with serve(either) as base_url:
        server = servers.compatible(base_url)
        first = pull(server, path, threads, retry=QUICK)
        with Archive.open(path) as archive:
            findings = check(archive, threads)
        switch[0] = create_app(store)
        second = pull(server, path, [Target("thread_0001", "run_0001_0000")])

    assert (first.pulled, first.failed, second.failed) == (3, 1, 0)
    (failure,) = findings.failures
    assert (failure.thread_id, failure.run_id) == ("thread_0001", None)
    assert failure.message.startswith("messages: 500 ")
    assert not findings.is_complete
    with Archive.open(path) as archive:
        assert check(archive, threads).is_complete
    assert contents(path) == contents_of_store(store, *(thread.thread_id for thread in threads))


def test_messages_can_be_left_out_and_gained_later(tmp_path: Path) -> None:
    """Without them nothing of a thread is asked for but its runs; the next pull with them asks for no run again."""
    path, store = tmp_path / "a.sqlite", history(1, 2, 2)
    with serve(app := Answering(create_app(store), 500, "/messages", "/thread_0000")) as base_url:
        result = pull(servers.compatible(base_url), path, [Target("thread_0000")], messages=False)
        assert (result, app.refused) == (PullResult(pulled=2, steps=4), [])
    with Archive.open(path) as archive:
        assert (check(archive).is_complete, check(archive).unlisted_messages) == (True, 1)
    with closing(sqlite3.connect(path)) as connection:
        (base_url,) = connection.execute("SELECT base_url FROM servers").fetchone()
    port = int(base_url.split(":")[2].split("/")[0])
    with serve(create_app(store), port=port) as base_url:
        later = pull(servers.compatible(base_url), path, [Target("thread_0000", "run_0000_0001")])

    assert later == PullResult(skipped=1, messages=4)
    assert contents(path) == contents_of_store(store, "thread_0000")


def test_what_a_run_writes_while_it_is_pulled_is_there(tmp_path: Path) -> None:
    """A run that ended after its thread was listed is complete with the messages its steps name."""
    path, store = tmp_path / "a.sqlite", history(1, 1, 1)
    run, app = store.get_run("thread_0000", "run_0000_0000").value, create_app(store)
    store.put_run({**run, "status": "in_progress", "completed_at": None})
    written = {"type": "message_creation", "message_creation": {"message_id": "msg_9"}}
    step = {"id": "step_9", "run_id": run["id"], "thread_id": "thread_0000", "created_at": 1800000000}

    async def ends_late(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].endswith("/runs/run_0000_0000"):
            store.put_step({**step, "status": "completed", "step_details": written})
            store.put_message(_message(9, run_id=run["id"]))
            store.put_run(run)
        await app(scope, receive, send)

    with serve(ends_late) as base_url:
        pull(servers.compatible(base_url), path, [Target("thread_0000")])

    with Archive.open(path) as archive:
        assert archive.is_finished("thread_0000", "run_0000_0000")
        assert archive.message("thread_0000", "msg_9").run_id == "run_0000_0000"


def test_an_odd_message_costs_itself(tmp_path: Path) -> None:
    """One without an id cannot be stored, and is told; all others are there."""
    path, store = tmp_path / "a.sqlite", history(1, 1, 1)
    items = ",".join(['{"id": "msg_1", "x": NaN}', '{"role": "user"}', "7", '{"id": "a\\nb"}'])
    body = f'{{"data": [{items}], "has_more": false}}'.encode()
    with serve(Answering(create_app(store), 200, "/messages", body=body)) as base_url:
        result = pull(servers.compatible(base_url), path, [Target("thread_0000")])

    assert result.pulled == 1
    assert [failure.message[:45] for failure in result.failures] == ["messages: 2 of the messages that the server l"]
    assert contents(path)["thread_0000", ""][1:] == ['{"id": "msg_1", "x": NaN}', '{"id": "a\\nb"}']


def test_damaged_messages_are_found_and_pulled_again(tmp_path: Path) -> None:
    """Whatever of them was changed, removed or added is told with the thread, and the next pull mends it."""
    path, store = tmp_path / "a.sqlite", history(2, 1, 2)
    threads = [Target("thread_0000"), Target("thread_0001")]
    with serve(create_app(store)) as base_url:
        server = servers.compatible(base_url)
        pull(server, path, threads)
        whole = checksum(path)
        for change in (
            "UPDATE messages SET payload = replace(payload, 'tide', 'time') WHERE message_id LIKE 'msg_0001%'",
            "UPDATE messages SET role = 'user'",
            "UPDATE messages SET position = 1 - position",
            "UPDATE messages SET thread = 3 - thread",
            "DELETE FROM messages WHERE message_id = 'msg_0000_0000_1'",
            "INSERT INTO messages (thread, message_id, position, pulled_at, payload) VALUES (1, 'x', 9, 0, '{}')",
            "UPDATE conversations SET payload = '{}'",
            "UPDATE conversations SET listed_at = 0, messages = 7 WHERE thread = 1",
            "UPDATE conversations SET error = 'gone'",
            "DELETE FROM conversations WHERE thread = 2",
            "DELETE FROM conversations",
        ):
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute(change)
            with Archive.open(path) as archive:
                assert not check(archive, threads).is_complete, change
            pull(server, path, threads)
            with Archive.open(path) as archive:
                assert check(archive, threads).is_complete, change
            assert checksum(path) == whole, change


def test_an_archive_serves_its_messages_as_the_server_did(tmp_path: Path) -> None:
    """Lists in both directions, those of a run, single ones, and threads are the same JSON."""
    store = sample_store()
    with serve(create_app(store)) as base_url:
        for target in (DEMO, Target("thread_other")):  # an archive lists its threads in the order they were pulled
            pull(servers.compatible(base_url), tmp_path / "a.sqlite", [target])
    with Archive.open(tmp_path / "a.sqlite") as archive:
        for order in ("asc", "desc"):
            for place in ({}, {"after": "msg_asked_kinds"}, {"before": "msg_kinds_answer"}):
                query = PageQuery(limit=7, order=order, **place)
                assert archive.list_messages("thread_demo", query) == store.list_messages("thread_demo", query)
        query = PageQuery(limit=50, order="desc")
        one, other = (held.list_messages("thread_demo", query, run_id="run_long") for held in (archive, store))
        assert one == other
        assert archive.list_threads(query) == store.list_threads(query)
        assert archive.list_threads(PageQuery(limit=1, after="thread_demo", order="asc")).data == [
            store.get_thread("thread_other")
        ]
        assert archive.get_message("thread_demo", "msg_kinds_answer") == store.get_message(
            "thread_demo", "msg_kinds_answer"
        )
        assert archive.get_thread("thread_demo") == store.get_thread("thread_demo")


def test_all_threads_are_pulled_where_a_server_lists_them(tmp_path: Path) -> None:
    """They are taken page by page; an id that cannot be asked for costs itself."""
    store, path = history(130, 1, 1), tmp_path / "a.sqlite"
    store.add_thread("a\nb")
    with serve(create_app(store)) as base_url, RunSteps(base_url=base_url) as client:
        result = pull(servers.compatible(base_url), path, listed_threads(client))
    assert (result.pulled, result.messages, result.failed) == (130, 260, 0)


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_server_that_does_not_list_threads_says_so(status: int) -> None:
    """The answer says what to do instead."""
    app = Answering(create_app(sample_store()), status, "/threads")
    with (
        serve(app) as base_url,
        RunSteps(base_url=base_url) as client,
        pytest.raises(RunStepsError, match=rf"does not list its threads \({status} .* Name them instead"),
    ):
        list(listed_threads(client))


def test_messages_of_another_server_are_not_mixed_in(tmp_path: Path) -> None:
    """A run that is complete here does not let another server with the same ids add its messages."""
    path, one = tmp_path / "a.sqlite", history(1, 1, 1)
    with serve(create_app(one)) as first, serve(create_app(_conversation(3))) as second:
        pull(servers.compatible(first), path, [Target("thread_0000")], messages=False)
        result = pull(servers.compatible(second), path, [Target("thread_0000", "run_0000_0000")])
    assert isinstance(result.failures[0], Failure)
    assert first in result.failures[0].message
    with Archive.open(path) as archive:
        assert archive.summary().messages == 0
    assert json.dumps(list(contents(path))) == '[["thread_0000", "run_0000_0000"]]'
