"""Find what changed in text for readers: descriptions, examples, titles, extensions, keys nobody interprets."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from workflow.review.description import Place
from workflow.review.schemas.change import Change
from workflow.review.schemas.effect import Effect


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
        text = f"{name!r} of {{}} was {action}"
        yield Change(f"text-{action}", Effect.SAME, text, old or base, new or revision, detail=name)
