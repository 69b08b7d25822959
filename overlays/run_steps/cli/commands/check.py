"""`run-steps check`: whether an archive has everything as it was stored, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from attrs import asdict

from run_steps._words import count_text
from run_steps.archive import Archive, Damage, Failure, salvage
from run_steps.archive.lock import locked
from run_steps.cli.archive_notes import note_parts
from run_steps.cli.failures import PartlyDone, UsageFault
from run_steps.cli.output import write_json, write_line, write_note
from run_steps.cli.targets import given_targets, name_of
from run_steps.pulling import Findings, Target, check
from run_steps.shown_text import one_line

LONGEST_NAME = 120
"""Room for the ids of a thread and a run (cells); known ones have some 60."""

LINES_SHOWN = 10
"""How many of each kind are listed (count); `--json` has all."""


def check_archive(
    path: Path, words: Sequence[str], file: str | None, *, quick: bool, salvages: bool, seal: bool, as_json: bool
) -> None:
    """Say what an archive holds and lacks, and what of it is damaged.

    Args:
        path: The archive.
        words: Threads and runs that it should have.
        file: A file with further ones, `-` for standard input; None for none.
        quick: Whether to count only.
        salvages: Whether to make an archive that SQLite cannot read anew first, of what can be read of it.
        seal: Whether to give digests to what has none first, and to accept what is gone.
        as_json: Whether to say it as JSON.

    Raises:
        PartlyDone: It lacks something, or nothing proves that it is as it was stored.
    """
    if quick and seal:
        raise UsageFault("--quick reads nothing, and --seal everything: give one of them.")
    if salvages and (aside := salvage(path, on_wait=write_note)):
        write_note(f"{path} was made anew of what can be read of the damaged file, which is now {aside}.")
    if seal:
        Archive.open(path).close()  # so that none is made where there is none
        with locked(path, write_note), Archive.create(path) as writable:
            writable.seal()
    with Archive.open(path) as archive, given_targets(words, file) as given:
        findings = check(archive, given.targets, quick=quick)
        if as_json:
            write_json(asdict(findings))
        else:
            for line in report(findings, path, quick=quick):
                write_line(line)
            note_parts(archive)
    if not findings.is_complete:
        raise PartlyDone(f"{path} does not have everything as it was stored{'' if as_json else ', see above'}.")
    if not (findings.is_proved or quick):
        raise PartlyDone(f"Nothing proves that {path} is as it was stored: pull again, or give --seal.")


def report(findings: Findings, path: Path, *, quick: bool) -> Iterator[str]:
    """Yield the lines that report what was found."""
    threads, runs = count_text(findings.threads, "thread"), count_text(findings.runs, "run")
    counts = [threads, runs, count_text(findings.steps, "step"), count_text(findings.messages, "message")]
    *most, last = counts if findings.messages else counts[:-1]
    yield f"{path} has {', '.join(most)} and {last}; {findings.complete:,} of the runs complete."
    if findings.messages and findings.unlisted_messages:
        yield f"The messages of {count_text(findings.unlisted_messages, 'thread')} were not pulled."
    if findings.is_proved:
        yield "Everything was read, and is as it was stored."
    elif quick:
        yield "This was only counted: without --quick everything is read."
    parts: tuple[tuple[Sequence[Target | Failure | Damage], str], ...] = (
        (findings.damaged, "damaged; pull again while the server is there"),
        (findings.left_in_progress, "over with steps left in progress; they are as complete as they will be"),
        (findings.still_going, "still going when pulled; pull again when they are over"),
        (findings.incomplete, "incomplete; pull again while the server is there"),
        (findings.failures, "could not be pulled when last tried"),
        (findings.never_reached, "never reached"),
    )
    for found, what in parts:
        if found:
            yield f"{len(found):,} {what}:"
            yield from (f"  {_line(item)}" for item in islice(found, LINES_SHOWN))
        if len(found) > LINES_SHOWN:
            yield f"  and {len(found) - LINES_SHOWN:,} more, which --json lists"


def _line(item: Target | Failure | Damage) -> str:
    if isinstance(item, Damage) and item.thread_id is None:
        return item.message
    name = one_line(name_of(item), LONGEST_NAME)
    return name if isinstance(item, Target) or not item.message else f"{name}: {item.message}"
