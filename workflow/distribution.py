"""Check what the built wheel and sdist hold: ``python -m workflow.distribution dist``.

A file that is missing from them, or has no business in them, is found before users find it.
"""

from __future__ import annotations

import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from workflow import ROOT

PACKAGES = {"run_steps": ROOT / "overlays" / "run_steps", "run_steps_api": ROOT / "generated" / "run_steps_api"}
"""Import packages of the wheel and where they come from."""

SDIST_FILES = {"openapi.yaml", "README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", ".gitignore", "PKG-INFO"}
"""Files of the sdist beside the packages; .gitignore is what Hatchling reads to leave files out."""


def package_files() -> set[str]:
    """Return the files of both packages, named as in the wheel."""
    return {
        f"{name}/{path.relative_to(folder).as_posix()}"
        for name, folder in PACKAGES.items()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def wheel_faults(names: Sequence[str]) -> list[str]:
    """Return what is wrong with the files of a wheel: one sentence each."""
    own = {name for name in names if ".dist-info/" not in name}
    info = {name.rpartition(".dist-info/")[2] for name in names if ".dist-info/" in name}
    return _faults("wheel", own, package_files()) + [
        f"wheel: the metadata lacks {name}"
        for name in sorted({"METADATA", "RECORD", "entry_points.txt", "licenses/LICENSE"} - info)
    ]


def sdist_faults(names: Sequence[str]) -> list[str]:
    """Return what is wrong with the files of an sdist: one sentence each."""
    sources = {f"{folder.parent.name}/{name}" for name, folder in PACKAGES.items()}
    expected = SDIST_FILES | {
        f"{source}/{name.partition('/')[2]}"
        for source in sources
        for name in package_files()
        if name.partition("/")[0] == source.partition("/")[2]
    }
    return _faults("sdist", {name.partition("/")[2] for name in names}, expected)


def _faults(kind: str, actual: set[str], expected: set[str]) -> list[str]:
    missing = [f"{kind}: {name} is missing" for name in sorted(expected - actual)]
    return missing + [f"{kind}: {name} does not belong there" for name in sorted(actual - expected)]


def main(arguments: Sequence[str]) -> int:
    """Check the one wheel and the one sdist in a folder; return the exit code: 0 when both hold what they should."""
    (folder,) = map(Path, arguments)
    (wheel,), (sdist,) = list(folder.glob("*.whl")), list(folder.glob("*.tar.gz"))
    with zipfile.ZipFile(wheel) as archive:
        faults = wheel_faults(archive.namelist())
    with tarfile.open(sdist) as archive:
        faults += sdist_faults([member.name for member in archive if member.isfile()])
    print("\n".join(faults) or f"{wheel.name} and {sdist.name} hold what they should.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
