"""What an archive holds and lacks of what a pull was to bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import define, field

from run_steps.archive import Archive, Damage, Failure
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
        damaged: What is not as it was stored; empty also when that was not looked for.
        is_proved: Whether everything was read, and is as it was stored.
        left_in_progress: Runs that ended long ago and left a step in progress: complete, as nothing will change.
        still_going: Runs that were not over when they were pulled.
        incomplete: Runs that were over, and of which steps may be missing.
        never_reached: Targets it has nothing of.
        messages: Messages (count).
        unlisted_messages: Threads of which the messages were never pulled to the end (count), which may be as wanted.
    """

    threads: int
    runs: int
    steps: int
    complete: int
    failures: Sequence[Failure]
    has_parts: bool
    damaged: Sequence[Damage]
    is_proved: bool
    left_in_progress: list[Failure] = field(factory=list[Failure])
    still_going: list[Failure] = field(factory=list[Failure])
    incomplete: list[Failure] = field(factory=list[Failure])
    never_reached: list[Target] = field(factory=list[Target])
    messages: int = 0
    unlisted_messages: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether the archive lacks nothing that is known of."""
        lacks = (self.still_going, self.incomplete, self.failures, self.never_reached, self.damaged)
        return not (any(lacks) or self.has_parts)


def check(archive: Archive, targets: Iterable[Target] = (), *, quick: bool = False) -> Findings:
    """Look through an archive.

    Args:
        archive: The archive.
        targets: What it should have.
        quick: Whether to count only, and to read no payload: damage is not looked for then.
    """
    damaged = [] if quick else archive.damage()
    held = archive.summary()
    findings = Findings(
        held.threads,
        held.runs,
        held.steps,
        held.runs - held.unfinished_runs,
        archive.failures(),
        has_parts(archive),
        damaged,
        is_proved=not (quick or damaged) and archive.is_sealed,
        messages=held.messages,
        unlisted_messages=held.unlisted_messages,
    )
    # As failures, which may have ids that no target has.
    findings.left_in_progress += (Failure(*ids, "") for ids in archive.left_in_progress())
    for thread_id, run_id, completeness in archive.unfinished_runs():
        lacking = findings.still_going if completeness == "still going" else findings.incomplete
        lacking.append(Failure(thread_id, run_id, ""))
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
