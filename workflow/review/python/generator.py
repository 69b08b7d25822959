"""Tell that a client was written by another generator, ruff or templates, and what that did to it."""

from __future__ import annotations

import re

from workflow.generate import PACKAGE
from workflow.review.findings import Finding, Level, Part

Files = dict[str, bytes]
"""Contents of modules, by their path from the folder of the contract."""

_PROVENANCE = f"generated/{PACKAGE}/provenance.py"
_FACT = re.compile(r'^(?P<name>[A-Z0-9_]+): Final = "(?P<value>[^"]*)"$', flags=re.MULTILINE)
_TOOLS = {"GENERATOR_VERSION": "openapi-python-client", "RUFF_VERSION": "ruff"}
_TEMPLATES = "TEMPLATES_SHA256"


def provenance(files: Files) -> dict[str, str]:
    """Return what a client says it was generated from and with, such as `GENERATOR_VERSION`."""
    text = files.get(_PROVENANCE, b"").decode("utf-8", "replace")
    return {fact["name"]: fact["value"] for fact in _FACT.finditer(text)}


def generator_change(base: Files, revision: Files) -> Finding | None:
    """Return the finding that something else wrote the client; None when the same did, or nothing tells.

    Args:
        base: The modules of the client before.
        revision: The modules of the client after.
    """
    before, after = provenance(base), provenance(revision)
    if not before or not after:
        return None
    writers = [
        f"{tool} {after.get(name, 'of unknown version')}, before {before.get(name, 'of unknown version')}"
        for name, tool in _TOOLS.items()
        if before.get(name) != after.get(name)
    ]
    if before.get(_TEMPLATES) != after.get(_TEMPLATES):
        writers.append("other templates or settings")
    if not writers:
        return None
    names = (base.keys() | revision.keys()) - {_PROVENANCE}
    changed = sum(base.get(name) != revision.get(name) for name in names)
    effect = "no module of it changed"
    if changed:
        effect = f"{changed} of its {len(names)} modules changed"
    detail = "; ".join(writers)
    return Finding(
        rule="generator-changed",
        level=Level.SAFE if changed else Level.DOCS,
        direction=None,
        subject="generated client",
        identity="generated client",
        text=f"The client is written by {detail}: {effect}.",
        base=None,
        revision=None,
        detail=detail,
        part=Part.PACKAGE,
    )
