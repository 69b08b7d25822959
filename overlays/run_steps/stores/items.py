"""What a store holds: runs and steps as JSON text, so that nothing is lost between a server and whoever reads later."""

from __future__ import annotations

import json
from typing import Any, TypeAlias, cast

from attrs import field, frozen

JsonObject: TypeAlias = dict[str, Any]


@frozen
class Item:
    """A run or a step.

    Attributes:
        id: Its id.
        text: The JSON text a server sends for it; always encodable as UTF-8.
    """

    id: str
    text: str = field(repr=False)

    @property
    def value(self) -> JsonObject:
        """The parsed text, made anew at each call."""
        return cast("JsonObject", json.loads(self.text))


def json_text(value: JsonObject, *, allow_nan: bool = False) -> str:
    """Return an object as compact JSON text.

    Args:
        value: The object.
        allow_nan: Whether NaN and infinities, which are not JSON, are written as many servers write them.

    Raises:
        TypeError: It holds something that is not JSON.
        ValueError: It holds NaN or an infinity, and may not.
    """
    return encodable(json.dumps(value, ensure_ascii=False, allow_nan=allow_nan, separators=(",", ":")))


def encodable(text: str) -> str:
    r"""Return JSON text that has a UTF-8 form, with the same meaning.

    Lone surrogates, as in text cut in the middle of a pair, have none; escaped (`\ud83d`), JSON carries them.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="backslashreplace").decode()
    return text
