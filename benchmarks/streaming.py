"""The steps of a run out of its stream of events, on loopback: time an event."""

# openai-python marks all of the Assistants API as deprecated.
# pyright: reportDeprecated=false

from __future__ import annotations

import json
import time
import warnings
from collections.abc import Iterator
from typing import Any

import httpx
import openai

from benchmarks.measuring import Figure, Table, interleaved
from run_steps.serving import create_app, sample_store, serve
from run_steps.streaming import StepStream

_PEERS_LENGTH = 5_000
"""Deltas of the stream that all contestants read (count); openai-python takes seconds for it."""

LENGTHS = (10_000, 100_000)

_STEP = {
    "id": "step_1",
    "object": "thread.run.step",
    "run_id": "run_1",
    "thread_id": "thread_1",
    "status": "in_progress",
}
_CALL = {"index": 0, "type": "code_interpreter", "code_interpreter": {"input": "total += 1\n"}}


def measure(lengths: tuple[int, ...] = LENGTHS, *, rounds: int) -> list[Table]:
    """Compare readers of a stream in which a tool call's input comes in pieces, and ours on longer and longer ones.

    Args:
        lengths: Deltas of the longer streams (count).
        rounds: Times each is measured.
    """
    with serve(create_app(sample_store(), play=lambda: _events(_PEERS_LENGTH))) as base_url:
        contestants = {
            "ours": lambda: _read(base_url, looks=False),
            "ours, looking at the step after each event": lambda: _read(base_url, looks=True),
            "openai-python": lambda: _read_with_openai(base_url),
        }
        figures = interleaved(contestants, rounds=rounds, repeat=1)
    longer: list[Figure] = []
    for length in lengths:
        times: list[float] = []
        for _ in range(rounds if length < 1_000_000 else 1):
            start = time.process_time()
            assert sum(1 for _ in StepStream(_events(length))) == length + 1
            times.append((time.process_time() - start) / length * 1e6)
        longer.append(Figure.of(f"{length:,} deltas", "µs an event", CPU=times))
    return [Table(f"Reading a stream of {_PEERS_LENGTH:,} deltas", figures), Table("Reading longer streams", longer)]


def _events(length: int) -> Iterator[bytes]:
    delta = {"id": "step_1", "object": "thread.run.step.delta", "delta": {"step_details": _details([_CALL])}}
    piece = _event("thread.run.step.delta", delta)
    yield _event("thread.run.step.created", {**_STEP, "step_details": _details([])})
    for _ in range(length // 10):
        yield piece * 10


def _details(calls: list[Any]) -> dict[str, Any]:
    return {"type": "tool_calls", "tool_calls": calls}


def _event(name: str, payload: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(payload)}\n\n".encode()


def _read(base_url: str, *, looks: bool) -> None:
    with httpx.stream("POST", f"{base_url}/threads/runs", timeout=None) as response:  # noqa: S113 - nobody hangs here
        for event in StepStream(response):
            if looks:
                assert event.step is not None


def _read_with_openai(base_url: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        client = openai.OpenAI(base_url=base_url, api_key="none", timeout=None)
        with client, client.beta.threads.runs.stream(thread_id="thread_1", assistant_id="asst_1") as stream:
            stream.until_done()
