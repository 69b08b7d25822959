"""A run as a trace: spans with the attributes of OpenTelemetry's conventions for generative AI.

https://opentelemetry.io/docs/specs/semconv/gen-ai/ names them; `run_steps.*` is what those have no name for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias, TypeVar

import httpx
from attrs import define, field, frozen

from run_steps.archive.histories import Conversation, FindMessage, StoredMessage, StoredRun, StoredStep
from run_steps.archive.records import storable
from run_steps.errors import DECODING_FAULTS
from run_steps.export.rows import Tally, said
from run_steps.timeline.building import end_of, sent_error, tokens_of
from run_steps.timeline.calls import Call, calls_of, text_of
from run_steps.timeline.model import Tokens
from run_steps.timestamps import first_seconds
from run_steps_api.models import ConnectedAgentToolCall, Message, MessageCreationDetails, Run, RunStep, ToolCallsDetails
from run_steps_api.parsing import parse_json

Value: TypeAlias = str | int
Model = TypeVar("Model", Message, Run, RunStep)

_PROVIDERS = (
    (".openai.azure.com", "azure.ai.openai"),
    (".services.ai.azure.com", "azure.ai.agents"),
    (".aliyuncs.com", "dashscope"),
)
"""Ends of hosts and whose they are; all others speak as `openai` did."""

_TURNS = frozenset({"message_creation", "tool_calls"})
"""Kinds of steps that are a turn of the model, as `chat` is."""

_FAILED = frozenset({"error", "expired", "failed", "incomplete"})
"""Statuses of what ended in an error."""

_TOOL_TYPES = {
    "function": "function",
    **dict.fromkeys(
        ("azure_ai_search", "fabric_dataagent", "file_search", "retrieval", "sharepoint_grounding"), "datastore"
    ),
}
"""Where a tool works, by its kind: in the caller's program, in stored data, or (all others) at the provider."""

_ASKED = 20
"""So many messages before a run are told as what it was asked (count)."""

_LARGEST_INTEGER = 2**63 - 1
"""What an attribute can hold."""


@frozen
class Span:
    """Something that took time. All texts can be written as UTF-8.

    Attributes:
        trace_id: Id of the trace (32 hexadecimal digits).
        span_id: Its id (16 hexadecimal digits).
        parent_id: Id of the span it belongs to; None for the run.
        name: What it is called.
        kind: Whether another process did it that was called (`client`), or it is a part of something.
        start: When it began (nanoseconds since 1970).
        end: When it ended; of what is still going, or ended nobody knows when, the same.
        attributes: What is known about it.
        error: What went wrong; None when nothing did.
        link: Ids of a trace and a span that it led to; None when it led to none.
    """

    trace_id: str
    span_id: str
    parent_id: str | None
    name: str
    kind: Literal["client", "internal"]
    start: int
    end: int
    attributes: Mapping[str, Value] = field(repr=False)
    error: str | None = None
    link: tuple[str, str] | None = None


def conversation_spans(conversation: Conversation, tally: Tally, *, content: bool) -> Iterator[Span]:
    """Yield the spans of the runs of a thread, and count its steps.

    For each run a span for each step and for each tool it called, and at the end the run's own.

    Ids are made of those of thread, run and step, so that the same run is the same trace whoever exports it. A step
    without a time begins where the one before it ended, and a call of a tool, which has none, lasts as its step.

    Args:
        conversation: The thread.
        tally: Where its steps are counted.
        content: Whether to tell what was said: instructions, messages, and inputs and outputs of tools.
    """
    asked: list[StoredMessage] = []
    for entry in conversation.entries:
        if isinstance(entry, StoredMessage):
            asked = [*asked, entry][-_ASKED:] if content else []
            continue
        run, steps = entry
        model = _decoded(Run.from_dict, run.payload)
        began = None if model is None else first_seconds([model.created_at])
        trace = _Trace(run, model, asked, conversation.find_message if content else None, began)
        for step in tally.count(steps):
            yield from trace.of_step(step)
        yield trace.of_run()
        asked = []


