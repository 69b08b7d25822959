"""Another repository can take the loop: what `docs/regenerate.md` tells to copy is enough."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.workflow.scratch import edit, git
from workflow import ROOT

CONTRACT = """openapi: 3.1.0
info: {title: Harbour, version: 1.0.0, description: Ships in a harbour.}
servers: [{url: "https://harbour.example", description: The harbour.}]
tags: [{name: ships, description: Ships.}]
paths:
  /ship:
    get:
      operationId: getShip
      tags: [ships]
      summary: Get the ship
      description: Returns the ship.
      responses:
        "200":
          description: The ship.
          content: {application/json: {schema: {$ref: "#/components/schemas/Ship"}}}
components:
  schemas:
    Ship:
      description: A ship.
      type: object
      properties:
        name: {description: Its name., type: string}
      examples: [{name: Fram}]
"""
PYPROJECT = """[project]
name = "harbour"
dynamic = ["version"]
[tool.hatch.version]
path = "overlays/harbour/__init__.py"
"""


def test_the_loop_runs_elsewhere(tmp_path: Path) -> None:
    """Seven files and two folders, two names changed: an edit of another contract becomes a commit with one command."""
    guide = (ROOT / "docs" / "regenerate.md").read_text(encoding="utf-8").partition("## In another repository")[2]
    files = re.findall(r"^\| `([^`]+)`", guide, flags=re.MULTILINE)
    assert len(files) == 7
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("workflow", "templates"):
        assert f"`{name}/`" in guide
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    version = tmp_path / "overlays" / "harbour" / "__init__.py"
    version.parent.mkdir(parents=True)
    version.write_text('"""Ships."""\n\n__version__ = "1.0.0"\n', encoding="utf-8")
    edit(tmp_path / "workflow" / "generate.py", 'PACKAGE = "run_steps_api"', 'PACKAGE = "harbour_api"')
    edit(tmp_path / "workflow" / "regenerate.py", "overlays/run_steps/", "overlays/harbour/")
    for name, text in {
        "openapi.yaml": CONTRACT,
        "pyproject.toml": PYPROJECT,
        "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    run(tmp_path, "generate")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", "--force", ".")
    git(tmp_path, "commit", "--quiet", "--message=all")
    edit(
        tmp_path / "openapi.yaml",
        "      properties:\n",
        "      properties:\n        masts: {description: Its masts (count)., type: integer}\n",
    )

    run(tmp_path, "regenerate")

    changed = git(tmp_path, "diff", "--name-only").split()
    assert {"CHANGELOG.md", "openapi.yaml", "overlays/harbour/__init__.py"} < set(changed)
    assert "generated/harbour_api/models/ship.py" in changed
    assert '__version__ = "1.1.0"' in version.read_text(encoding="utf-8")
    assert "version: 1.1.0" in (tmp_path / "openapi.yaml").read_text(encoding="utf-8")
    assert "- In responses the optional property `Ship.masts` was added." in (tmp_path / "CHANGELOG.md").read_text()


def run(folder: Path, module: str) -> None:
    """Run a module of the workflow as its session does."""
    command = [sys.executable, "-m", f"workflow.{module}"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
