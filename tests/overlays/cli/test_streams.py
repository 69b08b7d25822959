"""`--sse`: commands read the stream of events that a server sent, from a file or while it comes through a pipe."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from run_steps.archive import Archive
from run_steps.serving import MemoryStore, create_app, serve
from tests.overlays.cli.conftest import Invoke, finish, start
from tests.overlays.streaming.recordings import CODE, CREATED, DELTAS, ENDED, RUN, SEARCH, STEP, WHOLE, ended, event

FAILED = event("error", {"error": {"message": "The model is overloaded."}})
SERVER = ("--server", "http://127.0.0.1:9/v1")


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """A file with a whole stream."""
    path = tmp_path / "run.sse"
    path.write_bytes(WHOLE)
    return path


@pytest.fixture
def cut(tmp_path: Path) -> Path:
    """A file with a stream that broke off."""
    path = tmp_path / "cut.sse"
    path.write_bytes(CREATED + DELTAS)
    return path


def test_a_stream_is_drawn(invoke: Invoke, recorded: Path, cut: Path) -> None:
    """A whole stream gives the picture of its run; of one that broke off the picture is that of what came."""
    outcome = invoke("timeline", "--sse", recorded)
    assert (outcome.code, outcome.err) == (0, "")
    assert "code_interpreter" in outcome.out

    outcome = invoke("timeline", "--sse", cut, "--json")
    assert outcome.code == 0
    assert "not proved to have all of the run" in outcome.err
    assert [json.loads(line)["id"] for line in outcome.out.splitlines()] == ["step_1"]


def test_a_stream_is_watched_while_it_comes() -> None:
    """Each line is there as soon as its event is, and pieces of text that show in no line are no lines."""
    process = start("watch", "--sse", "-", stdin=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(CREATED.decode())
    process.stdin.flush()
    assert process.stdout.readline() == "appeared\trun_1\trun\tin_progress\t\t\t\t\n"
    assert process.stdout.readline() == "appeared\tstep_1\tno tool called\tin_progress\t\t\t\t\n"
    process.stdin.write((DELTAS + ENDED).decode())
    outcome = finish(process)

    lines = [line.split("\t")[:4] for line in outcome.out.splitlines()]
    assert lines == [
        ["changed", "step_1", "code_interpreter", "in_progress"],
        ["changed", "step_1", "code_interpreter, file_search", "in_progress"],
        ["ended", "step_1", "code_interpreter, file_search", "completed"],
        ["ended", "run_1", "run", "completed"],
    ]
    assert (outcome.code, outcome.err) == (0, "")


def test_a_stream_that_broke_off_is_an_error_to_watch(invoke: Invoke, cut: Path) -> None:
    """What came is told, as JSON with each piece; the exit code says that the run is not over."""
    outcome = invoke("watch", "--sse", cut, "--json")

    assert [json.loads(line)["change"] for line in outcome.out.splitlines()] == ["appeared"] * 2 + ["changed"] * 6
    assert outcome.code == 1
    assert "ended before the run did. Give --finish to get the rest from its server." in outcome.err


@pytest.mark.parametrize("command", ["timeline", "watch", "pull"])
def test_an_error_in_the_stream_is_told_after_what_came(invoke: Invoke, tmp_path: Path, command: str) -> None:
    """What the server told before is shown or stored."""
    path, archive = tmp_path / "run.sse", tmp_path / "history.sqlite"
    path.write_bytes(CREATED + DELTAS + FAILED)
    arguments = [archive, "--sse", path, *SERVER] if command == "pull" else ["--sse", path]
    outcome = invoke(command, *arguments)

    assert outcome.out
    assert outcome.code == 1
    assert "The model is overloaded." in outcome.err


def test_a_stream_is_stored_as_it_was_sent(invoke: Invoke, recorded: Path, tmp_path: Path) -> None:
    """A whole stream makes a complete run, which no later stream takes anything from."""
    path = tmp_path / "history.sqlite"
    outcome = invoke("pull", path, "--sse", recorded, *SERVER)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"Pulled 1 run with 1 step into {path}.\n"

    with Archive.open(path) as archive:
        assert archive.completeness("thread_1", "run_1") == "complete"
        assert archive.get_run("thread_1", "run_1").text == json.dumps({**RUN, "status": "completed"})
        assert archive.get_step("thread_1", "run_1", "step_1").text == json.dumps(
            ended(CODE, SEARCH), ensure_ascii=False
        )
    recorded.write_bytes(CREATED)
    outcome = invoke("pull", path, "--sse", recorded, *SERVER, "--json")
    assert (outcome.code, json.loads(outcome.out)["skipped"]) == (0, 1)
    assert invoke("check", path).code == 0


def test_a_stream_that_broke_off_is_stored_as_incomplete(invoke: Invoke, cut: Path, tmp_path: Path) -> None:
    """The archive has what came, and says that it is not all."""
    path = tmp_path / "history.sqlite"
    outcome = invoke("pull", path, "--sse", cut, *SERVER)
    assert outcome.code == 3
    assert "pull thread_1/run_1 while its server is there" in outcome.err

    with Archive.open(path) as archive:
        assert archive.completeness("thread_1", "run_1") == "still going"
        (step,) = archive.list("thread_1", "run_1")
    assert step.to_dict()["step_details"] == ended(CODE, SEARCH)["step_details"]
    assert invoke("check", path).code == 3


@pytest.mark.parametrize("is_late", [False, True], ids=["in order", "the first one again"])
def test_streams_of_a_run_add_up(invoke: Invoke, tmp_path: Path, is_late: bool) -> None:
    """A second stream of a run adds its steps behind those of the first, and none takes back what had ended."""
    path, file = tmp_path / "history.sqlite", tmp_path / "run.sse"
    second = {**ended(), "id": "step_2", "created_at": ended()["created_at"]}
    first = CREATED + event("thread.run.step.created", {**STEP, "id": "step_2"})
    later = event("thread.run.step.completed", second) + event("thread.run.completed", {**RUN, "status": "completed"})
    for content in (first, later, *[first] * is_late):
        file.write_bytes(content)
        assert invoke("pull", path, "--sse", file, *SERVER).code == 3

    with Archive.open(path) as archive:
        steps = list(archive.list("thread_1", "run_1", order="asc"))
        assert archive.run("thread_1", "run_1").status == "completed"
    assert [(step.id, step.status) for step in steps] == [("step_1", "in_progress"), ("step_2", "completed")]


def test_steps_of_another_run_are_not_stored(invoke: Invoke, recorded: Path, tmp_path: Path) -> None:
    """Of a file with streams of two runs the last run is stored, without the steps of the other."""
    path = tmp_path / "history.sqlite"
    recorded.write_bytes(WHOLE + WHOLE.replace(b"run_1", b"run_2").replace(b"step_1", b"step_2"))
    assert invoke("pull", path, "--sse", recorded, *SERVER).code == 3

    with Archive.open(path) as archive:
        assert [run.id for run in archive.runs("thread_1")] == ["run_2"]
        assert [step.id for step in archive.list("thread_1", "run_2")] == ["step_2"]


def test_messages_of_a_stream_are_stored_as_they_were_sent(invoke: Invoke, recorded: Path, tmp_path: Path) -> None:
    """What is written to its end is there, once, and is no proof that the thread has nothing else."""
    path, bare = tmp_path / "history.sqlite", tmp_path / "bare.sqlite"
    message = {
        "id": "msg_1",
        "object": "thread.message",
        "thread_id": "thread_1",
        "run_id": "run_1",
        "role": "assistant",
    }
    whole = {
        **message,
        "status": "completed",
        "content": [{"type": "text", "text": {"value": "42 \u2713", "annotations": []}}],
    }
    cut_short = {**message, "id": "msg_2", "status": "incomplete", "content": []}
    told = (
        event("thread.message.created", {**message, "status": "in_progress", "content": []})
        + event("thread.message.delta", {"id": "msg_1", "object": "thread.message.delta", "delta": {"content": []}})
        + event("thread.message.completed", whole)
        + event("thread.message.incomplete", cut_short)
        + event("thread.message.created", {**message, "id": "msg_3", "status": "in_progress", "content": []})
        + event("thread.message.completed", {**whole, "id": "msg_4", "thread_id": "thread_2"})
    )
    recorded.write_bytes(WHOLE.replace(ENDED, told + ENDED))

    outcome = invoke("pull", path, "--sse", recorded, *SERVER)
    assert outcome.out == f"Pulled 1 run with 1 step and 2 messages into {path}.\n"
    recorded.write_bytes(recorded.read_bytes().replace(b"42", b"43"))
    assert json.loads(invoke("pull", path, "--sse", recorded, *SERVER, "--json").out)["messages"] == 0
    with Archive.open(path) as archive:
        assert [message.id for message in archive.messages("thread_1", run_id="run_1", order="asc")] == [
            "msg_1",
            "msg_2",
        ]
        assert archive.get_message("thread_1", "msg_1").text == json.dumps(whole, ensure_ascii=False)
        assert archive.needs_messages("thread_1", 0, unless_listed=True)
    assert invoke("check", path).code == 0

    assert invoke("pull", bare, "--sse", recorded, *SERVER, "--no-messages").code == 0
    with Archive.open(bare) as archive:
        assert not archive.has_messages("thread_1", ["msg_1"])


@pytest.mark.parametrize("command", ["timeline", "watch"])
def test_a_file_without_events_is_an_error(invoke: Invoke, tmp_path: Path, command: str) -> None:
    """A file of something else, or none at all, is told as such."""
    path = tmp_path / "run.json"
    path.write_text('{"id": "run_1"}')

    assert f"{path} holds no events of a run." in invoke(command, "--sse", path).err
    assert invoke(command, "--sse", tmp_path / "none.sse").code == 1


def test_a_stream_that_names_no_thread_is_not_stored(invoke: Invoke, tmp_path: Path) -> None:
    """Nothing is stored that could never be found again."""
    path = tmp_path / "history.sqlite"
    (tmp_path / "run.sse").write_bytes(DELTAS)
    outcome = invoke("pull", path, "--sse", tmp_path / "run.sse", *SERVER)

    assert outcome.code == 1
    assert "which run of which thread" in outcome.err
    assert not path.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("timeline",),
        ("watch",),
        ("timeline", "thread_1", "run_1", "--sse", "run.sse"),
        ("watch", "--sse", "run.sse", *SERVER),
        ("watch", "--sse", "run.sse", "--deadline", "0"),
        ("timeline", "--sse", "run.sse", "--archive", "history.sqlite"),
        ("pull", "history.sqlite", "thread_1", "--sse", "run.sse"),
        ("pull", "history.sqlite", "--sse", "run.sse", "--shards", "2"),
        ("pull", "history.sqlite", "--sse", "run.sse"),
        ("pull", "history.sqlite", "thread_1", "--finish", *SERVER),
        ("watch", "thread_1", "run_1", "--finish", *SERVER),
        ("watch", "--sse", "run.sse", "--include"),
        ("timeline", "--sse", "run.sse", "--finish"),
    ],
    ids=" ".join,
)
def test_a_stream_is_read_alone(invoke: Invoke, arguments: tuple[str, ...]) -> None:
    """A run is named, or a stream is; only an archive wants to know the server that a run is of."""
    outcome = invoke(*arguments)
    assert outcome.code == 2
    assert outcome.err


@pytest.fixture
def server() -> Iterator[tuple[str, str]]:
    """Options that name a server where the run of the streams is over."""
    store = MemoryStore()
    store.add_thread("thread_1")
    store.put_run({**RUN, "status": "completed", "created_at": 1_700_000_000})
    store.put_step(ended(CODE, SEARCH))
    with serve(create_app(store)) as base_url:
        yield "--server", base_url


@pytest.mark.parametrize("came", [CREATED + DELTAS, CREATED + DELTAS + FAILED], ids=["cut", "failed"])
def test_what_a_stream_lacks_comes_from_the_server(
    invoke: Invoke, tmp_path: Path, server: tuple[str, str], came: bytes
) -> None:
    """With --finish it is drawn and stored whole, and watched on: what the stream told already is told once."""
    path, archive = tmp_path / "run.sse", tmp_path / "history.sqlite"
    path.write_bytes(came)

    outcome = invoke("watch", "--sse", path, "--finish", *server, "--deadline", "60")
    assert (outcome.code, outcome.err) == (0, "")
    assert [line.split("\t")[:4] for line in outcome.out.splitlines()][-3:] == [
        ["changed", "step_1", "code_interpreter, file_search", "in_progress"],
        ["ended", "step_1", "code_interpreter, file_search", "completed"],
        ["ended", "run_1", "run", "completed"],
    ]
    outcome = invoke("timeline", "--sse", path, "--finish", *server, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert [json.loads(line)["status"] for line in outcome.out.splitlines()] == ["completed"]

    outcome = invoke("pull", archive, "--sse", path, "--finish", *server)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"Pulled 1 run with 1 step into {archive}.\n"
    with Archive.open(archive) as stored:
        assert stored.completeness("thread_1", "run_1") == "complete"


def test_a_whole_stream_needs_no_server(invoke: Invoke, recorded: Path, tmp_path: Path) -> None:
    """A server that is gone is not missed when the stream lacks nothing."""
    for command in (["watch"], ["timeline"], ["pull", tmp_path / "history.sqlite"]):
        assert invoke(*command, "--sse", recorded, "--finish", *SERVER).code == 0


def test_what_came_is_stored_though_the_server_is_gone(invoke: Invoke, cut: Path, tmp_path: Path) -> None:
    """The error is told, and the archive has what the stream told."""
    path = tmp_path / "history.sqlite"
    outcome = invoke("pull", path, "--sse", cut, "--finish", *SERVER)

    assert outcome.code == 1
    with Archive.open(path) as archive:
        assert [step.id for step in archive.list("thread_1", "run_1")] == ["step_1"]
