"""The commands in this process and as processes, over a server with the sample data and an archive of it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from attrs import frozen
from typer.testing import CliRunner

from run_steps import servers
from run_steps.cli.app import app
from run_steps.pulling import Target, pull
from run_steps.serving import create_app, sample_store, serve

ENTRY = "import sys; from run_steps.cli import main; sys.argv[0] = 'run-steps'; main()"
"""What the installed script does."""

SETTINGS = ("RUN_STEPS_BASE_URL", "RUN_STEPS_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_KEY", "RUN_STEPS_INSECURE_HTTP")


@frozen
class Outcome:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


@frozen
class SilentServer:
    """A server that takes connections and never answers."""

    listener: socket.socket

    @property
    def base_url(self) -> str:
        """Its base URL."""
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}/v1"


Invoke = Callable[..., Outcome]
"""Runs a command in this process: its arguments, and `env` with variables on top of a clean environment."""


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """The base URL of a server with the sample data."""
    with serve(create_app(sample_store())) as base_url:
        yield base_url


@pytest.fixture(scope="session")
def archive(base_url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the sample data."""
    path = tmp_path_factory.mktemp("archive") / "sample.sqlite"
    result = pull(servers.compatible(base_url), path, [Target("thread_demo")])
    assert result.failed == 0
    return path


@pytest.fixture
def silent_server() -> Iterator[SilentServer]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(30)
        yield SilentServer(listener)


@pytest.fixture
def invoke() -> Invoke:
    """Run a command in this process."""

    def run(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Outcome:
        environment = dict.fromkeys(SETTINGS) | dict(env or {})
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], env=environment)
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return run


def start(
    *arguments: str | Path, stdin: int | None = None, stdout: int = subprocess.PIPE, **variables: str
) -> subprocess.Popen[str]:
    """Start a command as a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name not in SETTINGS} | variables
    command = [sys.executable, "-W", "error", "-c", ENTRY, *map(str, arguments)]
    return subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, text=True, env=environment)


def finish(process: subprocess.Popen[str]) -> Outcome:
    """Wait for a process, and say how it ended; one that does not end is killed."""
    with process:
        try:
            out, err = process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return Outcome(process.returncode, out or "", err)


def interrupt(process: subprocess.Popen[str], server: SilentServer) -> None:
    """Press Ctrl-C as soon as a process has sent a request to a server."""
    connection, _ = server.listener.accept()
    with connection:
        assert connection.recv(65536).startswith(b"GET ")
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
