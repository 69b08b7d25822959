"""What servers sent, out of whatever it was kept in: archives, payload files, JSON lines, streams of events."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import httpx

from run_steps._http.loopback import is_loopback
from run_steps.archive import ROW_COLUMNS, Archive
from run_steps.cli.source import kind_of
from run_steps.cli.targets import STANDARD_INPUT
from run_steps.errors import DECODING_FAULTS, InvalidResponse, UnknownObject
from run_steps.streaming import EventParser, ServerSentEvent
from run_steps.unknown import Sent
from run_steps.unknown.finding import SOMEWHERE
from run_steps_api.models import Thread
from run_steps_api.parsing import parse_json

_SQLITE = b"SQLite format 3\0"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_EVENTS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:event|data|id|retry)?:")
_READ_BYTES = 65_536

_KINDS = {"azure-agents": "Azure AI Agents", "azure-openai": "Azure OpenAI", "dashscope": "DashScope"}
_HOSTS = {"api.openai.com": "OpenAI", "api.fabric.microsoft.com": "Microsoft Fabric"}


def recorded(file: str, seen_on: str | None) -> Iterator[Sent]:
    """Yield what servers sent, as a file has it.

    Args:
        file: An archive; a payload, or one a line; a stream of events. `-` for standard input, which is no archive.
        seen_on: The server in words; None for what an archive knows of it.

    Raises:
        OSError: The file cannot be read.
        ArchiveError: The archive cannot be read.
    """
    if file == STANDARD_INPUT:
        with os.fdopen(0, "rb", closefd=False) as stream:
            yield from _in_file(stream, seen_on or SOMEWHERE)
        return
    with Path(file).open("rb") as stream:
        if not stream.peek(len(_SQLITE)).startswith(_SQLITE):
            yield from _in_file(stream, seen_on or SOMEWHERE)
            return
    with Archive.open(file) as archive:
        yield from _in_archive(archive, seen_on)


def server_name(base_url: str) -> str:
    """Say which server one is without saying whose: a base URL may name a company, a project or a machine."""
    try:
        host = httpx.URL(base_url).host
    except httpx.InvalidURL:
        return SOMEWHERE
    local = "a server on this machine" if is_loopback(host) else "another server"
    return _HOSTS.get(host) or _KINDS.get(kind_of(base_url), local)


_SERVER = ROW_COLUMNS.index("server")


def _in_archive(archive: Archive, seen_on: str | None) -> Iterator[Sent]:
    threads = list(archive.threads())
    origins = archive.origins(threads)
    servers = {thread_id: seen_on or server_name(origins.get(thread_id, "")) for thread_id in threads}
    for thread_id, server in servers.items():
        for read in (_thread, Archive.messages, Archive.runs):
            try:
                yield from (Sent(item.to_dict(), server) for item in read(archive, thread_id))
            except UnknownObject:
                pass  # never pulled
            except InvalidResponse:
                yield Sent(None, server)
    for rows in archive.rows():
        for row in rows:
            yield Sent(_parsed(row[-1].encode()), seen_on or server_name(row[_SERVER] or ""))


def _thread(archive: Archive, thread_id: str) -> Iterator[Thread]:
    yield archive.thread(thread_id)


def _in_file(stream: Any, server: str) -> Iterator[Sent]:
    if _EVENTS.match(stream.peek(1)):
        for event in _events(stream):
            yield Sent(_parsed(event.data.encode(errors="surrogatepass")), server, event.name)
        return
    first = stream.readline().removeprefix(_BYTE_ORDER_MARK)
    value = _parsed(first)
    if value is None:  # one payload in several lines, or an array of them
        yield Sent(_parsed(first + stream.read()), server)
        return
    yield Sent(value, server)
    for line in stream:
        if line.strip():
            yield Sent(_parsed(line), server)


def _events(stream: BinaryIO) -> Iterator[ServerSentEvent]:
    parser = EventParser()
    while chunk := stream.read(_READ_BYTES):
        yield from parser.feed(chunk)
    yield from parser.end()


def _parsed(text: bytes) -> Any:
    """Return what a text says; None when it says nothing."""
    try:
        value = parse_json(text)
    except DECODING_FAULTS:
        return None
    if isinstance(value, dict) and "change" in value:  # as `watch --json` writes it
        return value.get("step") or value.get("run") or value
    return value
