"""What a review costs grows with the size of the descriptions, and no faster."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from tests.workflow.review.descriptions import TODAY, in_memory, with_response
from tests.workflow.review.large_pair import write
from workflow.review.review import Review, review
from workflow.review.sources import Source
from workflow.review.verdict import Verdict
from workflow.review.wire.reach import Node, hand_down

SMALL, LARGE = 1_500, 6_000
"""Lines of each description."""


def counted(action: Callable[[], Review]) -> tuple[int, Review]:
    """Return what an action costs (calls of functions: unlike seconds, the same on a busy machine), and its result."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        result = action()
    finally:
        sys.setprofile(None)
    return calls, result


def reviewed(base: Source, revision: Source) -> tuple[int, Review]:
    """Return what one review costs, and the review."""
    return counted(lambda: review(base, revision, wire_only=True, approvals=[], today=TODAY))


def cost(folder: Path, lines: int) -> int:
    """Return what the review of a large pair costs."""
    folder.mkdir()
    base, revision = (Source(str(path)) for path in write(folder, lines))
    calls, result = reviewed(base, revision)
    assert {"maximum-decreased", "enum-value-added", "became-optional"} <= {finding.rule for finding in result.findings}
    return calls


def test_four_times_the_lines_cost_about_four_times_as_much(tmp_path: Path) -> None:
    """Cost is linear in size; the bound leaves room for what grows a little faster, and none for a square."""
    cost(tmp_path / "first", SMALL)  # what is imported and cached at first use costs once
    small, large = cost(tmp_path / "small", SMALL), cost(tmp_path / "large", LARGE)
    assert large < small * LARGE / SMALL * 1.3


def test_a_file_against_itself_costs_a_tenth(tmp_path: Path) -> None:
    """What did not change need not be read whole; its version is told all the same."""
    base, revision = (Source(str(path)) for path in write(tmp_path, SMALL))
    pair, _ = reviewed(base, revision)
    alone, result = reviewed(base, base)

    assert alone < pair / 10
    assert (result.verdict, result.versions[0].base, result.versions[0].enough) == (Verdict.NONE, "1.0.0", True)


def test_what_refers_to_other_files_is_read_though_it_did_not_change(tmp_path: Path) -> None:
    """A description is unchanged when the files it refers to are, too."""
    for name, kind in (("base", "string"), ("revision", "integer")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "api.yaml").write_text(
            "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {$ref: other}\n", encoding="utf-8"
        )
        answer = f"{{description: d, content: {{application/json: {{schema: {{type: {kind}}}}}}}}}"
        (tmp_path / name / "other").write_text(f"/a: {{get: {{responses: {{'200': {answer}}}}}}}\n", encoding="utf-8")
    _, result = reviewed(Source(str(tmp_path / "base/api.yaml")), Source(str(tmp_path / "revision/api.yaml")))

    assert result.verdict is Verdict.BREAKING


def graph(schemas: int, kind: str) -> Source:
    """Describe schemas that refer to eight others each, and to unions of three."""
    names = [f"S{number}" for number in range(schemas)]
    chosen = random.Random(schemas)
    described: dict[str, Any] = {}
    for name in names:
        properties: dict[str, Any] = {other: reference(other) for other in chosen.sample(names, 8)}
        properties["any"] = {"oneOf": [reference(other) for other in chosen.sample(names, 3)]}
        described[name] = {"type": "object", "properties": properties}
    described["S3"]["properties"]["extra"] = {"type": kind}
    return in_memory(with_response(reference("S0"), schemas=described))


def reference(name: str) -> dict[str, str]:
    """Refer to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def test_circles_of_schemas_cost_what_their_size_does() -> None:
    """Eight times the schemas, all of which lead to one another and to a change, cost about eight times as much."""
    reviewed(graph(20, "string"), graph(20, "integer"))
    small, large = (reviewed(graph(size, "string"), graph(size, "integer")) for size in (20, 160))

    assert large[1].verdict is Verdict.BREAKING
    assert large[0] < small[0] * 8 * 1.5


def test_what_reaches_a_circle_reaches_all_of_it() -> None:
    """Origins are handed down along every way, around circles too."""
    first, second, third, last, apart = (Node(origins=bit) for bit in (1, 2, 0, 0, 8))
    first.inner, second.inner, third.inner = [second], [third], [second, last]
    hand_down([last, third, first, second, apart])
    assert [node.origins for node in (first, second, third, last, apart)] == [1, 3, 3, 3, 8]
