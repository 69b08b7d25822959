"""The verdict, the version it asks for, the changelog and the approvals."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.workflow.review.descriptions import TODAY, compare, with_request, with_response
from workflow.document import DocumentError
from workflow.review.approvals import apply, load_decisions
from workflow.review.changelog import draft
from workflow.review.verdict import Bump, Verdict, Version, check_version, parse_version, required_bump, verdict_of

BREAKS = compare(with_request({"type": "string"}), with_request({"type": "string", "maxLength": 3}))
TEXT = compare(with_request({"type": "string"}), with_request({"type": "string", "title": "Name"}))


@pytest.mark.parametrize(
    ("verdict", "version", "bump"),
    [
        (Verdict.BREAKING, "1.4.0", Bump.MAJOR),
        (Verdict.RISKY, "1.4.0", Bump.MINOR),
        (Verdict.COMPATIBLE, "1.4.0", Bump.MINOR),
        (Verdict.DOCS, "1.4.0", Bump.PATCH),
        (Verdict.NONE, "1.4.0", Bump.NONE),
        (Verdict.BREAKING, "0.4.0", Bump.MINOR),
        (Verdict.RISKY, "0.4.0", Bump.PATCH),
        (Verdict.DOCS, "0.4.0", Bump.PATCH),
    ],
)
def test_a_verdict_asks_for_a_bump(verdict: Verdict, version: str, bump: Bump) -> None:
    """A breaking change raises the major, before 1.0 the minor; less raises less."""
    assert required_bump(verdict, parse_version(version)) is bump


@pytest.mark.parametrize(
    ("base", "revision", "verdict", "enough"),
    [
        ("1.4.0", "2.0.0", Verdict.BREAKING, True),
        ("1.4.0", "1.5.0", Verdict.BREAKING, False),
        ("1.4.0", "1.4.1", Verdict.COMPATIBLE, False),
        ("1.4.0", "1.5.0", Verdict.COMPATIBLE, True),
        ("1.4.0", "1.4.0", Verdict.NONE, True),
        ("1.4.0", "1.3.9", Verdict.DOCS, False),
        ("0.4.0", "0.5.0", Verdict.BREAKING, True),
        ("0.4.0", "0.4.1", Verdict.BREAKING, False),
        ("1.4.0", "1.3.0", Verdict.NONE, False),
        ("2.0.0-rc.1", "2.0.0-rc.2", Verdict.BREAKING, True),
        ("2.0.0rc1", "2.0.0rc1", Verdict.BREAKING, False),
        ("2.0.0+one", "2.0.0+two", Verdict.BREAKING, False),
        ("next", "2.0.0", Verdict.BREAKING, None),
        ("2026-01-15", "2026-02-15-preview", Verdict.BREAKING, None),
    ],
)
def test_a_version_is_raised_far_enough_or_not(base: str, revision: str, verdict: Verdict, enough: bool | None) -> None:
    """A version that went down or not far enough is called out; one that cannot be read is not judged."""
    assert check_version("info.version", base, revision, verdict).enough is enough


@pytest.mark.parametrize(
    ("base", "revision", "due"),
    [("1.4.0", "1.4.0", "2.0.0"), ("1.4.0", "1.5.0", "2.0.0"), ("1.4.0", "3.0.0", "3.0.0"), (None, "1.0.0", "1.0.0")],
)
def test_a_change_is_released_as_the_version_given_or_the_least_that_is_enough(
    base: str | None, revision: str, due: str
) -> None:
    """A version that was raised far enough stands; otherwise the next that would do is proposed."""
    assert str(check_version("info.version", base, revision, Verdict.BREAKING).due) == due


def test_the_verdict_is_the_worst_level() -> None:
    """One breaking change among many others decides."""
    assert verdict_of([]) is Verdict.NONE
    assert verdict_of(TEXT) is Verdict.DOCS
    assert verdict_of([*TEXT, *BREAKS]) is Verdict.BREAKING


def test_the_changelog_tells_users_what_they_notice() -> None:
    """The draft sorts changes into sections, marks what breaks and leaves out changes of text."""
    before = {"type": "object", "properties": {"a": {"type": "string"}}}
    after = {"type": "object", "properties": {"b": {"type": "string"}, "a": {"type": "string", "title": "A"}}}
    findings = [*BREAKS, *compare(with_response(before), with_response(after))]
    assert draft(findings, Version(2, 0, 0)) == (
        "## [2.0.0]\n\n"
        "### Added\n\n"
        "- In responses the optional property `response 200.b` was added.\n\n"
        "### Changed\n\n"
        "- **Breaking:** In requests `request body` now has a maximum length of 3.\n"
    )
    assert draft(TEXT, None) == ""


def approvals_file(folder: Path, text: str) -> Path:
    """Write a file of approvals."""
    path = folder / "review-ignore.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_approval_holds_until_its_date(tmp_path: Path) -> None:
    """On its last day an approval holds, a day later it is reported as expired."""
    (finding,) = BREAKS
    entry = f"- fingerprint: '{finding.fingerprint}'\n  reason: Nobody does.\n  expires: 2026-06-01\n"
    approvals, _ = load_decisions(approvals_file(tmp_path, entry))
    assert apply(approvals, BREAKS, TODAY).reasons == {finding.fingerprint: "Nobody does."}
    late = apply(approvals, BREAKS, TODAY + dt.timedelta(days=1))
    assert (late.reasons, late.expired) == ({}, tuple(approvals))


def test_an_unused_approval_is_reported(tmp_path: Path) -> None:
    """An approval of a change that is not there shall be removed."""
    entry = "- fingerprint: 0123456789ab\n  reason: Long ago.\n  expires: 2030-01-01\n"
    approvals, _ = load_decisions(approvals_file(tmp_path, entry))
    assert apply(approvals, BREAKS, TODAY).unused == tuple(approvals)


def test_no_approvals_is_fine(tmp_path: Path) -> None:
    """A missing file, an empty one and an empty list hold no approvals."""
    assert load_decisions(tmp_path / "missing.yaml") == ([], {})
    for text in ("", "# none\n", "[]\n"):
        assert load_decisions(approvals_file(tmp_path, text)) == ([], {})


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("fingerprint: 0123456789ab\n", 1, "must be a list"),
        ("- 0123456789ab\n", 1, "has the keys"),
        ("- reason: So.\n  expires: 2030-01-01\n", 1, "lacks 'fingerprint'"),
        ("- fingerprint: 0123456789ab\n  reason: ''\n  expires: 2030-01-01\n", 2, "must be text"),
        ("- fingerprint: 0123456789ab\n  reason: So.\n  expires: soon\n", 3, "is not a date"),
        ("- fingerprint: abc\n  reason: So.\n  expires: 2030-01-01\n", 1, "twelve hexadecimal digits"),
        ("- fingerprint: 0123456789ab\n  because: So.\n", 2, "unknown key 'because'"),
        ("- {fingerprint: 0123456789ab, reason: So., expires: 2030-01-01}\n" * 2, 2, "approved twice"),
    ],
)
def test_a_malformed_approval_is_refused(tmp_path: Path, text: str, line: int, reason: str) -> None:
    """A slip in the file of approvals is reported with its line instead of being passed over."""
    with pytest.raises(DocumentError, match=reason) as refusal:
        load_decisions(approvals_file(tmp_path, text))
    assert refusal.value.line == line
