"""Compare what a client must prove: the ways to authorise a call, their scopes, and the schemes behind them."""

from __future__ import annotations

from workflow.review.description import Description, Place
from workflow.review.findings import Level
from workflow.review.schemas.change import Direction
from workflow.review.schemas.scalars import canonical
from workflow.review.wire.walk import Subject, Walk

_SCHEME_TEXTS = frozenset({"description", "bearerFormat", "x-"})

Way = frozenset[tuple[str, frozenset[str]]]
"""Schemes that must all be satisfied, each with its scopes; the empty set lets anyone in."""


def compare_security(walk: Walk, base: Place, revision: Place, subject: Subject) -> None:
    """Compare the ways to authorise two versions of an operation."""
    renamed, alike = renamed_schemes(walk)
    before, after = _ways(walk.base, base, renamed), _ways(walk.revision, revision, alike)
    owners = _place(walk.base, base), _place(walk.revision, revision)
    direction = Direction.REQUEST
    for way, place in before.items():
        if way not in after:
            # A way is still open when another asks for no more than it did.
            level = Level.SAFE if any(_asks_no_more(other, way) for other in after) else Level.BREAKING
            text = f"to {{}} {_describe(way)} is no longer accepted"
            places = place, owners[1]
            walk.report("security-removed", level, text, subject, places, direction=direction, detail=_describe(way))
    for way, place in after.items():
        if way not in before:
            text = f"to {{}} {_describe(way)} is now accepted"
            places = owners[0], place
            walk.report("security-added", Level.SAFE, text, subject, places, direction=direction, detail=_describe(way))


def compare_security_schemes(walk: Walk) -> None:
    """Compare the security schemes two descriptions define."""
    before, after = _schemes(walk.base), _schemes(walk.revision)
    renamed, _ = renamed_schemes(walk)
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        subject = Subject(f"security scheme {name}", f"security scheme {name}")
        is_kept = old is not None and new is not None and _meaning(walk.base, old) == _meaning(walk.revision, new)
        if name in renamed and not is_kept:
            text = f"{{}} is now called {renamed[name]}"
            walk.report("security-scheme-renamed", Level.SAFE, text, subject, (old, after[renamed[name]]))
            continue
        if name in renamed.values() and old is None:
            continue
        if old is None or new is None:
            # Whether operations ask for it is told by the operations.
            action = "added" if old is None else "removed"
            places = old or walk.base.root, new or walk.revision.root
            walk.report(f"security-scheme-{action}", Level.SAFE, f"{{}} was {action}", subject, places)
            continue
        old, new = walk.base.resolve(old), walk.revision.resolve(new)
        _compare_scheme(walk, old, new, subject)


def _compare_scheme(walk: Walk, base: Place, revision: Place, subject: Subject) -> None:
    before, after = dict(base.members()), dict(revision.members())
    for key in dict.fromkeys([*before, *after]):
        if key in _SCHEME_TEXTS or key.startswith("x-") or key == "flows":
            continue
        old, new = before.get(key), after.get(key)
        if _meant(key, old) != _meant(key, new):
            text = f"{key} of {{}} changed from {_value(old)} to {_value(new)}"
            places = old or base, new or revision
            walk.report("security-scheme-changed", Level.BREAKING, text, subject, places, detail=key)
    _compare_flows(walk, base, revision, subject)
    walk.texts(base, revision, subject, (before.keys() | after.keys()) - _SCHEME_TEXTS - _extensions(before | after))


def _compare_flows(walk: Walk, base: Place, revision: Place, subject: Subject) -> None:
    before, after = _flow_values(base), _flow_values(revision)
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old is not None and new is not None and old.value == new.value:
            continue
        is_scope = " scope " in name
        if is_scope and old is not None and new is not None:
            text, level, rule = f"the text of{name} of {{}} was changed", Level.DOCS, "text-changed"
        else:
            action = "added" if old is None else "removed" if new is None else "changed"
            rule = f"security-flow-{action}"
            level = Level.SAFE if action == "added" else Level.BREAKING
            text = f"{name.strip()} of {{}} was {action}"
        walk.report(rule, level, text, subject, (old or base, new or revision), detail=name)


