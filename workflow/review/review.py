"""One review: compare two descriptions, judge the result, apply the approvals."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from workflow.document import DocumentError
from workflow.review.approvals import Approval, Approved, apply
from workflow.review.changelog import draft
from workflow.review.description import Description, load
from workflow.review.findings import Finding, Level
from workflow.review.glance import glanced_version
from workflow.review.python.causes import attribute, caused_by, package_findings
from workflow.review.python.version import package_version
from workflow.review.sources import Source
from workflow.review.verdict import (
    Bump,
    Verdict,
    VersionCheck,
    check_version,
    contract_verdict,
    verdict_of,
)
from workflow.review.wire.operations import compare_descriptions


@frozen
class Review:
    """Everything a report tells.

    Attributes:
        base: Name of the description before.
        revision: Name of the description after.
        findings: What changed, worst first.
        approved: Which changes are accepted, and approvals that do not hold.
        versions: Whether version numbers were raised far enough.
        changelog: Draft of an entry; empty when there is nothing to tell.
        with_python: Whether the packages were compared too.
        least: The level from which reports show findings; they count all.
    """

    base: str
    revision: str
    findings: tuple[Finding, ...]
    approved: Approved
    versions: tuple[VersionCheck, ...]
    changelog: str
    with_python: bool
    least: Level = Level.DOCS

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that reports show."""
        return tuple(finding for finding in self.findings if finding.worst_level.weight >= self.least.weight)

    @property
    def verdict(self) -> Verdict:
        """The whole change in one word, approvals or not: they do not make a change smaller."""
        return verdict_of(self.findings)

    @property
    def bump(self) -> Bump:
        """The part of the version the change has to raise."""
        return max(check.required for check in self.versions)

    def open_findings(self, threshold: Level) -> list[Finding]:
        """Return the findings at or above a level that nobody approved."""
        return [
            finding
            for finding in self.findings
            if finding.worst_level.weight >= threshold.weight and finding.fingerprint not in self.approved.reasons
        ]


def review(
    base: Source,
    revision: Source,
    *,
    wire_only: bool,
    approvals: Sequence[Approval],
    today: dt.date,
    strict: bool = False,
    severities: Mapping[str, Level] | None = None,
) -> Review:
    """Review the change from one description to another.

    Args:
        base: The description before.
        revision: The description after.
        wire_only: Whether to leave the packages alone.
        approvals: Changes that are accepted.
        today: The day that decides which sunsets and approvals have passed.
        strict: Whether set theory alone decides about properties that come to closed objects of responses.
        severities: Levels that rules have here instead of their own.

    Raises:
        DocumentError: A description cannot be read, compared or generated from.
    """
    findings: list[Finding] = []
    glanced = _glanced_version(base, revision) if wire_only else None
    given: tuple[str | None, str | None] = glanced, glanced
    if glanced is None:
        before = load(base)
        after = before if _is_unchanged(before, revision) else load(revision)
        given = _contract_version(before), _contract_version(after)
        findings = [
            evolve(finding, level=severities[finding.rule], is_set=True)
            if severities and finding.rule in severities
            else finding
            for finding in compare_descriptions(before, after, today, strict=strict)
        ]
        if not wire_only:
            findings = _with_packages(findings, (base, revision), (before, after))
    findings.sort(key=lambda finding: -finding.worst_level.weight)
    versions = [check_version("info.version", *given, contract_verdict(findings))]
    if not wire_only:
        packages = package_version(base), package_version(revision)
        if all(packages):
            versions.append(check_version("package version", *packages, verdict_of(findings)))
    return Review(
        base=base.name(base.root),
        revision=revision.name(revision.root),
        findings=tuple(findings),
        approved=apply(approvals, findings, today),
        versions=tuple(versions),
        changelog=draft(findings, versions[-1].due),
        with_python=not wire_only,
    )


def _with_packages(
    findings: list[Finding], sources: tuple[Source, Source], descriptions: tuple[Description, Description]
) -> list[Finding]:
    """Add what changed in the packages, under what caused it or by itself."""
    from workflow.review.python.packages import compare_packages  # noqa: PLC0415 - the generator is slow to import

    packages = compare_packages(*sources)
    findings, orphans = attribute(findings, packages.client, descriptions)
    if packages.generator is not None:
        findings.append(caused_by(packages.generator, orphans))
        orphans = []
    return [*findings, *package_findings([*orphans, *packages.overlays])]


def _glanced_version(base: Source, revision: Source) -> str | None:
    """Return the version of a description that is the same before and after; None where more must be read."""
    try:
        text = base.text(base.root)
        return glanced_version(text) if text == revision.text(revision.root) else None
    except DocumentError:
        return None


def _is_unchanged(before: Description, revision: Source) -> bool:
    """Whether every file of a description is the same on the other side, to the letter."""
    home = posixpath.dirname(revision.root)
    try:
        for way, text in before.texts().items():
            path = posixpath.join(home, way) if way else revision.root
            revision.check_within(path)
            if revision.text(path) != text:
                return False
    except DocumentError:
        return False
    return True


def _contract_version(description: Description) -> str | None:
    place = description.root.get("info", "version")
    return None if place is None or place.value is None else str(place.value)
