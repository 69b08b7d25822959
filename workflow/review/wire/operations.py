"""Compare paths and operations: which correspond, which came and went, and what each says of itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from attrs import define

from workflow.review.description import Description, Place
from workflow.review.findings import Finding, Level
from workflow.review.schemas.change import Direction
from workflow.review.wire.general import compare_general, compare_unused, compare_writing
from workflow.review.wire.lifecycle import KEYS as LIFECYCLE_KEYS
from workflow.review.wire.lifecycle import is_before_sunset, removal_level
from workflow.review.wire.messages import compare_request_bodies, compare_responses
from workflow.review.wire.parameters import compare_parameters
from workflow.review.wire.security import compare_security
from workflow.review.wire.servers import compare_own_servers, compare_servers
from workflow.review.wire.walk import Subject, Walk

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""Keys of a path item that hold operations, with the one that came with OpenAPI 3.2."""

_INTERPRETED = frozenset(
    {"operationId", "tags", "parameters", "requestBody", "responses", "callbacks", "security", "servers"}
) | LIFECYCLE_KEYS  # fmt: skip
_VARIABLE = re.compile(r"\{([^{}]*)\}")


@define
class _Exchange:
    """Two versions of an operation and who starts the conversation.

    Attributes:
        base: The operation before.
        revision: The operation after.
        base_path: Its path item before.
        revision_path: Its path item after.
        renamed: New names of path parameters by the old.
        direction: Who writes the request: clients, or the server for webhooks and callbacks.
    """

    base: Place
    revision: Place
    base_path: Place
    revision_path: Place
    renamed: dict[str, str]
    direction: Direction


def compare_descriptions(
    base: Description, revision: Description, today: dt.date, *, strict: bool = False
) -> list[Finding]:
    """Compare two descriptions on the wire.

    Args:
        base: The description before.
        revision: The description after.
        today: The day that decides which sunsets have passed.
        strict: Whether set theory alone decides about properties that come to closed objects of responses.

    Returns:
        What changed, worst first and then in the order of the descriptions.
    """
    if _are_alike(base, revision):
        return []
    walk = Walk(base, revision, today, strict)
    _compare_paths(walk, base.root.get("paths"), revision.root.get("paths"), Direction.REQUEST, "")
    _compare_paths(walk, base.root.get("webhooks"), revision.root.get("webhooks"), Direction.RESPONSE, "webhook ")
    compare_general(walk)
    compare_unused(walk)
    findings = walk.findings()
    if not findings:
        compare_writing(walk)
        findings = walk.findings()
    return sorted(findings, key=_order)


def _are_alike(base: Description, revision: Description) -> bool:
    """Whether both are written alike to the letter, with every file they refer to: then nothing need be compared."""
    return base.texts() == revision.texts()


def _order(finding: Finding) -> tuple[int, str, int]:
    place = finding.revision or finding.base
    return -finding.level.weight, place.document.path if place else "", place.line if place else 0


def _compare_paths(walk: Walk, base: Place | None, revision: Place | None, direction: Direction, kind: str) -> None:
    before, after = _by_shape(base), _by_shape(revision)
    for shape in dict.fromkeys([*before, *after]):
        old, new = before.get(shape), after.get(shape)
        if old is not None and new is not None:
            _compare_path_items(walk, old, new, direction, kind=kind, shape=shape)
        elif old is not None:
            for method, operation in _operations(walk.base, old):
                _report_removed(walk, operation, revision, f"{kind}{method} {old.key}", f"{kind}{method} {shape}")
        elif new is not None:
            for method, operation in _operations(walk.revision, new):
                _report_added(walk, base, operation, f"{kind}{method} {new.key}", f"{kind}{method} {shape}")


def _by_shape(paths: Place | None) -> dict[str, Place]:
    """Return path items by their path with the names of parameters left out; equal shapes keep their names."""
    items: dict[str, Place] = {}
    for path, item in paths.members() if paths is not None else ():
        shape = _VARIABLE.sub("{}", path)
        items[shape if shape not in items else path] = item
    return items


def _operations(description: Description, item: Place) -> Iterator[tuple[str, Place]]:
    resolved = description.resolve(item)
    for method in METHODS:
        operation = resolved.get(method)
        if operation is not None:
            yield method.upper(), operation
    further = resolved.get("additionalOperations")
    yield from further.members() if further is not None else ()


def _report_removed(walk: Walk, operation: Place, missing: Place | None, name: str, identity: str) -> None:
    level = removal_level(operation, walk.today)
    text = "{} was removed"
    if is_before_sunset(operation, walk.today):
        text = "{} was removed before its sunset"
    walk.report("operation-removed", level, text, walk.operation(name, identity), (operation, missing))


def _report_added(walk: Walk, missing: Place | None, operation: Place, name: str, identity: str) -> None:
    walk.report("operation-added", Level.SAFE, "{} was added", walk.operation(name, identity), (missing, operation))


