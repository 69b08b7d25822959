"""`run-steps check`: whether an archive has everything, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from attrs import asdict, define, field

from run_steps._words import count_text
from run_steps.archive import Archive, Failure
from run_steps.cli.failures import PartlyDone
from run_steps.cli.output import write_json, write_line
from run_steps.cli.targets import given_targets, name_of
from run_steps.cli.wholeness import has_parts, note_parts
from run_steps.pulling import Target
from run_steps.stores import UnknownObject
from run_steps.watching import is_over

LINES_SHOWN = 10
"""How many of each kind are listed (count); `--json` has all."""


@define
class Findings:
    """What an archive holds and lacks.

    Attributes:
        threads: Threads (count).
        runs: Runs (count).
        steps: Steps (count).
        whole: Runs of which it has everything (count).
        still_going: Runs that were not over when they were pulled.
        not_whole: Runs that were over, and of which steps may be missing.
        failures: What could not be pulled when it was last tried.
        never_reached: Targets it has nothing of.
        has_parts: Whether parts of a pull that was stopped are still to be joined.
    """

    threads: int
    runs: int
    steps: int
    whole: int
    failures: Sequence[Failure]
    has_parts: bool
    still_going: list[Target] = field(factory=list[Target])
    not_whole: list[Target] = field(factory=list[Target])
    never_reached: list[Target] = field(factory=list[Target])

    @property
    def is_whole(self) -> bool:
        """Whether the archive lacks nothing that is known of."""
        return not (self.still_going or self.not_whole or self.failures or self.never_reached or self.has_parts)


def check_archive(path: Path, words: Sequence[str], file: str | None, *, as_json: bool) -> None:
    """Say what an archive holds and lacks.

    Args:
        path: The archive.
        words: Threads and runs that it should have.
        file: A file with further ones, `-` for standard input; None for none.
        as_json: Whether to say it as JSON.

    Raises:
        PartlyDone: It lacks something.
    """
    with Archive.open(path) as archive, given_targets(words, file) as given:
        findings = examine(archive, given.targets)
        if as_json:
            write_json(asdict(findings))
        else:
            for line in report(findings, path):
                write_line(line)
            note_parts(archive)
    if not findings.is_whole:
        raise PartlyDone(f"{path} does not have everything{'' if as_json else ', see above'}.")


def examine(archive: Archive, targets: Iterable[Target]) -> Findings:
    """Look through an archive.

    Args:
        archive: The archive.
        targets: What it should have.
    """
    held = archive.summary()
    whole = held.runs - held.unfinished_runs
    findings = Findings(held.threads, held.runs, held.steps, whole, archive.failures(), has_parts(archive))
    threads = archive.listed_threads()
    if held.unfinished_runs:
        for thread_id in archive.threads():
            _sort_unfinished(archive, thread_id, findings)
    findings.never_reached += (target for target in targets if not _is_reached(archive, threads, target))
    return findings


def report(findings: Findings, path: Path) -> Iterator[str]:
    """Yield the lines that tell a person what was found."""
    threads, runs = count_text(findings.threads, "thread"), count_text(findings.runs, "run")
    steps = count_text(findings.steps, "step")
    yield f"{path} has {threads}, {runs} and {steps}; {findings.whole:,} of the runs whole."
    parts: tuple[tuple[Sequence[Target | Failure], str], ...] = (
        (findings.still_going, "still going when pulled; pull again when they are over"),
        (findings.not_whole, "not whole; pull again while the server is there"),
        (findings.failures, "could not be pulled when last tried"),
        (findings.never_reached, "never reached"),
    )
    for found, what in parts:
        if found:
            yield f"{len(found):,} {what}:"
            yield from (f"  {_line(item)}" for item in islice(found, LINES_SHOWN))
        if len(found) > LINES_SHOWN:
            yield f"  and {len(found) - LINES_SHOWN:,} more, which --json lists"


def _sort_unfinished(archive: Archive, thread_id: str, findings: Findings) -> None:
    finished = archive.finished_runs(thread_id)
    for run in archive.runs(thread_id, order="asc"):
        if run.id not in finished:
            (findings.not_whole if is_over(run) else findings.still_going).append(Target(thread_id, run.id))


def _is_reached(archive: Archive, threads: frozenset[str], target: Target) -> bool:
    if target.run_id is None:
        return target.thread_id in threads
    try:
        archive.get_run(target.thread_id, target.run_id)
    except UnknownObject:
        return False
    return True


def _line(item: Target | Failure) -> str:
    return f"{name_of(item)}: {item.message}" if isinstance(item, Failure) else name_of(item)
