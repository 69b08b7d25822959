"""Write a review as Markdown for the comment of a pull request."""

from __future__ import annotations

import html
import re

from workflow.review.findings import Finding, Level
from workflow.review.report.common import HEADLINES, approval_warnings, count_text, groups, version_text
from workflow.review.review import Review
from workflow.review.why import why

_LIMIT = 60_000
"""GitHub refuses comments beyond 65,536 characters."""

_MARKS = {Level.BREAKING: "🔴", Level.RISKY: "🟠", Level.SAFE: "🟢", Level.DOCS: "⚪"}


def render(review: Review) -> str:
    """Return the review as Markdown, cut where GitHub would refuse it."""
    head = [f"## API review: {review.verdict}", "", f"{HEADLINES[review.verdict]} {_counted(review)}".strip(), ""]
    head += [f"- {_text(version_text(check))}" for check in review.versions]
    head += [f"- ⚠️ {_text(warning)}" for warning in approval_warnings(review)]
    tail = _changelog(review)
    room = _LIMIT - len("\n".join(head)) - len(tail)
    return "\n".join([*head, "", *_groups(review, room)]).rstrip() + "\n" + tail


def _counted(review: Review) -> str:
    return f"({count_text(review)})" if review.findings else ""


def _groups(review: Review, room: int) -> list[str]:
    """Return the findings as lists, each group under its operations; those about text are folded away."""
    lines: list[str] = []
    loud = [finding for finding in review.shown if finding.worst_level is not Level.DOCS]
    quiet = [finding for finding in review.shown if finding.worst_level is Level.DOCS]
    for group in groups(loud):
        lines += [f"### {_text(group.title)}", "", *(_item(finding, review) for finding in group.findings), ""]
    if quiet:
        summary = f"<details><summary>{len(quiet)} {'change' if len(quiet) == 1 else 'changes'} of text</summary>"
        lines += [summary, "", *(_item(finding, review) for finding in quiet), "", "</details>", ""]
    return _cut(lines, room, len(review.findings))


def _cut(lines: list[str], room: int, total: int) -> list[str]:
    if sum(len(line) + 1 for line in lines) <= room:
        return lines
    kept: list[str] = []
    used = 300
    for line in lines:
        used += len(line) + 1
        if used > room:
            break
        kept.append(line)
    if "</details>" not in kept and any(line.startswith("<details>") for line in kept):
        kept.append("\n</details>")
    return [*kept, "", f"Not all of the {total} changes are shown here, for lack of room; the HTML report has them."]


def _item(finding: Finding, review: Review) -> str:
    where = f" ({_text(finding.location[0])}:{finding.location[1]})" if finding.location else ""
    level = finding.worst_level
    lines = [f"- {_MARKS[level]} **{level}** {_text(finding.text)} {_reason(finding)}{where} `{finding.fingerprint}`"]
    reason = review.approved.reasons.get(finding.fingerprint)
    if reason:
        lines.append(f"  - ✅ Approved: {_text(reason)}")
    lines += [f"  - Python: {_text(change.text)}" for change in finding.python if change.text != finding.text]
    return "\n".join(lines)


def _reason(finding: Finding) -> str:
    reason = why(finding)
    return _text(f"{reason[:1].upper()}{reason[1:]}.")


def _changelog(review: Review) -> str:
    if not review.changelog:
        return ""
    fence = "`" * max(4, 1 + max((len(run) for run in re.findall("`+", review.changelog)), default=0))
    text = review.changelog if len(review.changelog) < _LIMIT // 3 else review.changelog[: _LIMIT // 3] + "…\n"
    return f"\n<details><summary>Draft of the changelog</summary>\n\n{fence}markdown\n{text}{fence}\n\n</details>\n"


def _text(text: str) -> str:
    """Escape what Markdown or HTML would take as markup, and let nobody be pinged; words in backticks stay code."""
    parts = text.split("`")
    escaped = [
        f"`{part}`"
        if index % 2 and index < len(parts) - 1
        else re.sub(r"([\\*_\[\]|#~])", r"\\\1", html.escape(part, quote=False)).replace("@", "@<!-- -->")
        for index, part in enumerate(parts)
    ]
    return " ".join("".join(escaped).split("\n"))
