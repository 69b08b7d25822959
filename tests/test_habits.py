"""What people write who know openai-python does what they mean; `nox -s types` checks its types."""

import asyncio
import inspect
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from run_steps import AsyncRunSteps, RunSteps
from run_steps.serving import create_app, sample_store, serve
from run_steps_api.models import FunctionToolCall
from tests.typing import habits

EVERY: dict[str, Callable[..., object]] = {
    name: value
    for name, value in vars(habits).items()
    if inspect.isfunction(value) and value.__module__ == habits.__name__
}
PROGRAMS: dict[str, Callable[[RunSteps], object]] = {
    name: program for name, program in EVERY.items() if not inspect.iscoroutinefunction(program)
}
LATER: dict[str, Callable[[AsyncRunSteps], Coroutine[Any, Any, object]]] = {
    name: program for name, program in EVERY.items() if inspect.iscoroutinefunction(program)
}


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """A server with sample data of every kind."""
    with serve(create_app(sample_store())) as url:
        yield url


@pytest.fixture(scope="module")
def client(base_url: str) -> Iterator[RunSteps]:
    """A client of it."""
    with RunSteps(base_url=base_url) as client:
        yield client


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_program_finds_something(name: str, client: RunSteps) -> None:
    """No program fails, or passes by what it looks for."""
    assert PROGRAMS[name](client)


@pytest.mark.parametrize("name", LATER)
def test_each_program_finds_something_later(name: str, base_url: str) -> None:
    """In `async` code as well."""

    async def found() -> object:
        async with AsyncRunSteps(base_url=base_url) as later:
            return await LATER[name](later)

    assert asyncio.run(found())


def test_tags_classes_and_patterns_find_the_same(base_url: str, client: RunSteps) -> None:
    """However a union is narrowed down, what is found is the same."""

    async def found_later() -> list[str]:
        async with AsyncRunSteps(base_url=base_url) as later:
            return await habits.names_of_functions_later(later)

    names = habits.names_of_functions(client)

    assert names == habits.names_of_functions_by_class(client) == habits.names_of_functions_by_match(client)
    assert names == asyncio.run(found_later()) == [call.function.name for call in habits.only_functions(client)]
    assert habits.usual_tools(client) == Counter(names)
    assert all(isinstance(call, FunctionToolCall) for call in habits.calls_by_kind(client)["function"])


def test_a_kind_nobody_knows_is_unknown_and_keeps_its_word(client: RunSteps) -> None:
    """The last member of a union has a tag as the others have, and what the server wrote beside it."""
    assert {call.to_dict()["type"] for call in habits.calls_by_kind(client)["unknown"]} == {"sonar_sweep"}
    assert list(habits.what_nobody_knows(client)) == ["sonar_sweep"]
    assert "sonar_sweep" not in habits.everything_but_functions(client)
