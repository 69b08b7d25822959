"""What the workflows of pull requests do, with their scripts run as they are, in scratch repositories."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from run_steps import __version__
from tests.workflow.runner import Runner
from tests.workflow.scratch import add_field, copy_of_project, edit, git
from workflow import ROOT
from workflow.regenerate import CONTRACT, INPUTS
from workflow.review.verdict import Verdict, parse_version, required_bump

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
OURS, FORK = "somebody/run-steps", "stranger/run-steps"

needs_jq = pytest.mark.skipif(shutil.which("jq") is None, reason="needs jq, as gh has it")


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with this project on main, and on a branch an edit of the contract alone."""
    folder = copy_of_project(tmp_path_factory.mktemp("origin"))
    git(folder, "checkout", "--quiet", "-b", "warm")
    add_field(folder, "warmth")
    git(folder, "commit", "--quiet", "--all", "--message=Name the warmth of calls")
    git(folder, "checkout", "--quiet", "main")
    return folder


@pytest.fixture(scope="module")
def regenerated(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """The first job of regenerate.yml, done for a pull request with an edit of the contract."""
    runner = Runner(
        tmp_path_factory.mktemp("run"),
        origin,
        {
            "github.base_ref": "main",
            "github.event.pull_request.head.sha": git(origin, "rev-parse", "warm").strip(),
            "github.head_ref": "warm",
            "github.repository": OURS,
            "github.run_id": 42,
            "github.token": "secret",
        },
    )
    runner.run("regenerate.yml", "generate")
    return runner


def test_a_fork_gets_a_patch(regenerated: Runner, origin: Path, tmp_path: Path) -> None:
    """A fork is told the command that applies a patch, which makes its client current; nothing is pushed for it."""
    regenerated.values["github.event.pull_request.head.repo.full_name"] = FORK
    assert regenerated.run("regenerate.yml", "commit") is None
    command = f"gh run download 42 --repo {OURS} --name generated.patch && git apply generated.patch"
    assert f"```sh\n{command}\n```" in regenerated.summary

    git(tmp_path, "clone", "--quiet", "--branch", "warm", str(origin), "fork")
    shutil.copy(regenerated.folder / "artifacts" / "generated.patch" / "generated.patch", tmp_path / "fork")
    git(tmp_path / "fork", *command.partition(" && ")[2].split()[1:])
    drift = [sys.executable, "-m", "workflow.drift"]
    assert subprocess.run(drift, cwd=tmp_path / "fork", capture_output=True, check=False).returncode == 0


def test_a_branch_of_ours_gets_a_commit(regenerated: Runner, origin: Path) -> None:
    """A branch of this repository gets one commit with client, versions and changelog, and its checks are started."""
    regenerated.values["github.event.pull_request.head.repo.full_name"] = OURS
    assert regenerated.run("regenerate.yml", "commit") is not None

    assert git(origin, "log", "--format=%s", "main..warm").splitlines() == [
        "Regenerate the client",
        "Name the warmth of calls",
    ]
    changed = git(origin, "show", "--name-only", "--format=", "warm").split()
    assert {"CHANGELOG.md", "openapi.yaml", "overlays/run_steps/__init__.py"} < set(changed)
    assert "warmth: int | Unset" in git(origin, "show", "warm:generated/run_steps_api/models/mcp_tool_call.py")
    assert regenerated.asked() == [
        "auth setup-git",
        "workflow run ci.yml --ref warm",
        "workflow run review.yml --ref warm --field base=main",
    ]


def test_a_patch_changes_nothing_but_what_is_generated(regenerated: Runner, origin: Path) -> None:
    """What a pull request smuggled into the patch, such as a workflow, is not pushed with a token that may write."""
    values = {**regenerated.values, "github.event.pull_request.head.repo.full_name": OURS, "github.head_ref": "odd"}
    runner = Runner(regenerated.folder / "odd", origin, values)
    target = runner.folder / "artifacts" / "generated.patch"
    target.mkdir(parents=True)
    patch = (regenerated.folder / "artifacts" / "generated.patch" / "generated.patch").read_text(encoding="utf-8")
    new = "diff --git a/{0} b/{0}\nnew file mode 100644\n--- /dev/null\n+++ b/{0}\n@@ -0,0 +1 @@\n+odd\n"
    names = (".github/workflows/odd.yml", "overlays/odd.py", "setup.py")
    (target / "generated.patch").write_text(patch + "".join(map(new.format, names)), encoding="utf-8")

    runner.run("regenerate.yml", "commit")

    changed = git(origin, "show", "--name-only", "--format=", "odd").split()
    assert "openapi.yaml" in changed
    assert not set(names) & set(changed)


def test_nothing_is_done_without_drift(origin: Path, tmp_path: Path) -> None:
    """A pull request whose client is current gets neither a patch nor a commit."""
    values: dict[str, object] = dict.fromkeys(("github.base_ref", "github.event.pull_request.head.sha"), "main")
    runner = Runner(tmp_path / "run", origin, {**values, "github.run_id": 42, "github.repository": OURS})
    runner.values["steps.generate.outputs.changed"] = ""
    runner.run("regenerate.yml", "generate")
    assert runner.values["needs.generate.outputs.changed"] == ""
    assert not (runner.folder / "artifacts").exists()


@needs_jq
def test_the_review_of_a_fork_becomes_comment_and_labels(origin: Path, tmp_path: Path) -> None:
    """A pull request from a fork is reviewed by the code of main, whatever its own code says, and labelled."""
    git(tmp_path, "clone", "--quiet", str(origin), "fork")
    fork = tmp_path / "fork"
    sign = tmp_path / "ran"
    (fork / "workflow" / "__init__.py").write_text(f"open({str(sign)!r}, 'w')\n", encoding="utf-8")
    edit(fork / "overlays" / "run_steps" / "responses.py", "def request_id(", "def its_id(")
    git(fork, "commit", "--quiet", "--all", "--message=odd")
    git(fork, "push", "--quiet", "origin", "HEAD:refs/pull/7/head")
    head = git(fork, "rev-parse", "HEAD").strip()
    runner = Runner(
        tmp_path / "run",
        origin,
        {
            "github.event.workflow_run.head_branch": "main",
            "github.event.workflow_run.head_repository.owner.login": "stranger",
            "github.event.workflow_run.head_sha": head,
            "github.repository": OURS,
            "github.token": "secret",
        },
    )
    pull = {"number": 7, "headRefOid": head, "headRepositoryOwner": {"login": "stranger"}, "baseRefName": "main"}
    others = [{**pull, "headRefOid": "0" * 40}, {**pull, "headRepositoryOwner": {"login": "another"}}]
    (runner.gh / "pr-list").write_text(json.dumps([*others, pull]), encoding="utf-8")
    bump = required_bump(Verdict.BREAKING, parse_version(__version__)).word
    labels = [{"name": name} for name in ("api: docs", f"needs: {bump}", "mine")]
    (runner.gh / "pr-view").write_text(json.dumps({"labels": labels}), encoding="utf-8")

    runner.run("review-comment.yml", "review")
    runner.run("review-comment.yml", "comment")

    assert not sign.exists()
    assert (runner.gh / "body").read_text(encoding="utf-8").startswith("## API review: breaking\n")
    asked = [words for words in runner.asked() if not words.startswith(("pr list", "pr view", "auth"))]
    assert asked == [
        "pr comment 7 --edit-last --create-if-none --body-file told/review.markdown",
        "pr edit 7 --remove-label api: docs",
        "label create api: breaking --force --color ededed --description Set by the review",
        "pr edit 7 --add-label api: breaking",
    ]


@needs_jq
def test_only_words_of_the_review_become_labels(origin: Path, tmp_path: Path) -> None:
    """Whatever stands in the file of labels, none but those that the review knows is made."""
    runner = Runner(tmp_path, origin, {"github.repository": OURS, "github.token": "secret"})
    runner.values["needs.review.outputs.number"] = "7"
    told = tmp_path / "artifacts" / "told"
    told.mkdir(parents=True)
    (told / "review.markdown").write_text("## API review: docs\n", encoding="utf-8")
    (told / "labels").write_text("api: docs\nneeds: none\nneeds: $(id)\napproved\n", encoding="utf-8")
    (runner.gh / "pr-view").write_text('{"labels": []}')
    runner.run("review-comment.yml", "comment")
    assert [words for words in runner.asked() if not words.startswith(("pr comment", "pr view"))] == [
        "label create api: docs --force --color ededed --description Set by the review",
        "pr edit 7 --add-label api: docs",
    ]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_code_of_a_pull_request_meets_a_token_that_may_write(path: Path) -> None:
    """A job that may write runs no session, installs nothing, and starts nothing that lies in the checkout."""
    plan = yaml.safe_load(path.read_text(encoding="utf-8"))
    for name, job in plan["jobs"].items():
        permissions = {**(plan.get("permissions") or {}), **job.get("permissions", {})}
        if "write" in permissions.values():
            scripts = "\n".join(step.get("run", "") for step in job["steps"])
            assert not re.search(r"\b(nox|pip|npm|python3?|bash|sh|source|make)\b", scripts), name


def test_regenerate_looks_at_all_that_decides() -> None:
    """Whatever the client is made from starts the workflow that makes it."""
    plan = yaml.safe_load((ROOT / ".github" / "workflows" / "regenerate.yml").read_text(encoding="utf-8"))
    paths = {path.removesuffix("/**") for path in plan[True]["pull_request"]["paths"]}  # YAML 1.1 reads `on` as true
    assert {CONTRACT, *INPUTS} <= paths


def test_what_writes_the_client_is_raised_alone() -> None:
    """Another generator, or another ruff, comes in a pull request of its own, which shows what it did to the client."""
    plan = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))
    (packages,) = (update for update in plan["updates"] if update["package-ecosystem"] == "pip")
    assert packages["groups"]["packages"]["exclude-patterns"] == ["openapi-python-client", "ruff"]
