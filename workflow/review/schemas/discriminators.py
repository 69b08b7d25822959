"""Compare what tells the alternatives of a union apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workflow.review.description import Place
from workflow.review.schemas.change import Change
from workflow.review.schemas.effect import Effect
from workflow.review.schemas.form import Alternatives


def compare_discriminators(before: Alternatives, after: Alternatives, kept: Mapping[str, str]) -> Iterator[Change]:
    """Compare the discriminators of two unions.

    Args:
        before: The union before.
        after: The union after.
        kept: What the alternatives that are still there were called before, and what they are called now. The tags of
            others come and go with them, which is told already.
    """
    old, new = before.discriminator, after.discriminator
    places = old or before.place, new or after.place
    if old is None and new is not None:
        yield Change("discriminator-added", Effect.SAME, "{} is now told apart by a discriminator", *places)
    elif old is not None and new is None:
        yield Change("discriminator-removed", Effect.UNSURE, "{} is no longer told apart by a discriminator", *places)
    if old is None or new is None:
        return
    names = old.text("propertyName") or "", new.text("propertyName") or ""
    if names[0] != names[1]:
        text = f"{{}} is told apart by {names[1]}, before by {names[0]}"
        yield Change("discriminator-changed", Effect.DIFFERENT, text, *places, detail=" ".join(names))
    known, now = _mapping(old), _mapping(new)
    for tag in sorted(known.keys() - now.keys()):
        if _target(known[tag]) in kept:
            text = f"the tag {tag} of {{}} has no mapping any more"
            yield Change("discriminator-mapping-removed", Effect.UNSURE, text, known[tag], new, detail=tag)
    for tag in sorted(now.keys() - known.keys()):
        if _target(now[tag]) in kept.values():
            text = f"the tag {tag} of {{}} has a mapping now"
            yield Change("discriminator-mapping-added", Effect.UNSURE, text, old, now[tag], detail=tag)
    for tag in sorted(known.keys() & now.keys()):
        before_name, after_name = _target(known[tag]), _target(now[tag])
        if kept.get(before_name, before_name) != after_name:
            text = f"the tag {tag} of {{}} now means {after_name}, before {before_name}"
            yield Change("discriminator-mapping-changed", Effect.UNSURE, text, known[tag], now[tag], detail=tag)


def _mapping(discriminator: Place) -> dict[str, Place]:
    mapping = discriminator.get("mapping")
    return dict(mapping.members()) if mapping is not None else {}


def _target(tag: Place) -> str:
    """Return the name of the schema that a tag leads to."""
    return str(tag.value).rpartition("/")[2]
