"""Commands take messages along, show them, and say when there are none to have."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from run_steps import APIError
from run_steps.archive import Archive
from run_steps.cli.written import Written
from run_steps.reader import written_messages
from run_steps.serving import create_app, sample_store, serve
from run_steps_api.models import Message, RunStep
from tests.overlays.cli.conftest import Invoke
from tests.overlays.pulling.test_pull_messages import Answering

WRITTEN = "I shall ask the tide service."


def test_messages_are_left_out_where_nobody_wants_them(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """With `--no-messages` the archive has none, `check` says so, and the next pull brings them."""
    path = tmp_path / "a.sqlite"
    without = invoke("pull", path, "thread_other", "--server", base_url, "--no-messages")
    assert without.out == f"Pulled 1 run with 1 step into {path}.\n"
    assert invoke("check", path).code == 0
    assert invoke("pull", path, "thread_other", "--server", base_url, "--json").code == 0
    checked = invoke("check", path)
    assert (checked.code, "1 step and 2 messages; 1 of the runs complete" in checked.out) == (0, True)


def test_a_server_without_messages_is_told_once(invoke: Invoke, tmp_path: Path) -> None:
    """It is no failure: the exit code is 0, and all else is there."""
    with serve(Answering(create_app(sample_store()), 404, "/messages", "/msg_failed_1")) as base_url:
        outcome = invoke("pull", tmp_path / "a.sqlite", "thread_demo", "thread_other", "--server", base_url)
        assert (outcome.code, outcome.err.count("does not have messages")) == (0, 1)
        shown = invoke("timeline", "thread_demo", "run_failed", "--server", base_url)
    assert "msg_failed_1" in shown.out


def test_all_threads_are_pulled(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """Where the server lists them; elsewhere nothing is made, and the answer says what to do."""
    outcome = invoke("pull", tmp_path / "a.sqlite", "--all-threads", "--server", base_url)
    assert outcome.code == 0
    with Archive.open(tmp_path / "a.sqlite") as archive:
        assert sorted(archive.threads()) == ["thread_demo", "thread_other"]
    with serve(Answering(create_app(sample_store()), 405, "/threads")) as other:
        refused = invoke("pull", tmp_path / "b.sqlite", "--all-threads", "--server", other)
    assert refused.code == 1
    assert f"{other} does not list its threads (405" in refused.err
    assert not (tmp_path / "b.sqlite").exists()
    assert invoke("pull", tmp_path / "b.sqlite", "thread_1", "--all-threads", "--server", base_url).code == 2


@pytest.mark.parametrize("source", ["server", "archive"])
def test_what_was_written_is_shown(invoke: Invoke, base_url: str, archive: Path, tmp_path: Path, source: str) -> None:
    """In the terminal, in JSON, on the page, and of a single step."""
    where = ("--server", base_url) if source == "server" else ("--archive", archive)
    drawn = invoke("timeline", "thread_demo", "run_failed", *where)
    told = invoke("timeline", "thread_demo", "run_failed", "--json", *where)
    invoke("timeline", "thread_demo", "run_failed", "--html", tmp_path / "run.html", *where)
    step = invoke("get", "thread_demo", "run_failed", "step_failed_1", *where)
    watched = invoke("watch", "thread_demo", "run_failed", *where)

    assert WRITTEN in drawn.out
    assert json.loads(told.out.splitlines()[0])["calls"][0]["output"] == WRITTEN
    assert WRITTEN in (tmp_path / "run.html").read_text(encoding="utf-8")
    assert WRITTEN in step.out
    assert watched.out.splitlines()[0].endswith(f"\t{WRITTEN}")


def test_a_stream_tells_what_was_written(invoke: Invoke, tmp_path: Path) -> None:
    """Messages that a stream carries whole are drawn and watched as they are."""
    step = {"id": "step_1", "run_id": "run_1", "type": "message_creation", "status": "completed", "created_at": 1}
    details = {"type": "message_creation", "message_creation": {"message_id": "msg_1"}}
    message = {"id": "msg_1", "object": "thread.message", "content": [{"type": "text", "text": {"value": WRITTEN}}]}
    events = {
        "thread.run.created": {"id": "run_1", "thread_id": "thread_1", "status": "queued", "created_at": 1},
        "thread.message.completed": message,
        "thread.run.step.completed": {**step, "step_details": details},
    }
    stream = "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in events.items())
    (tmp_path / "run.sse").write_text(stream, encoding="utf-8")
    assert WRITTEN in invoke("timeline", "--sse", tmp_path / "run.sse").out
    assert WRITTEN in invoke("watch", "--sse", tmp_path / "run.sse").out


def test_messages_of_a_run_that_is_watched_cost_few_requests() -> None:
    """They are asked for as steps end, but those of a run that is far are listed, and one that was going again."""
    store, asked = sample_store(), list[int]()
    steps = [step for step in store.list("thread_demo", "run_long", order="asc") if step.type_ == "message_creation"]

    def read(steps: Sequence[RunStep]) -> tuple[list[Message], APIError | None]:
        asked.append(len(steps))
        return written_messages(store, "thread_demo", "run_long", steps)

    going = Message.from_dict({"id": "msg_long_002", "status": "in_progress", "content": "The rea"})
    written = Written(read, {"msg_long_002": going})
    assert {written.text(step) for step in steps} == {"The reading is written down."}
    assert asked == [1, 1, 1, 4]


@pytest.mark.parametrize("status", [404, 403])
def test_messages_are_not_asked_for_in_vain_for_ever(invoke: Invoke, status: int) -> None:
    """Whoever watches a run of a server that gives none sees its steps, and is told once why when it has some."""
    app = Answering(create_app(sample_store()), status, "/msg_kinds_question", "/msg_kinds_answer")
    with serve(app) as base_url:
        outcome = invoke("watch", "thread_demo", "run_kinds", "--server", base_url)
    assert (outcome.code, outcome.err.count("could not be read"), len(app.refused)) == (0, status == 403, 1)
    assert len(outcome.out.splitlines()) == 30


def test_messages_are_exported(invoke: Invoke, archive: Path, tmp_path: Path) -> None:
    """As a table of their own; not as what is made of whole runs."""
    outcome = invoke("export", archive, tmp_path / "a.csv", "--table", "messages")
    assert (outcome.code, "Wrote 126 messages to" in outcome.err) == (0, True)
    assert WRITTEN in (tmp_path / "a.csv").read_text(encoding="utf-8")
    assert invoke("export", archive, tmp_path / "a.items", "--format", "items", "--table", "messages").code == 2
