"""Draft the entry of the changelog, in the form of Keep a Changelog."""

from __future__ import annotations

from collections.abc import Sequence

from workflow.review.findings import Finding, Level
from workflow.review.verdict import Version

_SECTIONS = ("Added", "Changed", "Deprecated", "Removed")


def draft(findings: Sequence[Finding], version: Version | None) -> str:
    """Write an entry about everything users may notice; changes of text are left out.

    Args:
        findings: What changed.
        version: The version the changes ask for; the entry is headed Unreleased when it is not known.

    Returns:
        Markdown, empty when there is nothing to tell.
    """
    entries = drafted(findings)
    if not any(entries.values()):
        return ""
    heading = f"## [{version or 'Unreleased'}]"
    sections = [f"### {section}\n\n" + "\n".join(lines) for section, lines in entries.items() if lines]
    return "\n\n".join([heading, *sections]) + "\n"


def drafted(findings: Sequence[Finding]) -> dict[str, dict[str, Finding]]:
    """Return a line for everything users may notice, with the first finding that says so, by section."""
    entries: dict[str, dict[str, Finding]] = {section: {} for section in _SECTIONS}
    for finding in findings:
        if finding.level is not Level.DOCS:
            prefix = "**Breaking:** " if finding.worst_level is Level.BREAKING else ""
            entries[_section(finding)].setdefault(f"- {prefix}{finding.text}", finding)
    return entries


def _section(finding: Finding) -> str:
    if finding.rule == "deprecated":
        return "Deprecated"
    action = finding.rule.rpartition("-")[2]
    is_thing = not finding.rule.startswith(("enum-", "minimum", "maximum", "pattern", "format", "default"))
    return {"added": "Added", "removed": "Removed"}.get(action, "Changed") if is_thing else "Changed"
