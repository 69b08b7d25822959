"""Server-sent events out of bytes, however these are cut: https://html.spec.whatwg.org/multipage/server-sent-events.html.

Beside the standard, an `event` line after the name and the data of an event begins the next one: recorded streams have
lost their blank lines. And an event that is too long, or that the end of the stream cuts short, is told as such.
"""

from __future__ import annotations

from attrs import define, field, frozen

MAX_EVENT_BYTES = 32 * 1024 * 1024
"""Largest event that is given whole (bytes)."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LINE_FEED = 10

_RETRY_DIGITS = 15

_BEGINNING = 4096
"""How much is kept of an event that is too long, to tell what it was (bytes)."""


@frozen
class ServerSentEvent:
    """An event as it came.

    Attributes:
        name: What its `event` line says, `message` where it has none.
        data: Its `data` lines, joined by line feeds; the beginning of them where it is too long.
        id: What the last `id` line of the stream says, empty where there was none.
        retry: How long to wait before connecting again, from its `retry` line (milliseconds).
        is_cut: Whether something of it may be missing: it is too long, or the stream ended before the blank line.
    """

    name: str
    data: str
    id: str = ""
    retry: int | None = None
    is_cut: bool = False


@define
class EventParser:
    """Takes bytes as they come and gives the events that they complete.

    Attributes:
        max_event_bytes: Largest event that is given whole (bytes); of a larger one the beginning is.
    """

    max_event_bytes: int = MAX_EVENT_BYTES
    _line: bytearray = field(init=False, factory=bytearray)
    _line_is_cut: bool = field(init=False, default=False)
    _is_first_line: bool = field(init=False, default=True)
    _ends_in_return: bool = field(init=False, default=False)
    _name: bytes = field(init=False, default=b"")
    _data: list[bytes] = field(init=False, factory=list[bytes])
    _size: int = field(init=False, default=0)
    _id: str = field(init=False, default="")
    _retry: int | None = field(init=False, default=None)
    _is_cut: bool = field(init=False, default=False)

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """Take the next bytes of a stream.

        Args:
            chunk: As many as there are; where they are cut does not matter.

        Returns:
            The events that are complete now.
        """
        if self._ends_in_return and chunk:
            if chunk[0] == _LINE_FEED:
                chunk = chunk[1:]
            self._ends_in_return = False
        if not chunk:
            return []
        self._ends_in_return = chunk.endswith(b"\r")
        lines = chunk.splitlines()  # of bytes, these end with CR, LF or CRLF and with nothing else
        rest = b"" if chunk.endswith((b"\n", b"\r")) else lines.pop()
        events: list[ServerSentEvent] = []
        if lines:
            if self._line or self._line_is_cut:
                self._add_to_line(lines.pop(0))
                self._end_line(events)
            for line in lines:
                self._take(line, events)
        self._add_to_line(rest)
        return events

    def end(self) -> list[ServerSentEvent]:
        """Return the event that was going on when the stream ended, if any; the standard would drop it."""
        events: list[ServerSentEvent] = []
        if self._line:
            self._end_line(events)
        self._is_cut = True
        self._dispatch(events)
        return events

    def _end_line(self, events: list[ServerSentEvent]) -> None:
        self._take(bytes(self._line), events)
        self._line.clear()
        self._line_is_cut = False

    def _add_to_line(self, part: bytes) -> None:
        room = self.max_event_bytes - len(self._line)
        if self._line_is_cut or len(part) > room:
            part = b"" if self._line_is_cut else part[: max(0, _BEGINNING - len(self._line))]
            self._line_is_cut = True
            del self._line[_BEGINNING:]
        self._line += part

    def _take(self, line: bytes, events: list[ServerSentEvent]) -> None:
        if self._is_first_line:
            self._is_first_line = False
            line = line.removeprefix(_BYTE_ORDER_MARK)
        if not line:
            self._dispatch(events)
            return
        if self._line_is_cut or len(line) > self.max_event_bytes:
            self._is_cut = self._is_cut or not line.startswith(b":")
            line = line[:_BEGINNING]
        name, _, value = line.partition(b":")
        if value[:1] == b" ":
            value = value[1:]
        if name == b"data":
            self._add_data(value)
        elif name == b"event":
            if self._name and self._data:
                self._dispatch(events)
            self._name = value
        elif name == b"id":
            if b"\0" not in value:
                self._id = _text(value)
        elif name == b"retry" and value.isdigit() and len(value) <= _RETRY_DIGITS:
            self._retry = int(value)

    def _add_data(self, value: bytes) -> None:
        self._size += len(value) + 1
        self._is_cut = self._is_cut or self._size > self.max_event_bytes
        self._data.append(value)
        if self._is_cut:
            self._data = [b"\n".join(self._data)[:_BEGINNING]]

    def _dispatch(self, events: list[ServerSentEvent]) -> None:
        if self._data:
            name = _text(self._name) or "message"
            data = _text(self._data[0] if len(self._data) == 1 else b"\n".join(self._data))
            events.append(ServerSentEvent(name, data, self._id, self._retry, self._is_cut))
        self._name, self._data, self._size, self._retry, self._is_cut = b"", [], 0, None, False


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
