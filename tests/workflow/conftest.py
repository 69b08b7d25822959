"""What the tests of the workflow share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workflow.generate import CONTRACT, GENERATED


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return a function that copies the contract with one passage replaced."""

    def edit(old: str, new: str) -> Path:
        text = CONTRACT.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"the contract no longer holds {old!r}"
        path = tmp_path / "openapi.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return edit


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by relative path, without Python's caches."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture
def generated_copy(tmp_path: Path) -> Path:
    """Return a copy of the committed client that a test may spoil."""
    copy = tmp_path / "generated"
    for name, content in tree(GENERATED).items():
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return copy
