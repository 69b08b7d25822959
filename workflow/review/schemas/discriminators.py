"""Compare what tells the alternatives of a union apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workflow.review.description import Place
from workflow.review.schemas.change import Change
from workflow.review.schemas.effect import Effect
from workflow.review.schemas.form import Alternatives

Places = tuple[Place | None, Place | None]


def compare_discriminators(old: Place | None, new: Place | None, around: Places) -> Iterator[Change]:
    """Compare what tells schemas apart, whether they are alternatives or only led to by it.

    Args:
        old: The discriminator before.
        new: The discriminator after.
        around: What they stand in, before and after.
    """
    places = old or around[0], new or around[1]
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
    defaults = [place.get("defaultMapping") for place in (old, new)]
    meant = [_target(place) if place is not None else "no schema" for place in defaults]
    if meant[0] != meant[1]:
        text = f"{{}} without a tag that is known now means {meant[1]}, before {meant[0]}"
        where = defaults[0] or old, defaults[1] or new
        yield Change("discriminator-default-changed", Effect.UNSURE, text, *where, detail=" ".join(meant))


def compare_mappings(before: Alternatives, after: Alternatives, kept: Mapping[str, str]) -> Iterator[Change]:
    """Compare the discriminators of two unions and what their tags mean.

    Args:
        before: The union before.
        after: The union after.
        kept: What the alternatives that are still there were called before, and what they are called now. The tags of
            others come and go with them, which is told already.
    """
    old, new = before.discriminator, after.discriminator
    yield from compare_discriminators(old, new, (before.place, after.place))
    if old is None or new is None:
        return
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
