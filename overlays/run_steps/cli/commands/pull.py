"""`run-steps pull`: threads and runs of a server into an archive."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from attrs import asdict, define, frozen

from run_steps import RunSteps, Server
from run_steps._received import ReceivedItem, json_text, parse_received_item
from run_steps._words import count_text
from run_steps.archive import Archive
from run_steps.cli.failures import Interrupted, PartlyDone, UsageFault, text_of_error
from run_steps.cli.output import write_json, write_line, write_note
from run_steps.cli.progress import Status, shown_progress
from run_steps.cli.source import ServerChoice, Source, choose_server, fields_to_include
from run_steps.cli.streams import read_stream
from run_steps.cli.targets import GivenTargets, given_targets, name_of
from run_steps.cli.workers import Workers, open_workers
from run_steps.errors import (
    APIError,
    ConfigurationError,
    ConnectionFailed,
    RunStepsError,
    Unauthorized,
    UnknownObject,
)
from run_steps.export.destination import is_of_sqlite
from run_steps.pulling import PullProgress, PullResult, Target, pull, pull_sharded
from run_steps.pulling.parts import parts_folder
from run_steps.streaming import StreamEvent
from run_steps.watching import is_over
from run_steps_api.models import Run, RunStep
from run_steps_api.types import UNSET

_MANY = 20
"""Targets of which a server with the right address would know at least one (count)."""

FAILURES_SHOWN = 10
"""Failures told on stderr (count); `--json` has more, and the archive all of them."""


@frozen
class PullPlan:
    """What to pull, and how.

    Attributes:
        archive: The archive to pull into.
        words: Threads and runs of the command line.
        file: A file with further ones, `-` for standard input; None for none.
        concurrency: Requests under way at once, at most (count).
        include: Whether to ask for what servers leave out unless asked.
    """

    archive: Path
    words: Sequence[str]
    file: str | None
    concurrency: int
    include: bool


def pull_runs(source: Source, plan: PullPlan, workers: Workers, *, as_json: bool) -> None:
    """Pull threads and runs into an archive, and say what was done.

    Args:
        source: The server.
        plan: What to pull, and how.
        workers: Where to do it.
        as_json: Whether to say it as JSON.

    Raises:
        PartlyDone: Some runs could not be pulled.
        RunStepsError: None could.
        Interrupted: Ctrl-C was pressed; what was pulled is safe.
    """
    if not plan.words and plan.file is None:
        raise UsageFault("Name the threads or runs to pull, such as thread_1 or thread_1/run_1, or give --from FILE.")
    _refuse_what_was_meant_otherwise(plan)
    with given_targets(plan.words, plan.file) as given, _how_to_go_on(plan.archive):
        choice = choose_server(source, os.environ)
        result = _pull(choice, plan, workers, given)
    if as_json:
        write_json({**asdict(result), "failures": list(map(asdict, result.failures))})
    else:
        write_line(summary(result, plan.archive))
    _tell_failures(result, choice.base_url)


def store_stream(source: Source, archive: Path, file: str, *, as_json: bool) -> None:
    """Store the run of a stream of events in an archive, and say what was done. A run that is complete there stays.

    Args:
        source: The server the run is on; nothing is asked for there.
        archive: The archive.
        file: The stream, `-` for standard input.
        as_json: Whether to say it as JSON.

    Raises:
        PartlyDone: The stream is not proved to have all of the run.
        StreamFailed: The server told an error within the stream; what it told before is stored.
        RunStepsError: The stream does not tell the run and its thread.
    """
    base_url = choose_server(source, os.environ).open().base_url
    sent: dict[str, ReceivedItem] = {}

    def note(event: StreamEvent) -> None:
        if event.kind is not None and event.delta is None:
            received = ReceivedItem.from_dict(parse_received_item(event.raw.data.encode()))
            sent[received.id or ""] = received

    with read_stream(file, note) as stream:
        run = stream.run
        if run is None or not isinstance(run.thread_id, str):
            raise RunStepsError("The stream does not tell which run of which thread it is about.")
        # A file may hold streams of several runs, and only the last run is known whole.
        steps = [_as_sent(step, sent) for step in stream.steps if step.run_id in (run.id, None, UNSET)]
        result = _store(archive, base_url, run.thread_id, _as_sent(run, sent), steps, is_all=stream.is_complete)
        if as_json:
            write_json(asdict(result))
        else:
            write_line(summary(result, archive))
    if result.pulled and not stream.is_complete:
        raise PartlyDone(
            f"The stream is not proved to have all of the run: pull {run.thread_id}/{run.id} while its server is there."
        )


def _store(
    path: Path, base_url: str, thread_id: str, run: ReceivedItem, steps: Sequence[ReceivedItem], *, is_all: bool
) -> PullResult:
    """Store a run as far as a stream told it; what is known of it already stays in its place, and as it ended."""
    run_id = run.id or ""
    with Archive.create(path) as archive:
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


def summary(result: PullResult, archive: Path) -> str:
    """Return in one line what a pull did."""
    pulled = f"Pulled {count_text(result.pulled, 'run')} with {count_text(result.steps, 'step')} into {archive}"
    return f"{pulled}; {result.skipped:,} were complete already." if result.skipped else f"{pulled}."


@contextmanager
def _how_to_go_on(archive: Path) -> Generator[None]:
    """Let whatever ends the pull in the `with` block say what is safe, once there is something.

    Raises:
        Interrupted: Ctrl-C was pressed.
        UsageFault: A target cannot be read.
        RunStepsError: The pull cannot go on.
    """
    try:
        yield
    except KeyboardInterrupt:
        if not archive.exists():
            raise
        raise Interrupted(f"Interrupted. {_safe_text(archive)}") from None
    except ConfigurationError:
        raise
    except RunStepsError as error:
        if not archive.exists():
            raise
        kind = UsageFault if isinstance(error, UsageFault) else RunStepsError
        raise kind(f"{text_of_error(error)} {_safe_text(archive)}") from error


def _refuse_what_was_meant_otherwise(plan: PullPlan) -> None:
    """Raise UsageFault for files in places where they cannot be meant."""
    files = [word for word in plan.words if Path(word).is_file()]
    if files and not plan.archive.exists() and is_of_sqlite(Path(files[0])):
        raise UsageFault(f"The archive comes first, and the targets behind it: pull {files[0]} {plan.archive}.")
    if files and len(plan.words) == 1 and plan.file is None:
        raise UsageFault(f"{files[0]} is a file: did you mean --from {files[0]}?")


def _safe_text(archive: Path) -> str:
    folder = parts_folder(archive)
    places = f"{archive} and the folder {folder}, which is to be kept" if folder.exists() else f"{archive}"
    return f"What was pulled is safe in {places}; the same command goes on from there."


def _pull(choice: ServerChoice, plan: PullPlan, workers: Workers, given: GivenTargets) -> PullResult:
    include = fields_to_include(include=plan.include)
    open_executor = open_workers(workers)
    server = choice.open()
    taken = _Taken(_reachable(server, given.targets), given.known)
    with shown_progress() as show:
        if open_executor is None:
            return pull(
                server,
                plan.archive,
                taken,
                concurrency=plan.concurrency,
                include=include,
                on_progress=lambda progress: show(_status(progress, taken)),
            )
        everything = list(taken)
        shards = min(workers.shards, len(everything)) or 1
        show(Status(0, shards, "shards", 0))
        return pull_sharded(
            choice.open,
            plan.archive,
            everything,
            shards=shards,
            open_executor=open_executor,
            concurrency=plan.concurrency,
            include=include,
            on_done=_shard_counter(shards, show),
        )


def _reachable(server: Server, targets: Iterator[Target]) -> Iterator[Target]:
    """Ask a server for something once, so that a wrong address or key is told now.

    A pull is patient with a server that goes away for a while, and would be with one that was never there.

    Raises:
        ConnectionFailed: The server cannot be reached.
        Unauthorized: It does not accept the key.
    """
    first = next(targets, None)
    if first is None:
        return targets
    with RunSteps(server) as client:
        try:
            next(iter(client.runs(first.thread_id, max_items=1)), None)
        except (ConnectionFailed, Unauthorized):
            raise
        except APIError:
            pass  # of the thread rather than the server; the pull goes on to tell it
    return chain([first], targets)


@define
class _Taken:
    """Targets that are counted as they are taken, of as many as are known."""

    targets: Iterator[Target]
    known: int | None
    count: int = 0

    def __iter__(self) -> Iterator[Target]:
        for target in self.targets:
            self.count += 1
            yield target

    def __str__(self) -> str:
        return "" if self.known is None else f"at target {self.count:,} of {self.known:,}"


def _status(progress: PullProgress, taken: _Taken) -> Status:
    result = progress.result
    done = result.pulled + result.skipped + result.failed
    return Status(
        done,
        None if progress.is_listing else progress.found,
        "runs",
        result.steps,
        str(taken) if progress.is_listing else "",
    )


def _shard_counter(shards: int, show: Callable[[Status], None]) -> Callable[[PullResult], None]:
    done = steps = 0

    def count(result: PullResult) -> None:
        nonlocal done, steps
        done, steps = done + 1, steps + result.steps
        show(Status(done, shards, "shards", steps))

    return count


def _tell_failures(result: PullResult, base_url: str) -> None:
    """Say what could not be pulled from a server, if anything.

    Raises:
        PartlyDone: Some could not.
        RunStepsError: None could.
    """
    if not result.failed:
        return
    for failure in result.failures[:FAILURES_SHOWN]:
        write_note(f"{name_of(failure)}: {failure.message}")
        if failure.run_id is None and failure.thread_id.startswith("run_"):
            write_note(f"{failure.thread_id} looks like a run: name it with its thread, THREAD/{failure.thread_id}.")
    if result.failed > FAILURES_SHOWN:
        write_note(f"and {result.failed - FAILURES_SHOWN:,} more.")
    if result.failed >= _MANY and result.pulled == result.skipped == 0 and result.not_found == result.failed:
        raise RunStepsError(f"Nothing was found: {base_url} knows none of {result.failed:,}. Is the base URL right?")
    kind = PartlyDone if result.pulled or result.skipped else RunStepsError
    raise kind(f"{result.failed:,} could not be pulled, see above; the same command tries them again.")