def _compare_path_items(
    walk: Walk, base: Place, revision: Place, direction: Direction, *, kind: str, shape: str
) -> None:
    renamed = dict(zip(_VARIABLE.findall(base.key), _VARIABLE.findall(revision.key), strict=False))
    before, after = dict(_operations(walk.base, base)), dict(_operations(walk.revision, revision))
    base_item, revision_item = walk.base.resolve(base), walk.revision.resolve(revision)
    subject = Subject(f"{kind}{revision.key}", f"{kind}{shape}")
    if base.key != revision.key:
        text = f"the parameters in the path {{}} were renamed, before {base.key}"
        walk.report(
            "path-parameters-renamed", Level.SAFE, text, subject, (base, revision), detail=f"{base.key} {revision.key}"
        )
    interpreted = {method.lower() for method in (*before, *after)} | {
        "parameters",
        "servers",
        "$ref",
        "additionalOperations",
    }
    walk.texts(base_item, revision_item, subject, interpreted)
    for method in dict.fromkeys([*before, *after]):
        name, identity = f"{kind}{method} {revision.key}", f"{kind}{method} {shape}"
        if method not in after:
            _report_removed(walk, before[method], revision_item, f"{kind}{method} {base.key}", identity)
        elif method not in before:
            _report_added(walk, base_item, after[method], name, identity)
        elif base.key != revision.key or not _are_same(
            walk, (before[method], after[method]), (base_item, revision_item)
        ):
            exchange = _Exchange(before[method], after[method], base_item, revision_item, renamed, direction)
            _compare_operations(walk, exchange, walk.operation(name, identity))


def _are_same(walk: Walk, operations: tuple[Place, Place], items: tuple[Place, Place]) -> bool:
    """Whether nothing that an operation depends on changed: itself, its path and the security of the description."""
    roots = walk.base.root, walk.revision.root
    schemes = (root.get("components", "securitySchemes") for root in roots)
    return (
        walk.equal(*operations)
        and all(walk.equal(*(item.get(key) for item in items)) for key in ("parameters", "servers"))
        and walk.equal(*(root.get("security") for root in roots))
        and walk.equal(*schemes)
    )


def _compare_operations(walk: Walk, exchange: _Exchange, subject: Subject) -> None:
    base, revision, direction = exchange.base, exchange.revision, exchange.direction
    if not walk.equal.alike(base, revision):
        walk.promises(base, revision, subject)
        walk.texts(base, revision, subject, _INTERPRETED)
        _compare_names(walk, base, revision, subject)
    paths = (exchange.base_path, base), (exchange.revision_path, revision)
    compare_parameters(walk, *paths, direction, subject, renamed=exchange.renamed)
    compare_request_bodies(walk, base, revision, direction, subject)
    compare_responses(walk, base, revision, _answer(direction), subject)
    compare_security(walk, base, revision, subject)
    compare_servers(walk, base, revision, subject)
    compare_servers(walk, exchange.base_path, exchange.revision_path, subject)
    befores, afters = [base, exchange.base_path, walk.base.root], [revision, exchange.revision_path, walk.revision.root]
    compare_own_servers(walk, befores, afters, subject)
    _compare_callbacks(walk, exchange, subject)


def _answer(direction: Direction) -> Direction:
    return Direction.RESPONSE if direction is Direction.REQUEST else Direction.REQUEST


def _compare_names(walk: Walk, base: Place, revision: Place, subject: Subject) -> None:
    before, after = base.text("operationId"), revision.text("operationId")
    if before != after:
        # Nothing on the wire, but every generated client names its functions after it.
        level = Level.RISKY if before is not None else Level.SAFE
        action = "added" if before is None else "removed" if after is None else "changed"
        text = f"the operation id of {{}} was {action}: {' to '.join(name for name in (before, after) if name)}"
        places = base.get("operationId") or base, revision.get("operationId") or revision
        walk.report(f"operation-id-{action}", level, text, subject, places, detail=f"{before} {after}")
    old, new = ({str(item.value): item for item in _items(place.get("tags"))} for place in (base, revision))
    for tag in dict.fromkeys([*old, *new]):
        if (tag in old) == (tag in new):
            continue
        action = "added" if tag in new else "removed"
        text = f"the tag {tag} of {{}} was {action}"
        walk.report(
            f"tag-{action}", Level.SAFE, text, subject, (old.get(tag, base), new.get(tag, revision)), detail=tag
        )


def _items(place: Place | None) -> Iterator[Place]:
    return place.items() if place is not None else iter(())


def _compare_callbacks(walk: Walk, exchange: _Exchange, subject: Subject) -> None:
    before, after = exchange.base.get("callbacks"), exchange.revision.get("callbacks")
    old, new = dict(before.members()) if before else {}, dict(after.members()) if after else {}
    for name in dict.fromkeys([*old, *new]):
        member = subject.member(f" callback {name}")
        if name not in new:
            walk.report("callback-removed", Level.BREAKING, "{} was removed", member, (old[name], exchange.revision))
        elif name not in old:
            walk.report("callback-added", Level.SAFE, "{} was added", member, (exchange.base, new[name]))
        else:
            places = walk.base.resolve(old[name]), walk.revision.resolve(new[name])
            _compare_paths(walk, *places, _answer(exchange.direction), f"{subject.label} callback {name} ")
