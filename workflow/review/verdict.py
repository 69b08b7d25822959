"""Judge a review: the verdict, the version it asks for, and whether that version was given."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable

from attrs import frozen

from workflow.review.findings import Finding, Level, Part


class Verdict(enum.StrEnum):
    """The whole change in one word, worst first."""

    BREAKING = "breaking"
    RISKY = "risky"
    COMPATIBLE = "compatible"
    DOCS = "docs"
    NONE = "none"


class Bump(enum.IntEnum):
    """The part of a version number a change has to raise."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def word(self) -> str:
        """The name as people write it."""
        return self.name.lower()


_PRERELEASE = re.compile(r"\d[-._]?(?:a|b|c|rc|alpha|beta|dev|pre|preview)[-._]?\d*(?:\+|$)", re.IGNORECASE)


@frozen
class Version:
    """A version number, without what may follow the three numbers.

    Attributes:
        major: Raised for what breaks.
        minor: Raised for what is new; before 1.0, for what breaks.
        patch: Raised for the rest.
    """

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def bumped(self, bump: Bump) -> Version:
        """Return the next version after a bump."""
        if bump is Bump.MAJOR:
            return Version(self.major + 1, 0, 0)
        if bump is Bump.MINOR:
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major, self.minor, self.patch + (bump is Bump.PATCH))


@frozen
class VersionCheck:
    """Whether a version number was raised as far as the change asks.

    Attributes:
        name: Whose version it is, such as `info.version`.
        base: The version before, as written; None when there was none.
        revision: The version after, as written; None when there is none.
        required: The part that has to be raised.
        enough: Whether it was; None when the versions cannot be read.
    """

    name: str
    base: str | None
    revision: str | None
    required: Bump
    enough: bool | None

    @property
    def due(self) -> Version | None:
        """The version the change is released as: the one given when it is enough, else the least that would be."""
        before = parse_version(self.base)
        if self.enough or before is None:
            return parse_version(self.revision)
        return before.bumped(self.required)


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Return the verdict the worst finding gives."""
    return _verdict(finding.worst_level for finding in findings)


def contract_verdict(findings: Iterable[Finding]) -> Verdict:
    """Return the verdict on the description alone, whatever its changes did to the packages."""
    return _verdict(finding.level for finding in findings if finding.part is Part.CONTRACT)


def _verdict(levels: Iterable[Level]) -> Verdict:
    worst = max(levels, key=lambda level: level.weight, default=None)
    if worst is None:
        return Verdict.NONE
    return {
        Level.BREAKING: Verdict.BREAKING,
        Level.RISKY: Verdict.RISKY,
        Level.SAFE: Verdict.COMPATIBLE,
        Level.DOCS: Verdict.DOCS,
    }[worst]


def parse_version(text: str | None) -> Version | None:
    """Read a version number; None for anything else, such as a date."""
    found = re.match(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?!\d|-\d\d-\d\d)", text or "")
    return Version(*(int(part or 0) for part in found.groups())) if found else None


def required_bump(verdict: Verdict, base: Version | None) -> Bump:
    """Return the bump a verdict asks for; before 1.0, a breaking change raises the minor and all else the patch."""
    bump = {
        Verdict.BREAKING: Bump.MAJOR,
        Verdict.RISKY: Bump.MINOR,
        Verdict.COMPATIBLE: Bump.MINOR,
        Verdict.DOCS: Bump.PATCH,
        Verdict.NONE: Bump.NONE,
    }[verdict]
    if base is not None and base.major == 0 and bump in (Bump.MAJOR, Bump.MINOR):
        return Bump(bump - 1)
    return bump


def check_version(name: str, base: str | None, revision: str | None, verdict: Verdict) -> VersionCheck:
    """Check whether a version number was raised as far as a verdict asks.

    Args:
        name: Whose version it is.
        base: The version before, as written.
        revision: The version after, as written.
        verdict: What the change was judged.
    """
    before, after = parse_version(base), parse_version(revision)
    required = required_bump(verdict, before)
    enough = None
    if before is not None and after is not None:
        # A pre-release promises nothing yet beyond what its number promises for the release.
        is_next = base != revision and before == after and _PRERELEASE.search(base or "") is not None
        enough = is_next or (_numbers(after) >= _numbers(before) and _given(before, after) >= required)
    return VersionCheck(name, base, revision, required, enough)


def _given(before: Version, after: Version) -> Bump:
    if _numbers(after) <= _numbers(before):
        return Bump.NONE
    if after.major > before.major:
        return Bump.MAJOR
    return Bump.MINOR if after.minor > before.minor else Bump.PATCH


def _numbers(version: Version) -> tuple[int, int, int]:
    return version.major, version.minor, version.patch
