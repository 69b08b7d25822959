"""Tell that a client was written by another generator, ruff or templates, and what that did to it."""

from __future__ import annotations

import re
from collections.abc import Mapping

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


def generator_change(base: Files, revision: Files, pins: tuple[Mapping[str, str], Mapping[str, str]]) -> Finding | None:
    """Return the finding that something else writes the client; None when the same does, or nothing tells.

    Args:
        base: The modules of the client before.
        revision: The modules of the client after.
        pins: The versions of what writes it that were pinned before and are now, by the name of the tool.
    """
    facts = before, after = provenance(base), provenance(revision)
    if not before or not after:
        return None
    writers: list[str] = []
    is_due = False
    for name, tool in _TOOLS.items():
        was, now = (side.get(tool, fact.get(name, "unknown")) for side, fact in zip(pins, facts, strict=True))
        if was != now:
            writers.append(f"{tool} {now}, before {was}")
            is_due |= after.get(name) != now
    if before.get(_TEMPLATES) != after.get(_TEMPLATES):
        writers.append("other templates or settings")
    if not writers:
        return None
    names = (base.keys() | revision.keys()) - {_PROVENANCE}
    changed = sum(base.get(name) != revision.get(name) for name in names)
    detail = "; ".join(writers)
    if is_due:
        # What it will do to the client is not known yet.
        level, text = Level.RISKY, f"The client is to be written by {detail}, and is not yet: run `nox -s generate`."
    elif changed:
        level, text = Level.SAFE, f"The client is written by {detail}: {changed} of its {len(names)} modules changed."
    else:
        level, text = Level.DOCS, f"The client is written by {detail}: none of its modules changed."
    return Finding(
        rule="generator-changed",
        level=level,
        direction=None,
        subject="generated client",
        identity="generated client",
        text=text,
        base=None,
        revision=None,
        detail=detail,
        part=Part.PACKAGE,
    )
