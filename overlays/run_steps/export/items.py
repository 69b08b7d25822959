"""Threads as items that APIs of conversations and responses take: messages, function calls, and their outputs.

https://platform.openai.com/docs/api-reference/conversations says what an item is. A line has the ids of what it was
made of and an `item`, or, of what has no counterpart there, its kind as `left_out` and the `reason`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from run_steps._received import JsonObject, json_text
from run_steps.archive.histories import Conversation, FindMessage, StoredMessage, StoredRun, StoredStep
from run_steps.errors import DECODING_FAULTS
from run_steps.export.rows import Tally
from run_steps.timeline.calls import text_of
from run_steps_api.parsing import parse_json

_ROLES = frozenset({"assistant", "developer", "system", "user"})
_DETAILS = frozenset({"auto", "high", "low"})

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_-]")
_NAME_LENGTH = 64
_CALL_ID_LENGTH = 64
"""What the API takes; one item that it refuses would cost all that are sent with it."""


def conversation_lines(conversation: Conversation, tally: Tally) -> Iterator[JsonObject]:
    """Yield the lines of a thread in order, and count its steps."""
    for entry in conversation.entries:
        if isinstance(entry, StoredMessage):
            where = {"thread_id": conversation.thread_id, "message_id": entry.message_id}
            yield from message_lines(where, entry)
        else:
            run, steps = entry
            for step in tally.count(steps):
                yield from step_lines(run, step, conversation.find_message)


def step_lines(run: StoredRun, step: StoredStep, find_message: FindMessage) -> Iterator[JsonObject]:
    """Yield what a step becomes: the message it wrote, or its function calls and then their outputs."""
    where = {"thread_id": run.thread_id, "run_id": run.run_id, "step_id": step.step_id}
    payload = _payload(step.payload)
    details = _object(payload.get("step_details"))
    kind = text_of(payload.get("type"))
    if kind == "message_creation":
        message_id = text_of(_object(details.get("message_creation")).get("message_id"))
        message = find_message(message_id)
        if message is None:
            yield _left_out({**where, "message_id": message_id}, "message", "its text is not in the archive")
        else:
            yield from message_lines({**where, "message_id": message_id}, message)
        return
    calls = details.get("tool_calls")
    if kind != "tool_calls" or not isinstance(calls, list):
        yield _left_out(where, kind or "step", "there is no such item")
        return
    outputs: list[JsonObject] = []
    for number, call in enumerate(map(_object, calls)):
        place = {**where, "call_id": text_of(call.get("id"))}
        if call.get("type") != "function":
            yield _left_out(place, text_of(call.get("type")) or "tool call", "there is no such item")
            continue
        function = _object(call.get("function"))
        if function.get("output") is None:
            yield _left_out(place, "function", "it was never answered")
            continue
        name = text_of(function.get("name")) or "function"
        sent_name = _NOT_IN_A_NAME.sub("_", name)[:_NAME_LENGTH]
        if sent_name != name:
            yield _left_out(place, "name of a function", f"{name!r} became {sent_name!r}")
        call_id = _call_id(place["call_id"], step.step_id, number)
        arguments = text_of(function.get("arguments")) or "{}"
        yield {**place, "item": _function_call(call_id, sent_name, arguments)}
        outputs.append({**place, "item": _function_output(call_id, text_of(function["output"]))})
    yield from outputs


def message_lines(where: Mapping[str, str], message: StoredMessage) -> Iterator[JsonObject]:
    """Yield what a message becomes: an item, and a line for each thing in it that the item cannot hold."""
    payload = _payload(message.payload)
    role = text_of(payload.get("role"))
    if role not in _ROLES:
        yield _left_out(where, "message", f"there is no role {role!r}")
        return
    parts: list[JsonObject] = []
    content = payload.get("content")
    for part in content if isinstance(content, list) else [content]:
        for found in _parts_of(part):
            if "left_out" in found or (role == "assistant" and found["type"] != "input_text"):
                yield {**where, **(found if "left_out" in found else _left_out({}, "image", "assistants have none"))}
            else:
                parts.append(found)
    for attachment in _list(payload.get("attachments")):
        file_id = text_of(_object(attachment).get("file_id"))
        yield _left_out({**where, "file_id": file_id}, "attachment", "files stay at their server")
    if not parts:
        yield _left_out(where, "message", "nothing of it can be carried")
    elif role == "assistant":
        # As text alone: typed parts of an assistant's message want an id that the new server gave.
        yield {**where, "item": _message(role, "\n\n".join(part["text"] for part in parts))}
    else:
        yield {**where, "item": _message(role, parts)}


def write_items(lines: Iterable[JsonObject], stream: BinaryIO, tally: Tally) -> None:
    """Write lines, and count the items and what has no counterpart, by kind."""
    for line in lines:
        if "item" in line:
            tally.items += 1
        else:
            tally.left_out[line["left_out"]] += 1
        stream.write(json_text({name: value for name, value in line.items() if value != ""}).encode() + b"\n")


def _parts_of(part: Any) -> Iterator[JsonObject]:
    """Yield what a part of a message becomes, as a user's message holds it, and what is left out of it."""
    if isinstance(part, str):
        part = {"type": "text", "text": part}
    fields = _object(part)
    match fields.get("type"):
        case "text":
            text = fields.get("text")
            if value := _within(text, "value"):
                yield {"type": "input_text", "text": value}
            for annotation in _list(_object(text).get("annotations")):
                kind = text_of(_object(annotation).get("type")) or "annotation"
                yield _left_out({}, kind, "its mark stays in the text, where it led does not")
        case "refusal":
            yield {"type": "input_text", "text": text_of(fields.get("refusal") or fields.get("refusal_text"))}
            yield _left_out({}, "refusal", "its words became text")
        case "image_url" if url := _within(fields.get("image_url"), "url"):
            detail = _object(fields.get("image_url")).get("detail")
            yield {"type": "input_image", "image_url": url, "detail": detail if detail in _DETAILS else "auto"}
        case "image_file":
            file_id = _within(fields.get("image_file"), "file_id")
            yield _left_out({"file_id": file_id}, "image_file", "files stay at their server")
        case kind if part is not None:
            yield _left_out({}, text_of(kind) or "part of a message", "there is no such part")
        case _:
            pass


def _message(role: str, content: str | list[JsonObject]) -> JsonObject:
    return {"type": "message", "role": role, "content": content}


def _function_call(call_id: str, name: str, arguments: str) -> JsonObject:
    return {"type": "function_call", "call_id": call_id, "name": name, "arguments": arguments, "status": "completed"}


def _function_output(call_id: str, output: str) -> JsonObject:
    return {"type": "function_call_output", "call_id": call_id, "output": output}


def _call_id(sent: str, step_id: str, number: int) -> str:
    """Return an id that joins a call and its output: the server's, or a made one where that cannot be sent."""
    if 0 < len(sent) <= _CALL_ID_LENGTH:
        return sent
    return f"call_{hashlib.sha256(f'{step_id} {number} {sent}'.encode(errors='backslashreplace')).hexdigest()[:32]}"


def _left_out(where: Mapping[str, str], what: str, reason: str) -> JsonObject:
    return {**where, "left_out": what, "reason": reason}


def _payload(text: str) -> JsonObject:
    """Return what a payload says; nothing of one that is damaged."""
    try:
        return _object(parse_json(text.encode()))
    except DECODING_FAULTS:
        return {}


def _within(value: Any, name: str) -> str:
    """Return a text that some servers put into an object and some do not."""
    return value if isinstance(value, str) else text_of(_object(value).get(name))


def _object(value: Any) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
