"""Write a review as workflow commands, which GitHub shows at the changed line of a pull request."""

from __future__ import annotations

from workflow.review.findings import Finding, Level, Part
from workflow.review.report.common import HEADLINES, approval_warnings, count_text, version_text
from workflow.review.review import Review
from workflow.review.why import why

_COMMANDS = {Level.BREAKING: "error", Level.RISKY: "warning", Level.SAFE: "notice"}


def render(review: Review) -> str:
    """Return one annotation per finding that is not about text, and one for the whole."""
    lines = [_annotation(finding, review) for finding in review.shown if finding.worst_level in _COMMANDS]
    lines += [
        f"::error file={_property(review.revision)},title=version::{_message(version_text(check))}"
        for check in review.versions
        if check.enough is False
    ]
    lines += [f"::warning title=approval::{_message(warning)}" for warning in approval_warnings(review)]
    summary = f"{HEADLINES[review.verdict]} {count_text(review)}".strip()
    return "\n".join([*lines, f"::notice title=review::{_message(summary)}"]) + "\n"


def _annotation(finding: Finding, review: Review) -> str:
    reason = review.approved.reasons.get(finding.fingerprint)
    command = "notice" if reason else _COMMANDS[finding.worst_level]
    place = finding.location if finding.revision is not None or finding.part is Part.PACKAGE else None
    properties = [f"file={_property(place[0])}", f"line={place[1]}"] if place else []
    title = f"{finding.worst_level} {finding.rule} {finding.fingerprint}"
    python = [f"Python: {change.text}" for change in finding.python if change.text != finding.text]
    message = "\n".join(
        [f"{finding.text[:-1]}: {why(finding)}.", *python, *([f"Approved: {reason}"] if reason else [])]
    )
    return f"::{command} {','.join([*properties, f'title={_property(title)}'])}::{_message(message)}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
