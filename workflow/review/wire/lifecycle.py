"""Compare promises about time: deprecation, the date of sunset, the level of stability.

`x-sunset` names the day until which something deprecated works; `x-stability-level` is draft, alpha, beta or
stable, and stable when it is not given. A promise that cannot be read counts as broken when it changes: nobody can
say that the new one is no weaker.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import frozen

from workflow.review.description import Place
from workflow.review.findings import Level

KEYS = frozenset({"deprecated", "x-sunset", "x-stability-level"})
_STABILITY = ("draft", "alpha", "beta", "stable")


@frozen
class Promise:
    """A change of a promise about time.

    Attributes:
        rule: What happened.
        level: How much it asks.
        text: The sentence about it, with `{}` for the name of what changed.
        key: The key it stands under.
        detail: The values before and after.
    """

    rule: str
    level: Level
    text: str
    key: str
    detail: str = ""


def compare_lifecycle(base: Place, revision: Place) -> Iterator[Promise]:
    """Compare the promises two versions of one thing make."""
    if base.flag("deprecated") != revision.flag("deprecated"):
        if revision.flag("deprecated"):
            yield Promise("deprecated", Level.SAFE, "{} is now deprecated", "deprecated")
        else:
            yield Promise("undeprecated", Level.SAFE, "{} is no longer deprecated", "deprecated")
    yield from _compare_sunset(base, revision)
    yield from _compare_stability(base, revision)


def removal_level(base: Place, today: dt.date) -> Level:
    """Return how much the removal of something asks: less once its announced last day has passed."""
    date = _date(_scalar(base, "x-sunset"))
    return Level.RISKY if base.flag("deprecated") and date is not None and date < today else Level.BREAKING


def is_before_sunset(base: Place, today: dt.date) -> bool:
    """Whether something is deprecated and promised to work today."""
    date = _date(_scalar(base, "x-sunset"))
    return base.flag("deprecated") and date is not None and date >= today


def _compare_sunset(base: Place, revision: Place) -> Iterator[Promise]:
    before, after = _scalar(base, "x-sunset"), _scalar(revision, "x-sunset")
    if before == after:
        return
    old, new = _date(before), _date(after)
    detail = f"{before} {after}"
    unreadable = (before is not None and old is None) or (after is not None and new is None)
    if unreadable:
        text = f"the sunset of {{}} is not a date: {after if new is None and after is not None else before}"
        yield Promise("sunset-unreadable-changed", Level.BREAKING, text, "x-sunset", detail)
    elif before is None:
        yield Promise("sunset-added", Level.SAFE, f"{{}} is promised to work until {after}", "x-sunset", detail)
    elif after is None and not revision.flag("deprecated"):
        yield Promise("sunset-removed", Level.SAFE, f"{{}} no longer ends on {before}", "x-sunset", detail)
    elif after is None:
        text = f"{{}} is no longer promised to work until {before}"
        yield Promise("sunset-removed", Level.BREAKING, text, "x-sunset", detail)
    elif old is not None and new is not None:
        earlier = new < old
        text = f"the last day of {{}} moved from {before} to {after}"
        rule, level = ("sunset-decreased", Level.BREAKING) if earlier else ("sunset-increased", Level.SAFE)
        yield Promise(rule, level, text, "x-sunset", detail)


def _compare_stability(base: Place, revision: Place) -> Iterator[Promise]:
    before, after = _scalar(base, "x-stability-level"), _scalar(revision, "x-stability-level")
    if before == after:
        return
    old, new = _stability(before), _stability(after)
    detail = f"{before} {after}"
    if old is None or new is None:
        text = f"the stability level of {{}} is none of {', '.join(_STABILITY)}: {before if old is None else after}"
        yield Promise("stability-unreadable-changed", Level.BREAKING, text, "x-stability-level", detail)
    elif old != new:
        rule, level = ("stability-increased", Level.SAFE) if new > old else ("stability-decreased", Level.BREAKING)
        text = f"the stability of {{}} changed from {_STABILITY[old]} to {_STABILITY[new]}"
        yield Promise(rule, level, text, "x-stability-level", detail)


def _scalar(place: Place, key: str) -> str | None:
    child = place.get(key)
    return None if child is None else str(child.value)


def _date(text: str | None) -> dt.date | None:
    try:
        return None if text is None else dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _stability(text: str | None) -> int | None:
    """Return the rank of a level; None when it is no known level."""
    text = "stable" if text is None else text
    return _STABILITY.index(text) if text in _STABILITY else None
