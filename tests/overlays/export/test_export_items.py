"""Threads as items of conversations, and what has no counterpart there."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from run_steps import servers
from run_steps._received import JsonObject, json_text
from run_steps.archive.histories import StoredMessage
from run_steps.export import export
from run_steps.export.items import message_lines
from run_steps.pulling import Target, pull
from run_steps.serving import create_app, sample_store, serve
from tests.overlays.export.archives import DAY, NOON, make_archive, make_conversation, step


def function(name: str | None = "find_berth", output: Any = "B4", **fields: Any) -> JsonObject:
    """A call of a function that was answered."""
    return {
        "id": "call_1",
        "type": "function",
        "function": {"name": name, "arguments": "{}", "output": output},
        **fields,
    }


def calling(number: int, *calls: JsonObject, **fields: Any) -> JsonObject:
    """A step that called tools."""
    return step(number, type="tool_calls", step_details={"type": "tool_calls", "tool_calls": list(calls)}, **fields)


def lines(archive: Path, out: Path) -> list[JsonObject]:
    """Export items, and read the lines."""
    export(archive, out / "items.jsonl", "items", overwrite=True)
    return [json.loads(line) for line in (out / "items.jsonl").read_text(encoding="utf-8").splitlines()]


def message(content: Any, role: str = "user", **fields: Any) -> list[JsonObject]:
    """Return what a message becomes."""
    payload = json_text({"id": "msg_1", "role": role, "content": content, **fields})
    return list(message_lines({"message_id": "msg_1"}, StoredMessage("msg_1", NOON, payload)))


def text(value: str, *annotations: JsonObject) -> JsonObject:
    """A part of a message that is text."""
    return {"type": "text", "text": {"value": value, "annotations": list(annotations)}}


def test_functions_become_calls_and_their_outputs(out: Path, tmp_path: Path) -> None:
    """All calls of a step, then what was answered, joined by their ids; a line tells where each came from."""
    archive = make_archive(tmp_path / "a.db", [calling(1, function(), function(id="call_2", output={"free": 2}))])

    where = {"thread_id": "thread_1", "run_id": "run_1", "step_id": "step_00001"}
    call = {"type": "function_call", "name": "find_berth", "arguments": "{}", "status": "completed"}
    assert lines(archive, out) == [
        {**where, "call_id": "call_1", "item": {**call, "call_id": "call_1"}},
        {**where, "call_id": "call_2", "item": {**call, "call_id": "call_2"}},
        {
            **where,
            "call_id": "call_1",
            "item": {"type": "function_call_output", "call_id": "call_1", "output": "B4"},
        },
        {
            **where,
            "call_id": "call_2",
            "item": {"type": "function_call_output", "call_id": "call_2", "output": '{"free": 2}'},
        },
    ]


def test_what_has_no_counterpart_is_listed(out: Path, tmp_path: Path) -> None:
    """Where it was, what it was and why; the counts are part of the result."""
    steps = [
        calling(1, {"id": "call_9", "type": "file_search", "file_search": {}}, function(output=None), function()),
        step(2, step_details={"type": "message_creation", "message_creation": {"message_id": "msg_7"}}),
        step(3, type="activities", step_details={"type": "activities", "activities": []}),
        calling(4, {"id": "call_8"}, {"type": 7}),
        calling(5, status="in_progress"),
        {"id": "step_6", "run_id": "run_1", "type": "tool_calls", "step_details": "none"},
    ]
    archive = make_archive(tmp_path / "a.db", steps)
    result = export(archive, out / "i", "items")

    found = [(line["step_id"], line["left_out"]) for line in lines(archive, out) if "left_out" in line]
    assert found == [
        ("step_00001", "file_search"),
        ("step_00001", "function"),
        ("step_00002", "message"),
        ("step_00003", "activities"),
        ("step_00004", "tool call"),
        ("step_00004", "7"),
        ("step_6", "tool_calls"),
    ]
    assert result.left_out == Counter(what for _, what in found)
    assert (result.steps, result.items) == (6, 2)
    assert all(line["reason"] for line in lines(archive, out) if "left_out" in line)
    assert lines(archive, out)[4]["message_id"] == "msg_7"


@pytest.mark.parametrize("sent", ["fabric.query", "é", "f" * 65, "a b"])
def test_names_that_would_be_refused_are_changed_and_listed(out: Path, tmp_path: Path, sent: str) -> None:
    """One item that the API refuses would cost all that are sent with it."""
    found, call, _ = lines(make_archive(tmp_path / "a.db", [calling(1, function(sent))]), out)

    assert (found["left_out"], sent in found["reason"]) == ("name of a function", True)
    assert call["item"]["name"] in {"fabric_query", "_", "f" * 64, "a_b"}


@pytest.mark.parametrize("call_id", [None, "", "c" * 65])
def test_calls_without_an_id_that_can_be_sent_get_one(out: Path, tmp_path: Path, call_id: str | None) -> None:
    """The call and its output have the same, every time."""
    archive = make_archive(tmp_path / "a.db", [calling(1, function(id=call_id), function(id=call_id))])
    ids = [line["item"]["call_id"] for line in lines(archive, out)]

    assert ids[:2] == ids[2:]
    assert ids[0] != ids[1]
    assert all(0 < len(each) <= 64 for each in ids)
    assert ids == [line["item"]["call_id"] for line in lines(archive, out)]


def test_messages_become_items(out: Path) -> None:
    """What a user said has parts; what an assistant said is text, as typed parts would want ids of the new server."""
    image = {"type": "image_url", "image_url": {"url": "https://x.example/a.png", "detail": "high"}}
    assert message([text("Hello"), image]) == [
        {
            "message_id": "msg_1",
            "item": {
                "type": "message",
                "role": "user",
                "content": [
                    {"type": "input_text", "text": "Hello"},
                    {"type": "input_image", "image_url": "https://x.example/a.png", "detail": "high"},
                ],
            },
        }
    ]
    assert message([text("One"), text("Two")], "assistant") == [
        {"message_id": "msg_1", "item": {"type": "message", "role": "assistant", "content": "One\n\nTwo"}}
    ]
    assert message("Hi")[0]["item"]["content"] == [{"type": "input_text", "text": "Hi"}]
    assert message([{"type": "text", "text": "Hi"}], "assistant")[0]["item"]["content"] == "Hi"


def test_what_a_message_cannot_take_along_is_listed() -> None:
    """Files stay where they are, and so do marks that point into them; what can go goes."""
    citation = {"type": "file_citation", "text": "【1】", "file_citation": {"file_id": "file_1"}}
    parts = [
        text("See【1】", citation),
        {"type": "image_file", "image_file": {"file_id": "file_2"}},
        {"type": "image_url", "image_url": {"url": "https://x.example/a.png", "detail": "some"}},
        {"type": "video", "video": {}},
        7,
    ]
    attachments = [{"file_id": "file_3", "tools": []}]

    *left_out, kept = message(parts, attachments=attachments)
    assert [(line["left_out"], line.get("file_id")) for line in left_out] == [
        ("file_citation", None),
        ("image_file", "file_2"),
        ("video", None),
        ("part of a message", None),
        ("attachment", "file_3"),
    ]
    assert [part["type"] for part in kept["item"]["content"]] == ["input_text", "input_image"]
    assert kept["item"]["content"][1]["detail"] == "auto"

    *left_out, kept = message([*parts[1:3], {"type": "refusal", "refusal": "No."}], "assistant")
    assert [line["left_out"] for line in left_out] == ["image_file", "image", "refusal"]
    assert kept["item"]["content"] == "No."
    assert [line["left_out"] for line in message([parts[1]])] == ["image_file", "message"]
    assert [line["left_out"] for line in message([text("x")], "narrator")] == ["message"]
    assert [line["left_out"] for line in message(None)] == ["message"]


def test_a_message_whose_payload_is_damaged_is_listed() -> None:
    """It costs itself."""
    (line,) = message_lines({"message_id": "m"}, StoredMessage("m", -1, "{"))

    assert line["left_out"] == "message"


def test_dates_bound_runs(out: Path, tmp_path: Path) -> None:
    """A run is carried whole when it was created in that time; one without a time only when no date is given."""
    archive = make_archive(tmp_path / "a.db", [calling(1, function(), created_at=NOON + DAY)])
    since = datetime.fromtimestamp(NOON, UTC)

    assert export(archive, out / "a", "items", since=since).items == 0
    assert export(archive, out / "b", "items").items == 2


def test_items_go_through_a_pipe(out: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Standard output gets what a file has."""
    archive = make_archive(tmp_path / "a.db", [calling(1, function())])
    result = export(archive, "-", "items")
    written = lines(archive, out)

    assert (result.items, result.files) == (2, 0)
    assert [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()] == written


