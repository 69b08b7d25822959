"""The sample runs: what each of them did, step by step."""

from __future__ import annotations

from attrs import frozen

from run_steps.serving.sample.details import every_kind_of_details, tool_call
from run_steps.serving.sample.objects import message_creation, run, step, tool_calls
from run_steps.stores import JsonObject

THREAD_ID = "thread_demo"
OTHER_THREAD_ID = "thread_other"

MIDNIGHT = 1_767_225_600
"""2026-01-01 00:00:00 UTC (Unix seconds); all sample data is of that day."""

_HOUR = 3600
_LONG_RUN_STEPS = 345


@frozen
class SampleRun:
    """A run and its steps, both as a server sends them."""

    payload: JsonObject
    steps: list[JsonObject]


def sample_runs() -> list[SampleRun]:
    """Return all sample runs, oldest first."""
    return [
        _long_run(),
        _run_of_every_kind(),
        _failed_run(),
        _cancelled_run(),
        _expired_run(),
        _run_of_other_thread(),
        _run_in_progress(),
        _empty_run(),
    ]


def _long_run() -> SampleRun:
    """A night at the gauge: three steps a reading, several of them within one second."""
    at = MIDNIGHT
    steps = [
        step(
            "run_long",
            f"long_{number:03}",
            _details_of_long_run(number),
            thread_id=THREAD_ID,
            at=at + number * 2 // 3,
            seconds=1,
            tokens=(400 + 11 * number, 20 + number % 37),
        )
        for number in range(_LONG_RUN_STEPS)
    ]
    return SampleRun(run("run_long", steps, thread_id=THREAD_ID, at=at), steps)


def _details_of_long_run(number: int) -> JsonObject:
    reading, part = divmod(number, 3)
    name = f"long_{number:03}"
    level = f"{2 + reading % 29 / 10:.1f}"
    if part == 0:
        arguments = f'{{"gauge": "inner", "reading": {reading}}}'
        return tool_calls(
            tool_call("function", name, {"name": "read_gauge", "arguments": arguments, "output": f"{level} m"})
        )
    if part == 1:
        outputs = [{"type": "logs", "logs": f"level {level} m\n"}]
        return tool_calls(tool_call("code_interpreter", name, {"input": f"log({level})", "outputs": outputs}))
    return message_creation(name)


def _run_of_every_kind() -> SampleRun:
    at = MIDNIGHT + 1 * _HOUR
    steps = [
        step("run_kinds", f"kinds_{number:02}", details, thread_id=THREAD_ID, at=at + 3 * number)
        for number, details in enumerate(every_kind_of_details())
    ]
    return SampleRun(run("run_kinds", steps, thread_id=THREAD_ID, at=at), steps)


def _failed_run() -> SampleRun:
    at = MIDNIGHT + 2 * _HOUR
    error = {"code": "server_error", "message": "The tide service did not answer."}
    steps = [
        step("run_failed", "failed_1", message_creation("failed_1"), thread_id=THREAD_ID, at=at),
        step(
            "run_failed",
            "failed_2",
            tool_calls(),
            thread_id=THREAD_ID,
            at=at + 3,
            seconds=30,
            status="failed",
            last_error=error,
            tokens=(0, 16),
        ),
    ]
    return SampleRun(run("run_failed", steps, thread_id=THREAD_ID, at=at, status="failed", last_error=error), steps)


def _cancelled_run() -> SampleRun:
    at = MIDNIGHT + 3 * _HOUR
    steps = [
        step(
            "run_cancelled",
            "cancelled_1",
            tool_calls(_unanswered_call("cancelled_1")),
            thread_id=THREAD_ID,
            at=at,
            seconds=12,
            status="cancelled",
        )
    ]
    return SampleRun(run("run_cancelled", steps, thread_id=THREAD_ID, at=at, status="cancelled"), steps)


def _expired_run() -> SampleRun:
    at = MIDNIGHT + 4 * _HOUR
    steps = [
        step(
            "run_expired",
            "expired_1",
            tool_calls(_unanswered_call("expired_1")),
            thread_id=THREAD_ID,
            at=at,
            status="expired",
        )
    ]
    return SampleRun(run("run_expired", steps, thread_id=THREAD_ID, at=at, status="expired"), steps)


def _unanswered_call(name: str) -> JsonObject:
    return tool_call("function", name, {"name": "ask_harbour_master", "arguments": "{}", "output": None})


def _run_of_other_thread() -> SampleRun:
    at = MIDNIGHT + 5 * _HOUR
    steps = [step("run_other", "other_1", message_creation("other_1"), thread_id=OTHER_THREAD_ID, at=at)]
    return SampleRun(run("run_other", steps, thread_id=OTHER_THREAD_ID, at=at), steps)


def _run_in_progress() -> SampleRun:
    """A run whose last step is under way and has not called a tool yet."""
    at = MIDNIGHT + 6 * _HOUR
    code = tool_call("code_interpreter", "in_progress_2", {"input": "forecast(hours=12)", "outputs": []})
    details = [message_creation("in_progress_1"), tool_calls(code), tool_calls()]
    steps = [
        step(
            "run_in_progress",
            f"in_progress_{number}",
            details_of_step,
            thread_id=THREAD_ID,
            at=at + 4 * number,
            status="in_progress" if number == len(details) else "completed",
            run_is_going=True,
        )
        for number, details_of_step in enumerate(details, start=1)
    ]
    return SampleRun(run("run_in_progress", steps, thread_id=THREAD_ID, at=at, status="in_progress"), steps)


def _empty_run() -> SampleRun:
    return SampleRun(run("run_empty", [], thread_id=THREAD_ID, at=MIDNIGHT + 7 * _HOUR, status="queued"), [])
