"""`serve`: an archive for other clients."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import httpx
import pytest

from run_steps import RunSteps, Unauthorized
from tests.overlays.cli.conftest import Invoke, finish, start
from tests.overlays.streaming.recordings import WHOLE


def announced(process: subprocess.Popen[str]) -> str:
    """Return the base URL that a server says it can be reached at."""
    assert process.stdout is not None
    return process.stdout.readline().split(" at ")[1].split()[0]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_an_archive_is_served_until_it_is_enough(archive: Path, ending: signal.Signals) -> None:
    """Clients read from it as from the server it came from; both signals end it well."""
    process = start("serve", archive, "--port", "0")
    with RunSteps(base_url=announced(process)) as client:
        steps = list(client.list("thread_demo", "run_long"))
    process.send_signal(ending)
    outcome = finish(process)

    assert len(steps) == 345
    assert outcome.code == 0
    assert outcome.err.startswith("run-steps: 2 of 7 runs are incomplete in this archive")
    assert len(outcome.err.splitlines()) == 1


def test_a_key_can_be_asked_for(archive: Path) -> None:
    """It is read from the environment, and a request without it is refused."""
    process = start("serve", archive, "--port", "0", "--key-env", "HARBOUR_KEY", HARBOUR_KEY="hush-hush")
    base_url = announced(process)
    with RunSteps(base_url=base_url, api_key="hush-hush") as client:
        assert client.run("thread_demo", "run_long").id == "run_long"
    with RunSteps(base_url=base_url) as client, pytest.raises(Unauthorized):
        client.run("thread_demo", "run_long")
    process.terminate()
    assert finish(process).code == 0


def test_serving_everybody_is_pointed_out(archive: Path) -> None:
    """Whoever listens on all addresses without a key is told what that means."""
    process = start("serve", archive, "--port", "0", "--host", "0.0.0.0")
    announced(process)
    process.terminate()

    assert "--key-env asks for a key" in finish(process).err


def test_what_cannot_be_served_is_an_error(invoke: Invoke, archive: Path, base_url: str, tmp_path: Path) -> None:
    """A file that is not there, a port that is taken, a key that is not set."""
    missing = invoke("serve", tmp_path / "none.sqlite")
    taken = invoke("serve", archive, "--port", base_url.split(":")[2].split("/", maxsplit=1)[0])
    keyless = invoke("serve", archive, "--key-env", "NOT_SET")

    assert (missing.code, taken.code, keyless.code) == (1, 1, 2)
    assert "none.sqlite" in missing.err
    assert "cannot listen on" in taken.err
    assert "NOT_SET" in keyless.err


def test_a_stream_is_played_to_whoever_creates_a_run(archive: Path, tmp_path: Path) -> None:
    """Any client can be tried on a recorded stream; a file that is not there is told at once."""
    path = tmp_path / "run.sse"
    assert finish(start("serve", archive, "--port", "0", "--sse", path)).code == 1
    path.write_bytes(WHOLE)
    process = start("serve", archive, "--port", "0", "--sse", path)
    answer = httpx.post(f"{announced(process)}/threads/runs")
    process.terminate()

    assert answer.content == WHOLE
    assert finish(process).code == 0


def test_sample_data_can_be_served_to_try_things_on() -> None:
    """It needs no archive, and is there until the server is stopped."""
    process = start("serve", "--sample", "--port", "0")
    with RunSteps(base_url=announced(process)) as client:
        assert client.run("thread_demo", "run_kinds").id == "run_kinds"
    process.terminate()
    assert finish(process).code == 0


@pytest.mark.parametrize("arguments", [[], ["--sample", "history.sqlite"]])
def test_an_archive_or_the_sample_is_named_not_both(invoke: Invoke, arguments: list[str]) -> None:
    """Nothing to serve, and two things, are wrong usage."""
    outcome = invoke("serve", *arguments)
    assert outcome.code == 2
    assert "--sample" in outcome.err


def test_names_can_be_allowed(archive: Path) -> None:
    """A proxy in front of it has a name of its own; all others are refused in one line."""
    process = start("serve", archive, "--port", "0", "--allow-host", "history.example")
    url = f"{announced(process)}/threads/thread_demo/runs"
    statuses = [
        httpx.get(url, headers={"Host": host}, trust_env=False).status_code
        for host in ("localhost", "history.example", "evil.example")
    ]
    process.terminate()

    assert finish(process).code == 0
    assert statuses == [200, 200, 421]


def test_it_answers_the_clients_of_azure(archive: Path, invoke: Invoke) -> None:
    """Under the path that they know, with the key in their header."""
    process = start("serve", archive, "--port", "0", "--key-env", "HARBOUR_KEY", HARBOUR_KEY="hush-hush")
    root = announced(process).removesuffix("/v1")
    served = ("--server", root, "--kind", "azure-openai", "--key-env", "HARBOUR_KEY")
    outcome = invoke("list", "thread_demo", "run_failed", *served, env={"HARBOUR_KEY": "hush-hush"})
    process.terminate()

    assert finish(process).code == 0
    assert outcome.out == invoke("list", "thread_demo", "run_failed", "--archive", archive).out
