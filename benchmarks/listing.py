"""One list request on loopback: the CPU that the client's process spends on it."""

# openai-python marks all of the Assistants API as deprecated.
# pyright: reportDeprecated=false

from __future__ import annotations

from collections.abc import Callable

import httpx
import openai
import orjson

from benchmarks.measuring import Table, interleaved
from benchmarks.payloads import PAGE_SIZE
from benchmarks.static_server import static_server
from run_steps import RunSteps
from run_steps_api import Client
from run_steps_api.api.run_steps import list_run_steps

PATH = "/threads/thread_1/runs/run_1/steps"


def measure(*, rounds: int) -> Table:
    """Compare clients on a page of 100 mixed steps, each over a connection that is kept open.

    Args:
        rounds: Times each contestant is measured (count).
    """
    with (
        static_server(PAGE_SIZE) as base_url,
        RunSteps(base_url=base_url) as ours,
        Client(base_url=base_url) as generated,
        httpx.Client(base_url=base_url) as bare,
        openai.OpenAI(base_url=base_url, api_key="none") as official,
    ):
        contestants: dict[str, Callable[[], object]] = {
            "ours": lambda: next(ours.list("thread_1", "run_1").pages()),
            "ours, generated function alone": lambda: list_run_steps.sync(
                "thread_1", "run_1", client=generated, limit=100
            ),
            "bare httpx and orjson": lambda: orjson.loads(bare.get(PATH, params={"limit": 100}).content),
            "bare httpx and json": lambda: bare.get(PATH, params={"limit": 100}).json(),
            "openai-python": lambda: official.beta.threads.runs.steps.list("run_1", thread_id="thread_1", limit=100),
        }
        figures = interleaved(contestants, rounds=rounds, repeat=20)
    return Table("One list request on loopback", figures)