def test_threads_follow_one_another(out: Path, tmp_path: Path) -> None:
    """All items of a thread stand together, so that each can become a conversation."""
    with serve(create_app(sample_store())) as base_url:
        pull(servers.compatible(base_url), tmp_path / "a.db", [Target("thread_other"), Target("thread_demo")])

    threads = [thread_id for thread_id, _ in groupby(line["thread_id"] for line in lines(tmp_path / "a.db", out))]
    assert sorted(threads) == ["thread_demo", "thread_other"]  # each once, in the order in which they were stored


def test_a_thread_is_told_in_its_order(out: Path, tmp_path: Path) -> None:
    """What was asked, what the run did, its answer where the step stands that wrote it, and what was said after."""
    found = lines(make_conversation(tmp_path / "a.db"), out)

    assert [line["item"]["type"] for line in found] == [
        "message",
        "function_call",
        "function_call_output",
        "message",
        "message",
    ]
    assert [line.get("message_id") for line in found] == ["msg_1", None, None, "msg_2", "msg_3"]
    assert found[3] == {
        "thread_id": "thread_1",
        "run_id": "run_1",
        "step_id": "step_00002",
        "message_id": "msg_2",
        "item": {"type": "message", "role": "assistant", "content": "At B4."},
    }


def test_dates_bound_messages_too(out: Path, tmp_path: Path) -> None:
    """An answer goes with its run, and everything else by when it was said."""
    archive = make_conversation(tmp_path / "a.db")
    export(archive, out / "items", "items", since=datetime.fromtimestamp(NOON + 1, UTC))

    (line,) = (out / "items").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["message_id"] == "msg_3"


def test_messages_in_the_words_of_other_servers() -> None:
    """A picture, a refusal and a text may be plain texts."""
    parts = [
        {"type": "text", "text": "See"},
        {"type": "image_url", "image_url": "https://x.example/a.png"},
        {"type": "refusal", "refusal_text": "No."},
        {"type": "image_file", "image_file": "file_1"},
    ]
    refusal, image, kept = message(parts)

    assert (refusal["left_out"], image["left_out"], image["file_id"]) == ("refusal", "image_file", "file_1")
    assert [part.get("text") or part["image_url"] for part in kept["item"]["content"]] == [
        "See",
        "https://x.example/a.png",
        "No.",
    ]
