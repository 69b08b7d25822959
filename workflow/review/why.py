"""Say why a finding has its level: what it means for those who write, and those who read, the values concerned."""

from __future__ import annotations

from workflow.review.findings import Finding, Level, Part
from workflow.review.schemas.change import Direction

_REQUEST, _RESPONSE = Direction.REQUEST, Direction.RESPONSE

_BY_DIRECTION = {
    (_REQUEST, Level.BREAKING): "what clients were right to send may be refused",
    (_REQUEST, Level.RISKY): "some of what clients were right to send may be refused, or mean something else",
    (_REQUEST, Level.SAFE): "what clients were right to send still is",
    (_RESPONSE, Level.BREAKING): "clients may receive what they never had to expect",
    (_RESPONSE, Level.RISKY): "some clients may not expect what they receive",
    (_RESPONSE, Level.SAFE): "clients receive nothing that they did not have to expect before",
}

_BY_LEVEL = {
    Level.BREAKING: "something that worked does not any more",
    Level.RISKY: "something that worked may not any more",
    Level.SAFE: "everything that worked still works",
    Level.DOCS: "only what people read changed",
}

_BY_RULE = {
    ("operation-removed", Level.BREAKING): "calls of it fail",
    ("operation-removed", Level.RISKY): "its last day was announced and has passed",
    ("operation-added", Level.SAFE): "nobody calls it yet",
    ("operation-id-changed", Level.RISKY): "generated clients name functions after it",
    ("operation-id-removed", Level.RISKY): "generated clients name functions after it",
    ("security-removed", Level.BREAKING): "clients that authorise themselves so are refused",
    ("security-removed", Level.SAFE): "another way asks for no more",
    ("security-scheme-renamed", Level.SAFE): "the wire knows no names",
    ("server-removed", Level.RISKY): "the list describes servers, and does not switch them off",
    ("enum-value-added", Level.RISKY): "clients that let no unknown value pass fail when it comes",
    ("enum-removed", Level.RISKY): "clients that let no unknown value pass fail when one comes",
    ("optional-property-added", Level.RISKY): "clients that sent this very name unasked may be refused",
    ("optional-property-removed", Level.RISKY): "nobody could count on it, and some did",
    ("type-added", Level.RISKY): "its keywords always meant that type, but did not refuse others",
    ("type-removed", Level.RISKY): "its keywords still mean that type, but do not refuse others",
    ("alternatives-overlap-changed", Level.RISKY): "a value that fits two alternatives is refused",
    ("idle-keyword-changed", Level.RISKY): "it says nothing, but somebody meant something by it",
    ("idle-limit-changed", Level.RISKY): "it says nothing, but somebody meant something by it",
    ("pattern-changed", Level.RISKY): "which of the two takes more is not decided",
    ("xml-changed", Level.RISKY): "documents written either way are not alike",
    ("unknown-keyword-changed", Level.RISKY): "nobody can say what it means",
    ("default-changed", Level.BREAKING): "a request that leaves it out means something else",
    ("default-added", Level.RISKY): "a request that leaves it out may mean something else",
    ("default-removed", Level.RISKY): "a request that leaves it out may mean something else",
    ("style-changed", Level.BREAKING): "what is written in one style is not read in the other",
    ("writing-changed", Level.BREAKING): "what is written in one way is not read in the other",
}


def why(finding: Finding) -> str:
    """Return the reason for the level of a finding: half a sentence, without a full stop."""
    level = finding.worst_level
    if finding.is_set and level is finding.level:
        return "its level was set for this description"
    if level is not finding.level:
        return "it is more for people who import the packages than for those on the wire"
    if finding.part is Part.PACKAGE:
        return _BY_LEVEL[level]
    by_direction = _BY_DIRECTION.get((finding.direction, level)) if finding.direction is not None else None
    return _BY_RULE.get((finding.rule, level)) or by_direction or _BY_LEVEL[level]
