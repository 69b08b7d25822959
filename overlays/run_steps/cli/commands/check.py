"""`run-steps check`: whether an archive has everything, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from attrs import asdict

from run_steps._words import count_text
from run_steps.archive import Archive, Failure
from run_steps.cli.archive_notes import note_parts
from run_steps.cli.failures import PartlyDone
from run_steps.cli.output import write_json, write_line
from run_steps.cli.targets import given_targets, name_of
from run_steps.pulling import Findings, Target, check

LINES_SHOWN = 10
"""How many of each kind are listed (count); `--json` has all."""


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
        findings = check(archive, given.targets)
        if as_json:
            write_json(asdict(findings))
        else:
            for line in report(findings, path):
                write_line(line)
            note_parts(archive)
    if not findings.is_complete:
        raise PartlyDone(f"{path} does not have everything{'' if as_json else ', see above'}.")


def report(findings: Findings, path: Path) -> Iterator[str]:
    """Yield the lines that report what was found."""
    threads, runs = count_text(findings.threads, "thread"), count_text(findings.runs, "run")
    steps = count_text(findings.steps, "step")
    yield f"{path} has {threads}, {runs} and {steps}; {findings.complete:,} of the runs complete."
    parts: tuple[tuple[Sequence[Target | Failure], str], ...] = (
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


def _line(item: Target | Failure) -> str:
    return f"{name_of(item)}: {item.message}" if isinstance(item, Failure) else name_of(item)
