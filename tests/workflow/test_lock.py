"""Every dependency is pinned, for every Python and platform, and nothing says where packages come from."""

import re
import subprocess
import tomllib
from typing import Any

import pytest

from workflow import ROOT
from workflow.lock import CONSTRAINTS, main, uncovered

INDEX = re.compile(
    # Written so that this file does not name one itself.
    r"--?(extra-)?(index(-url)?|find-links|registry)[ =]http|(py[p]i|pythonhoste[d])\.org|registry\.npmj[s]|https?://\S+/simple\b"
)


def project(*dependencies: str, **groups: list[Any]) -> dict[str, Any]:
    """Return a parsed pyproject.toml with these dependencies and groups."""
    return {
        "build-system": {"requires": []},
        "project": {"name": "parcels", "dependencies": list(dependencies)},
        "dependency-groups": groups,
    }


def test_the_pins_cover_every_requirement(capsys: pytest.CaptureFixture[str]) -> None:
    """Each dependency, extra and group of pyproject.toml is pinned on every supported Python and platform."""
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_a_requirement_without_a_pin_fails_the_check() -> None:
    """Take away any pin that pyproject.toml names, and the check says which requirement is open."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pins = CONSTRAINTS.read_text(encoding="utf-8")

    for name in ("httpx", "openapi-python-client", "hatchling", "uvicorn", "pytest", "distributed"):
        without = re.sub(rf"^{name}==.*$", "", pins, flags=re.MULTILINE)
        assert any(name in fault for fault in uncovered(pyproject, without)), name


@pytest.mark.parametrize(
    ("pins", "fault"),
    [
        ("httpx==0.28.1", None),
        ("HTTPX==0.28.1  # via parcels", None),
        ("", "project: httpx>=0.27 is pinned by nothing"),
        ("httpx==0.26.0", "project: httpx>=0.27 is pinned by ==0.26.0"),
        ("httpx>=0.28", "project: httpx>=0.27 is pinned by >=0.28"),
        ("httpx==0.28.1 ; sys_platform == 'linux'", "project: httpx>=0.27 is pinned by nothing"),
        ("httpx==0.28.1 ; python_full_version >= '3.12'", "project: httpx>=0.27 is pinned by nothing"),
        ("httpx==0.28.1 ; python_full_version >= '3.12'\nhttpx==0.27.2 ; python_full_version < '3.12'", None),
    ],
)
def test_a_pin_must_hold_everywhere(pins: str, fault: str | None) -> None:
    """A pin counts when it is exact, fits, and holds on every supported Python and platform."""
    assert uncovered(project("httpx>=0.27"), pins) == ([] if fault is None else [fault])


def test_groups_within_groups_and_markers_are_followed() -> None:
    """A requirement of an included group counts, one for no supported platform does not."""
    pyproject = project("tomli; python_version < '3.11'", a=["attrs>=23"], b=[{"include-group": "a"}])

    assert uncovered(pyproject, "") == [
        "group a: attrs>=23 is pinned by nothing",
        "group b: attrs>=23 is pinned by nothing",
    ]


def test_no_file_names_a_package_index() -> None:
    """Where packages are fetched from is a matter of the machine: no file of the repository names an index."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout.split(b"\0")

    found = [
        name.decode()
        for name in names
        if name and INDEX.search((ROOT / name.decode()).read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []
