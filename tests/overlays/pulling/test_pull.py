"""A pull takes everything, once, and says what it could not take."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field
from starlette.types import ASGIApp, Receive, Scope, Send

from run_steps import AsyncRunSteps, ConnectionFailed, RateLimited, RetryPolicy, Unauthorized, servers
from run_steps.archive import Archive, ArchiveError, Failure
from run_steps.pulling import PULL_RETRIES, PullProgress, PullResult, Target, pull, pull_into, read_targets
from run_steps.serving import MemoryStore, create_app, sample_store, serve
from tests.overlays.history_server import Faults, Faulty, history
from tests.overlays.pulling.comparing import checksum, contents, contents_of_store

DEMO = Target("thread_demo")
QUICK = RetryPolicy(attempts=2, first_wait=0, max_wait=0)


@define
class Recorder:
    """An application in front of another one that notes what was asked."""

    app: ASGIApp
    asked: list[str] = field(factory=list[str])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note a request and hand it on."""
        self.asked.append(f"{scope['path'].removeprefix('/v1/threads/')}?{scope['query_string'].decode()}")
        await self.app(scope, receive, send)

    def take(self) -> list[str]:
        """Return what was asked since the last call."""
        asked, self.asked = self.asked, []
        return asked


@contextmanager
def served(store: MemoryStore, **settings: Any) -> Generator[tuple[servers.Server, Recorder]]:
    """Serve a store; give the server and what it is asked."""
    recorder = Recorder(create_app(store, **settings))
    with serve(recorder) as base_url:
        yield servers.compatible(base_url, settings.get("api_key")), recorder


def test_everything_of_a_thread_is_taken_as_the_server_has_it(tmp_path: Path) -> None:
    """All runs with all their steps, over several pages where there are many, byte for byte."""
    store = sample_store()
    with served(store) as (server, _):
        result = pull(server, tmp_path / "a.sqlite", [DEMO, Target("thread_other", "run_other")])

    assert contents(tmp_path / "a.sqlite") == contents_of_store(store, "thread_demo", "thread_other")
    assert result == PullResult(pulled=8, steps=382, messages=128)


def test_left_out_text_is_asked_for_unless_told_otherwise(tmp_path: Path) -> None:
    """What file searches found is history too; a pull without `include` gets what a server sends by itself."""
    with served(sample_store()) as (server, recorder):
        pull(server, tmp_path / "with.sqlite", [Target("thread_demo", "run_kinds")])
        assert any("include" in path for path in recorder.take())
        pull(server, tmp_path / "without.sqlite", [Target("thread_demo", "run_kinds")], include=())
        assert not any("include" in path for path in recorder.take())

    with Archive.open(tmp_path / "with.sqlite") as full, Archive.open(tmp_path / "without.sqlite") as lean:
        run = ("thread_demo", "run_kinds")
        assert list(full.list(*run)) != list(lean.list(*run))
        assert "'content'" not in repr([found.to_dict() for found in lean.list(*run) if "file_search" in repr(found)])


def test_finished_runs_are_not_asked_for_again(tmp_path: Path) -> None:
    """A second pull lists the thread, and asks for nothing but what may have changed."""
    path = tmp_path / "a.sqlite"
    with served(sample_store()) as (server, recorder):
        pull(server, path, [DEMO])
        recorder.take()
        again = pull(server, path, [DEMO, Target("thread_demo", "run_long")])
        asked = {asked.partition("?")[0] for asked in recorder.take()}

    assert asked == {
        "thread_demo",
        "thread_demo/messages",
        "thread_demo/runs",
        "thread_demo/runs/run_in_progress",
        "thread_demo/runs/run_in_progress/steps",
        "thread_demo/runs/run_empty",
        "thread_demo/runs/run_empty/steps",
    }
    assert again == PullResult(pulled=2, skipped=6, steps=3, messages=126)


def test_what_was_going_is_refreshed(tmp_path: Path) -> None:
    """A run under way is pulled again, its steps change where they stand, and then it is finished."""
    store, path = history(1, 1, 3), tmp_path / "a.sqlite"
    run = ("thread_0000", "run_0000_0000")
    final_run, final_step = store.get_run(*run).value, store.get_step(*run, "step_0000_0000_0002").value
    store.put_run({**final_run, "status": "in_progress", "completed_at": None})
    store.put_step({**final_step, "status": "in_progress", "completed_at": None})

    with served(store) as (server, recorder):
        pull(server, path, [Target("thread_0000")])
        with Archive.open(path) as archive:
            assert not archive.is_finished(*run)
            assert archive.retrieve(*run, "step_0000_0000_0002").status == "in_progress"
        store.put_run(final_run)
        store.put_step(final_step)
        pull(server, path, [Target("thread_0000")])
        recorder.take()
        third = pull(server, path, [Target(*run)])
        assert (third, recorder.take()) == (PullResult(skipped=1), [])

    assert contents(path) == contents_of_store(store, "thread_0000")


