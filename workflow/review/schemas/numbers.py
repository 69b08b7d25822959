"""Numbers of any size as descriptions write them, compared and written without a loss."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import isfinite, isnan
from typing import Any

Number = int | float | Decimal
"""An integer of more than 4,300 digits is a Decimal, a float beyond what a float holds is infinite."""


def as_number(value: Any) -> Number | None:
    """Return a value that can be a bound, or None: a boolean, a text or a NaN bounds nothing."""
    if isinstance(value, float):
        return None if isnan(value) else value
    return value if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None


def is_whole(number: Number) -> bool:
    """Whether a number has no fraction, however it is written."""
    return number.is_integer() if isinstance(number, float) else True


def divides(divisor: Number, number: Number) -> bool:
    """Whether a number is a multiple of another, both read as they are written: 0.3 is one of 0.1.

    An integer too large to be divided is a multiple of itself alone, an infinity of nothing.
    """
    if not divisor or isinstance(divisor, Decimal) or isinstance(number, Decimal):
        return divisor == number
    if any(isinstance(value, float) and not isfinite(value) for value in (divisor, number)):
        return False
    return (Fraction(repr(number)) / Fraction(repr(divisor))).denominator == 1


def written(number: Number) -> str:
    """Write a number with all its digits; one without a fraction as an integer, as 1 and 1.0 are one number."""
    return str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)
