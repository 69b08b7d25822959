"""Pin every dependency in constraints.txt: ``python -m workflow.lock``.

``--upgrade`` takes newer versions than those pinned so far, ``--check`` only proves that the pins cover what
pyproject.toml names. One file holds for all dependency groups and extras, every supported Python and every platform.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dependency_groups import resolve
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from workflow import ROOT

CONSTRAINTS = ROOT / "constraints.txt"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = ("linux", "darwin", "win32")


def requirements(pyproject: Mapping[str, Any]) -> Iterator[tuple[str, Requirement]]:
    """Yield every requirement a pyproject.toml names, each with where it stands there.

    The project itself is left out: its extras name one another.
    """
    project = pyproject["project"]
    named = {"build-system": pyproject["build-system"]["requires"], "project": project.get("dependencies", [])}
    named |= {f"extra {name}": list(lines) for name, lines in project.get("optional-dependencies", {}).items()}
    groups = pyproject.get("dependency-groups", {})
    named |= {f"group {name}": resolve(groups, name) for name in groups}
    for place, lines in named.items():
        for line in lines:
            requirement = Requirement(line)
            if canonicalize_name(requirement.name) != canonicalize_name(project["name"]):
                yield place, requirement


def uncovered(pyproject: Mapping[str, Any], constraints: str) -> list[str]:
    """Return a sentence for every requirement that the pins leave open on some supported Python or platform.

    Args:
        pyproject: The parsed pyproject.toml.
        constraints: The text of constraints.txt.
    """
    lines = (line.partition("#")[0].strip() for line in constraints.splitlines())
    pins: dict[str, list[Requirement]] = {}
    for pin in map(Requirement, filter(None, lines)):
        pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    faults: dict[str, None] = {}
    for place, requirement in requirements(pyproject):
        for environment in _environments():
            if requirement.marker is None or requirement.marker.evaluate(environment):
                found = [
                    pin
                    for pin in pins.get(canonicalize_name(requirement.name), [])
                    if pin.marker is None or pin.marker.evaluate(environment)
                ]
                if not any(_satisfies(pin, requirement) for pin in found):
                    pinned = " and ".join(str(pin.specifier) for pin in found) or "nothing"
                    faults[f"{place}: {requirement} is pinned by {pinned}"] = None
    return list(faults)


def _environments() -> Iterator[dict[str, str]]:
    systems = {"linux": ("posix", "Linux"), "darwin": ("posix", "Darwin"), "win32": ("nt", "Windows")}
    for python in PYTHONS:
        for platform in PLATFORMS:
            os_name, system = systems[platform]
            yield {
                "python_version": python,
                "python_full_version": f"{python}.7",
                "sys_platform": platform,
                "os_name": os_name,
                "platform_system": system,
            }


def _satisfies(pin: Requirement, requirement: Requirement) -> bool:
    (specifier,) = pin.specifier
    return specifier.operator == "==" and requirement.specifier.contains(specifier.version, prereleases=True)


def lock(groups: Sequence[str], *options: str) -> None:
    """Write constraints.txt with uv; versions pinned there already stay, unless an option says otherwise.

    Args:
        groups: The dependency groups to cover; extras all are.
        options: Options for ``uv pip compile``, such as ``--upgrade``.

    Raises:
        subprocess.CalledProcessError: uv found no versions that fit together; it has said why.
    """
    command = ["uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", PYTHONS[0]]
    command += ["--all-extras", *(word for group in groups for word in ("--group", group))]
    command += ["--custom-compile-command", "nox -s lock", "--output-file", CONSTRAINTS.name, *options]
    subprocess.run(command, cwd=ROOT, check=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m workflow.lock", description="Pin every dependency.")
    parser.add_argument("--check", action="store_true", help="write nothing, fail when a dependency is not pinned")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    options = parser.parse_args(arguments)
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    if not options.check:
        lock(list(pyproject["dependency-groups"]), *(["--upgrade"] if options.upgrade else []))
    faults = uncovered(pyproject, CONSTRAINTS.read_text(encoding="utf-8"))
    for fault in faults:
        print(f"{CONSTRAINTS.name}: {fault}; `nox -s lock` pins it")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
