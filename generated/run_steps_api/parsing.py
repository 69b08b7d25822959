# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""Parse JSON, with orjson when it is installed and the standard library otherwise: same results, same errors."""

from __future__ import annotations

import json
from collections.abc import Callable
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
        The data: dict, list, str, int, float, bool or None.

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
    return json.loads(content)
