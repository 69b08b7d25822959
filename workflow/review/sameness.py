"""Tell which parts of two descriptions are equal through and through, so that nobody need compare them.

Every part gets a number for what is written in it, equal parts the same one: unlike a hash, a number is never shared by
chance. Equal parts mean the same unless a reference in them leads, however far away, to something that is not equal.
"""

from __future__ import annotations

from itertools import repeat

from attrs import define, field

from workflow.document import Document, Node
from workflow.review.description import Description, Place, container
from workflow.review.schemas.form import Schema

_Key = tuple[str, str]
"""Where something that is referred to stands: file and pointer."""

_NOTHING: frozenset[_Key] = frozenset()


@define
class Sameness:
    """Two descriptions and the parts of them that are equal.

    Attributes:
        base: The description before.
        revision: The description after.
    """

    base: Description
    revision: Description
    _numbers: dict[object, int] = field(factory=dict[object, int], init=False)
    _references: list[frozenset[_Key]] = field(factory=list[frozenset[_Key]], init=False)
    _known: dict[int, int] = field(factory=dict[int, int], init=False)
    _changed: set[_Key] = field(factory=set[_Key], init=False)
    _places: dict[int, dict[_Key, Place]] = field(factory=dict[int, dict[_Key, Place]], init=False)
    _same: dict[int, bool] = field(factory=dict[int, bool], init=False)

    def __attrs_post_init__(self) -> None:
        before, after = self._targets(self.base), self._targets(self.revision)
        self._changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        referring: dict[_Key, list[_Key]] = {}
        for key, number in after.items():
            for inner in self._references[number]:
                referring.setdefault(inner, []).append(key)
        pending = list(self._changed)
        while pending:
            for outer in referring.get(pending.pop(), ()):
                if outer not in self._changed:
                    self._changed.add(outer)
                    pending.append(outer)

    def __call__(self, base: Place | None, revision: Place | None) -> bool:
        """Whether two parts are equal, with all that they refer to; False where that is not known."""
        if base is None or revision is None:
            return base is revision
        if not self.alike(base, revision) or self.base.version != self.revision.version:
            return False
        number = self._known.get(container(base.node))
        if number is None:
            return True
        same = self._same.get(number)
        if same is None:
            same = self._same[number] = self._references[number].isdisjoint(self._changed)
        return same

    def alike(self, base: Place, revision: Place) -> bool:
        """Whether two parts are written alike, wherever their references lead; False where that is not known."""
        before, after = base.node, revision.node
        if before.members is None and before.items is None:
            return after.members is None and after.items is None and _scalar(before) == _scalar(after)
        number = self._known.get(container(before))
        return number is not None and number == self._known.get(container(after))

    def used(self, description: Description) -> set[int]:
        """Return the identities of what operations lead to by references."""
        places = (description.root.get(key) for key in ("paths", "webhooks"))
        pending = [key for place in places if place for key in self._references[self._known[container(place.node)]]]
        targets = self._places[id(description)]
        found: set[int] = set(description.taken)
        seen: set[_Key] = set()
        while pending:
            key = pending.pop()
            if key not in seen:
                seen.add(key)
                node = targets[key].node
                found.add(container(node))
                pending.extend(self._references[self._known[container(node)]] if container(node) in self._known else ())
        return found

    def schemas(self, base: Schema, revision: Schema) -> bool:
        """Whether two schemas are equal, with all that they refer to."""
        return len(base) == len(revision) and all(
            before.unions == after.unions and self(before.place, after.place)
            for before, after in zip(base, revision, strict=True)
        )

    def written(self, schema: Schema) -> str:
        """Return what schemas have in common that are written alike; empty where that is not known."""
        numbers = [self._known.get(container(part.place.node)) for part in schema]
        return "" if None in numbers else " ".join(map(str, numbers))

    def _targets(self, description: Description) -> dict[_Key, int]:
        """Number all parts of a description; return the numbers of those that are referred to."""
        pending = description.keyed_targets()
        places = self._places[id(description)] = dict[_Key, Place]()
        self._number(description, description.root.node, description.root.document, pending)
        numbers: dict[_Key, int] = {}
        while pending:
            key, place = pending.popitem()
            if key not in numbers:
                places[key] = place
                numbers[key] = self._number(description, place.node, place.document, pending)
        return numbers

    def _number(self, description: Description, node: Node, document: Document, targets: dict[_Key, Place]) -> int:
        """Return the number of a part, and note the references in it."""
        members, items = node.members, node.items
        identity = container(node)
        known = self._known.get(identity)
        if known is not None:
            return known
        parts: list[object] = [_scalar(node)] if members is None and items is None else []
        references = _NOTHING
        for key, child in sorted(members.items()) if members is not None else zip(repeat(None), items or ()):
            parts.append(key)
            if child.members is None and child.items is None:
                parts.append(_scalar(child))
                continue
            number = self._number(description, child, child.home or document, targets)
            parts.append(number)
            if self._references[number]:
                references |= self._references[number]
        if members is not None and ("$ref" in members or "discriminator" in members):
            led_to = description.led_to(Place(document, node))
            targets |= led_to
            parts += sorted(led_to)
            references |= led_to.keys()
        number = self._numbers.setdefault((members is None, *parts), len(self._numbers))
        if number == len(self._references):
            self._references.append(references)
        self._known[identity] = number
        return number


def _scalar(node: Node) -> object:
    """Return what tells a scalar from others: 1, 1.0 and true are equal in Python, and none is the other here."""
    value = node.value
    return value if isinstance(value, str) else (type(value), value)
