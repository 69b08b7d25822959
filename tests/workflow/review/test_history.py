"""A small interface through six versions: what a review says of each step is kept, and read when it changes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.workflow.review.descriptions import TODAY
from tests.workflow.review.mirrors import mirrored
from workflow.review.findings import Finding
from workflow.review.review import Review, review
from workflow.review.sources import Source
from workflow.review.verdict import Verdict

FOLDER = Path(__file__).parent / "history"
VERSIONS = sorted(FOLDER.glob("*.yaml"))
GOLDEN = FOLDER / "reviews.txt"


def reviewed(base: Path, revision: Path) -> Review:
    """Review one step on the wire."""
    return review(Source(str(base)), Source(str(revision)), wire_only=True, approvals=[], today=TODAY)


def told(base: Path, revision: Path) -> str:
    """Tell a review in few words, without paths."""
    result = reviewed(base, revision)
    lines = [f"{base.stem} -> {revision.stem}: {result.verdict}, {result.bump.word}"]
    for finding in result.findings:
        lines += [f"  {finding.level:8} {finding.rule}: {finding.text} [{len(finding.operations)}]"]
    return "\n".join([*lines, ""])


def test_the_reviews_are_those_kept() -> None:
    """Every step is reviewed as in the golden file; where that shall change, write what `told` gives into it."""
    assert "\n".join(told(*pair) for pair in pairwise(VERSIONS)) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.stem)
def test_a_version_compared_with_itself_is_no_change(version: Path) -> None:
    """The verdict on no change is `none`."""
    assert reviewed(version, version).verdict is Verdict.NONE


@pytest.mark.parametrize("pair", list(pairwise(VERSIONS)), ids=lambda pair: f"{pair[0].stem}-{pair[1].stem}")
def test_the_way_back_mirrors_the_way_there(pair: tuple[Path, Path]) -> None:
    """Every finding from one version to the next has its opposite on the way back, at the exchanged lines."""
    there = sorted(signs(finding, exchanged=True) for finding in reviewed(*pair).findings)
    back = sorted(signs(finding, exchanged=False) for finding in reviewed(*pair[::-1]).findings)
    assert there == back


def signs(finding: Finding, *, exchanged: bool) -> tuple[str | int, ...]:
    """Return what tells a finding apart: rule, direction, subject and the lines in base and revision."""
    rule = mirrored(finding.rule) if exchanged else finding.rule
    lines = [place.line if place else 0 for place in (finding.base, finding.revision)]
    return rule, str(finding.direction), finding.identity, *(reversed(lines) if exchanged else lines)
