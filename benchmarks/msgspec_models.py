"""The floor: the same page as msgspec Structs, which a C extension fills straight from the text.

They read this page and no other: a kind of tool call that is not listed here is an error, as is a time in ISO form.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct


class _MessageCreation(Struct):
    message_id: str


class MessageCreationDetails(Struct, tag_field="type", tag="message_creation"):
    message_creation: _MessageCreation


class _Logs(Struct, tag_field="type", tag="logs"):
    logs: str


class _ImageFile(Struct):
    file_id: str


class _Image(Struct, tag_field="type", tag="image"):
    image: _ImageFile


class _CodeInterpreter(Struct):
    input: str
    outputs: list[_Logs | _Image]


class CodeInterpreterToolCall(Struct, tag_field="type", tag="code_interpreter"):
    id: str
    code_interpreter: _CodeInterpreter


class _Function(Struct):
    name: str
    arguments: str
    output: str | None


class FunctionToolCall(Struct, tag_field="type", tag="function"):
    id: str
    function: _Function


class _RankingOptions(Struct):
    ranker: str
    score_threshold: float


class _Content(Struct):
    type: str
    text: str


class _Result(Struct):
    file_id: str
    file_name: str
    score: float
    content: list[_Content] | None = None


class _FileSearch(Struct):
    ranking_options: _RankingOptions | None = None
    results: list[_Result] | None = None


class FileSearchToolCall(Struct, tag_field="type", tag="file_search"):
    id: str
    file_search: _FileSearch


class ToolCallsDetails(Struct, tag_field="type", tag="tool_calls"):
    tool_calls: list[CodeInterpreterToolCall | FunctionToolCall | FileSearchToolCall]


class _Usage(Struct):
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    prompt_token_details: dict[str, int] | None = None
    completion_tokens_details: dict[str, int] | None = None


class RunStep(Struct):
    id: str
    object: str
    created_at: int
    run_id: str
    assistant_id: str
    thread_id: str
    type: str
    status: Literal["in_progress", "cancelled", "failed", "completed", "expired"]
    step_details: MessageCreationDetails | ToolCallsDetails
    last_error: dict[str, str] | None = None
    expires_at: int | None = None
    expired_at: int | None = None
    cancelled_at: int | None = None
    failed_at: int | None = None
    completed_at: int | None = None
    metadata: dict[str, Any] | None = None
    usage: _Usage | None = None


class RunStepList(Struct):
    object: str
    data: list[RunStep]
    first_id: str | None = None
    last_id: str | None = None
    has_more: bool = False
