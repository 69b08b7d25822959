"""One review: compare two descriptions, judge the result, apply the approvals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from workflow.review.approvals import Approval, Approved, apply
from workflow.review.changelog import draft
from workflow.review.description import Description, load
from workflow.review.findings import Finding, Level
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
    """

    base: str
    revision: str
    findings: tuple[Finding, ...]
    approved: Approved
    versions: tuple[VersionCheck, ...]
    changelog: str
    with_python: bool

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
    before, after = load(base), load(revision)
    findings = [
        evolve(finding, level=(severities or {}).get(finding.rule, finding.level))
        for finding in compare_descriptions(before, after, today, strict=strict)
    ]
    if not wire_only:
        from workflow.review.python.packages import compare_packages  # noqa: PLC0415 - the generator is slow to import

        packages = compare_packages(base, revision)
        findings, orphans = attribute(findings, packages.client, (before, after))
        if packages.generator is not None:
            findings.append(caused_by(packages.generator, orphans))
            orphans = []
        findings += package_findings([*orphans, *packages.overlays])
    findings.sort(key=lambda finding: -finding.worst_level.weight)
    verdict = verdict_of(findings)
    versions = [
        check_version("info.version", _contract_version(before), _contract_version(after), contract_verdict(findings))
    ]
    if not wire_only:
        given = package_version(base), package_version(revision)
        if all(given):
            versions.append(check_version("package version", *given, verdict))
    return Review(
        base=base.name(base.root),
        revision=revision.name(revision.root),
        findings=tuple(findings),
        approved=apply(approvals, findings, today),
        versions=tuple(versions),
        changelog=draft(findings, versions[-1].due),
        with_python=not wire_only,
    )


def _contract_version(description: Description) -> str | None:
    place = description.root.get("info", "version")
    return None if place is None or place.value is None else str(place.value)
