"""What the comparison of two schemas finds: changes at this level, and pairs of schemas further down."""

from __future__ import annotations

import enum
from typing import Protocol

from attrs import frozen

from workflow.review.description import Place
from workflow.review.schemas.effect import Effect
from workflow.review.schemas.form import Form, Schema


class Direction(enum.StrEnum):
    """Who writes the values a schema describes."""

    REQUEST = "request"
    """Clients write them: what the server takes must not shrink."""
    RESPONSE = "response"
    """The server writes them: what clients may meet must not grow."""


class Sense(enum.IntEnum):
    """How a change of an inner schema acts on the outer one."""

    SAME = 1
    """A narrower inner schema makes the outer one narrower."""
    NONE = 0
    """Whatever happens inside, the outer schema accepts what it did."""
    REVERSED = -1
    """A narrower inner schema makes the outer one wider, as under `not`."""


@frozen(eq=False)
class Change:
    """One difference between two schemas.

    Attributes:
        rule: What happened, such as `enum-value-removed`.
        effect: What it does to the accepted values.
        text: The sentence about it, with `{}` for the name of what changed.
        base: Where it stood in the base; None when it is new.
        revision: Where it stands in the revision; None when it is gone.
        name: Name of the member it is about, such as `.limit`; empty for the schema itself.
        detail: What tells it apart from other changes by the same rule at the same place.
    """

    rule: str
    effect: Effect
    text: str
    base: Place | None
    revision: Place | None
    name: str = ""
    detail: str = ""


@frozen(eq=False)
class Child:
    """Two inner schemas that correspond to each other."""

    base: Schema
    revision: Schema
    name: str
    sense: Sense = Sense.SAME


class Context(Protocol):
    """What comparing two forms may ask about the schemas below them."""

    @property
    def direction(self) -> Direction:
        """Who writes the values."""
        ...

    def base_form(self, schema: Schema) -> Form:
        """Return the form of a schema of the base."""
        ...

    def revision_form(self, schema: Schema) -> Form:
        """Return the form of a schema of the revision."""
        ...

    def written(self, schema: Schema) -> str:
        """Return what schemas of both sides have in common that are written alike; empty where that is not known."""
        ...

    def same(self, base: Schema, revision: Schema) -> bool:
        """Whether two schemas are known to be equal through and through."""
        ...

    def effect(self, base: Schema, revision: Schema) -> Effect:
        """Return what replacing one schema by another does, seen through all levels."""
        ...

    def form_effect(self, base: Form, revision: Form) -> Effect:
        """Return what replacing one form by another does, seen through all levels."""
        ...
