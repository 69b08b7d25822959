"""Compare the media types something is written in, and the schemas of each."""

from __future__ import annotations

from workflow.review.description import Place
from workflow.review.findings import Level
from workflow.review.schemas.change import Direction
from workflow.review.wire.walk import Subject, Walk

_INTERPRETED = frozenset({"schema", "encoding"})


def compare_content(walk: Walk, base: Place, revision: Place, direction: Direction, subject: Subject) -> None:
    """Compare the `content` of two request bodies, responses, parameters or headers."""
    before, after = _media_types(base), _media_types(revision)
    _match_renamed(walk, before, after, subject)
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        member = subject.member(f" {name}") if _differs(before, after) else subject
        if old is not None and new is not None:
            walk.texts(old, new, member, _INTERPRETED)
            _compare_encoding(walk, old, new, direction, member)
            walk.schemas(old.get("schema"), new.get("schema"), direction, member)
        elif old is not None:
            # Whoever sends or asks for it is refused.
            text = f"{{}} is no longer written as {name}"
            walk.report(
                "media-type-removed", Level.BREAKING, text, subject, (old, revision), direction=direction, detail=name
            )
        elif new is not None:
            text = f"{{}} can now be written as {name}"
            walk.report("media-type-added", Level.SAFE, text, subject, (base, new), direction=direction, detail=name)


def _differs(before: dict[str, Place], after: dict[str, Place]) -> bool:
    return len(before.keys() | after.keys()) > 1


def _media_types(owner: Place) -> dict[str, Place]:
    content = owner.get("content")
    return {name.lower().replace(" ", ""): place for name, place in content.members()} if content is not None else {}


def _match_renamed(walk: Walk, before: dict[str, Place], after: dict[str, Place], subject: Subject) -> None:
    """Give media types that differ only in parameters, such as a charset, one name."""
    gone = {name.partition(";")[0]: name for name in before if name not in after}
    new = {name.partition(";")[0]: name for name in after if name not in before}
    for essence in gone.keys() & new.keys():
        old_name, new_name = gone[essence], new[essence]
        places = before.pop(old_name), after[new_name]
        before[new_name] = places[0]
        text = f"the parameters of the media type of {{}} changed from {old_name} to {new_name}"
        walk.report("media-type-changed", Level.SAFE, text, subject, places, detail=f"{old_name} {new_name}")


def _compare_encoding(walk: Walk, base: Place, revision: Place, direction: Direction, subject: Subject) -> None:
    before, after = base.get("encoding"), revision.get("encoding")
    if (before.node.plain() if before else {}) != (after.node.plain() if after else {}):
        text = "the way {} writes its parts changed"
        places = before or base, after or revision
        walk.report("encoding-changed", Level.RISKY, text, subject, places, direction=direction)
