"""What an archive holds and lacks of what a pull was to bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import define, field

from run_steps.archive import Archive, Failure
from run_steps.errors import UnknownObject
from run_steps.pulling.parts import has_parts
from run_steps.pulling.targets import Target


@define
class Findings:
    """What an archive holds and lacks.

    Attributes:
        threads: Threads (count).
        runs: Runs (count).
        steps: Steps (count).
        complete: Runs of which it has everything (count).
        failures: What could not be pulled when it was last tried.
        has_parts: Whether parts of a pull that was stopped are still to be joined.
        still_going: Runs that were not over when they were pulled.
        incomplete: Runs that were over, and of which steps may be missing.
        never_reached: Targets it has nothing of.
    """

    threads: int
    runs: int
    steps: int
    complete: int
    failures: Sequence[Failure]
    has_parts: bool
    still_going: list[Target] = field(factory=list[Target])
    incomplete: list[Target] = field(factory=list[Target])
    never_reached: list[Target] = field(factory=list[Target])

    @property
    def is_complete(self) -> bool:
        """Whether the archive lacks nothing that is known of."""
        return not (self.still_going or self.incomplete or self.failures or self.never_reached or self.has_parts)


def check(archive: Archive, targets: Iterable[Target] = ()) -> Findings:
    """Look through an archive.

    Args:
        archive: The archive.
        targets: What it should have.
    """
    held = archive.summary()
    complete = held.runs - held.unfinished_runs
    findings = Findings(held.threads, held.runs, held.steps, complete, archive.failures(), has_parts(archive))
    for thread_id, run_id, completeness in archive.unfinished_runs():
        lacking = findings.still_going if completeness == "still going" else findings.incomplete
        lacking.append(Target(thread_id, run_id))
    threads = archive.listed_threads()
    findings.never_reached += (target for target in targets if not _is_reached(archive, threads, target))
    return findings


def _is_reached(archive: Archive, threads: frozenset[str], target: Target) -> bool:
    if target.run_id is None:
        return target.thread_id in threads
    try:
        archive.get_run(target.thread_id, target.run_id)
    except UnknownObject:
        return False
    return True
