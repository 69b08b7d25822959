"""Changes the maintainers have agreed to: the file `review-ignore.yaml`.

Each entry names a change by its fingerprint, says why it is accepted and until when:

    - fingerprint: 2ec58ec4128a
      reason: No server sends it any more, see the announcement of April.
      expires: 2027-01-31

An entry may also give a rule another level than its own, for this description:

    - rule: default-changed
      level: risky
      reason: Defaults are documentation here; the server fills in its own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from workflow.document import Document, DocumentError, Node, read
from workflow.review.findings import Finding, Level

FILE = "review-ignore.yaml"
_KEYS = ("fingerprint", "reason", "expires")
_FINGERPRINT = re.compile(r"[0-9a-f]{12}\Z")


@frozen
class Approval:
    """A change that is accepted for a while.

    Attributes:
        fingerprint: The change.
        reason: Why it is accepted.
        expires: The last day the approval holds.
        line: Line of the entry in the file, from 1.
    """

    fingerprint: str
    reason: str
    expires: dt.date
    line: int


@frozen
class Approved:
    """What the approvals mean for one review.

    Attributes:
        reasons: Why changes are accepted, by fingerprint.
        expired: Approvals that would apply, but for their date.
        unused: Approvals of changes that are not there.
    """

    reasons: dict[str, str]
    expired: tuple[Approval, ...] = ()
    unused: tuple[Approval, ...] = ()


def load_decisions(path: Path) -> tuple[list[Approval], dict[str, Level]]:
    """Read the file of approvals and of levels that rules have here; a file that is not there holds none.

    Returns:
        The approvals, and the levels by rule.

    Raises:
        DocumentError: The file is not a list of entries, or an entry lacks something or is malformed.
    """
    if not path.exists() or _says_nothing(path):
        return [], {}
    document = read(path)
    if document.root.items is None:
        raise DocumentError(document.path, document.root.line, "must be a list of approvals")
    rules = [node for node in document.root.items if "rule" in (node.members or {})]
    severities = dict(_severity(document, node) for node in rules)
    approvals = [_approval(document, node) for node in document.root.items if node not in rules]
    seen: dict[str, int] = {}
    for approval in approvals:
        if approval.fingerprint in seen:
            reason = f"{approval.fingerprint} is approved twice, first in line {seen[approval.fingerprint]}"
            raise DocumentError(document.path, approval.line, reason)
        seen[approval.fingerprint] = approval.line
    return approvals, severities


def apply(approvals: Sequence[Approval], findings: Sequence[Finding], today: dt.date) -> Approved:
    """Decide which approvals hold for these findings on this day."""
    present = {finding.fingerprint for finding in findings}
    used = [approval for approval in approvals if approval.fingerprint in present]
    return Approved(
        reasons={approval.fingerprint: approval.reason for approval in used if approval.expires >= today},
        expired=tuple(approval for approval in used if approval.expires < today),
        unused=tuple(approval for approval in approvals if approval.fingerprint not in present),
    )


def _says_nothing(path: Path) -> bool:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return all(not line.strip() or line.lstrip().startswith("#") for line in lines)


def _severity(document: Document, node: Node) -> tuple[str, Level]:
    rule, level, _ = (_text(document, node, key) for key in ("rule", "level", "reason"))
    if level not in set(Level):
        raise DocumentError(document.path, node.line, f"{level!r} is no level; known are {', '.join(Level)}")
    return rule, Level(level)


def _approval(document: Document, node: Node) -> Approval:
    members = node.members
    if members is None:
        raise DocumentError(document.path, node.line, f"an approval has the keys {', '.join(_KEYS)}")
    for key, member in members.items():
        if key not in _KEYS:
            raise DocumentError(document.path, member.line, f"unknown key {key!r}; known are {', '.join(_KEYS)}")
    texts = {key: _text(document, node, key) for key in _KEYS}
    if not _FINGERPRINT.match(texts["fingerprint"]):
        line = members["fingerprint"].line
        raise DocumentError(
            document.path, line, "a fingerprint is twelve hexadecimal digits, in quotes when all are decimal"
        )
    try:
        expires = dt.date.fromisoformat(texts["expires"])
    except ValueError:
        line = members["expires"].line
        raise DocumentError(document.path, line, f"{texts['expires']!r} is not a date like 2027-01-31") from None
    return Approval(texts["fingerprint"], texts["reason"], expires, node.line)


def _text(document: Document, node: Node, key: str) -> str:
    member = node.members.get(key) if node.members is not None else None
    if member is None:
        raise DocumentError(document.path, node.line, f"the approval lacks {key!r}")
    if not isinstance(member.value, str) or not member.value.strip():
        raise DocumentError(document.path, member.line, f"{key!r} must be text, in quotes when it looks like a number")
    return member.value.strip()
