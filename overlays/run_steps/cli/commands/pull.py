"""`run-steps pull`: threads and runs of a server into an archive."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from attrs import asdict, define, frozen

from run_steps import RunSteps, Server
from run_steps._files import is_of_sqlite
from run_steps._words import count_text
from run_steps.archive import Archive, ArchiveError, DamagedArchive
from run_steps.cli.failures import Interrupted, PartlyDone, UsageFault, text_of_error
from run_steps.cli.output import write_json, write_line, write_note
from run_steps.cli.progress import Status, shown_progress
from run_steps.cli.source import ServerChoice, Source, choose_server, fields_to_include
from run_steps.cli.targets import GivenTargets, given_targets, name_of
from run_steps.cli.workers import Workers, open_workers
from run_steps.errors import (
    APIError,
    ConfigurationError,
    ConnectionFailed,
    RunStepsError,
    Unauthorized,
)
from run_steps.pulling import PullProgress, PullResult, Target, pull, pull_sharded
from run_steps.pulling.parts import parts_folder
from run_steps.pulling.targets import listed_threads

_MANY = 20
"""Targets of which a server with the right address would know at least one (count)."""

_QUICKLY_READ = 200_000_000
"""Up to this size an archive is read to its end before it is called safe (bytes), which takes some seconds."""

FAILURES_SHOWN = 10
"""Failures reported on stderr (count); `--json` has more, and the archive all of them."""


@frozen
class PullPlan:
    """What to pull, and how.

    Attributes:
        archive: The archive to pull into.
        words: Threads and runs of the command line.
        file: A file with further ones, `-` for standard input; None for none.
        concurrency: Requests under way at once, at most (count).
        include: Whether to ask for what servers leave out unless asked.
        messages: Whether to pull messages as well.
        all_threads: Whether to pull all threads that the server lists.
    """

    archive: Path
    words: Sequence[str]
    file: str | None
    concurrency: int
    include: bool
    messages: bool
    all_threads: bool


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
    is_named = bool(plan.words) or plan.file is not None
    if plan.all_threads and is_named:
        raise UsageFault("--all-threads pulls every thread: give it without targets and --from.")
    if not plan.all_threads and not is_named:
        raise UsageFault(
            "Name the threads or runs to pull, such as thread_1 or thread_1/run_1, or give --from or --all-threads."
        )
    _refuse_what_was_meant_otherwise(plan)
    with given_targets(plan.words, plan.file) as given, _how_to_go_on(plan.archive):
        choice = choose_server(source, os.environ)
        if plan.all_threads:
            with RunSteps(choice.open()) as client:
                result = _pull(choice, plan, workers, GivenTargets(listed_threads(client), None))
        else:
            result = _pull(choice, plan, workers, given)
    if as_json:
        write_json({**asdict(result), "failures": list(map(asdict, result.failures))})
    else:
        write_line(summary(result, plan.archive))
    for complaint in result.not_served:
        write_note(complaint)
    _report_failures(result, choice.base_url)


def summary(result: PullResult, archive: Path) -> str:
    """Return in one line what a pull did."""
    pulled = f"Pulled {count_text(result.pulled, 'run')} with {count_text(result.steps, 'step')}"
    if result.messages:
        pulled += f" and {count_text(result.messages, 'message')}"
    pulled += f" into {archive}"
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
        if not (safe := _safe_text(archive)):
            raise
        raise Interrupted(f"Interrupted. {safe}") from None
    except (ConfigurationError, DamagedArchive):  # whose messages say how
        raise
    except RunStepsError as error:
        if not (safe := _safe_text(archive)):
            raise
        kind = UsageFault if isinstance(error, UsageFault) else RunStepsError
        raise kind(f"{text_of_error(error)} {safe}") from error


def _refuse_what_was_meant_otherwise(plan: PullPlan) -> None:
    """Raise UsageFault for files in places where they cannot be meant."""
    files = [word for word in plan.words if Path(word).is_file()]
    if files and not plan.archive.exists() and is_of_sqlite(Path(files[0])):
        raise UsageFault(f"The archive comes first, and the targets behind it: pull {files[0]} {plan.archive}.")
    if files and len(plan.words) == 1 and plan.file is None:
        raise UsageFault(f"{files[0]} is a file: did you mean --from {files[0]}?")


def _safe_text(archive: Path) -> str:
    """Return what is safe in an archive, after looking; nothing when it cannot be read."""
    try:
        with Archive.open(archive) as opened:
            if archive.stat().st_size > _QUICKLY_READ or not opened.is_sealed:
                return f"What was pulled is in {archive}, which `run-steps check` proves; the same command goes on."
            if opened.damage():
                return f"`run-steps check {archive}` says what is damaged; the same command pulls it again."
    except ArchiveError:
        return ""
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
                messages=plan.messages,
                on_progress=lambda progress: show(_status(progress, taken)),
                on_wait=write_note,
            )
        everything = list(taken)
        shards = min(workers.shares, len(everything)) or 1
        show(Status(0, shards, "shards", 0))
        return pull_sharded(
            choice.open,
            plan.archive,
            everything,
            shards=shards,
            open_executor=open_executor,
            concurrency=plan.concurrency,
            include=include,
            messages=plan.messages,
            on_done=_shard_counter(shards, show),
            on_wait=write_note,
        )


def _reachable(server: Server, targets: Iterator[Target]) -> Iterator[Target]:
    """Ask a server for something once, so that a wrong address or key is reported now.

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
            pass  # of the thread rather than the server; the pull goes on to report it
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
        return f"target {self.count:,}" if self.known is None else f"target {self.count:,} of {self.known:,}"


def _status(progress: PullProgress, taken: _Taken) -> Status:
    result = progress.result
    done = result.pulled + result.skipped + result.failed
    place = str(taken) if progress.is_listing else ""
    return Status(done, progress.found, "runs", result.steps, place, quick=result.skipped)


def _shard_counter(shards: int, show: Callable[[Status], None]) -> Callable[[PullResult], None]:
    done = steps = 0

    def count(result: PullResult) -> None:
        nonlocal done, steps
        done, steps = done + 1, steps + result.steps
        show(Status(done, shards, "shards", steps))

    return count


def _report_failures(result: PullResult, base_url: str) -> None:
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
