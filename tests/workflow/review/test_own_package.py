"""The review of this project's own packages: what happens to them without a change of the contract."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from run_steps import __version__
from tests.workflow.review.descriptions import TODAY
from workflow import ROOT
from workflow.review.findings import Finding, Level, Part, PythonChange
from workflow.review.python.causes import package_findings
from workflow.review.review import Review, review
from workflow.review.sources import Source
from workflow.review.verdict import Bump, Verdict, parse_version, required_bump

PARTS = ("generated", "overlays", "templates", "workflow", "openapi.yaml", "generator-config.yaml", "pyproject.toml")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository with this project in it, committed."""
    folder = tmp_path_factory.mktemp("project")
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, folder / part)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--force", ".")
    git(folder, "commit", "--quiet", "--message=all")
    return folder


@pytest.fixture
def project(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The repository as current folder; what a test does to it is undone."""
    monkeypatch.chdir(repository)
    yield repository
    git(repository, "reset", "--quiet", "--hard")
    git(repository, "clean", "--quiet", "--force", "-d")


def git(folder: Path, *arguments: str) -> None:
    """Run git as somebody."""
    names = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *names, *arguments], check=True, cwd=folder)


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text wherever it stands in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def reviewed() -> Review:
    """Review the working tree against what is committed."""
    return review(Source("openapi.yaml", "HEAD"), Source("openapi.yaml"), wire_only=False, approvals=[], today=TODAY)


def only_finding(verdict: Verdict) -> Finding:
    """Return the one finding of the package, having seen that it asks for a version of the package and nothing else."""
    result = reviewed()
    (finding,) = result.findings
    assert (finding.part, result.verdict) == (Part.PACKAGE, verdict)
    required = required_bump(verdict, parse_version(__version__))
    asked = [(check.name, check.required, check.enough) for check in result.versions]
    assert asked == [("info.version", Bump.NONE, True), ("package version", required, False)]
    return finding


def source_of(project: Path, name: str) -> Path:
    """Return the module of the overlays that defines a class."""
    (path,) = (
        path
        for path in (project / "overlays").rglob("*.py")
        if re.search(rf"^class {name}\b", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    return path


def test_a_method_of_the_client_renamed(project: Path) -> None:
    """`RunSteps.retrieve` under another name breaks everybody who calls it."""
    edit(source_of(project, "RunSteps"), "def retrieve(", "def fetch(")
    finding = only_finding(Verdict.BREAKING)
    assert finding.text == "The function `run_steps.RunSteps.retrieve` is now called `fetch`."


def test_a_keyword_argument_removed(project: Path) -> None:
    """An argument that a method of the client no longer takes breaks everybody who gives it."""
    path = source_of(project, "RunSteps")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^ +max_response_bytes: int = \w+,\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    finding = only_finding(Verdict.BREAKING)
    assert finding.text == "`run_steps.RunSteps` no longer takes `max_response_bytes`."


def test_one_change_of_many_classes() -> None:
    """What happened alike to an argument of several classes is one finding that names them."""
    text = "The default of the argument `a` of `package.{}` is 2, before 1."
    changes = [PythonChange(Level.RISKY, "default-changed", f"package.{name}", text.format(name)) for name in "ABC"]
    (finding,) = package_findings(changes)
    named = "`package.A`, `package.B`, `package.C`"
    assert finding.text == f"The default of the argument `a` is 2, before 1, in 3 places: {named}."


def test_a_method_renamed_in_the_templates(project: Path) -> None:
    """What other templates did to every model is one finding, once the client is generated with them."""
    for path in (*(project / "templates").rglob("*.jinja"), project / "workflow" / "codecs.py"):
        if "to_dict" in path.read_text(encoding="utf-8"):
            edit(path, "to_dict", "to_payload")
    subprocess.run(
        [sys.executable, "-m", "workflow.generate"],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(project)},
    )
    finding = only_finding(Verdict.BREAKING)
    assert finding.rule == "generator-changed"
    assert finding.text.startswith("The client is written by other templates or settings: ")
    (change,) = finding.python
    assert (change.level, change.kind) == (Level.BREAKING, "renamed")
    assert change.text.startswith("The function `to_dict` is now called `to_payload`, in ")
    assert "`run_steps_api.models.RunStep`" in change.text


def pin_another_generator(project: Path) -> None:
    """Pin another version of the generator."""
    settings = (project / "pyproject.toml").read_text(encoding="utf-8")
    (pin,) = re.findall(r'"(openapi-python-client==[\d.]+)"', settings)
    edit(project / "pyproject.toml", pin, "openapi-python-client==9.8.7")


def write_with_it(project: Path) -> None:
    """Have the client say that the generator which is pinned wrote it."""
    path = project / "generated" / "run_steps_api" / "provenance.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'(GENERATOR_VERSION: Final = )"[\d.]+"', r'\1"9.8.7"', text), encoding="utf-8")


def test_another_generator_that_writes_the_same(project: Path) -> None:
    """That nothing else changed is said, and no more than a patch asked for."""
    pin_another_generator(project)
    write_with_it(project)
    finding = only_finding(Verdict.DOCS)
    assert finding.text.endswith("none of its modules changed.")
    assert "openapi-python-client 9.8.7, before 0." in finding.text


def test_another_generator_that_writes_other_code(project: Path) -> None:
    """What it did to the client stands under it."""
    pin_another_generator(project)
    write_with_it(project)
    edit(project / "generated" / "run_steps_api" / "client.py", "def with_timeout(", "def within(")
    finding = only_finding(Verdict.BREAKING)
    assert finding.rule == "generator-changed"
    assert {change.kind for change in finding.python} == {"renamed"}


def test_a_generator_that_has_not_written_the_client_yet(project: Path) -> None:
    """A pin alone says nothing about what the client will be, so the change is risky and says what to do."""
    pin_another_generator(project)
    finding = only_finding(Verdict.RISKY)
    assert finding.text.endswith("and is not yet: run `nox -s generate`.")


def test_nothing_changed(project: Path) -> None:
    """What is committed compared with itself is no change."""
    assert project.exists()
    assert reviewed().verdict is Verdict.NONE
