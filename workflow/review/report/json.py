"""Write a review as JSON, for programs; `report.schema.json` beside this module describes it."""

from __future__ import annotations

import json
from typing import Any

from workflow.review.description import Place
from workflow.review.findings import Finding, Part, PythonChange
from workflow.review.review import Review
from workflow.review.why import why


def render(review: Review) -> str:
    """Return the review as JSON text."""
    return json.dumps(as_data(review), indent=2, ensure_ascii=False) + "\n"


def as_data(review: Review) -> dict[str, Any]:
    """Return the review as JSON-like data."""
    return {
        "verdict": str(review.verdict),
        "bump": review.bump.word,
        "base": review.base,
        "revision": review.revision,
        "python_compared": review.with_python,
        "versions": [
            {
                "name": check.name,
                "base": check.base,
                "revision": check.revision,
                "required": check.required.word,
                "enough": check.enough,
            }
            for check in review.versions
        ],
        "changelog": review.changelog,
        "approvals": {
            "expired": [approval.fingerprint for approval in review.approved.expired],
            "unused": [approval.fingerprint for approval in review.approved.unused],
        },
        "changes": [_change(finding, review) for finding in review.shown],
    }


def _change(finding: Finding, review: Review) -> dict[str, Any]:
    return {
        "part": str(finding.part),
        "rule": finding.rule,
        "level": str(finding.worst_level),
        "direction": str(finding.direction) if finding.direction else None,
        "operation": finding.operations[0] if finding.operations else None,
        "operations": list(finding.operations),
        "operation_count": len(finding.operations),
        "subject": finding.subject,
        "pointer": finding.pointer,
        **_side("base", finding.base),
        **_side("revision", finding.revision),
        "text": finding.text,
        "why": why(finding),
        "fingerprint": finding.fingerprint,
        "approved": review.approved.reasons.get(finding.fingerprint),
        "wire_level": None if finding.part is Part.PACKAGE else str(finding.level),
        "python": [_python(change) for change in finding.python],
    }


def _side(name: str, place: Place | None) -> dict[str, Any]:
    return {
        f"{name}_file": place.document.path if place else None,
        f"{name}_line": place.line if place else None,
        f"{name}_pointer": place.pointer() if place else None,
    }


def _python(change: PythonChange) -> dict[str, Any]:
    return {
        "level": str(change.level),
        "kind": change.kind,
        "name": change.name,
        "text": change.text,
        "file": change.file,
        "line": change.line,
    }
