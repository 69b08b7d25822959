"""Runs and steps as the very text a server sent: answers are taken apart without changing them.

Parsing and writing again would lose what Python does not tell apart: how a number was written, repeated keys, escapes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias, cast

from attrs import field, frozen

from run_steps_api.parsing import parse_integer
from run_steps_api.types import ItemsWithMisfits

_BLANKS = re.compile(r"[ \t\n\r]*")
_COMMA = re.compile(r"[ \t\n\r]*,[ \t\n\r]*")
_DECODER = json.JSONDecoder()
_EXACT_DECODER = json.JSONDecoder(parse_int=parse_integer)


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


@frozen
class ReceivedItem:
    """A run or a step of an answer.

    Attributes:
        id: Its id; None where it has none.
        text: Its JSON text as the server sent it; always encodable as UTF-8.
        value: What the text says.
    """

    id: str | None
    text: str = field(repr=False)
    value: JsonObject = field(repr=False)

    @classmethod
    def from_dict(cls, payload: Mapping[str, Any]) -> ReceivedItem:
        """Make the item from what `parse_received_item` returned."""
        item: ReceivedItem = payload["item"]
        return item


@frozen
class ReceivedPage:
    """A page of a list, its items as the server sent them; otherwise as `run_steps.pagination.cursors.ListPage`."""

    data: ItemsWithMisfits[ReceivedItem]
    last_id: Any
    has_more: Any

    @classmethod
    def from_dict(cls, payload: Mapping[str, Any]) -> ReceivedPage:
        """Make the page from what `parse_received` returned.

        Raises:
            KeyError: There is no `data`.
            TypeError: `data` is no list.
        """
        data = payload["data"]
        if not isinstance(data, list):
            raise TypeError(f"data: expected a list, got {type(data).__name__}")
        items = ItemsWithMisfits[ReceivedItem]()
        for position, (text, value) in enumerate(data):
            if isinstance(value, dict):
                items.append(_item(text, value))
            else:
                items.misfits.append((position, "object", value))
        return cls(items, payload.get("last_id"), payload.get("has_more"))


def parse_received(body: bytes) -> Any:
    """Parse the answer of a list.

    Args:
        body: The answer.

    Returns:
        What it says, but with a pair of text and parsed value for each item of `data`.

    Raises:
        ValueError: The answer is not JSON.
    """
    if (cut := _fast_cutter()) and (pieces := cut(body)) is not None:
        return pieces
    text = _text(body)
    position = _skip(text, 0)
    if not text.startswith("{", position):
        return json.loads(text)
    payload: dict[str, Any] = {}
    position = _skip(text, position + 1)
    while not text.startswith("}", position):
        name, position = _raw_decode(text, position)
        position = _skip(text, _expect(text, _skip(text, position), ":"))
        if not isinstance(name, str):
            raise json.JSONDecodeError("Expecting a name in quotes", text, position)
        read = _read_items if name == "data" and text.startswith("[", position) else _raw_decode
        payload[name], position = read(text, position)
        position = _next_element(text, position, "}")
    if _skip(text, position + 1) != len(text):
        raise json.JSONDecodeError("Extra data", text, position + 1)
    return payload


@cache
def _fast_cutter() -> Callable[[bytes], dict[str, Any] | None] | None:
    """Return what does the same with msgspec, where it is installed, and None for what it refuses or does not cut."""
    try:
        from msgspec import MsgspecError, Raw  # noqa: PLC0415 - takes longer than a few pages
        from msgspec.json import Decoder  # noqa: PLC0415
    except ImportError:
        return None
    by_name, elements, value_of = Decoder(dict[str, Raw]).decode, Decoder(list[Raw]).decode, Decoder().decode

    def cut(body: bytes) -> dict[str, Any] | None:
        try:
            payload: dict[str, Any] = dict(by_name(body))
            data = payload.pop("data")
            payload = {name: value_of(value) for name, value in payload.items()}
            payload["data"] = [(str(element, "utf-8"), value_of(element)) for element in elements(data)]
        except (KeyError, MsgspecError, RecursionError, ValueError):
            return None  # json reads more, and says what is wrong
        return payload

    return cut


def parse_received_item(body: bytes) -> Any:
    """Parse an answer that is one item; raises as `parse_received`."""
    text = _text(body)
    value, end = _raw_decode(text, _skip(text, 0))
    if _skip(text, end) != len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return {"item": _item(text.strip(), value)} if isinstance(value, dict) else value


def _read_items(text: str, position: int) -> tuple[list[tuple[str, Any]], int]:
    """Return the elements of the array that begins at a position, each with its text, and where the array ends."""
    items: list[tuple[str, Any]] = []
    position = _skip(text, position + 1)
    while not text.startswith("]", position):
        value, end = _raw_decode(text, position)
        items.append((text[position:end], value))
        position = _next_element(text, end, "]")
    return items, position + 1


def _raw_decode(text: str, position: int) -> tuple[Any, int]:
    """Read one value, with integers of any length; the first decoder is much faster."""
    try:
        return _DECODER.raw_decode(text, position)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return _EXACT_DECODER.raw_decode(text, position)


def _next_element(text: str, position: int, closing: str) -> int:
    """Return where the next element begins, or the bracket that closes them all."""
    if comma := _COMMA.match(text, position):
        position = comma.end()
        if text.startswith(closing, position):
            raise json.JSONDecodeError("Illegal trailing comma", text, position)
        return position
    position = _skip(text, position)
    return _expect(text, position, closing) - 1


def _expect(text: str, position: int, delimiter: str) -> int:
    if not text.startswith(delimiter, position):
        raise json.JSONDecodeError(f"Expecting '{delimiter}' delimiter", text, position)
    return position + 1


def _skip(text: str, position: int) -> int:
    match = _BLANKS.match(text, position)
    return match.end() if match else position


def _item(text: str, value: Any) -> ReceivedItem:
    if not isinstance(value, dict):
        raise TypeError(f"expected an object, got {type(value).__name__}")
    item_id = value.get("id")
    return ReceivedItem(item_id if isinstance(item_id, str) and item_id else None, encodable(text), value)


def _text(body: bytes) -> str:
    """Decode an answer as `json.loads` does."""
    return body.decode(json.detect_encoding(body), "surrogatepass")


def message_id_of(step: JsonObject) -> str | None:
    """Return the id of the message that a step wrote; None when it wrote none."""
    match step:
        case {"step_details": {"message_creation": {"message_id": str(message_id)}}} if message_id:
            return message_id
        case _:
            return None


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