def test_a_run_that_ends_while_it_is_pulled_loses_no_step(tmp_path: Path) -> None:
    """A run listed as going is looked at again before its steps are, so that finished means finished."""
    store, path = history(1, 1, 2), tmp_path / "a.sqlite"
    run = ("thread_0000", "run_0000_0000")
    final, late = store.get_run(*run).value, {**store.get_step(*run, "step_0000_0000_0001").value, "id": "step_late"}
    store.put_run({**final, "status": "in_progress", "completed_at": None})
    app = create_app(store)

    async def ends_after_the_list(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, send)
        if scope["path"].endswith("/runs"):
            store.put_step(late)
            store.put_run(final)

    with serve(ends_after_the_list) as base_url:
        pull(servers.compatible(base_url), path, [Target("thread_0000")])

    with Archive.open(path) as archive:
        assert archive.is_finished(*run)
        assert archive.retrieve(*run, "step_late").id == "step_late"


def test_a_thread_without_runs_is_a_thread(tmp_path: Path) -> None:
    """It is there, and empty, when the archive is read."""
    store = MemoryStore()
    store.add_thread("thread_empty")
    with served(store) as (server, _):
        assert pull(server, tmp_path / "a.sqlite", [Target("thread_empty")]) == PullResult()
    with Archive.open(tmp_path / "a.sqlite") as archive:
        assert list(archive.runs("thread_empty")) == []


def test_failures_are_told_noted_and_forgotten_when_they_pass(tmp_path: Path) -> None:
    """What could not be taken does not stop the rest; the archive remembers it until it can."""
    store, path = history(2, 2, 3), tmp_path / "a.sqlite"
    targets = [Target("thread_0000"), Target("thread_0001", "run_late"), Target("thread_9")]
    with served(store) as (server, _):
        result = pull(server, path, targets, retry=QUICK)
        failures = [
            Failure("thread_0001", "run_late", "No run found with id 'run_late'."),
            Failure("thread_9", None, "No thread found with id 'thread_9'."),
        ]
        with Archive.open(path) as archive:
            noted = archive.failures()
        for told, expected in zip(sorted(result.failures, key=lambda one: one.thread_id), failures, strict=True):
            assert (told.thread_id, told.run_id) == (expected.thread_id, expected.run_id)
            assert expected.message in told.message
        assert noted == sorted(result.failures, key=lambda one: one.thread_id)
        assert (result.pulled, result.failed) == (2, 2)

        store.put_run({**store.get_run("thread_0001", "run_0001_0000").value, "id": "run_late"})
        store.add_thread("thread_9")
        assert pull(server, path, targets).failed == 0
    with Archive.open(path) as archive:
        assert archive.failures() == []


def test_a_wrong_key_stops_the_pull_at_once(tmp_path: Path) -> None:
    """Nobody wants a thousand times the same refusal."""
    targets = [Target("thread_demo", f"run_{number}") for number in range(1000)]
    with served(sample_store(), api_key="sk-right") as (server, recorder):
        wrong = servers.compatible(server.base_url, "sk-wrong")
        with pytest.raises(Unauthorized):
            pull(wrong, tmp_path / "a.sqlite", targets, retry=QUICK)
        assert len(recorder.take()) < 100


