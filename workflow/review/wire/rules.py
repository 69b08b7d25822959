"""The level of a change: what it does to the accepted values, and who writes them, decides.

In requests a narrower schema breaks clients, in responses a wider one does. `_LEVELS` lists the few rules where
practice knows better than set theory, each with its reason.
"""

from __future__ import annotations

from workflow.review.findings import Level
from workflow.review.schemas.change import Direction
from workflow.review.schemas.effect import Effect

_REQUEST, _RESPONSE = Direction.REQUEST, Direction.RESPONSE
_HARM = {_REQUEST: Effect.NARROWER, _RESPONSE: Effect.WIDER}

_HARM_IS_ONLY_RISKY = frozenset(
    {
        # Enumerations of responses grow in practice; clients are told to let unknown values pass.
        (_RESPONSE, "enum-value-added"),
        (_RESPONSE, "enum-removed"),
        # A format or pattern describes values more than it promises them; few clients check what they receive.
        (_RESPONSE, "pattern-removed"),
        (_RESPONSE, "format-removed"),
        (_REQUEST, "format-added"),
        # Keywords that speak of a type always meant it.
        (_REQUEST, "type-added"),
        (_RESPONSE, "type-removed"),
        # Clients could not count on an optional property.
        (_RESPONSE, "optional-property-removed"),
        # Only clients that sent an undeclared property of that very name are hurt.
        (_REQUEST, "optional-property-added"),
    }
)

_HARMLESS = frozenset(
    {
        # An extensible enumeration says itself that values will be added.
        (_RESPONSE, "open-enum-value-added"),
    }
)

_HARMLESS_IN_PRACTICE = frozenset(
    {
        # Objects of responses grow, whatever they say of properties that are not declared.
        (_RESPONSE, "optional-property-added"),
        (_RESPONSE, "required-property-added"),
    }
)
"""Harmless unless a review is strict."""

_AT_LEAST = {
    # What clients go on sending is not used any more, or is refused by a strict server.
    (_REQUEST, "optional-property-removed"): Level.RISKY,
    (_REQUEST, "required-property-removed"): Level.RISKY,
    (_REQUEST, "became-read-only"): Level.RISKY,
    (_REQUEST, "required-property-became-read-only"): Level.RISKY,
    # Requests without it were right, and are no longer.
    (_REQUEST, "required-property-became-not-read-only"): Level.BREAKING,
    # Clients may miss it; often the flag only writes down what the server always did.
    (_RESPONSE, "became-write-only"): Level.RISKY,
    (_RESPONSE, "required-property-became-write-only"): Level.RISKY,
    (_RESPONSE, "became-not-write-only"): Level.RISKY,
    (_RESPONSE, "required-property-became-not-write-only"): Level.RISKY,
    # A request that leaves it out now means something else.
    (_REQUEST, "default-changed"): Level.BREAKING,
    (_REQUEST, "default-added"): Level.RISKY,
    (_REQUEST, "default-removed"): Level.RISKY,
}


def level_of(rule: str, effect: Effect, direction: Direction, *, strict: bool = False) -> Level:
    """Return the level of a schema's change in one direction.

    Args:
        rule: What happened.
        effect: What it does to the accepted values.
        direction: Who writes them.
        strict: Whether a closed object of a response may not grow either.
    """
    level = Level.SAFE
    if effect & _HARM[direction]:
        level = (
            Level.RISKY
            if (direction, rule) in _HARM_IS_ONLY_RISKY and Effect.DIFFERENT not in effect
            else Level.BREAKING
        )
    elif Effect.UNSURE in effect:
        level = Level.RISKY
    if (direction, rule) in _HARMLESS or ((direction, rule) in _HARMLESS_IN_PRACTICE and not strict):
        level = Level.SAFE
    return max(level, _AT_LEAST.get((direction, rule), level), key=lambda known: known.weight)
