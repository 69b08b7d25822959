"""Compare where the interface is said to be served."""

from __future__ import annotations

from workflow.review.description import Place
from workflow.review.findings import Level
from workflow.review.wire.walk import Subject, Walk


def compare_own_servers(walk: Walk, base: list[Place], revision: list[Place], subject: Subject) -> None:
    """Compare where an operation is served when it, or its path, has servers of its own.

    Args:
        walk: Where to report.
        base: What may list servers before, the nearest first: operation, path, description.
        revision: The same after.
        subject: The operation.
    """
    if not any(owner.get("servers") for owners in (base, revision) for owner in owners[:-1]):
        return
    before, after = _nearest(base), _nearest(revision)
    gone = [url for url in before if url not in after]
    if gone:
        level = Level.BREAKING if len(gone) == len(before) else Level.RISKY
        text = f"{{}} is now served at {', '.join(after)}, before at {', '.join(before)}"
        places = base[0].get("servers") or base[0], revision[0].get("servers") or revision[0]
        walk.report("operation-moved", level, text, subject, places, detail=" ".join([*before, "", *after]))


def _nearest(owners: list[Place]) -> dict[str, Place | None]:
    found = next((servers for owner in owners if (servers := _servers(owner))), None)
    return dict(found) if found else {"/": None}


def compare_servers(walk: Walk, base: Place, revision: Place, subject: Subject) -> None:
    """Compare the servers two versions of a description, path or operation list."""
    before, after = _servers(base), _servers(revision)
    owners = base.get("servers") or base, revision.get("servers") or revision
    if base.parent is None and not (before and after) and "/" not in before | after:
        # A description that lists no server is served where it is found.
        came, place = bool(after), owners[0] if after else owners[1]
        text = f"the server / of {{}} was {'removed' if came else 'added'}, where it is when none is listed"
        rule, level = ("server-removed", Level.RISKY) if came else ("server-added", Level.SAFE)
        if before or after:
            walk.report(rule, level, text, subject, (place, owners[1]) if came else (owners[0], place), detail="/")
    for url in dict.fromkeys([*before, *after]):
        old, new = before.get(url), after.get(url)
        if old is not None and new is not None:
            _compare_variables(walk, old, new, subject, url)
            walk.texts(old, new, subject, frozenset({"url", "variables"}))
        elif old is not None:
            # The list describes servers; it does not switch them off.
            text = f"the server {url} of {{}} was removed"
            walk.report("server-removed", Level.RISKY, text, subject, (old, owners[1]), detail=url)
        elif new is not None:
            walk.report(
                "server-added", Level.SAFE, f"the server {url} of {{}} was added", subject, (owners[0], new), detail=url
            )
    first = next(iter(before), None), next(iter(after), None)
    if None not in first and first[0] != first[1] and first[0] in after and first[1] in before:
        text = f"the first server of {{}} is now {first[1]}, before {first[0]}"
        walk.report("first-server-changed", Level.RISKY, text, subject, owners, detail=f"{first[0]} {first[1]}")


def _servers(owner: Place) -> dict[str, Place]:
    servers = owner.get("servers")
    return {server.text("url") or "": server for server in servers.items()} if servers is not None else {}


def _compare_variables(walk: Walk, base: Place, revision: Place, subject: Subject, url: str) -> None:
    owners = base.get("variables") or base, revision.get("variables") or revision
    before, after = (dict(place.members()) if (place := owner.get("variables")) else {} for owner in (base, revision))
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old is not None and new is not None:
            walk.texts(old, new, subject.member(f" variable {name}"), _VARIABLE)
        if _says(old) != _says(new):
            text = f"the variable {name} of the server {url} of {{}} changed"
            places = old or owners[0], new or owners[1]
            walk.report("server-variables-changed", Level.RISKY, text, subject, places, detail=f"{url} {name}")


def _says(variable: Place | None) -> list[object] | None:
    if variable is None:
        return None
    return [place.node.plain() if (place := variable.get(key)) is not None else None for key in _VARIABLE]


_VARIABLE = ("default", "enum")
