# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""Parse JSON, with msgspec when it is installed and the standard library otherwise: same results, same errors. And write it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any


@cache
def _fast_parser() -> tuple[Callable[[bytes], Any], tuple[type[Exception], ...]] | None:
    """Return what parses fast and what it raises; imported at the first use, as that takes longer than a few pages."""
    try:
        from msgspec import MsgspecError
        from msgspec.json import Decoder
    except ImportError:
        return None
    return Decoder().decode, (MsgspecError, ValueError)  # of old versions, the first is not one of the second


def parse_json(content: bytes) -> Any:
    """Parse JSON text.

    Args:
        content: The text in UTF-8.

    Returns:
        The data: dict, list, str, int, float, bool or None; and a Decimal for an integer of more digits than Python makes
        an int of (4,300), so that none is lost.

    Raises:
        ValueError: The text is not JSON.
        RecursionError: It is nested too deeply.
    """
    if fast := _fast_parser():
        parse, errors = fast
        try:
            return parse(content)
        except errors:
            pass  # json reads more: NaN, lone surrogates, numbers beyond floats, other encodings
    try:
        return json.loads(content)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return json.loads(content, parse_int=parse_integer)


def parse_integer(digits: str) -> int | Decimal:
    """Return an integer of any length exactly."""
    try:
        return int(digits)
    except ValueError:
        return Decimal(digits)


def dump_json(value: Any, *, indent: int | None = None, ensure_ascii: bool = True) -> str:
    """Write what `parse_json` returned, or `to_dict` of a model, as JSON text; integers of any length, too.

    Args:
        value: The data.
        indent: Spaces a level is indented by; None for one line.
        ensure_ascii: Whether to escape what is not ASCII. Lone surrogates have no other form that can be encoded.

    Raises:
        TypeError: It holds something that is not JSON.
        RecursionError: It is nested too deeply.
    """
    mark, numbers = "", list[Decimal]()

    def marked(number: Any) -> str:
        nonlocal mark
        if not isinstance(number, Decimal):
            raise TypeError(f"Object of type {type(number).__name__} is not JSON serializable")
        mark = mark or os.urandom(16).hex()
        numbers.append(number)
        return f"{mark}-{len(numbers) - 1}"

    text = json.dumps(value, indent=indent, ensure_ascii=ensure_ascii, default=marked)
    # json writes no number of its own accord that it cannot read.
    return re.sub(f'"{mark}-([0-9]+)"', lambda match: f"{numbers[int(match[1])]:f}", text) if numbers else text
