"""Tell what a review must know of a description that did not change, without building all of it in memory."""

from __future__ import annotations

import re

import yaml

from workflow.document import DocumentError, parse

_UNSURE = re.compile(
    r"""\$ref(?!["']?\s*:\s*["']?\#)  # a reference that does not lead into the same file, or is no plain key
    | \.(?:ya?ml|json)\b | \w\#/      # what a mapping may name
    | \\(?:u00|x)24                   # a dollar sign that is escaped
    | ^---[\s\S]*^---                 # a second document""",
    re.VERBOSE | re.MULTILINE,
)
_VERSION = re.compile(r"^openapi: *[\"']?3\.[012]\b", re.MULTILINE)
_PARTS = re.compile(r"^(?:paths|components|webhooks):", re.MULTILINE)
_INFO = re.compile(r"^info:(?: *\n(?: .*\n|\n)*| *\{.*\n)", re.MULTILINE)


def glanced_version(text: str) -> str | None:
    """Return `info.version` of a description in YAML that is well-formed and refers to no other file.

    Args:
        text: The description.

    Returns:
        The version; None where only reading all of it can tell.
    """
    info = _INFO.search(text)
    if info is None or not (_VERSION.search(text) and _PARTS.search(text)) or _UNSURE.search(text):
        return None
    try:
        yaml.CSafeLoader(text).raw_parse()
        version = parse(info[0], "").find(["info", "version"])
    except (yaml.YAMLError, DocumentError):
        return None
    return str(version.value) if version is not None and version.value is not None else None
