"""Clients behind one interface, so that a test states what is read once and all of them have to read it.

There are ours and those of openai-python, of each a synchronous and an asynchronous one.
"""

# pyright: reportDeprecated=false
# openai-python marks all of the Assistants API as deprecated.

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import openai
from attrs import frozen
from openai.types.beta.threads.runs import RunStep as OpenAIRunStep

from run_steps import AsyncRunSteps, RunSteps
from run_steps_api.models import RunStep

Step = TypeVar("Step")


class Reader(Protocol[Step]):
    """Reads steps through a client; options go to the client as they are."""

    def steps(self, thread_id: str, run_id: str, **options: Any) -> list[Step]:
        """Return all steps that a list gives."""
        ...

    def step(self, thread_id: str, run_id: str, step_id: str, **options: Any) -> Step:
        """Return one step."""
        ...


@contextmanager
def sync_reader(**settings: Any) -> Generator[Reader[RunStep]]:
    """Read through a `RunSteps` with these settings."""
    with RunSteps(**settings) as client:
        yield _SyncReader(client)


@contextmanager
def async_reader(**settings: Any) -> Generator[Reader[RunStep]]:
    """Read through an `AsyncRunSteps` with these settings."""
    with asyncio.Runner() as runner:
        client = AsyncRunSteps(**settings)
        try:
            yield _AsyncReader(client, runner)
        finally:
            runner.run(client.close())


@contextmanager
def openai_reader(**settings: Any) -> Generator[Reader[OpenAIRunStep]]:
    """Read through an `openai.OpenAI` with these settings."""
    with openai.OpenAI(**settings) as client:
        yield _OpenAIReader(client)


@contextmanager
def async_openai_reader(**settings: Any) -> Generator[Reader[OpenAIRunStep]]:
    """Read through an `openai.AsyncOpenAI` with these settings."""
    with asyncio.Runner() as runner:
        client = openai.AsyncOpenAI(**settings)
        try:
            yield _AsyncOpenAIReader(client, runner)
        finally:
            runner.run(client.close())


@frozen
class _SyncReader:
    client: RunSteps

    def steps(self, thread_id: str, run_id: str, **options: Any) -> list[RunStep]:
        return list(self.client.list(thread_id, run_id, **options))

    def step(self, thread_id: str, run_id: str, step_id: str, **options: Any) -> RunStep:
        return self.client.retrieve(thread_id, run_id, step_id, **options)


@frozen
class _AsyncReader:
    client: AsyncRunSteps
    runner: asyncio.Runner

    def steps(self, thread_id: str, run_id: str, **options: Any) -> list[RunStep]:
        async def read() -> list[RunStep]:
            return [step async for step in self.client.list(thread_id, run_id, **options)]

        return self.runner.run(read())

    def step(self, thread_id: str, run_id: str, step_id: str, **options: Any) -> RunStep:
        return self.runner.run(self.client.retrieve(thread_id, run_id, step_id, **options))


@frozen
class _OpenAIReader:
    client: openai.OpenAI

    def steps(self, thread_id: str, run_id: str, **options: Any) -> list[OpenAIRunStep]:
        return list(self.client.beta.threads.runs.steps.list(run_id, thread_id=thread_id, **options))

    def step(self, thread_id: str, run_id: str, step_id: str, **options: Any) -> OpenAIRunStep:
        return self.client.beta.threads.runs.steps.retrieve(step_id, thread_id=thread_id, run_id=run_id, **options)


@frozen
class _AsyncOpenAIReader:
    client: openai.AsyncOpenAI
    runner: asyncio.Runner

    def steps(self, thread_id: str, run_id: str, **options: Any) -> list[OpenAIRunStep]:
        async def read() -> list[OpenAIRunStep]:
            pages = self.client.beta.threads.runs.steps.list(run_id, thread_id=thread_id, **options)
            return [step async for step in pages]

        return self.runner.run(read())

    def step(self, thread_id: str, run_id: str, step_id: str, **options: Any) -> OpenAIRunStep:
        steps = self.client.beta.threads.runs.steps
        return self.runner.run(steps.retrieve(step_id, thread_id=thread_id, run_id=run_id, **options))
