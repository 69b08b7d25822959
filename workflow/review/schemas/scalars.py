"""Plain JSON values: their types, their equality, and whether a form accepts them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, cast

from workflow.review.schemas.form import NULL, Form, Limit
from workflow.review.schemas.numbers import Number, divides, is_whole, written
from workflow.review.schemas.patterns import matches


def canonical(value: Any) -> str:
    """Write a JSON value so that equal values give equal text: 1 and 1.0, keys in any order."""
    if isinstance(value, Decimal):
        return written(value)
    return json.dumps(_whole(value), sort_keys=True, ensure_ascii=False, default=str)


def type_of(value: Any) -> str:
    """Return the JSON type of a value; a float without a fraction is an integer."""
    if isinstance(value, float):
        return "integer" if is_whole(value) else "number"
    return next((name for kind, name in _TYPE_NAMES.items() if isinstance(value, kind)), NULL)


def admits(form: Form, value: Any) -> bool:
    """Whether a scalar fits the types, bounds and patterns of a form; its alternatives are not asked."""
    kind = type_of(value)
    if kind not in form.types:
        return False
    if kind in ("integer", "number"):
        fits = all(
            _within(value, form.limits.get(keyword), sign) for keyword, sign in (("minimum", 1), ("maximum", -1))
        )
        return fits and all(divides(step, value) for step in form.multiples if step)
    if kind == "string":
        fits = all(
            _within(len(value), form.limits.get(keyword), sign)
            for keyword, sign in (("minLength", 1), ("maxLength", -1))
        )
        return fits and all(matches(pattern, value) for pattern in form.patterns)
    return True


def _within(value: Number, limit: Limit | None, sign: int) -> bool:
    if limit is None:
        return True
    low, high = (limit.value, value) if sign > 0 else (value, limit.value)
    return low < high if limit.exclusive else low <= high


def _whole(value: Any) -> Any:
    """Write numbers without a fraction as integers, so that 1 and 1.0 are one value."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {name: _whole(item) for name, item in cast("dict[str, Any]", value).items()}
    return value


# bool comes before int, of which it is a kind.
_TYPE_NAMES: dict[type, str] = {
    bool: "boolean",
    int: "integer",
    Decimal: "integer",
    str: "string",
    list: "array",
    dict: "object",
}
