"""The version of the package beside a contract."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from run_steps import __version__
from workflow.document import DocumentError
from workflow.generate import CONTRACT
from workflow.review.python.version import package_version
from workflow.review.sources import Source

DYNAMIC = '[project]\ndynamic = ["version"]\n\n[tool.hatch.version]\npath = "overlays/parcels/__init__.py"\n'


def write(folder: Path, settings: str, assignment: str | None = None) -> Source:
    """Write the settings of a package, and its module, into the folder of a contract."""
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    module = folder / "overlays" / "parcels" / "__init__.py"
    module.parent.mkdir(parents=True, exist_ok=True)
    if assignment is not None:
        module.write_text(assignment, encoding="utf-8")
    return Source(str(folder / "openapi.yaml"))


@pytest.mark.parametrize(
    ("settings", "assignment"),
    [
        (DYNAMIC, '"""Parcels."""\n\n__version__ = "1.2.3"\n'),
        (DYNAMIC, "__version__: str = '1.2.3'\n"),
        ('[project]\nname = "parcels"\nversion = "1.2.3"\n\n[tool.other]\nversion = "9"\n', None),
        ("[tool.other]\nversion = \"9\"\n\n[project]\nversion = '1.2.3'\n", None),
    ],
)
def test_the_version_is_read_where_the_build_reads_it(tmp_path: Path, settings: str, assignment: str | None) -> None:
    """It stands in the settings themselves or in the module they name; other tools' versions are not it."""
    assert package_version(write(tmp_path, settings, assignment)) == "1.2.3"


def test_this_package_has_a_version() -> None:
    """The version of the package beside this project's contract is the one importers see."""
    assert package_version(Source(str(CONTRACT))) == __version__


def test_every_revision_has_its_own_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git revision is asked for the version it had, the working tree for the one it has."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, DYNAMIC, '__version__ = "0.1.0"\n')
    names = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "--quiet"], ["add", "."], [*names, "commit", "--quiet", "--message=first"]):
        subprocess.run(["git", *arguments], check=True)
    write(tmp_path, DYNAMIC, '__version__ = "0.2.0"\n')
    assert package_version(Source("openapi.yaml", "HEAD")) == "0.1.0"
    assert package_version(Source("openapi.yaml")) == "0.2.0"


def test_a_contract_without_a_package_has_no_version(tmp_path: Path) -> None:
    """Without settings, or with settings of other tools only, there is nothing to judge."""
    assert package_version(Source(str(tmp_path / "openapi.yaml"))) is None
    assert package_version(write(tmp_path, "[tool.other]\n")) is None


@pytest.mark.parametrize(
    ("settings", "assignment", "file", "reason"),
    [
        ("[project\n", None, "pyproject.toml", "not well-formed TOML"),
        (DYNAMIC, None, "__init__.py", "cannot be read"),
        (DYNAMIC, "version = '1'\n", "__init__.py", "does not assign __version__"),
    ],
)
def test_a_version_that_cannot_be_found_is_an_error(
    tmp_path: Path, settings: str, assignment: str | None, file: str, reason: str
) -> None:
    """Settings that promise a version and do not give it are reported, not passed over."""
    with pytest.raises(DocumentError, match=reason) as refusal:
        package_version(write(tmp_path, settings, assignment))
    assert Path(refusal.value.path).name == file
