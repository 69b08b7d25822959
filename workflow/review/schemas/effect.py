"""What a change does to the set of values a schema accepts."""

from __future__ import annotations

import enum


class Effect(enum.Flag):
    """The relation of the revision's set of accepted values to the base's; members combine with `|`."""

    SAME = 0
    NARROWER = enum.auto()
    """Values the base accepted are refused."""
    WIDER = enum.auto()
    """Values the base refused are accepted."""
    UNSURE = enum.auto()
    """Either may be so; the schemas do not let it be proven."""
    DIFFERENT = NARROWER | WIDER

    def flipped(self) -> Effect:
        """Return the effect seen from the other side: base and revision exchanged, or under a `not`."""
        kept = self & Effect.UNSURE
        if Effect.NARROWER in self:
            kept |= Effect.WIDER
        if Effect.WIDER in self:
            kept |= Effect.NARROWER
        return kept

    def seen(self, sense: int) -> Effect:
        """Return the effect of an inner schema's change on the outer: 1 the same, -1 flipped, 0 none."""
        return Effect.SAME if sense == 0 else self.flipped() if sense < 0 else self


def of_replacement(*, loses: bool, gains: bool) -> Effect:
    """Return the effect of a change that loses or gains accepted values, or does both."""
    return (Effect.NARROWER if loses else Effect.SAME) | (Effect.WIDER if gains else Effect.SAME)
