"""What a review reports: findings with level, place and a fingerprint that survives unrelated edits."""

from __future__ import annotations

import enum
import hashlib

from attrs import field, frozen

from workflow.review.description import Place
from workflow.review.schemas.change import Direction


class Part(enum.StrEnum):
    """What a finding is about."""

    CONTRACT = "contract"
    """The description of the interface."""
    PACKAGE = "package"
    """The Python packages, where no change of the description explains it."""


class Level(enum.StrEnum):
    """How much a change asks of the people who use the interface, worst first."""

    BREAKING = "breaking"
    """Something that worked does not work any more."""
    RISKY = "risky"
    """Something that worked may not, depending on what clients or servers do."""
    SAFE = "safe"
    """Everything that worked still works."""
    DOCS = "docs"
    """Only what people read changed."""

    @property
    def weight(self) -> int:
        """The higher, the worse."""
        return len(Level) - list(Level).index(self)


@frozen
class PythonChange:
    """A change of the packages as seen by someone who imports them.

    Attributes:
        level: `breaking` when code that worked does not, `risky` when it may not, else `safe`.
        kind: What happened, such as `renamed`.
        name: Dotted path of what changed.
        text: One plain sentence.
        file: Its file, from the folder of the contract.
        line: Line in that file, from 1; None when it is gone.
    """

    level: Level
    kind: str
    name: str
    text: str
    file: str = ""
    line: int | None = None


def visible(text: str) -> str:
    """Return text of a description with nothing in it that a terminal would obey or a reader could not see."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


@frozen
class Finding:
    """One change of the description or the packages.

    Attributes:
        rule: What happened, such as `enum-value-removed`.
        level: How much it asks.
        direction: Who writes the values concerned; None when both or neither do.
        subject: What changed, as readers call it: `RunStep.status`, `query parameter limit`.
        identity: Like the subject, but the same for the same thing in every description.
        operations: The operations concerned, such as `GET /threads`, in order of the description.
        text: One plain sentence.
        base: Where it stood; None when it is new.
        revision: Where it stands; None when it is gone.
        detail: What tells it apart from other findings by the same rule on the same subject.
        python: What it did to the packages.
        part: What it is about.
        is_set: Whether its level was set for this description.
    """

    rule: str
    level: Level
    direction: Direction | None
    subject: str = field(converter=visible)
    identity: str
    text: str = field(converter=visible)
    base: Place | None = field(eq=False)
    revision: Place | None = field(eq=False)
    operations: tuple[str, ...] = ()
    detail: str = ""
    python: tuple[PythonChange, ...] = ()
    part: Part = Part.CONTRACT
    is_set: bool = False

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that stay the same while this very change is under review.

        Lines, order and the operations concerned do not enter it, so unrelated edits leave it alone.
        """
        parts = self.rule, self.direction or "", self.identity, self.detail
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]

    @property
    def worst_level(self) -> Level:
        """The level with what it did in Python taken into account."""
        return max((self.level, *(change.level for change in self.python)), key=lambda level: level.weight)

    @property
    def pointer(self) -> str:
        """JSON pointer of the place in the revision, or in the base when it is gone."""
        place = self.revision or self.base
        return place.pointer() if place is not None else ""

    @property
    def location(self) -> tuple[str, int] | None:
        """File and line that a reviewer looks at: in the revision, or in the base when it is gone."""
        place = self.revision or self.base
        if place is not None:
            return place.document.path, place.line
        change = self.python[0] if self.part is Part.PACKAGE and len(self.python) == 1 else None
        return (change.file, change.line) if change is not None and change.line is not None else None
