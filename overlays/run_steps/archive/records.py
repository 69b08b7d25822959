"""What an archive notes of runs, steps and messages beside their payload, read from it as tolerantly as can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from run_steps._received import JsonObject
from run_steps.archive.schema import NO_TIME
from run_steps.timestamps import end_times, first_seconds, has_ended, seconds_or_none

RUN_COLUMNS = ("assistant_id", "status", "created_at", "ended_at", "has_ended")
STEP_COLUMNS = (
    "assistant_id",
    "type",
    "status",
    "created_at",
    "ended_at",
    "has_ended",
    "tools",
    "prompt_tokens",
    "completion_tokens",
    "total_tokens",
    "error_code",
    "error_message",
)
MESSAGE_COLUMNS = ("run_id", "assistant_id", "role", "status", "created_at")

_LARGEST_INTEGER = 2**63 - 1
"""What SQLite can hold: https://www.sqlite.org/datatype3.html."""


def taken_over(columns: Iterable[str]) -> str:
    """Return the assignments of an upsert that replaces what is in these columns."""
    return ", ".join(f"{name} = excluded.{name}" for name in columns)


def run_columns(run: JsonObject) -> tuple[Any, ...]:
    """Return the values of `RUN_COLUMNS` for a run."""
    ends = end_times(run)
    return (
        _text(run.get("assistant_id")),
        _text(run.get("status")),
        _or_no_time(seconds_or_none(run.get("created_at"))),
        first_seconds(ends),
        int(has_ended(run.get("status"), ends)),
    )


def step_columns(step: JsonObject) -> tuple[Any, ...]:
    """Return the values of `STEP_COLUMNS` for a step."""
    ends = end_times(step)
    usage, error = _object(step.get("usage")), _object(step.get("last_error"))
    return (
        _text(step.get("assistant_id")),
        _text(step.get("type")),
        _text(step.get("status")),
        _or_no_time(seconds_or_none(step.get("created_at"))),
        first_seconds(ends),
        int(has_ended(step.get("status"), ends)),
        ",".join(dict.fromkeys(_tools(_object(step.get("step_details"))))),
        _count(usage.get("prompt_tokens")),
        _count(usage.get("completion_tokens")),
        _count(usage.get("total_tokens")),
        _text(error.get("code")) or None,
        _text(error.get("message")) or None,
    )


def message_columns(message: JsonObject) -> tuple[Any, ...]:
    """Return the values of `MESSAGE_COLUMNS` for a message."""
    return (
        *(_text(message.get(name)) for name in MESSAGE_COLUMNS[:-1]),
        _or_no_time(seconds_or_none(message.get("created_at"))),
    )


def storable(text: str) -> str:
    """Return text that SQLite can hold: lone surrogates, which have no UTF-8, become escapes."""
    return text if text.isascii() else text.encode(errors="backslashreplace").decode()


def _tools(details: JsonObject) -> Iterator[str]:
    for name in ("tool_calls", "activities"):
        calls = details.get(name)
        for call in calls if isinstance(calls, list) else ():
            kind = _text(_object(call).get("type"))
            if kind:
                yield kind


def _object(value: Any) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    if value is None or (type(value) is str and value.isascii()):  # nearly all, and there are many
        return value
    return storable(value if isinstance(value, str) else str(value))


def _count(value: Any) -> int | None:
    return value if type(value) is int and abs(value) <= _LARGEST_INTEGER else None  # bool is no count


def _or_no_time(seconds: float | None) -> float:
    return NO_TIME if seconds is None else seconds