@define
class _Trace:
    """The trace of a run so far: its beginning, its end and its tokens as its steps tell them."""

    run: StoredRun
    model: Run | None
    asked: Sequence[StoredMessage]
    find_message: FindMessage | None
    began: float | None
    answer: str = field(init=False, default="")
    latest: float | None = field(init=False)
    used: Tokens = field(init=False, factory=Tokens)
    ids: tuple[str, str] = field(init=False)
    common: Mapping[str, Value] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.latest = self.began
        self.ids = _ids_of_run(self.run.thread_id, self.run.run_id)
        address = _address(self.run.base_url)
        self.common = {
            "gen_ai.provider.name": next((name for end, name in _PROVIDERS if address[0].endswith(end)), "openai"),
            "gen_ai.conversation.id": self.run.thread_id,
            "gen_ai.agent.id": text_of(self.model.assistant_id) if self.model else "",
            "gen_ai.request.model": text_of(self.model.model) if self.model else "",
            "server.address": address[0],
            "server.port": address[1],
        }

    def of_step(self, stored: StoredStep) -> Iterator[Span]:
        """Yield the span of a step, and those of the tools it called."""
        step = _decoded(RunStep.from_dict, stored.payload)
        told = None if step is None else first_seconds([step.created_at])
        before = self.run.pulled_at if self.latest is None else self.latest
        begin = before if told is None else told
        end = max(begin, (None if step is None else end_of(step)) or begin)
        if told is not None:
            self.began = told if self.began is None else self.began
            self.latest = max(end, told if self.latest is None else self.latest)
        trace_id, root_id = self.ids
        span_id = _id(16, *self._path, stored.step_id)
        kind = "" if step is None else text_of(step.type_)
        tokens = Tokens() if step is None else tokens_of(step.usage)
        self.used += tokens
        details = None if step is None else step.step_details
        is_turn = kind in _TURNS
        message = details.message_creation.message_id if isinstance(details, MessageCreationDetails) else ""
        error_type, error = _error(step)
        name = " ".join(filter(None, ("chat", str(self.common["gen_ai.request.model"])))) if is_turn else kind or "step"
        attributes: dict[str, Value] = {
            "gen_ai.operation.name": "chat" if is_turn else "",
            **self.common,
            **_usage(tokens),
            "error.type": error_type,
            "run_steps.run.id": self.run.run_id,
            "run_steps.step.id": stored.step_id,
            "run_steps.step.type": kind,
            "run_steps.step.status": "" if step is None else text_of(step.status),
            "run_steps.message.id": text_of(message),
        }
        if self.find_message and message and (written := self.find_message(text_of(message))):
            self.answer = attributes["gen_ai.output.messages"] = _messages([written])
        start, stop = _nanoseconds(begin), _nanoseconds(end)
        yield _span(
            trace_id, span_id, root_id, name, "client" if is_turn else "internal", start, stop, attributes, error
        )
        if isinstance(details, ToolCallsDetails):
            for number, (call, sent) in enumerate(zip(calls_of(details), details.tool_calls, strict=True)):
                yield _span(
                    trace_id,
                    _id(16, *self._path, stored.step_id, number),
                    span_id,
                    f"execute_tool {call.name}",
                    "internal",
                    start,
                    stop,
                    self._attributes_of_call(call),
                    call.error or None,
                    _child_run(sent),
                )

    def of_run(self) -> Span:
        """Return the span of the run; it has the tokens that the run tells, else those of its steps together."""
        model = self.model
        began = self.run.pulled_at if self.began is None else self.began
        ended = end_of(model) if model else None
        told = tokens_of(model.usage) if model else Tokens()
        error_type, error = _error(model)
        attributes: dict[str, Value] = {
            "gen_ai.operation.name": "invoke_agent",
            **self.common,
            **_usage(self.used if told.total is None else told),
            "error.type": error_type,
            "run_steps.run.id": self.run.run_id,
            "run_steps.run.status": text_of(model.status) if model else "",
        }
        if self.find_message:
            attributes["gen_ai.input.messages"] = _messages(self.asked)
            attributes["gen_ai.output.messages"] = self.answer
        if self.find_message and model and (instructions := text_of(model.instructions)):
            parts = [{"type": "text", "content": instructions}]
            attributes["gen_ai.system_instructions"] = json.dumps(parts, ensure_ascii=False)
        end = max(began, (self.latest or began) if ended is None else ended)
        trace_id, span_id = self.ids
        start, stop = _nanoseconds(began), _nanoseconds(end)
        return _span(trace_id, span_id, None, "invoke_agent", "client", start, stop, attributes, error)

    def _attributes_of_call(self, call: Call) -> dict[str, Value]:
        return {
            "gen_ai.operation.name": "execute_tool",
            "gen_ai.tool.name": call.name,
            "gen_ai.tool.call.id": call.id,
            "gen_ai.tool.type": _TOOL_TYPES.get(call.kind, "extension"),
            "gen_ai.tool.call.arguments": call.input if self.find_message else "",
            "gen_ai.tool.call.result": call.output if self.find_message else "",
            "error.type": "_OTHER" if call.error else "",  # the convention's word where no kind is told
            "run_steps.tool.type": call.kind,
        }

    @property
    def _path(self) -> tuple[str, str]:
        return self.run.thread_id, self.run.run_id


