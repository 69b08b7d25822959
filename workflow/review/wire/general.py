"""Compare what belongs to a description as a whole: its information, servers, tags, components nobody uses."""

from __future__ import annotations

from workflow.review.description import Place, container
from workflow.review.findings import Level
from workflow.review.wire.security import compare_security_schemes
from workflow.review.wire.servers import compare_servers
from workflow.review.wire.walk import Subject, Walk

_ROOT_KEYS = frozenset({"openapi", "info", "servers", "paths", "webhooks", "components", "security", "tags"})


def compare_general(walk: Walk) -> None:
    """Compare the parts of two descriptions that belong to no operation."""
    base, revision = walk.base.root, walk.revision.root
    subject = Subject("the description", "description")
    compare_servers(walk, base, revision, subject)
    compare_security_schemes(walk)
    walk.texts(base, revision, subject, _ROOT_KEYS)
    walk.texts(base.get("info"), revision.get("info"), Subject("info", "info"), ())
    _compare_tags(walk, base, revision)
    if walk.base.version != walk.revision.version:
        text = f"{{}} is now written in OpenAPI {_dotted(walk.revision.version)}, before {_dotted(walk.base.version)}"
        walk.report("openapi-changed", Level.SAFE, text, subject, (base.get("openapi"), revision.get("openapi")))


def compare_unused(walk: Walk) -> None:
    """Report changes of components that no operation leads to, before or after."""
    base, revision = walk.base.root.get("components"), walk.revision.root.get("components")
    kinds = dict.fromkeys(kind for place in (base, revision) if place for kind, _ in place.members())
    changed: list[tuple[str, str, Place | None, Place | None]] = []
    for kind in kinds:
        before, after = (_members(place, kind) for place in (base, revision))
        for name in dict.fromkeys([*before, *after]):
            old, new = before.get(name), after.get(name)
            is_same = old and new and (walk.equal.alike(old, new) or old.node.plain() == new.node.plain())
            if kind != "securitySchemes" and not is_same:
                changed.append((kind, name, old, new))
    used = walk.equal.used(walk.base) | walk.equal.used(walk.revision) if changed else set[int]()
    for kind, name, old, new in changed:
        if not any(place and container(place.node) in used for place in (old, new)):
            action = "added" if old is None else "removed" if new is None else "changed"
            subject = Subject(f"{kind}/{name}", f"component {kind} {name}")
            text = f"{{}}, which no operation uses, was {action}"
            places = old or base or walk.base.root, new or revision or walk.revision.root
            walk.report(f"unused-component-{action}", Level.SAFE, text, subject, places)


def compare_writing(walk: Walk) -> None:
    """Report that two descriptions which say the same are written differently, at the first difference."""
    base, revision = walk.base.root, walk.revision.root
    while True:
        before, after = dict(base.children()), dict(revision.children())
        differing = [key for key in dict.fromkeys([*before, *after]) if not _same(before.get(key), after.get(key))]
        if not differing or differing[0] not in before or differing[0] not in after:
            break
        base, revision = before[differing[0]], after[differing[0]]
    if _same(base, revision):
        return
    subject = Subject("the description", "description")
    text = "{} is written differently here, and says the same"
    walk.report("rewritten", Level.DOCS, text, subject, (base, revision))


def _same(base: Place | None, revision: Place | None) -> bool:
    return base is not None and revision is not None and base.node.plain() == revision.node.plain()


def _compare_tags(walk: Walk, base: Place, revision: Place) -> None:
    before, after = _tags(base), _tags(revision)
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        subject = Subject(f"tag {name}", f"tag {name}")
        if old is not None and new is not None:
            walk.texts(old, new, subject, {"name"})
        else:
            action = "added" if old is None else "removed"
            walk.report(f"tag-text-{action}", Level.DOCS, f"{{}} was {action}", subject, (old or base, new or revision))


def _tags(root: Place) -> dict[str, Place]:
    tags = root.get("tags")
    return {tag.text("name") or "": tag for tag in tags.items()} if tags is not None else {}


def _members(components: Place | None, kind: str) -> dict[str, Place]:
    place = components.get(kind) if components is not None else None
    return dict(place.members()) if place is not None else {}


def _dotted(version: tuple[int, int]) -> str:
    return ".".join(str(part) for part in version)
