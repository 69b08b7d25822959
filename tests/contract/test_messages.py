"""Messages and threads of all servers become models, and come back unchanged."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps_api.models import (
    FileCitationAnnotation,
    FilePathAnnotation,
    ImageFileMessageContent,
    ImageUrlMessageContent,
    Message,
    MessageContent,
    MessageIncompleteDetails,
    MessageIncompleteReason,
    MessageList,
    MessageRole,
    MessageText,
    RefusalMessageContent,
    TextMessageContent,
    Thread,
    ThreadList,
    UnknownMessageAnnotation,
    UnknownMessageContent,
    UrlCitationAnnotation,
)
from run_steps_api.types import UNSET
from tests.contract.test_contract import DATA
from tests.contract.test_decoding import JSON


def _message(content: Any, **changes: Any) -> dict[str, Any]:
    return {
        "id": "msg_1",
        "object": "thread.message",
        "created_at": 1735689600,
        "assistant_id": None,
        "thread_id": "thread_1",
        "run_id": None,
        "role": "user",
        "content": content,
        "attachments": [],
        "metadata": {},
        **changes,
    }


def _text(value: Any, *annotations: Any) -> dict[str, Any]:
    return {"type": "text", "text": {"value": value, "annotations": list(annotations)}}


def _decoded(payload: dict[str, Any]) -> Message:
    message = Message.from_dict(payload)
    assert message.to_dict() == payload
    return message


def _content(*parts: Any) -> list[MessageContent]:
    content = _decoded(_message(list(parts))).content
    assert isinstance(content, list)
    return content


def test_the_examples_of_messages_and_threads_come_back_equal() -> None:
    """What the contract shows of each endpoint parses without a misfit."""
    models: dict[str, Any] = {
        "listMessages": MessageList,
        "retrieveMessage": Message,
        "listThreads": ThreadList,
        "retrieveThread": Thread,
    }
    for path in DATA["paths"].values():
        if model := models.pop(path["get"]["operationId"], None):
            for example in path["get"]["responses"]["200"]["content"]["application/json"]["examples"].values():
                decoded = model.from_dict(example["value"])
                assert (decoded.to_dict(), decoded.misfits) == (example["value"], [])
    assert not models


@pytest.mark.parametrize(
    ("part", "model"),
    [
        (_text("Hello"), TextMessageContent),
        ({"type": "text", "text": "Hello"}, TextMessageContent),
        ({"type": "image_file", "image_file": {"file_id": "file_1", "detail": "auto"}}, ImageFileMessageContent),
        ({"type": "image_file", "image_file": "file_1"}, ImageFileMessageContent),
        ({"type": "image_url", "image_url": {"url": "https://a.example/b.png"}}, ImageUrlMessageContent),
        ({"type": "image_url", "image_url": "https://a.example/b.png"}, ImageUrlMessageContent),
        ({"type": "refusal", "refusal": "No."}, RefusalMessageContent),
        ({"type": "refusal", "refusal_text": "No."}, RefusalMessageContent),
        ({"type": "audio", "audio": {"id": "a"}}, UnknownMessageContent),
        ({"type": "text", "text": None}, UnknownMessageContent),
        ({"type": "text"}, UnknownMessageContent),
        ({}, UnknownMessageContent),
    ],
    ids=str,
)
def test_parts_of_a_message_are_typed_or_kept_whole(part: dict[str, Any], model: type) -> None:
    """Each kind has a class, on llamphouse too, where a plain value stands for the object; the rest is kept."""
    before, decoded, after = _content(_text("before"), part, _text("after"))

    assert type(decoded) is model
    assert type(before) is type(after) is TextMessageContent


@pytest.mark.parametrize(
    ("annotation", "model"),
    [
        ({"type": "file_citation", "file_citation": {"file_id": "file_1"}, "text": "[0]"}, FileCitationAnnotation),
        ({"type": "file_path", "file_path": {"file_id": "file_1"}, "start_index": None}, FilePathAnnotation),
        ({"type": "url_citation", "url_citation": {"url": "https://a.example", "title": None}}, UrlCitationAnnotation),
        ({"type": "footnote", "text": "[1]"}, UnknownMessageAnnotation),
        ({"type": "file_path", "file_path": "file_1"}, UnknownMessageAnnotation),
    ],
    ids=str,
)
def test_annotations_are_typed_or_kept_whole(annotation: dict[str, Any], model: type) -> None:
    """One that is unknown, or does not fit, costs neither the text nor its neighbours."""
    (part,) = _content(_text("[0] and so on", annotation, {"type": "file_path", "file_path": {}}))

    assert isinstance(part, TextMessageContent)
    assert isinstance(part.text, MessageText)
    assert isinstance(part.text.annotations, list)
    assert [type(found) for found in part.text.annotations] == [model, FilePathAnnotation]


@pytest.mark.parametrize(
    "changes",
    [
        {"content": "Hello"},
        {"content": None},
        {"content": []},
        {"created_at": None},
        {"created_at": 0},
        {"created_at": "2025-01-01T00:00:00Z"},
        {"role": "critic", "status": "paused", "thread_id": None},
        {"attachments": None, "metadata": None, "status": None, "incomplete_details": None},
        {"attachments": [{"file_id": "file_1", "tools": [{"type": "file_search"}]}, {"file_id": None, "tool": "x"}]},
        {"file_ids": ["file_1"], "parts": [{"type": "text", "text": "Hello"}]},
    ],
    ids=str,
)
def test_what_servers_send_is_nothing_odd(changes: Mapping[str, Any]) -> None:
    """Nulls, plain texts, words and fields that servers are known for are no misfits, and come back."""
    assert _decoded({**_message([_text("Hello")]), **changes}).misfits == []


def test_a_message_may_have_nothing_but_an_id() -> None:
    """An emulator that leaves out all else is read, and so is a thread."""
    assert _decoded({"id": "msg_1"}).content is UNSET
    assert Thread.from_dict({"id": "thread_1"}).to_dict() == {"id": "thread_1"}


def test_a_message_that_was_cut_short_says_why() -> None:
    """The reason, the role and the state are members of open enumerations."""
    details = {"reason": "max_tokens"}
    message = _decoded(_message([], role="assistant", status="incomplete", incomplete_details=details))

    assert message.role is MessageRole.ASSISTANT
    assert isinstance(message.incomplete_details, MessageIncompleteDetails)
    assert message.incomplete_details.reason is MessageIncompleteReason.MAX_TOKENS


@given(st.data(), JSON)
def test_a_field_that_does_not_fit_costs_that_field(data: st.DataObject, odd: Any) -> None:
    """Whatever stands in a field, the message is read, nothing is lost, and what does not fit is named."""
    payload = _message([_text("Hello")], status="completed", incomplete_details=None)
    name = data.draw(st.sampled_from(sorted(set(payload) - {"id"})))
    message = _decoded({**payload, name: odd})

    assert {misfit.name.partition(".")[0].partition("[")[0] for misfit in message.misfits} <= {name}
    assert name == "content" or message.content == Message.from_dict(payload).content
