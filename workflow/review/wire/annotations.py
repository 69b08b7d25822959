"""Find what changed in text for readers: descriptions, examples, titles, extensions, keys nobody interprets."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from workflow.review.description import Place
from workflow.review.findings import Level
from workflow.review.schemas.change import Change
from workflow.review.schemas.effect import Effect

_FOR_READERS = frozenset(
    {
        "$comment", "$schema", "$self", "$vocabulary", "bearerFormat", "contact", "description", "email", "example",
        "examples", "externalDocs", "identifier", "jsonSchemaDialect", "kind", "license", "links", "name", "parent",
        "summary", "tags", "termsOfService", "title", "url", "version", "$id", "$anchor", "$dynamicAnchor", "$defs",
        "definitions", "deviceAuthorizationUrl",
    }
)  # fmt: skip
"""Keywords of OpenAPI and JSON Schema that only tell people something, or only name a place."""


def text_level(change: Change) -> Level:
    """Return the level of a change of something that nothing interprets."""
    return Level.RISKY if change.rule == "unknown-keyword-changed" else Level.DOCS


def compare_annotations(base: Place | None, revision: Place | None, interpreted: Collection[str]) -> Iterator[Change]:
    """Compare the members of two mappings that nothing else interprets.

    Args:
        base: The mapping in the base.
        revision: The mapping in the revision.
        interpreted: Keys that are compared elsewhere.

    Yields:
        One change per key whose value differs.
    """
    before = dict(base.members()) if base is not None else {}
    after = dict(revision.members()) if revision is not None else {}
    for name in dict.fromkeys([*before, *after]):
        if name in interpreted:
            continue
        old, new = before.get(name), after.get(name)
        if old is not None and new is not None and old.node.plain() == new.node.plain():
            continue
        action = "added" if old is None else "removed" if new is None else "changed"
        if name in _FOR_READERS or name.startswith("x-"):
            text = f"{name!r} of {{}} was {action}"
            yield Change(f"text-{action}", Effect.SAME, text, old or base, new or revision, detail=name)
        else:
            text = f"{name!r} of {{}}, which this review does not know, was {action}"
            yield Change("unknown-keyword-changed", Effect.UNSURE, text, old or base, new or revision, detail=name)
