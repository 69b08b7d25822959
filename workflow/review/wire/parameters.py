"""Compare the parameters of an operation, and headers, which are parameters without a name of their own."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.review.description import Description, Place
from workflow.review.findings import Level
from workflow.review.schemas.change import Direction
from workflow.review.wire.content import compare_content
from workflow.review.wire.lifecycle import KEYS as LIFECYCLE_KEYS
from workflow.review.wire.lifecycle import is_before_sunset
from workflow.review.wire.walk import Subject, Walk, Writing

_INTERPRETED = (
    frozenset({"name", "in", "required", "schema", "content", "style", "explode", "allowReserved", "allowEmptyValue"})
    | LIFECYCLE_KEYS
)
_DEFAULT_STYLE = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}

Owners = tuple[Place, Place]
"""A path item and an operation of it: both may list parameters, the operation's win."""


def compare_parameters(
    walk: Walk, base: Owners, revision: Owners, direction: Direction, subject: Subject, *, renamed: dict[str, str]
) -> None:
    """Compare the parameters of two versions of an operation.

    Args:
        walk: Where to report.
        base: Path item and operation before.
        revision: Path item and operation after.
        direction: Who sends them.
        subject: The operation.
        renamed: New names of path parameters by the old.
    """
    before = _parameters(walk.base, base, renamed)
    after = _parameters(walk.revision, revision, {})
    for place, name in dict.fromkeys([*before, *after]):
        old, new = before.get((place, name)), after.get((place, name))
        # Both names of one that was renamed, in an order that does not depend on which came first.
        names = " ".join(sorted({parameter.text("name") or "" for parameter in (old, new) if parameter is not None}))
        identity = f"{subject.identity} {place} parameter {names if place == 'path' else name}"
        member = Subject(f"{place} parameter {name}", identity, subject.operation)
        if old is not None and new is not None:
            if place == "querystring" and " " in names:
                text = f"{{}} is now called {new.text('name')}, which is written nowhere in requests"
                walk.report("querystring-renamed", Level.SAFE, text, member, (old, new), direction=direction)
            _compare_required(walk, old, new, direction, member)
            compare_carriers(walk, old, new, direction, member, interpreted=_INTERPRETED)
        elif old is not None:
            early = is_before_sunset(old, walk.today)
            text = "{} was removed before its sunset" if early else "{} was removed"
            level = Level.BREAKING if early else Level.RISKY
            kind = "required" if old.flag("required") else "optional"
            walk.report(f"{kind}-parameter-removed", level, text, member, (old, revision[1]), direction=direction)
        elif new is not None:
            required = new.flag("required")
            kind = "required" if required else "optional"
            text = f"the {kind} {{}} was added"
            level = Level.BREAKING if required and direction is Direction.REQUEST else Level.SAFE
            walk.report(f"{kind}-parameter-added", level, text, member, (base[1], new), direction=direction)


def _parameters(description: Description, owners: Owners, renamed: dict[str, str]) -> dict[tuple[str, str], Place]:
    """Return the parameters by where they are sent and by name, path parameters by their new name.

    That which is the whole query string has a name that is sent nowhere.
    """
    parameters: dict[tuple[str, str], Place] = {}
    for owner in owners:
        for parameter in _listed(description, owner):
            place, name = parameter.text("in") or "", parameter.text("name") or ""
            if place == "header":
                name = name.lower()
            elif place == "path":
                name = renamed.get(name, name)
            elif place == "querystring":
                name = "as a whole"
            parameters[place, name] = parameter
    return parameters


def _listed(description: Description, owner: Place) -> Iterator[Place]:
    parameters = owner.get("parameters")
    for parameter in parameters.items() if parameters is not None else ():
        yield description.resolve(parameter)


def _compare_required(walk: Walk, base: Place, revision: Place, direction: Direction, subject: Subject) -> None:
    was, now = base.flag("required"), revision.flag("required")
    if was == now:
        return
    rule, text = ("became-required", "{} is now required") if now else ("became-optional", "{} is no longer required")
    level = Level.BREAKING if now == (direction is Direction.REQUEST) else Level.SAFE
    places = base.get("required") or base, revision.get("required") or revision
    walk.report(rule, level, text, subject, places, direction=direction)


def compare_carriers(
    walk: Walk, base: Place, revision: Place, direction: Direction, subject: Subject, *, interpreted: frozenset[str]
) -> None:
    """Compare what parameters and headers have in common: schema, way of writing, promises and text."""
    walk.promises(base, revision, subject)
    walk.texts(base, revision, subject, interpreted)
    _compare_writing(walk, base, revision, direction, subject)
    old, new = base.get("schema"), revision.get("schema")
    was_content, is_content = base.get("content") is not None, revision.get("content") is not None
    if was_content != is_content and (old if is_content else new) is not None:
        text = (
            f"{{}} is {'now' if is_content else 'no longer'} written as a media type, and was not described so before"
        )
        text = text if is_content else "{} is written by its style, and before as a media type"
        places = (base, revision)
        walk.report("writing-changed", Level.BREAKING, text, subject, places, direction=direction)
        return
    if was_content or is_content:
        compare_content(walk, base, revision, direction, subject)
    if old is None and new is None:
        return
    is_repeated = _style(base) == _style(revision) == ("form", True)
    walk.schemas(old, new, direction, subject, writing=Writing(is_text=True, has_fields=True, is_repeated=is_repeated))


def _compare_writing(walk: Walk, base: Place, revision: Place, direction: Direction, subject: Subject) -> None:
    before, after = _style(base), _style(revision)
    if before != after:
        text = f"{{}} is written in the style {_describe(after)}, before {_describe(before)}"
        level = Level.BREAKING
        detail = f"{_describe(before)} {_describe(after)}"
        walk.report("style-changed", level, text, subject, (base, revision), direction=direction, detail=detail)
    for key, words in (("allowReserved", "unescaped reserved characters"), ("allowEmptyValue", "an empty value")):
        was, now = base.flag(key), revision.flag(key)
        if was == now:
            continue
        harmful = (direction is Direction.REQUEST) != now
        action = "added" if now else "removed"
        text = f"{{}} {'may now' if now else 'may no longer'} have {words}"
        rule = f"{'reserved' if key == 'allowReserved' else 'empty-value'}-{action}"
        level = Level.BREAKING if harmful else Level.SAFE
        walk.report(rule, level, text, subject, (base, revision), direction=direction)


def _style(parameter: Place) -> tuple[str, bool]:
    style = parameter.text("style") or _DEFAULT_STYLE.get(parameter.text("in") or "header", "simple")
    explode = parameter.get("explode")
    return style, explode.value is True if explode is not None else style == "form"


def _describe(style: tuple[str, bool]) -> str:
    return f"{style[0]}, exploded" if style[1] else style[0]
