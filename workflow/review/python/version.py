"""Read the settings beside a contract, at any revision: the version of the package, and the tools that are pinned."""

from __future__ import annotations

import posixpath
import re
import tomllib
from typing import Any

from workflow.document import DocumentError
from workflow.review.sources import Source

_SETTINGS = "pyproject.toml"
_PIN = re.compile(r"(?P<name>[\w.-]+)\s*==\s*(?P<version>[\w.!+-]+)")
_ASSIGNMENT = re.compile(r"""^__version__(?:\s*:\s*\w+)?\s*=\s*(["'])(?P<version>[^"']+)\1""", re.MULTILINE)


def package_version(source: Source) -> str | None:
    """Return the version of the package a contract belongs to.

    It stands in `pyproject.toml`, or in the file that `tool.hatch.version` there names.

    Args:
        source: The contract.

    Returns:
        The version as written; None when there is no package beside the contract or it states no version.

    Raises:
        DocumentError: The settings are malformed, or the file they name does not give the version.
    """
    settings = _settings(source)
    version = _setting(settings, "project", "version")
    path = _setting(settings, "tool", "hatch", "version", "path")
    if version is not None or path is None:
        return version
    path = source.beside(posixpath.normpath(path))
    found = _ASSIGNMENT.search(source.text(path))
    if found is None:
        raise DocumentError(source.name(path), None, f"does not assign __version__, which {_SETTINGS} looks for here")
    return found["version"]


def pinned_versions(source: Source) -> dict[str, str]:
    """Return the versions that the group `generate` of the settings beside a contract pins, by the name of the tool.

    Raises:
        DocumentError: The settings are malformed.
    """
    groups = _settings(source).get("dependency-groups")
    group = groups.get("generate") if isinstance(groups, dict) else None
    lines = [line for line in group if isinstance(line, str)] if isinstance(group, list) else []
    return {pin["name"]: pin["version"] for line in lines if (pin := _PIN.fullmatch(line.strip()))}


def _settings(source: Source) -> dict[str, Any]:
    text = source.text_beside(_SETTINGS)
    try:
        return tomllib.loads(text or "")
    except tomllib.TOMLDecodeError as error:
        raise DocumentError(source.name(source.beside(_SETTINGS)), None, f"not well-formed TOML: {error}") from None


def _setting(settings: dict[str, Any], *keys: str) -> str | None:
    value: Any = settings
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else None
