"""One command makes of an edited contract all that follows from it, and a second run of it nothing more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.workflow.conftest import tree
from tests.workflow.review.descriptions import compare, with_response
from tests.workflow.scratch import SOMEBODY, add_field, copy_of_project, edit, git
from workflow.document import parse
from workflow.regenerate import main, with_contract_version, with_draft
from workflow.release import faults, package_version
from workflow.review.changelog import drafted
from workflow.review.verdict import Verdict, parse_version, required_bump


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This project in a git repository, on a branch that left main where it is."""
    monkeypatch.chdir(copy_of_project(tmp_path))
    for name, value in SOMEBODY.items():
        monkeypatch.setenv(name, value)
    git(tmp_path, "checkout", "--quiet", "-b", "change")
    return tmp_path


def test_an_edit_becomes_a_commit(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new field is generated, reviewed, versioned, told in the changelog and committed; again changes nothing."""
    version = parse(Path("openapi.yaml").read_text(encoding="utf-8"), "").data["info"]["version"]
    add_field(project, "warmth")
    (project / "mine.txt").touch()

    assert main(["--commit"]) == 0

    shown = capsys.readouterr().out
    raised, package = _raised(version), _raised(package_version())
    assert "In responses the optional property McpToolCall.warmth was added." in shown
    assert f"info.version: needs a minor bump; it went from {version} to {raised}, which is enough." in shown
    assert f"it went from {package_version()} to {package}, which is enough." in shown
    assert "Committed: Regenerate the client: compatible" in shown
    assert shown.endswith("Not in it, as nothing of the client is made from it:\n?? mine.txt\n")
    committed = git(project, "show", "--name-only", "--format=").split()
    assert {"openapi.yaml", "CHANGELOG.md", "overlays/run_steps/__init__.py"} < set(committed)
    assert "warmth: int | Unset" in git(project, "show", "HEAD:generated/run_steps_api/models/mcp_tool_call.py")
    assert f'"{raised}"' in git(project, "show", "HEAD:generated/run_steps_api/provenance.py")
    assert f'__version__ = "{package}"' in git(project, "show", "HEAD:overlays/run_steps/__init__.py")
    added = [line for line in git(project, "show", "--", "CHANGELOG.md").splitlines() if line.startswith("+-")]
    assert [line.partition(" <!--")[0] for line in added] == [
        "+- In responses the optional property `McpToolCall.warmth` was added."
    ]

    before = tree(project)
    edit(project / "CHANGELOG.md", "In responses the optional property `McpToolCall.warmth`", "How warm the tool got")
    reworded = Path("CHANGELOG.md").read_text(encoding="utf-8")
    assert main([]) == 0
    assert Path("CHANGELOG.md").read_text(encoding="utf-8") == reworded
    assert "nothing changed." in capsys.readouterr().out
    git(project, "checkout", "--quiet", "CHANGELOG.md")
    assert _without_git(tree(project)) == _without_git(before)


def test_faults_of_the_contract_change_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A contract that cannot be generated from is told with its line, and no file is touched."""
    edit(project / "openapi.yaml", "openapi: 3.1.0", "openapi: 2.0.0")
    before = tree(project)

    assert main([]) == 2

    assert capsys.readouterr().err.startswith("error: openapi.yaml:1: not an OpenAPI 3.1 description")
    assert _without_git(tree(project)) == _without_git(before)


def _raised(version: str) -> str:
    """Return the version that an addition asks for."""
    parsed = parse_version(version)
    assert parsed is not None
    return str(parsed.bumped(required_bump(Verdict.COMPATIBLE, parsed)))


def _without_git(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if not name.startswith(f".git{os.sep}")}


@pytest.mark.parametrize(
    "line",
    ["version: 1.4.0", 'version: "1.4.0"', "version: '1.4.0'  # since May", '{"title": "T", "version": "1.4.0"}'],
)
def test_only_the_version_changes_in_the_contract(line: str) -> None:
    """However `info.version` is written, another one stands in its place, and no other version is touched."""
    info = f"info: {line}" if line.startswith("{") else f"info:\n  x-version: 0.1.0\n  {line}"
    text = f"openapi: 3.1.0\n{info}\npaths:\n  /a:\n    description: 'version: 0.2.0'\n"
    assert with_contract_version(text, "2.0.0") == text.replace(line, line.replace("1.4.0", "2.0.0"))


def described(*names: str) -> dict[str, object]:
    """Describe a response with optional properties."""
    return with_response({"type": "object", "properties": {name: {"type": "string"} for name in names}})


HEAD = "# Changelog\n\n"
RELEASED = "## [1.0.0] - 2026-01-01\n\n### Added\n\n- All.\n"
ADDED = drafted(compare(described("a"), described("a", "b")))
(LINE,) = (f"{line} <!-- {finding.fingerprint} -->\n" for line, finding in ADDED["Added"].items())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HEAD + RELEASED, HEAD + f"## [Unreleased]\n\n### Added\n\n{LINE}\n" + RELEASED),
        (HEAD, HEAD + f"## [Unreleased]\n\n### Added\n\n{LINE}"),
        (
            HEAD + "## [Unreleased]\n\n### Fixed\n\n- This.\n\n" + RELEASED,
            HEAD + f"## [Unreleased]\n\n### Added\n\n{LINE}\n### Fixed\n\n- This.\n\n" + RELEASED,
        ),
        (
            HEAD + "## [Unreleased]\n\n### Added\n\n- That\n  one.\n\n### Fixed\n\n- This.\n\n" + RELEASED,
            HEAD + f"## [Unreleased]\n\n### Added\n\n- That\n  one.\n{LINE}\n### Fixed\n\n- This.\n\n" + RELEASED,
        ),
    ],
)
def test_drafts_stand_where_they_belong(before: str, after: str) -> None:
    """Lines come under Unreleased, in their section, and a second draft of the same changes nothing."""
    assert with_draft(before, ADDED, before) == after
    assert with_draft(after, ADDED, before) == after


def test_what_people_wrote_stays_and_what_went_goes() -> None:
    """A line reworded by people stays while its finding does; a line this branch drafted goes with its finding."""
    base = HEAD + "## [Unreleased]\n\n### Fixed\n\n- Older. <!-- 0123456789ab -->\n\n" + RELEASED
    drafted_once = with_draft(base, ADDED, base)
    reworded = drafted_once.replace(LINE.partition(" <!--")[0], "- Parcels have\n  a b.")
    assert with_draft(reworded, ADDED, base) == reworded
    assert with_draft(reworded, drafted([]), base) == base
    assert with_draft(base, drafted([]), base) == base
    assert with_draft(HEAD + RELEASED, drafted([]), "") == HEAD + RELEASED


def test_a_draft_can_be_released() -> None:
    """Headed with version and day, what was drafted is a section that a release takes."""
    text = with_draft(HEAD + RELEASED, ADDED, "").replace("[Unreleased]", "[1.1.0] - 2026-02-01")
    assert faults("v1.1.0", "1.1.0", text) == []
