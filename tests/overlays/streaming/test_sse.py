"""Server-sent events are read as the standard says, wherever the bytes are cut."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps.streaming.sse import EventParser, ServerSentEvent

TEXT = """\ufeff: a comment
event: thread.run.created
data: {"id":
data:  "run_1"}
id: 1
retry: 250

data

event: nothing of it has data

:
unknown: field
data:two: colons, \u3010 and no name
id

event: last
data: cut"""
EVENTS = [
    ServerSentEvent("thread.run.created", '{"id":\n "run_1"}', "1", 250),
    ServerSentEvent("message", "", "1"),
    ServerSentEvent("message", "two: colons, \u3010 and no name"),
    ServerSentEvent("last", "cut", is_cut=True),
]
ENDS = st.sampled_from(["\n", "\r", "\r\n"])


def _read(chunks: Iterable[bytes], max_event_bytes: int = 1000) -> list[ServerSentEvent]:
    parser = EventParser(max_event_bytes)
    return [event for chunk in chunks for event in parser.feed(chunk)] + parser.end()


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"], ids=["LF", "CR", "CRLF"])
def test_bytes_may_be_cut_anywhere(end: str) -> None:
    """Cut in two at any byte, or into single bytes, a stream says the same, whichever way its lines end."""
    text = TEXT.replace("\n", end).encode()

    assert _read(text[place : place + 1] for place in range(len(text))) == EVENTS
    for place in range(len(text) + 1):
        assert _read([text[:place], b"", text[place:]]) == EVENTS, place


@given(st.lists(ENDS, min_size=TEXT.count("\n"), max_size=TEXT.count("\n")), st.lists(st.integers(1, 9), max_size=99))
def test_ends_of_lines_may_be_mixed(ends: list[str], sizes: list[int]) -> None:
    """Each line may end in its own way."""
    text, before = "", ""
    for line, end in zip(TEXT.split("\n"), [*ends, ""], strict=True):
        # A line feed right after a return would be part of it, and no empty line.
        before = "\r" if (line, before, end) == ("", "\r", "\n") else end
        text += line + before
    data = text.encode()
    chunks: list[bytes] = []
    for size in sizes:
        chunks.append(data[:size])
        data = data[size:]
    assert _read([*chunks, data]) == EVENTS


def test_an_event_is_given_as_soon_as_its_blank_line_is_there() -> None:
    """A reader need not wait for the line feed that may follow a carriage return, nor for the next event."""
    parser = EventParser()

    assert parser.feed(b"data: 1\r\n\r") == [ServerSentEvent("message", "1")]
    assert parser.feed(b"\ndata: 2\n\n") == [ServerSentEvent("message", "2")]


def test_blank_lines_may_be_missing() -> None:
    """Events whose blank lines were lost, as in a recording that was edited, are told apart by their names."""
    events = _read([b"event: a\ndata: 1\nevent: b\ndata: 2\ndata: 3\n\n"])

    assert events == [ServerSentEvent("a", "1"), ServerSentEvent("b", "2\n3")]


@pytest.mark.parametrize("line", [b"id: 2\0", b"retry: 1.5", b"retry: -1", b"retry:", b"retry: " + b"9" * 900])
def test_ids_and_times_that_make_no_sense_are_ignored(line: bytes) -> None:
    """An id with NUL in it and a time that is no number change nothing, and cost no event."""
    assert _read([b"id: 1\n" + line + b"\ndata: x\n\n"]) == [ServerSentEvent("message", "x", "1")]


@pytest.mark.parametrize(
    "long", [b"data: " + b"x" * 9000, b"data: x\n" * 9000, b"event: " + b"x" * 9000 + b"\ndata: x"]
)
def test_an_event_that_is_too_long_costs_that_event(long: bytes) -> None:
    """Of an event without end the beginning is kept, and the next one is read."""
    for size in (1, 7, 100_000):
        text = long + b"\n\nevent: next\ndata: whole\n\n"
        first, second = _read((text[place : place + size] for place in range(0, len(text), size)), 2000)
        assert first.is_cut
        assert len(first.data) <= 4096
        assert second == ServerSentEvent("next", "whole")


def test_a_line_without_end_takes_no_memory() -> None:
    """Whatever a server sends, the parser keeps no more than the largest event."""
    parser = EventParser(max_event_bytes=100_000)
    chunk = b"data" * 10_000
    tracemalloc.start()
    try:
        for _ in range(500):
            assert parser.feed(chunk) == []
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_any_bytes_are_read(chunks: list[bytes]) -> None:
    """Nothing that is sent raises, and where it is cut does not matter."""
    assert _read(chunks) == _read([b"".join(chunks)])


def test_bytes_that_are_no_text_are_shown_as_such() -> None:
    """What is no UTF-8 becomes the replacement character, as the standard wants it."""
    assert _read([b"data: \xff\n\n"])[0].data == "\ufffd"
