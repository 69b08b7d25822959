"""Run the jobs of a workflow file on this machine: its scripts as they are, in fresh folders, the actions played.

`nox` runs the module that a session runs, in the environment of the tests; `gh` writes down what it is asked, and
answers with what the test laid ready.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from attrs import define, field

from tests.workflow.scratch import SOMEBODY, git
from workflow import ROOT

NOX = """#!/bin/sh
test "$1" = -s || exit 64
session=$2; shift 2; test "$1" = -- && shift
exec {python} -m workflow.$session "$@"
"""

GH = """#!{python}
import json, os, pathlib, shutil, subprocess, sys
folder, words = pathlib.Path(os.environ["GH_FOLDER"]), sys.argv[1:]
with (folder / "asked").open("a") as log:
    print(json.dumps(words), file=log)
if "--body-file" in words:
    shutil.copy(words[words.index("--body-file") + 1], folder / "body")
answer = folder / "-".join(words[:2])
if answer.exists() and "--jq" in words:
    filter = words[words.index("--jq") + 1]
    sys.exit(subprocess.run(["jq", "--raw-output", filter, answer]).returncode)
if answer.exists():
    print(answer.read_text())
"""


@define
class Runner:
    """What the jobs of one run of a workflow share.

    Attributes:
        folder: Where all that a run writes is.
        origin: The repository that jobs check out.
        values: What expressions may ask for, by name, such as `github.head_ref`.
    """

    folder: Path
    origin: Path
    values: dict[str, object]
    summary: str = field(default="", init=False)
    _count: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        programs = {"nox": NOX, "gh": GH, "pip": "#!/bin/sh\n"}
        for name, text in programs.items():
            path = self.folder / "bin" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("{python}", sys.executable), encoding="utf-8")
            path.chmod(0o755)
        self.gh.mkdir()

    @property
    def gh(self) -> Path:
        """The folder where `gh` finds its answers, and writes down what it was asked."""
        return self.folder / "gh"

    def asked(self) -> list[str]:
        """Return the commands that `gh` was given."""
        path = self.gh / "asked"
        return [" ".join(yaml.safe_load(line)) for line in path.read_text().splitlines()] if path.exists() else []

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression of GitHub's."""
        code = re.sub(r"'[^']*'|[A-Za-z_][\w.-]*", self._name, expression.replace("&&", " and ").replace("||", " or "))
        return eval(code, {"values": self.values})

    def _name(self, word: re.Match[str]) -> str:
        if word[0].startswith("'") or word[0] in ("and", "or"):
            return word[0]
        assert word[0] in self.values, f"the test gives no {word[0]}"
        return f"values[{word[0]!r}]"

    def _text(self, value: object) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: str(self.evaluate(found[1]) or ""), str(value))

    def run(self, workflow: str, job: str) -> Path | None:
        """Run one job.

        Args:
            workflow: Name of its file.
            job: Its key.

        Returns:
            The folder it ran in; None when its condition does not hold.

        Raises:
            AssertionError: A step failed.
        """
        plan = yaml.safe_load((ROOT / ".github" / "workflows" / workflow).read_text(encoding="utf-8"))
        described = plan["jobs"][job]
        if "if" in described and not self.evaluate(described["if"]):
            return None
        self._count += 1
        workspace = self.folder / f"workspace-{self._count}"
        workspace.mkdir()
        for step in described["steps"]:
            if "if" not in step or self.evaluate(step["if"]):
                self._step(step, described, workspace)
        for name, value in described.get("outputs", {}).items():
            self.values[f"needs.{job}.outputs.{name}"] = self._text(value)
        return workspace

    def _step(self, step: dict[str, Any], job: dict[str, Any], workspace: Path) -> None:
        if "uses" in step:
            given = {key: self._text(value) for key, value in step.get("with", {}).items()}
            self._action(step["uses"].partition("@")[0], given, workspace)
            return
        files = {name: self.folder / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV")}
        for path in files.values():
            path.write_text("", encoding="utf-8")
        described = {key: self._text(value) for key, value in {**job.get("env", {}), **step.get("env", {})}.items()}
        own = {"PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "GH_FOLDER": str(self.gh)}
        environment = {**os.environ, **SOMEBODY, **own, **described, **{name: str(files[name]) for name in files}}
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"] if "shell" in step else ["bash", "-e", "-c"]
        command = [*shell, self._text(step["run"])]
        result = subprocess.run(command, cwd=workspace, env=environment, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout + result.stderr
        self.summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        if "id" in step:
            for line in files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines():
                name, _, value = line.partition("=")
                self.values[f"steps.{step['id']}.outputs.{name}"] = value

    def _action(self, name: str, given: dict[str, str], workspace: Path) -> None:
        if name == "actions/checkout":
            assert given["persist-credentials"] == "False"
            git(self.folder, "clone", "--quiet", str(self.origin), str(workspace))
            git(workspace, "checkout", "--quiet", given.get("ref") or "main")
        elif name == "actions/upload-artifact":
            source, target = workspace / given["path"], self.folder / "artifacts" / given["name"]
            assert source.exists() or given.get("if-no-files-found") == "ignore"
            target.mkdir(parents=True)
            for path in [source] if source.is_file() else source.glob("*"):
                shutil.copy(path, target)
        elif name == "actions/download-artifact":
            found = self.folder / "artifacts" / given["name"]
            shutil.copytree(found, workspace / given.get("path", "."), dirs_exist_ok=True)
        else:
            assert name == "actions/setup-python"
