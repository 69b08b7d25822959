"""The commands in this process and as processes, over a server with the sample data and an archive of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from attrs import frozen
from typer.testing import CliRunner

from run_steps.archive import Archive
from run_steps.cli.commands import app
from run_steps.received import ReceivedItem
from run_steps.server import MemoryStore, create_app, sample_store, serve
from run_steps.stores import Item, PageQuery

ENTRY = "import sys; from run_steps.cli import main; sys.argv[0] = 'run-steps'; main()"
"""What the installed script does."""

SETTINGS = ("RUN_STEPS_BASE_URL", "RUN_STEPS_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_KEY", "RUN_STEPS_INSECURE_HTTP")


@frozen
class Outcome:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


Invoke = Callable[..., Outcome]
"""Runs a command in this process: its arguments, and `env` with variables on top of a clean environment."""


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """The base URL of a server with the sample data."""
    with serve(create_app(sample_store())) as base_url:
        yield base_url


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the sample data."""
    return write_archive(sample_store(), "thread_demo", tmp_path_factory.mktemp("archive") / "sample.db")


@pytest.fixture
def invoke() -> Invoke:
    """Run a command in this process."""

    def run(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Outcome:
        environment = dict.fromkeys(SETTINGS) | dict(env or {})
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], env=environment)
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return run


def start(*arguments: str | Path, stdout: int = subprocess.PIPE, **variables: str) -> subprocess.Popen[str]:
    """Start a command as a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name not in SETTINGS} | variables
    command = [sys.executable, "-W", "error", "-c", ENTRY, *map(str, arguments)]
    return subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE, text=True, env=environment)


def finish(process: subprocess.Popen[str]) -> Outcome:
    """Wait for a process, and say how it ended."""
    with process:
        out, err = process.communicate(timeout=30)
    return Outcome(process.returncode, out or "", err)


def write_archive(store: MemoryStore, thread_id: str, path: Path) -> Path:
    """Write a thread of a store into an archive."""
    with Archive.create(path) as archive:
        runs = store.list_runs(thread_id, PageQuery(limit=100, order="asc")).data
        archive.put_runs("http://127.0.0.1:8000/v1", thread_id, [_received(run) for run in runs])
        for run in runs:
            position, cursor = 0, None
            while True:
                page = store.list_steps(thread_id, run.id, PageQuery(limit=100, order="asc", after=cursor))
                archive.put_steps(thread_id, run.id, position, [_received(step) for step in page.data])
                position += len(page.data)
                if not page.has_more:
                    break
                cursor = page.data[-1].id
            archive.finish_run(thread_id, run.id)
        archive.finish_thread(thread_id)
    return path


def _received(item: Item) -> ReceivedItem:
    return ReceivedItem(item.id, item.text, item.value)
