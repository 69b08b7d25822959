"""Tie what changed in Python to the change of the contract that caused it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import evolve

from workflow.review.description import Description, Place
from workflow.review.findings import Finding, Part, PythonChange

_SCHEMA_KEYS = ("components", "schemas")
_LEAST_SCORE = 2
_MANY = 3


def attribute(
    findings: Sequence[Finding], changes: Iterable[PythonChange], descriptions: Sequence[Description]
) -> tuple[list[Finding], list[PythonChange]]:
    """Give every finding the changes in Python it caused.

    Names decide: the generator names classes after schemas, attributes after properties, functions after operations
    and arguments after parameters.

    Args:
        findings: What changed on the wire.
        changes: What changed in the generated package.
        descriptions: The base and the revision.

    Returns:
        The findings, and the changes that none of them caused.
    """
    operation_ids = {name: called for description in descriptions for name, called in _operation_ids(description)}
    caused: dict[int, list[PythonChange]] = {}
    orphans: list[PythonChange] = []
    words = [_words_of(finding, operation_ids) for finding in findings]
    for change in changes:
        scores = [_score(change, names, finding) for names, finding in zip(words, findings, strict=True)]
        best = max(scores, default=0)
        if best < _LEAST_SCORE:
            orphans.append(change)
        else:
            caused.setdefault(scores.index(best), []).append(change)
    tied = [
        evolve(finding, python=tuple(caused[index])) if index in caused else finding
        for index, finding in enumerate(findings)
    ]
    return tied, orphans


def package_findings(changes: Iterable[PythonChange]) -> list[Finding]:
    """Return a finding for every change in Python that has no cause in the contract; one for those that are alike."""
    return [_finding(change) for change in _alike(changes)]


def caused_by(generator: Finding, changes: Iterable[PythonChange]) -> Finding:
    """Give what wrote the client the changes in it that have no cause in the contract."""
    return evolve(generator, python=tuple(_alike(changes)))


def _alike(changes: Iterable[PythonChange]) -> Iterator[PythonChange]:
    """Tell once what happened alike in several places, such as to a method that many classes have."""
    groups: dict[tuple[str, str, str], list[tuple[str, PythonChange]]] = {}
    for change in changes:
        # Who has it is named in the path of a member, or behind one of its arguments.
        whole = f"` of `{change.name}`"
        owner = change.name if whole in change.text else change.name.rpartition(".")[0]
        text = change.text.replace(whole, "`").replace(f"`{owner}.", "`")
        groups.setdefault((change.kind, change.level, text), []).append((owner, change))
    for (_, _, text), members in groups.items():
        if len(members) < _MANY:
            yield from (change for _, change in members)
        else:
            owners = ", ".join(f"`{owner}`" for owner, _ in members)
            yield evolve(members[0][1], text=f"{text.removesuffix('.')}, in {len(members)} places: {owners}.")


def _finding(change: PythonChange) -> Finding:
    return Finding(
        rule=f"python-{change.kind}",
        level=change.level,
        direction=None,
        subject=change.name,
        identity=f"python {change.name}",
        text=change.text,
        base=None,
        revision=None,
        detail=change.text,
        python=(change,),
        part=Part.PACKAGE,
    )


def _score(change: PythonChange, names: tuple[set[str], set[str]], finding: Finding) -> int:
    """Return how well a finding explains a change: 2 for the schema or operation, 2 more for the very member."""
    owners, members = names
    # The first is the package, whatever the contract describes.
    parts = [_plain(part) for part in change.name.split(".")[1:]]
    owner = 2 * any(part in owners for part in parts)
    mentioned = {_plain(word) for word in re.findall(r"\w+", change.text)}
    member = 2 * bool(members & mentioned) if owner else 0
    # An enumeration written in place is named after its class and property together.
    joined = 3 * any(_plain(owner + member) in parts for owner in owners for member in members)
    same_way = _same_way(change.kind, finding.rule) if owner or joined else 0
    return max(owner + member, joined) + same_way


def _same_way(kind: str, rule: str) -> int:
    words = {"added", "removed", "renamed", "required", "optional"} & set(kind.split("-"))
    return 1 if words & set(rule.split("-")) else 0


def _words_of(finding: Finding, operation_ids: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """Return the names a finding is about: of schemas and operations, and of their members."""
    owners: set[str] = set()
    members: set[str] = set(re.findall(r"\w+", finding.detail))
    for place in (finding.base, finding.revision):
        if place is None:
            continue
        keys = place.keys()
        if tuple(keys[:2]) == _SCHEMA_KEYS and len(keys) > 2:
            owners.add(keys[2])
            members.update(name for key, name in pairwise(keys) if key == "properties")
        reference = place.text("$ref")
        if reference is not None:
            owners.add(reference.rpartition("/")[2])
        operation = _operation_id(place)
        if operation is not None:
            owners.add(operation)
        is_shared = keys[:1] == ["components"] and tuple(keys[:2]) != _SCHEMA_KEYS
        if is_shared:
            owners.update(operation_ids[name] for name in finding.operations if name in operation_ids)
        if is_shared or keys[:1] == ["paths"]:
            members.update(re.findall(r"\w+", finding.subject))
    if finding.subject.rpartition(".")[2].isidentifier():
        members.add(finding.subject.rpartition(".")[2])
    return {_plain(name) for name in owners}, {_plain(name) for name in members}


def _operation_id(place: Place | None) -> str | None:
    while place is not None:
        operation = place.text("operationId")
        if operation is not None:
            return operation
        place = place.parent
    return None


def _operation_ids(description: Description) -> Iterator[tuple[str, str]]:
    paths = description.root.get("paths")
    for path, item in paths.members() if paths is not None else ():
        for method, operation in description.resolve(item).members():
            called = operation.text("operationId")
            if called is not None:
                yield f"{method.upper()} {path}", called


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
