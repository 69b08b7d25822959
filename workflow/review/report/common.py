"""What all reports share: how findings are grouped, counted and shown in the descriptions' own words."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Sequence

from attrs import frozen

from workflow.review.description import Place
from workflow.review.findings import Finding, Level, Part
from workflow.review.review import Review
from workflow.review.verdict import Verdict, VersionCheck

_MAX_EXCERPT = 12
_MAX_NAMED = 2

HEADLINES = {
    Verdict.BREAKING: "This change breaks clients.",
    Verdict.RISKY: "This change may break some clients.",
    Verdict.COMPATIBLE: "Clients go on working.",
    Verdict.DOCS: "Only what people read changed.",
    Verdict.NONE: "Nothing changed.",
}
"""One sentence per verdict."""


@frozen
class Group:
    """Findings that concern the same operations.

    Attributes:
        title: The operations, named or counted.
        operations: Their names.
        findings: The findings, worst first.
    """

    title: str
    operations: tuple[str, ...]
    findings: tuple[Finding, ...]


def groups(findings: Iterable[Finding]) -> list[Group]:
    """Group findings by the operations they concern, keeping their order; added operations make one group."""
    grouped: dict[tuple[Part, tuple[str, ...]], list[Finding]] = {}
    added: list[Finding] = []
    for finding in findings:
        if finding.rule == "operation-added":
            added.append(finding)
        else:
            grouped.setdefault((finding.part, finding.operations), []).append(finding)
    taken: set[str] = set()
    found: list[Group] = []
    for (part, operations), members in grouped.items():
        title = "The package" if part is Part.PACKAGE else _title(operations, taken)
        taken.add(title)
        found.append(Group(title, operations, tuple(members)))
    if added:
        operations = tuple(name for finding in added for name in finding.operations)
        found.append(Group("Added operations", operations, tuple(added)))
    return found


def _title(operations: Sequence[str], taken: Collection[str]) -> str:
    """Name a few operations and count the rest, in words that no other group has."""
    if not operations:
        return "The description as a whole"
    count = len(operations)
    for first in range(max(1, count - _MAX_NAMED + 1)):
        # The first are those of many groups; further on, others come.
        named = [operations[0], *operations[first + 1 : first + _MAX_NAMED]]
        title = ", ".join(named) + (f" and {count - len(named)} more" if count > len(named) else "")
        if title not in taken:
            return title
    return ", ".join(operations)


def counts(review: Review) -> dict[Level, int]:
    """Count the findings of each level, worst level first; levels without findings are left out."""
    found = {level: sum(finding.worst_level is level for finding in review.findings) for level in Level}
    return {level: count for level, count in found.items() if count}


def count_text(review: Review) -> str:
    """Say how many findings there are of each level, and how many of them are not shown."""
    hidden = len(review.findings) - len(review.shown)
    rest = f" ({hidden} below {review.least} not shown)" if hidden else ""
    return ", ".join(f"{count} {level}" for level, count in counts(review).items()) + rest


def version_text(check: VersionCheck) -> str:
    """Say what a version number has to become, and whether it did."""
    change = f"{check.base or 'none'} to {check.revision or 'none'}"
    if check.enough is None:
        return f"{check.name}: {change}; cannot be judged."
    if check.required == 0 and check.base == check.revision:
        return f"{check.name}: {check.base} may stay."
    ask = f"needs a {check.required.word} bump" if check.required else "needs no bump"
    verdict = "enough" if check.enough else "not enough"
    written = f"stayed {check.base}" if check.base == check.revision else f"went from {change}"
    return f"{check.name}: {ask}; it {written}, which is {verdict}."


def approval_warnings(review: Review) -> list[str]:
    """Say which approvals do not hold."""
    expired = [
        f"The approval of {approval.fingerprint} in line {approval.line} expired on {approval.expires}."
        for approval in review.approved.expired
    ]
    unused = [
        f"The approval of {approval.fingerprint} in line {approval.line} is unused: nothing here has that fingerprint."
        for approval in review.approved.unused
    ]
    return expired + unused


def is_missing(place: Place | None, other: Place | None) -> bool:
    """Whether something is not there on one side: its place is only what it would stand in."""
    if place is None:
        return True
    keys = place.keys()
    return other is not None and len(keys) < len(other.keys()) and other.keys()[: len(keys)] == keys


def excerpt(place: Place | None, other: Place | None) -> list[str]:
    """Return the lines of a description at a place, without their common indentation.

    Args:
        place: The place.
        other: The corresponding place of the other description.

    Returns:
        At most a dozen lines; none when the thing is not there.
    """
    if place is None or is_missing(place, other):
        return []
    lines = _lines(place.document.text)
    first = lines[place.line - 1]
    block = [first]
    for line in lines[place.line : place.line + _MAX_EXCERPT]:
        if line.strip() and _indentation(line) <= _indentation(first) and not _continues(first, line):
            break
        block.append(line)
    while block and not block[-1].strip():
        block.pop()
    shown = block[:_MAX_EXCERPT] + (["…"] if len(block) > _MAX_EXCERPT else [])
    margin = min((_indentation(line) for line in shown if line.strip() and line != "…"), default=0)
    return [line[margin:] if line != "…" else line for line in shown]


@functools.lru_cache(maxsize=8)
def _lines(text: str) -> list[str]:
    # What libyaml counts as the end of a line.
    return re.split("\r\n|[\n\r\x85\u2028\u2029]", text)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def _continues(first: str, line: str) -> bool:
    """Whether a line is an item of the sequence whose key stands in the first: YAML need not indent it."""
    return first.rstrip().endswith(":") and not first.lstrip().startswith("-") and line.lstrip().startswith("- ")
