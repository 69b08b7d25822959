"""A copy of this project in a git repository of its own, for tests that change it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from workflow import ROOT

PARTS = (
    "CHANGELOG.md",
    "constraints.txt",
    "generated",
    "generator-config.yaml",
    "openapi.yaml",
    "overlays",
    "pyproject.toml",
    "review-ignore.yaml",
    "templates",
    "upstream",
    "workflow",
)

SOMEBODY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody in a folder, and return what it says."""
    environment = {**os.environ, **SOMEBODY}
    return subprocess.run(
        ["git", *arguments], check=True, capture_output=True, text=True, cwd=folder, env=environment
    ).stdout


def copy_of_project(folder: Path) -> Path:
    """Copy what generating and reviewing need into a folder, committed there on the branch main."""
    folder.mkdir(exist_ok=True)
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / part).exists():
            shutil.copy(ROOT / part, folder / part)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--force", ".")
    git(folder, "commit", "--quiet", "--message=all")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first of the places where a text stands in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_field(project: Path, name: str) -> None:
    """Let the contract name one more optional field of MCP calls."""
    path = project / "openapi.yaml"
    text = path.read_text(encoding="utf-8")
    properties = "      properties:\n"
    at = text.index(properties, text.index("\n    McpToolCall:\n")) + len(properties)
    field = f"        {name}:\n          description: Seen on a server of tests.\n          type: integer\n"
    path.write_text(text[:at] + field + text[at:], encoding="utf-8")
