"""Prove that a tag may be released: ``python -m workflow.release [TAG]``.

The tag, ``__version__`` and CHANGELOG.md must name the same version, and the changelog must say what came when.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import date

from workflow import ROOT

_HEADING = re.compile(r"^## \[(?P<version>[^\]]+)\](?: - (?P<date>\S+))?$")


def faults(tag: str, version: str, changelog: str) -> list[str]:
    """Return what keeps a tag from being released: one sentence each.

    Args:
        tag: The tag, ``v`` and the version.
        version: The version of the package.
        changelog: The text of CHANGELOG.md.
    """
    found = []
    if tag != f"v{version}":
        found.append(f"the tag is {tag}, and __version__ is {version}: it must be v{version}")
    sections = _sections(changelog)
    if version not in sections:
        found.append(f"CHANGELOG.md has no section '## [{version}] - YYYY-MM-DD'")
        return found
    day, text = sections[version]
    if not _is_date(day):
        found.append(f"CHANGELOG.md tells no date of {version}: '## [{version}] - YYYY-MM-DD'")
    if not text:
        found.append(f"CHANGELOG.md says nothing about {version}")
    released = [name for name in sections if name != "Unreleased"]
    if released[0] != version:
        found.append(f"CHANGELOG.md tells of {released[0]} before {version}: the newest version stands first")
    if sections.get("Unreleased", ("", ""))[1]:
        found.append(f"CHANGELOG.md has unreleased changes: they belong under {version}")
    return found


def _sections(changelog: str) -> dict[str, tuple[str, str]]:
    """Return date and text of each section by its version."""
    sections: dict[str, tuple[str, str]] = {}
    version = day = ""
    lines: list[str] = []
    for line in [*changelog.splitlines(), "## [end]"]:
        if heading := _HEADING.match(line):
            if version:
                sections[version] = (day, "\n".join(lines).strip())
            version, day, lines = heading["version"], heading["date"] or "", []
        else:
            lines.append(line)
    return sections


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def package_version() -> str:
    """Return ``__version__``, read without importing the package."""
    text = (ROOT / "overlays" / "run_steps" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, flags=re.MULTILINE)
    assert found is not None
    return found[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m workflow.release", description="Prove that a tag may be released.")
    parser.add_argument("tag", nargs="?", help="default: the one that __version__ asks for")
    version = package_version()
    tag = parser.parse_args(arguments).tag or f"v{version}"
    found = faults(tag, version, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    for fault in found:
        print(f"{tag} cannot be released: {fault}")
    if not found:
        print(f"{tag} can be released")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
