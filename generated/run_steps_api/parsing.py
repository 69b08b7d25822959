# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""Parse JSON, with orjson when it is installed and the standard library otherwise: same results, same errors."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

_loads_fast: Callable[[bytes], Any] | None
try:
    from orjson import loads as _loads_fast
except ImportError:
    _loads_fast = None

_DIGITS_AS_ZEROS = bytes(ord("0") if chr(byte) in "0123456789" else byte for byte in range(256))

_LONG_NUMBER = b"0" * 19


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
    # orjson makes a float of an integer beyond 64 bits, and refuses lone surrogates and NaN, which json accepts.
    if _loads_fast is not None and _LONG_NUMBER not in content.translate(_DIGITS_AS_ZEROS):
        try:
            return _loads_fast(content)
        except ValueError:
            pass
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