def test_a_server_that_asks_for_a_long_wait_stops_the_pull(tmp_path: Path) -> None:
    """It is told how long, at once, instead of waiting without a word; what was stored is there."""
    app = create_app(history(40, 1, 1))
    answered = 0

    async def closes(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal answered
        answered += 1
        if answered <= 20:
            await app(scope, receive, send)
        else:
            await send({"type": "http.response.start", "status": 429, "headers": [(b"retry-after", b"3600")]})
            await send({"type": "http.response.body", "body": b"{}"})

    targets = [Target(f"thread_{number:04}", f"run_{number:04}_0000") for number in range(40)]
    with serve(closes) as base_url, pytest.raises(RateLimited, match="asks to wait 3600 s"):
        pull(servers.compatible(base_url), tmp_path / "a.sqlite", targets, concurrency=2)
    assert answered < 30
    with Archive.open(tmp_path / "a.sqlite") as archive:
        assert sum(len(archive.finished_runs(thread)) for thread in archive.threads()) >= 3


def test_a_server_that_is_not_there_stops_the_pull_at_once(tmp_path: Path) -> None:
    """When nothing answers at all, the rest is not tried."""
    with served(MemoryStore()) as (server, _):
        pass
    targets = [Target(f"thread_{number}") for number in range(1000)]
    with pytest.raises(ConnectionFailed):
        pull(server, tmp_path / "a.sqlite", targets, retry=QUICK, concurrency=4)
    with Archive.open(tmp_path / "a.sqlite") as archive:
        assert 1 <= len(archive.failures()) <= 4


def test_a_server_that_goes_away_stops_the_pull(tmp_path: Path) -> None:
    """When nothing answers any more, a few more are tried, and what was stored is there."""
    app = create_app(history(40, 1, 1))
    answered = 0

    async def goes_away(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal answered
        answered += 1
        if answered <= 20:
            await app(scope, receive, send)
        else:
            send.__self__.transport.abort()  # type: ignore[attr-defined]

    targets = [Target(f"thread_{number:04}", f"run_{number:04}_0000") for number in range(40)]
    with serve(goes_away) as base_url, pytest.raises(ConnectionFailed):
        pull(servers.compatible(base_url), tmp_path / "a.sqlite", targets, retry=QUICK, concurrency=2)
    with Archive.open(tmp_path / "a.sqlite") as archive:
        assert 4 <= len(archive.failures()) <= 12
        assert sum(len(archive.finished_runs(thread)) for thread in archive.threads()) >= 3


def test_a_thread_of_another_server_is_not_mixed_in(tmp_path: Path) -> None:
    """Servers that use the same ids would spoil each other's history."""
    path = tmp_path / "a.sqlite"
    with served(history(1, 1, 1)) as (first, _), served(history(1, 1, 2)) as (second, _):
        pull(first, path, [Target("thread_0000")])
        before = checksum(path)
        result = pull(second, path, [Target("thread_0000")])

    assert result.failed == 1
    assert first.base_url in result.failures[0].message
    assert checksum(path) == before


def test_targets_given_twice_are_pulled_once(tmp_path: Path) -> None:
    """A thread and its runs, named again and again, cost nothing more."""
    store = history(1, 3, 2)
    targets = [Target("thread_0000"), Target("thread_0000", "run_0000_0001"), Target("thread_0000")] * 3
    with served(store) as (server, _):
        result = pull(server, tmp_path / "a.sqlite", targets)
    assert contents(tmp_path / "a.sqlite") == contents_of_store(store, "thread_0000")
    assert (result.failed, result.pulled >= 3) == (0, True)


@pytest.mark.parametrize("concurrency", [1, 3, 16])
def test_a_server_that_fails_often_loses_nothing(tmp_path: Path, concurrency: int) -> None:
    """One request in six is refused, fails or is cut off, and the archive equals what the server has."""
    store = history(4, 6, 5)
    no_waiting = RetryPolicy(attempts=12, first_wait=0.0, max_wait=0.0)
    with serve(Faulty(create_app(store), Faults())) as base_url:
        result = pull(
            servers.compatible(base_url),
            tmp_path / "a.sqlite",
            [Target(f"thread_{number:04}") for number in range(4)],
            retry=no_waiting,
            concurrency=concurrency,
        )
    assert result == PullResult(pulled=24, steps=120, messages=48)
    assert contents(tmp_path / "a.sqlite") == contents_of_store(store, *(f"thread_{number:04}" for number in range(4)))


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (b'{"data": [{"status": "completed"}], "has_more": false}', "expected object with id (string), got"),
        (b'{"data": [1]}', "expected object, got 1"),
        (b'{"data": {}}', "another shape"),
        (b"<html>", "is not JSON"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_a_failure(tmp_path: Path, answer: bytes, message: str) -> None:
    """A run whose steps make no sense is told; the others are pulled."""
    app = create_app(history(1, 2, 1))

    async def odd(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].endswith("run_0000_0000/steps"):
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": answer})
        else:
            await app(scope, receive, send)

    with serve(odd) as base_url:
        result = pull(servers.compatible(base_url), tmp_path / "a.sqlite", [Target("thread_0000")], retry=QUICK)
    assert result.failed == 1
    assert message in result.failures[0].message
    with Archive.open(tmp_path / "a.sqlite") as archive:
        assert "run_0000_0001" in archive.finished_runs("thread_0000")
        assert [failure.run_id for failure in archive.failures()] == ["run_0000_0000"]


def test_a_run_that_cannot_be_asked_for_is_a_failure(tmp_path: Path) -> None:
    """A server may list ids that fit in no request; the other runs are pulled all the same."""
    app = create_app(history(1, 2, 1))
    ids = ["..", "run\n", "run_0000_0000", "\ud800", "run_0000_0001"]
    listed = {"data": [{"id": run_id, "status": "completed"} for run_id in ids], "has_more": False}

    async def hostile(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].endswith("/runs"):
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": json.dumps(listed).encode()})
        else:
            await app(scope, receive, send)

    with serve(hostile) as base_url:
        result = pull(servers.compatible(base_url), tmp_path / "a.sqlite", [Target("thread_0000")], retry=QUICK)
    assert (result.pulled, result.failed, result.steps) == (2, 3, 2)
    assert {failure.run_id for failure in result.failures} == {"..", "run\n", "\ud800"}
    assert all("cannot be asked for" in failure.message for failure in result.failures)


def test_pages_that_are_too_large_are_asked_for_in_smaller_ones(tmp_path: Path) -> None:
    """A run with enormous steps is pulled a few at a time, and one with a step beyond all limits is a failure."""
    store = history(1, 2, 12)
    large = {**store.get_step("thread_0000", "run_0000_0000", "step_0000_0000_0005").value, "note": "x" * 70_000}
    huge = {**store.get_step("thread_0000", "run_0000_0001", "step_0000_0001_0005").value, "note": "x" * 90_000}
    for step in (large, huge):
        store.put_step(step)
    targets = [Target("thread_0000")]

    async def run(base_url: str) -> PullResult:
        async with AsyncRunSteps(base_url=base_url, max_response_bytes=80_000, retry=QUICK) as client:
            return await pull_into(archive, client, targets)

    with serve(create_app(store)) as base_url, Archive.create(tmp_path / "a.sqlite") as archive:
        result = asyncio.run(run(base_url))
        assert archive.finished_runs("thread_0000") == {"run_0000_0000"}

    assert (result.pulled, result.failed) == (1, 1)
    assert "more than 80000 bytes" in result.failures[0].message
    everything = contents_of_store(store, "thread_0000")
    assert contents(tmp_path / "a.sqlite")["thread_0000", "run_0000_0000"] == everything["thread_0000", "run_0000_0000"]


def test_progress_is_told_run_by_run(tmp_path: Path) -> None:
    """Whoever draws a bar knows how many runs were found and done, and when no more will be found."""
    seen: list[PullProgress] = []
    with served(history(2, 3, 2)) as (server, _):
        result = pull(
            server,
            tmp_path / "a.sqlite",
            read_targets(["thread_0000", "thread_0001"]),
            on_progress=seen.append,
            concurrency=2,
        )
    done = [progress.result.pulled for progress in seen]
    assert done == sorted(done)
    assert all(progress.found >= progress.result.pulled for progress in seen)
    assert seen[-1] == PullProgress(found=6, is_listing=False, result=result)


def _text(path: Path) -> None:
    path.write_text("thread_1\n" * 400)


def _other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (Path.mkdir, "cannot be opened"),
        (_text, "it is not an archive"),
        (_other_database, "is a SQLite database, but not an archive"),
    ],
)
def test_something_else_is_not_written_over(tmp_path: Path, prepare: Callable[[Path], object], message: str) -> None:
    """A folder, a text or another database under the name of the archive stays as it is."""
    path = tmp_path / "a.sqlite"
    prepare(path)
    before = path.read_bytes() if path.is_file() else None
    with served(history(1, 1, 1)) as (server, _), pytest.raises(ArchiveError, match=message):
        pull(server, path, [Target("thread_0000")])
    assert (path.read_bytes() if path.is_file() else None) == before


def test_numbers_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    """No requests at once would be no pull."""
    with pytest.raises(ValueError, match="concurrency must be at least 1"):
        pull(servers.compatible("http://127.0.0.1:9/v1"), tmp_path / "a.sqlite", [], concurrency=0)
    assert not (tmp_path / "a.sqlite").exists()


def test_a_bad_line_stops_the_pull_and_keeps_what_was_taken(tmp_path: Path) -> None:
    """Targets are read as the pull goes on; the message names the line."""
    lines = ["thread_0000\n", "one two three four\n"]
    with served(history(1, 1, 1)) as (server, _), pytest.raises(ValueError, match="input, line 2"):
        pull(server, tmp_path / "a.sqlite", read_targets(lines), concurrency=1)
    assert PULL_RETRIES.attempts > 4
