"""What a review costs grows with the size of the descriptions, and no faster."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

from tests.workflow.review.descriptions import TODAY
from tests.workflow.review.large_pair import write
from workflow.review.review import review
from workflow.review.sources import Source
from workflow.review.wire.reach import Node, hand_down

SMALL, LARGE = 1_500, 6_000
"""Lines of each description."""


def cost(folder: Path, lines: int) -> int:
    """Return what one review costs (calls of functions: unlike seconds, the same on a busy machine)."""
    folder.mkdir()
    base, revision = (Source(str(path)) for path in write(folder, lines))
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        result = review(base, revision, wire_only=True, approvals=[], today=TODAY)
    finally:
        sys.setprofile(None)
    assert {"maximum-decreased", "enum-value-added", "became-optional"} <= {finding.rule for finding in result.findings}
    return calls


def test_four_times_the_lines_cost_about_four_times_as_much(tmp_path: Path) -> None:
    """Cost is linear in size; the bound leaves room for what grows a little faster, and none for a square."""
    cost(tmp_path / "first", SMALL)  # what is imported and cached at first use costs once
    small, large = cost(tmp_path / "small", SMALL), cost(tmp_path / "large", LARGE)
    assert large < small * LARGE / SMALL * 1.3


def test_what_reaches_a_circle_reaches_all_of_it() -> None:
    """Origins are handed down along every way, around circles too."""
    first, second, third, last, apart = (Node(origins=bit) for bit in (1, 2, 0, 0, 8))
    first.inner, second.inner, third.inner = [second], [third], [second, last]
    hand_down([last, third, first, second, apart])
    assert [node.origins for node in (first, second, third, last, apart)] == [1, 3, 3, 3, 8]
