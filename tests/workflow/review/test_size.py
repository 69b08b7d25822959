"""What a review costs grows with the size of the descriptions, and no faster."""

from __future__ import annotations

import time
from pathlib import Path

from tests.workflow.review.descriptions import TODAY
from tests.workflow.review.large_pair import write
from workflow.review.review import review
from workflow.review.sources import Source
from workflow.review.wire.reach import Node, hand_down

SMALL, LARGE = 1_500, 6_000
"""Lines of each description."""


def cost(folder: Path, lines: int) -> float:
    """Return what one review costs (seconds of this process)."""
    folder.mkdir()
    base, revision = (Source(str(path)) for path in write(folder, lines))
    start = time.process_time()
    result = review(base, revision, wire_only=True, approvals=[], today=TODAY)
    assert {"maximum-decreased", "enum-value-added", "became-optional"} <= {finding.rule for finding in result.findings}
    return time.process_time() - start


def test_four_times_the_lines_cost_about_four_times_as_much(tmp_path: Path) -> None:
    """Cost is linear in size; the bound leaves room for a busy machine, none for a square."""
    small = min(cost(tmp_path / name, SMALL) for name in ("first", "second"))
    assert cost(tmp_path / "large", LARGE) < small * LARGE / SMALL * 2.2


def test_what_reaches_a_circle_reaches_all_of_it() -> None:
    """Origins are handed down along every way, around circles too."""
    first, second, third, last, apart = (Node(origins=bit) for bit in (1, 2, 0, 0, 8))
    first.inner, second.inner, third.inner = [second], [third], [second, last]
    hand_down([last, third, first, second, apart])
    assert [node.origins for node in (first, second, third, last, apart)] == [1, 3, 3, 3, 8]
