"""The run of a stream of events and what it wrote, stored in an archive: what `pull --sse` does."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from attrs import asdict, evolve

from run_steps._received import ReceivedItem, json_text, parse_received_item
from run_steps.archive import Archive
from run_steps.archive.lock import locked
from run_steps.cli.commands.pull import PullPlan, pull_runs, summary
from run_steps.cli.failures import PartlyDone
from run_steps.cli.output import write_json, write_line, write_note
from run_steps.cli.source import Source, choose_server
from run_steps.cli.streams import read_stream
from run_steps.cli.workers import Workers
from run_steps.errors import RunStepsError, UnknownObject
from run_steps.pulling import PullResult
from run_steps.streaming import StreamEvent
from run_steps.watching import is_over
from run_steps_api.models import Run, RunStep
from run_steps_api.types import UNSET

_WRITTEN = frozenset({"completed", "incomplete"})
"""Statuses of a message, and last words of events, after which nothing of it changes."""


def store_stream(source: Source, plan: PullPlan, file: str, *, finish: bool, as_json: bool) -> None:
    """Store the run of a stream of events and its messages in an archive, and say what was done.

    A run that is complete there stays, and so do messages.

    Args:
        source: The server the run is on.
        plan: The archive, and how to pull into it what the stream lacks.
        file: The stream, `-` for standard input.
        finish: Whether to do that; otherwise nothing is asked for.
        as_json: Whether to say it as JSON.

    Raises:
        PartlyDone: The stream is not proved to have all of the run.
        StreamFailed: The server told an error within the stream; what it told before is stored.
        RunStepsError: The stream does not tell the run and its thread.
    """
    base_url = choose_server(source, os.environ).open().base_url
    sent: dict[str, ReceivedItem] = {}
    written: dict[str, ReceivedItem] = {}

    def note(event: StreamEvent) -> None:
        is_message = plan.messages and _ends_message(event)
        if is_message or (event.kind is not None and event.delta is None):
            received = ReceivedItem.from_dict(parse_received_item(event.raw.data.encode()))
            (written if is_message else sent)[received.id or ""] = received

    with read_stream(file, note, finish=finish) as stream:
        run = stream.run
        if run is None or not isinstance(run.thread_id, str):
            raise RunStepsError("The stream does not tell which run of which thread it is about.")
        # A file may hold streams of several runs, and only the last run is known whole.
        steps = [_as_sent(step, sent) for step in stream.steps if step.run_id in (run.id, None, UNSET)]
        with locked(plan.archive, write_note), Archive.create(plan.archive) as archive:
            result = _store(archive, base_url, run.thread_id, _as_sent(run, sent), steps, is_all=stream.is_complete)
            result += _store_messages(archive, base_url, run.thread_id, written)
        lacks_something = result.pulled > 0 and not stream.is_complete
        if finish and lacks_something:
            pull_runs(source, evolve(plan, words=[f"{run.thread_id}/{run.id}"]), Workers(None, None), as_json=as_json)
            return
        if as_json:
            write_json(asdict(result))
        else:
            write_line(summary(result, plan.archive))
    if lacks_something:
        raise PartlyDone(
            f"The stream is not proved to have all of the run: pull {run.thread_id}/{run.id} while its server is there."
        )


def _ends_message(event: StreamEvent) -> bool:
    """Return whether an event holds a message as it will stay."""
    match event.payload:
        case {"object": "thread.message", "id": str(message_id), "status": str(status)}:
            return bool(message_id) and status in _WRITTEN
        case {"id": str(message_id)}:
            name, _, last_word = event.name.rpartition(".")
            return bool(message_id) and name == "thread.message" and last_word in _WRITTEN
        case _:
            return False


def _store(
    archive: Archive, base_url: str, thread_id: str, run: ReceivedItem, steps: Sequence[ReceivedItem], *, is_all: bool
) -> PullResult:
    """Store a run as far as a stream told it; what is known of it already stays in its place, and as it ended."""
    run_id = run.id or ""
    if archive.is_finished(thread_id, run_id):
        return PullResult(skipped=1)
    known_run, known_steps = _known(archive, thread_id, run_id)
    for step in steps:
        before = known_steps.get(step.id or "")
        if before is None or is_over(RunStep.from_dict(step.value)) or not is_over(RunStep.from_dict(before.value)):
            known_steps[step.id or ""] = step
    is_news = known_run is None or is_over(Run.from_dict(run.value)) or not is_over(known_run)
    archive.put_runs(base_url, thread_id, [run] if is_news else [])
    archive.put_steps(thread_id, run_id, 0, list(known_steps.values()), is_last=is_all)
    return PullResult(pulled=1, steps=len(steps))


def _store_messages(archive: Archive, base_url: str, thread_id: str, written: Mapping[str, ReceivedItem]) -> PullResult:
    """Store the messages of a thread that are not there; they are not all of it, so the next pull lists them still."""
    news = [
        message
        for message_id, message in written.items()
        if message.value.get("thread_id") in (thread_id, None) and not archive.has_messages(thread_id, [message_id])
    ]
    if news:
        archive.put_runs(base_url, thread_id, [])  # which refuses a thread of another server
        archive.put_messages(thread_id, None, news)
    return PullResult(messages=len(news))


def _known(archive: Archive, thread_id: str, run_id: str) -> tuple[Run | None, dict[str, ReceivedItem]]:
    """Return what an archive has of a run, its steps by their ids, oldest first."""
    try:
        run = archive.run(thread_id, run_id)
    except UnknownObject:
        return None, {}
    ids = [step.id for step in archive.list(thread_id, run_id, order="asc")]
    items = [archive.get_step(thread_id, run_id, step_id) for step_id in ids]
    return run, {item.id: ReceivedItem(item.id, item.text, item.value) for item in items}


def _as_sent(item: Run | RunStep, sent: Mapping[str, ReceivedItem]) -> ReceivedItem:
    """Return a run or step as the server sent it, or else as its deltas made it."""
    received, value = sent.get(item.id), item.to_dict()
    if received is not None and received.value == value:
        return received
    return ReceivedItem(item.id, json_text(value, allow_nan=True), value)
