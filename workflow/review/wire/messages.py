"""Compare what is sent and what comes back: request bodies, responses and their headers."""

from __future__ import annotations

from workflow.review.description import Description, Place
from workflow.review.findings import Level
from workflow.review.schemas.change import Direction
from workflow.review.wire.content import compare_content
from workflow.review.wire.lifecycle import KEYS as LIFECYCLE_KEYS
from workflow.review.wire.parameters import compare_carriers
from workflow.review.wire.walk import Subject, Walk

_BODY_KEYS = frozenset({"content", "required"})
_RESPONSE_KEYS = frozenset({"content", "headers"})
_HEADER_KEYS = frozenset({"required", "schema", "content", "style", "explode"}) | LIFECYCLE_KEYS


def compare_request_bodies(walk: Walk, base: Place, revision: Place, direction: Direction, subject: Subject) -> None:
    """Compare the request bodies of two versions of an operation."""
    before, after = _resolved(walk.base, base, "requestBody"), _resolved(walk.revision, revision, "requestBody")
    member = Subject("request body", f"{subject.identity} request body", subject.operation)
    asked = direction is Direction.REQUEST
    if before is not None and after is not None:
        _compare_body_required(walk, before, after, direction, member)
        walk.texts(before, after, member, _BODY_KEYS)
        compare_content(walk, before, after, direction, member)
    elif before is not None:
        kind = "required" if before.flag("required") else "optional"
        text = "the {} was removed"
        walk.report(f"{kind}-body-removed", Level.BREAKING, text, member, (before, revision), direction=direction)
    elif after is not None:
        required = after.flag("required")
        kind = "required" if required else "optional"
        level = Level.BREAKING if required and asked else Level.SAFE
        text = f"a {kind} {{}} was added"
        walk.report(f"{kind}-body-added", level, text, member, (base, after), direction=direction)


def _compare_body_required(walk: Walk, base: Place, revision: Place, direction: Direction, subject: Subject) -> None:
    was, now = base.flag("required"), revision.flag("required")
    if was != now:
        rule, text = (
            ("became-required", "the {} is now required") if now else ("became-optional", "the {} may be left out")
        )
        level = Level.BREAKING if now == (direction is Direction.REQUEST) else Level.SAFE
        places = base.get("required") or base, revision.get("required") or revision
        walk.report(rule, level, text, subject, places, direction=direction)


def compare_responses(walk: Walk, base: Place, revision: Place, direction: Direction, subject: Subject) -> None:
    """Compare the responses of two versions of an operation."""
    owners = base.get("responses") or base, revision.get("responses") or revision
    before, after = _responses(walk.base, base), _responses(walk.revision, revision)
    for status in dict.fromkeys([*before, *after]):
        old, new = before.get(status), after.get(status)
        member = Subject(f"response {status}", f"{subject.identity} response {status}", subject.operation)
        # What is described by itself on one side may have been meant by a range or the default of the other.
        general_old, general_new = _general(before, status), _general(after, status)
        if old is None and new is not None and general_old is not None:
            walk.report("response-split", Level.SAFE, "{} is now described by itself", member, (general_old, new))
            old = general_old
        elif new is None and old is not None and general_new is not None:
            walk.report(
                "response-joined", Level.SAFE, "{} is no longer described by itself", member, (old, general_new)
            )
            new = general_new
        if walk.equal(old, new):
            continue
        if old is not None and new is not None:
            walk.texts(old, new, member, _RESPONSE_KEYS)
            compare_content(walk, old, new, direction, member)
            _compare_headers(walk, old, new, direction, member)
        elif old is not None:
            # A range whose statuses are described one by one promises no more than it did.
            is_listed = any(_range(known) == status for known in after.keys() - before.keys())
            level = Level.BREAKING if _is_success(status) and not is_listed else Level.SAFE
            kind = "success" if _is_success(status) else "error"
            walk.report(
                f"{kind}-response-removed", level, "{} was removed", member, (old, owners[1]), direction=direction
            )
        elif new is not None:
            # A second way to succeed is new to clients that look for one status; errors they must expect anyway.
            level = Level.RISKY if _is_success(status) and any(_is_success(known) for known in before) else Level.SAFE
            kind = "success" if _is_success(status) else "error"
            walk.report(f"{kind}-response-added", level, "{} was added", member, (owners[0], new), direction=direction)


def _responses(description: Description, operation: Place) -> dict[str, Place]:
    responses = operation.get("responses")
    members = responses.members() if responses is not None else ()
    return {
        f"{status[:1]}XX" if status[1:].upper() == "XX" else status: description.resolve(place)
        for status, place in members
        if not status.startswith("x-")
    }


def _range(status: str) -> str:
    return f"{status[:1]}XX" if status.isdecimal() else ""


def _general(responses: dict[str, Place], status: str) -> Place | None:
    """Return the response that stands for a status which is not described: that of its range, else the default."""
    if not status.isdecimal():
        return responses.get("default") if status.endswith("XX") else None
    return responses.get(_range(status), responses.get("default"))


def _is_success(status: str) -> bool:
    return status[:1] in ("1", "2", "3")


def _compare_headers(walk: Walk, base: Place, revision: Place, direction: Direction, subject: Subject) -> None:
    before, after = _headers(walk.base, base), _headers(walk.revision, revision)
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        member = subject.member(f" header {name}")
        required = (old or new or base).flag("required")
        kind = "required" if required else "optional"
        if old is not None and new is not None:
            _compare_header_required(walk, old, new, direction, member)
            compare_carriers(walk, old, new, direction, member, interpreted=_HEADER_KEYS)
        elif old is not None:
            harmful = required and direction is Direction.RESPONSE
            level = Level.BREAKING if harmful else Level.RISKY
            walk.report(f"{kind}-header-removed", level, "{} was removed", member, (old, revision), direction=direction)
        elif new is not None:
            level = Level.BREAKING if required and direction is Direction.REQUEST else Level.SAFE
            walk.report(f"{kind}-header-added", level, "{} was added", member, (base, new), direction=direction)


def _headers(description: Description, response: Place) -> dict[str, Place]:
    headers = response.get("headers")
    return (
        {name.lower(): description.resolve(place) for name, place in headers.members()} if headers is not None else {}
    )


def _compare_header_required(walk: Walk, base: Place, revision: Place, direction: Direction, subject: Subject) -> None:
    was, now = base.flag("required"), revision.flag("required")
    if was != now:
        rule, text = ("became-required", "{} is now always sent") if now else ("became-optional", "{} may be missing")
        level = Level.BREAKING if now == (direction is Direction.REQUEST) else Level.SAFE
        walk.report(rule, level, text, subject, (base, revision), direction=direction)


def _resolved(description: Description, owner: Place, key: str) -> Place | None:
    place: Place | None = owner.get(key)
    return description.resolve(place) if place is not None and place.is_mapping else None