def _messages(messages: Iterable[StoredMessage]) -> str:
    """Return messages as an attribute has them; nothing when they say nothing."""
    found: list[dict[str, Any]] = []
    for stored in messages:
        message = _decoded(Message.from_dict, stored.payload)
        text = said(stored.payload)
        if message is not None and text:
            parts = [{"type": "text", "content": text}]
            end = {"finish_reason": "stop"} if text_of(message.role) == "assistant" else {}
            found.append({"role": text_of(message.role), "parts": parts, **end})
    return json.dumps(found, ensure_ascii=False) if found else ""


def _span(
    trace_id: str,
    span_id: str,
    parent_id: str | None,
    name: str,
    kind: Literal["client", "internal"],
    start: int,
    end: int,
    attributes: Mapping[str, Value | None],
    error: str | None = None,
    link: tuple[str, str] | None = None,
) -> Span:
    """Return a span without attributes that say nothing, and whose texts have a UTF-8 form."""
    said = {
        name: storable(value) if isinstance(value, str) else value
        for name, value in attributes.items()
        if value not in (None, "") and (isinstance(value, str) or abs(value) <= _LARGEST_INTEGER)
    }
    error = None if error is None else storable(error)
    return Span(trace_id, span_id, parent_id, storable(name), kind, start, end, said, error, link)


def _ids_of_run(thread_id: str, run_id: str) -> tuple[str, str]:
    """Return the ids of the trace of a run and of its own span."""
    return _id(32, thread_id, run_id), _id(16, thread_id, run_id)


def _id(digits: int, *path: str | int) -> str:
    return hashlib.sha256(json.dumps(path).encode()).hexdigest()[:digits]


def _child_run(call: object) -> tuple[str, str] | None:
    """Return the ids of the trace and span of the run that a connected agent made."""
    if isinstance(call, ConnectedAgentToolCall):
        thread_id, run_id = text_of(call.connected_agent.thread_id), text_of(call.connected_agent.run_id)
        if thread_id and run_id:
            return _ids_of_run(thread_id, run_id)
    return None


def _address(base_url: str) -> tuple[str, int]:
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL:
        return "", 0
    return url.host, url.port or (443 if url.scheme == "https" else 80)


def _error(item: Run | RunStep | None) -> tuple[str, str | None]:
    """Return of which kind an error is and what it says; no kind and None when there is none."""
    status = "" if item is None else text_of(item.status)
    if item is None or status not in _FAILED:
        return "", None
    sent = sent_error(item)
    fields = sent if isinstance(sent, Mapping) else {"message": sent}
    reason = item.incomplete_details.reason if isinstance(item, Run) and item.incomplete_details else None
    return text_of(fields.get("code")) or text_of(reason) or status, text_of(fields.get("message")) or status


def _usage(tokens: Tokens) -> dict[str, Any]:
    return {
        "gen_ai.usage.input_tokens": tokens.read,
        "gen_ai.usage.output_tokens": tokens.written,
        "gen_ai.usage.cache_read.input_tokens": tokens.cached,
        "gen_ai.usage.reasoning.output_tokens": tokens.reasoning,
    }


def _nanoseconds(seconds: float) -> int:
    return round(seconds * 1_000_000) * 1000  # to the microsecond, which is what a float can tell


def _decoded(from_dict: Callable[[Mapping[str, Any]], Model], payload: str) -> Model | None:
    """Return what a payload says; None for one that is damaged, which costs its own details and no more."""
    try:
        return from_dict(parse_json(payload.encode()))
    except DECODING_FAULTS:
        return None
