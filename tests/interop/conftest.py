"""Servers of others, and our clients to read from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TypeAlias

import pytest

from run_steps_api.models import RunStep
from tests.interop.llamphouse_process import House, serve_llamphouse
from tests.interop.readers import Reader, async_reader, sync_reader

OpenReader: TypeAlias = Callable[..., AbstractContextManager[Reader[RunStep]]]


@pytest.fixture(scope="session", params=[sync_reader, async_reader], ids=["sync", "async"])
def open_reader(request: pytest.FixtureRequest) -> OpenReader:
    """A function that opens a client of ours with the settings it is given; once for each of the two clients."""
    reader: OpenReader = request.param
    return reader


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A llamphouse that is open to everyone."""
    with serve_llamphouse(tmp_path_factory.mktemp("house") / "log.txt") as house:
        yield house


@pytest.fixture(scope="session")
def locked_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A llamphouse that wants a key."""
    with serve_llamphouse(tmp_path_factory.mktemp("locked_house") / "log.txt", api_key="sesame") as house:
        yield house