def _flow_values(scheme: Place) -> dict[str, Place]:
    flows = scheme.get("flows")
    values: dict[str, Place] = {}
    for flow, place in flows.members() if flows is not None else ():
        for key, value in place.members():
            if key == "scopes":
                values |= {f"{flow} scope {scope}": text for scope, text in value.members()}
            else:
                values[f"{flow} {key}"] = value
    return values


def renamed_schemes(walk: Walk) -> tuple[dict[str, str], dict[str, str]]:
    """Return one name for each group of schemes that mean the same; the wire knows no names.

    Returns:
        The names of the revision's schemes that mean what those of the base do, by the name in the base where it is
        another; and the first name of several schemes of the revision that mean the same, by the further names.
    """
    after = {name: _meaning(walk.revision, place) for name, place in _schemes(walk.revision).items()}
    first: dict[str, str] = {}
    for name, meaning in after.items():
        first.setdefault(meaning, name)
    renamed: dict[str, str] = {}
    for name, place in _schemes(walk.base).items():
        meaning = _meaning(walk.base, place)
        if first.get(meaning, name) != name:
            renamed[name] = first[meaning]
    return renamed, {name: first[meaning] for name, meaning in after.items() if first[meaning] != name}


def _meaning(description: Description, scheme: Place) -> str:
    members = description.resolve(scheme).members()
    return canonical({key: _meant(key, place) for key, place in members if not _is_text(key)})


def _meant(key: str, place: Place | None) -> object:
    """Return what a member of a scheme means: names of headers and of schemes of HTTP come in any case."""
    value = place.node.plain() if place is not None else None
    if key == "scheme" or (
        key == "name" and place is not None and place.parent and place.parent.text("in") == "header"
    ):
        return str(value).lower()
    if key == "flows" and place is not None:
        return {name: _flow(flow) for name, flow in place.members()}
    return value


def _flow(flow: Place) -> dict[str, object]:
    """Return what a flow says, without the texts of its scopes."""
    return {key: sorted(key for key, _ in value.members()) if key == "scopes" else value.node.plain()
            for key, value in flow.members() if not key.startswith("x-")}  # fmt: skip


def _is_text(key: str) -> bool:
    return key in _SCHEME_TEXTS or key.startswith("x-")


def _ways(description: Description, operation: Place, renamed: dict[str, str]) -> dict[Way, Place]:
    security = operation.get("security") or description.root.get("security")
    ways = {
        frozenset(
            (renamed.get(name, name), frozenset(str(scope.value) for scope in scopes.items()))
            for name, scopes in way.members()
        ): way
        for way in (security.items() if security is not None else ())
    }
    return ways or {frozenset(): _place(description, operation)}


def _place(description: Description, operation: Place) -> Place:
    return operation.get("security") or description.root.get("security") or operation


def _asks_no_more(way: Way, than: Way) -> bool:
    granted = dict(than)
    return all(name in granted and scopes <= granted[name] for name, scopes in way)


def _describe(way: Way) -> str:
    schemes = [
        name + (f" ({', '.join(sorted(scopes))})" if scopes else "")
        for name, scopes in sorted(way, key=lambda item: item[0])
    ]
    return "authorisation with " + " and ".join(schemes) if schemes else "a call without authorisation"


def _schemes(description: Description) -> dict[str, Place]:
    schemes = description.root.get("components", "securitySchemes")
    return dict(schemes.members()) if schemes is not None else {}


def _extensions(members: dict[str, Place]) -> set[str]:
    return {key for key in members if key.startswith("x-")}


def _value(place: Place | None) -> str:
    return "nothing" if place is None else str(place.node.plain())
