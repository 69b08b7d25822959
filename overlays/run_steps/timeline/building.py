"""Make a timeline of steps as servers send them: in either order, with times in any unit, missing or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import evolve

from run_steps._messages import message_text
from run_steps.timeline.calls import Call, call_of, calls_of, reason_text, text_of
from run_steps.timeline.model import Bar, Row, Timeline, Tokens, ToolTotals
from run_steps.timestamps import ENDED, end_times_of, first_seconds
from run_steps_api.models import Message, Run, RunStep, ToolCallsDetails, Usage
from run_steps_api.types import Unset


def build_timeline(
    steps: Iterable[RunStep],
    run: Run | None = None,
    *,
    now: datetime | None = None,
    messages: Iterable[Message] = (),
) -> Timeline:
    """Say what happened in a run, in order.

    Steps may come in either order, as a server lists them. A step without a readable time of creation stays beside the
    one it came after and gets no bar.

    Args:
        steps: The steps of one run.
        run: The run, where it is known: it has the time in the queue, its error, and what it waits for.
        now: Up to when a step that is still going is drawn; without it, up to the last moment that is known. It
            is never drawn beyond its own expiry or the end of the run.
        messages: Messages that the steps wrote, as far as they are known: what they say is shown in place of their ids.

    Returns:
        The timeline, which every picture is drawn from.
    """
    ordered = _in_order(list(steps))
    begins = [first_seconds([step.created_at]) for step in ordered]
    ends = [end_of(step) for step in ordered]
    created, started, ended = _times_of(run)
    moments = [time for time in (created, started, ended, *begins, *ends) if time is not None]
    began_at = min(moments, default=None)
    latest = max(moments, default=0.0) if now is None else now.timestamp()
    zero = began_at or 0.0
    bars = [
        _bar(step, begin, end, latest if ended is None else ended, zero)
        for step, begin, end in zip(ordered, begins, ends, strict=True)
    ]
    texts = {message.id: message_text(message) for message in messages}
    waits = _waits(bars, None if created is None else created - zero)
    rows = tuple(
        _row(number, step, bar, end, wait, texts)
        for number, (step, bar, end, wait) in enumerate(zip(ordered, bars, ends, waits, strict=True), start=1)
    )
    drawn = [bar for bar in bars if bar]
    known = [time - zero for time in moments]
    span = max([0.0, *known, *(bar.end for bar in drawn)])
    first = ordered[0] if ordered else None
    return Timeline(
        run_id=run.id if run else text_of(first.run_id) if first else "",
        thread_id=text_of(run.thread_id if run else first.thread_id if first else None),
        status=text_of(run.status) if run else "",
        began_at=began_at,
        span=span,
        queued=_queued(created, started, [bar.begin + zero for bar in drawn]),
        busy=min(_busy(drawn), span),
        rows=rows,
        tokens=_tokens_of_run(run, rows),
        error=error_of(run) if run else "",
        required=required_of(run),
        model=text_of(run.model) if run else "",
        took=ended - created if created is not None and ended is not None and ended >= created else None,
    )


def tool_calls(step: RunStep) -> tuple[Call, ...]:
    """Return what tools a step called, whatever their kinds, each told in the same words.

    Args:
        step: The step.

    Returns:
        Its calls in order: kind, name, id, input, output, and as far as they are known error, tokens and duration. None
        for a step that wrote a message, or is still choosing its tools.
    """
    (row,) = build_timeline([step]).rows
    return row.calls if isinstance(step.step_details, ToolCallsDetails) else ()


def tool_totals(steps: Iterable[RunStep]) -> tuple[ToolTotals, ...]:
    """Return for each tool how often it was called and failed, how long that took, and what it used.

    Args:
        steps: The steps, of as many runs as you like.

    Returns:
        The totals, of what was called most often first; messages count as a tool of that name.
    """
    return build_timeline(steps).tools


def _in_order(steps: list[RunStep]) -> list[RunStep]:
    begins = [first_seconds([step.created_at]) for step in steps]
    known = [begin for begin in begins if begin is not None]
    if known and known[0] > known[-1]:  # newest first, as servers list by default
        steps, begins = steps[::-1], begins[::-1]
    keys: list[float] = []
    for begin in begins:
        keys.append(begin if begin is not None else keys[-1] if keys else float("-inf"))
    return [steps[place] for place in sorted(range(len(steps)), key=keys.__getitem__)]


def end_of(item: Run | RunStep) -> float | None:
    """Return when a run or a step ended, as Unix seconds; None while it is going or when nobody told."""
    return first_seconds(end_times_of(item))


def _times_of(run: Run | None) -> tuple[float | None, float | None, float | None]:
    """Return when a run was created, started, and ended."""
    if run is None:
        return None, None, None
    return first_seconds([run.created_at]), first_seconds([run.started_at]), end_of(run)


def _bar(step: RunStep, begin: float | None, end: float | None, latest: float, zero: float) -> Bar | None:
    if begin is None:
        return None
    is_open = end is None and str(step.status) not in ENDED
    if is_open:
        expiry = first_seconds([step.expires_at])
        end = latest if expiry is None else min(latest, expiry)
    return Bar(begin - zero, max(begin, end if end is not None else begin) - zero, is_open)


def _waits(bars: Sequence[Bar | None], created: float | None) -> list[float | None]:
    """Return for each bar how long it began after all before it had ended."""
    waits: list[float | None] = []
    idle_since = created
    for bar in bars:
        if bar is None:
            waits.append(None)
            continue
        waits.append(None if idle_since is None else max(0.0, bar.begin - idle_since))
        idle_since = bar.end if idle_since is None else max(idle_since, bar.end)
    return waits


def _queued(created: float | None, started: float | None, begins: Sequence[float]) -> float | None:
    left = started if started is not None else min(begins, default=None)
    return None if created is None or left is None else max(0.0, left - created)


def _busy(bars: Sequence[Bar]) -> float:
    busy, until = 0.0, 0.0
    for bar in sorted(bars, key=lambda bar: bar.begin):
        busy += max(0.0, bar.end - max(bar.begin, until))
        until = max(until, bar.end)
    return busy


def _row(
    number: int, step: RunStep, bar: Bar | None, end: float | None, wait: float | None, texts: Mapping[str, str]
) -> Row:
    begin = first_seconds([step.created_at])
    took = end - begin if begin is not None and end is not None and end >= begin else None
    tokens, error = tokens_of(step.usage), error_of(step)
    calls = tuple(_as_written(call, texts) for call in calls_of(step.step_details))
    if len(calls) == 1:  # what is known of the step is known of the call
        calls = (evolve(calls[0], error=calls[0].error or error, tokens=tokens.total, duration=took),)
    return Row(
        number=number,
        id=step.id,
        kind=text_of(step.type_),
        status=text_of(step.status),
        calls=calls,
        bar=bar,
        duration=took,
        wait=wait,
        tokens=tokens,
        error=error,
        facts=_facts(step),
    )


def _as_written(call: Call, texts: Mapping[str, str]) -> Call:
    """Return a message with what it says in place of its id, where that is known."""
    if call.kind != "message_creation" or call.input not in texts:
        return call
    return evolve(call, id=call.input, input="", output=texts[call.input])


def _facts(step: RunStep) -> tuple[tuple[str, str], ...]:
    metadata = step.metadata.to_dict() if step.metadata else None
    pairs = (
        ("created_at", text_of(step.created_at)),
        ("completed_at", text_of(step.completed_at)),
        ("failed_at", text_of(step.failed_at)),
        ("cancelled_at", text_of(step.cancelled_at)),
        ("expired_at", text_of(step.expired_at)),
        ("expires_at", text_of(step.expires_at)),
        ("metadata", text_of(metadata) if metadata else ""),
        *((name, text_of(step[name])) for name in step.additional_keys),
    )
    return tuple((name, text) for name, text in pairs if text)


def tokens_of(usage: Usage | Unset | None) -> Tokens:
    """Return what a server tells about tokens; their sum where it leaves that out."""
    if not isinstance(usage, Usage):
        return Tokens()
    read, written, total = map(_count, (usage.prompt_tokens, usage.completion_tokens, usage.total_tokens))
    if total is None and not (read is None and written is None):
        total = (read or 0) + (written or 0)
    cached = usage.prompt_token_details.cached_tokens if usage.prompt_token_details else None
    reasoning = usage.completion_tokens_details.reasoning_tokens if usage.completion_tokens_details else None
    return Tokens(read, written, total, _count(cached), _count(reasoning))


def _count(number: int | Unset | None) -> int | None:
    return number if isinstance(number, int) else None


def _tokens_of_run(run: Run | None, rows: Sequence[Row]) -> Tokens:
    whole = tokens_of(run.usage) if run else Tokens()
    return whole if whole.total is not None else sum((row.tokens for row in rows), Tokens())


def sent_error(item: Run | RunStep) -> Any:
    """Return the error of a run or step as it was sent; None when there is none."""
    return item.last_error.to_dict() if item.last_error else item.additional_properties.get("last_error")


def error_of(item: Run | RunStep) -> str:
    """Return why a run or step ended as it did, in whatever form it was sent; empty when there is no reason."""
    found = reason_text(sent_error(item))
    if found or isinstance(item, RunStep):
        return found
    if item.incomplete_details:
        reason = text_of(item.incomplete_details.reason)
    else:
        reason = text_of(item.additional_properties.get("incomplete_details"))
    return f"incomplete: {reason}" if reason else ""


def required_of(run: Run | None) -> tuple[Call, ...]:
    """Return the calls that wait for the caller; of an action of unknown kind, the action itself."""
    action = run.required_action if run else None
    if not action:
        return ()
    asked = action.submit_tool_outputs or action.submit_tool_approval
    if asked and asked.tool_calls:
        return tuple(map(call_of, asked.tool_calls))
    return (Call(kind=text_of(action.type_), name=text_of(action.type_), input=text_of(action.to_dict())),)
