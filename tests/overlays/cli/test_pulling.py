"""`pull`: what is pulled, what is said about it, and how it ends."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import threading
from pathlib import Path

import pytest
from anyio import to_thread
from attrs import Factory, define
from starlette.types import ASGIApp, Receive, Scope, Send

from run_steps.archive import Archive
from run_steps.cli.progress import SECONDS_BETWEEN_LINES, Status, shown_progress, status_text
from run_steps.serving import create_app, sample_store, serve
from tests.overlays.cli.conftest import Invoke, SilentServer, finish, interrupt, start
from tests.overlays.cli.terminals import in_terminal, without_styles
from tests.overlays.pulling.comparing import checksum


def steps_in(path: Path) -> int:
    """Return how many steps an archive has."""
    with Archive.open(path) as archive:
        return archive.summary().steps


def test_a_thread_is_pulled(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """All its runs come into the archive; a second time only what was not over is pulled."""
    path = tmp_path / "history.sqlite"
    first = invoke("pull", path, "thread_demo", "--server", base_url)
    second = invoke("pull", path, "thread_demo", "--server", base_url)

    assert (first.code, first.err) == (0, "")
    assert first.out == f"Pulled 7 runs with 381 steps and 126 messages into {path}.\n"
    assert second.out == f"Pulled 2 runs with 3 steps and 126 messages into {path}; 5 were complete already.\n"
    assert steps_in(path) == 381


def test_single_runs_are_pulled(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """A thread and a run with a slash between them are that run alone; `--json` tells what was done."""
    path = tmp_path / "history.sqlite"
    outcome = invoke("pull", path, "thread_demo/run_failed", "--server", base_url, "--json")

    assert outcome.code == 0
    assert json.loads(outcome.out) == {
        "pulled": 1,
        "skipped": 0,
        "failed": 0,
        "steps": 2,
        "not_found": 0,
        "failures": [],
        "messages": 126,
        "not_served": [],
    }


@pytest.mark.parametrize(
    "lines",
    [
        "# what we need\nthread_demo/run_failed\n\nthread_demo run_kinds\n",
        "thread_id,run_id\nthread_demo,run_failed\nthread_demo,run_kinds\n",
        '{"thread_id": "thread_demo", "run_id": "run_failed"}\n{"thread_id": "thread_demo", "run_id": "run_kinds"}\n',
    ],
)
def test_targets_come_from_a_file(invoke: Invoke, base_url: str, tmp_path: Path, lines: str) -> None:
    """Lines, CSV and JSON lines are told apart."""
    file = tmp_path / "targets"
    file.write_text(lines, encoding="utf-8")
    outcome = invoke("pull", tmp_path / "history.sqlite", "--from", file, "--server", base_url)

    assert outcome.code == 0
    assert outcome.out.startswith("Pulled 2 runs with 31 steps")


def test_targets_come_from_standard_input(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """What `runs --json` writes can be pulled as it is."""
    runs = invoke("runs", "thread_demo", "--server", base_url, "--json", "--max-items", "3")
    process = start("pull", tmp_path / "a.sqlite", "--from", "-", "--server", base_url, "--json", stdin=subprocess.PIPE)
    out, _ = process.communicate(runs.out, timeout=30)

    assert process.returncode == 0
    assert json.loads(out)["pulled"] == 3


def test_what_fails_is_told(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """With failures the exit code is 3, and each of them is a line; it is 1 when nothing could be pulled at all."""
    partly = invoke("pull", tmp_path / "a.sqlite", "thread_demo", "nothing", "--server", base_url)
    not_at_all = invoke("pull", tmp_path / "b.sqlite", "nothing", "--server", base_url)

    assert partly.code == 3
    assert partly.out.startswith("Pulled 7 runs")
    assert "run-steps: nothing: 404 Not Found: No thread found with id 'nothing'." in partly.err
    assert partly.err.splitlines()[-1] == (
        "run-steps: 1 could not be pulled, see above; the same command tries them again."
    )
    assert not_at_all.code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Name the threads or runs to pull"),
        (["a/b/c"], "'a/b/c' is neither a thread id nor"),
        (["--from", "BAD"], "line 2: 'a/b/c' is neither"),
        (["--from", "BINARY"], 'not UTF-8: in Excel, save it as "CSV UTF-8"'),
    ],
)
def test_targets_that_are_none_are_a_wrong_usage(
    invoke: Invoke, base_url: str, tmp_path: Path, arguments: list[str], message: str
) -> None:
    """The message says which and where."""
    bad, binary = tmp_path / "BAD", tmp_path / "BINARY"
    bad.write_text("thread_demo/run_failed\na/b/c\n", encoding="utf-8")
    binary.write_bytes("thread_café\n".encode("latin-1"))
    named = [str(tmp_path / word) if word.isupper() else word for word in arguments]
    outcome = invoke("pull", tmp_path / "a.sqlite", *named, "--server", base_url)

    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err


def test_a_file_that_is_not_there_is_an_error(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """It is named, and no archive is made."""
    outcome = invoke("pull", tmp_path / "a.sqlite", "--from", tmp_path / "none.csv", "--server", base_url)

    assert outcome.code == 1
    assert "none.csv: No such file or directory." in outcome.err
    assert not list(tmp_path.iterdir())


@define
class StallingServer:
    """An application that answers as often as it may, and then leaves clients waiting."""

    app: ASGIApp
    answers: int
    is_stalling: threading.Event = Factory(threading.Event)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or wait until the client has gone."""
        self.answers -= 1
        if self.answers >= 0:
            await self.app(scope, receive, send)
            return
        self.is_stalling.set()
        while (await receive())["type"] != "http.disconnect":
            pass


@define
class PausingServer:
    """An application that answers as often as it may, and lets clients wait with the rest until it may go on."""

    app: ASGIApp
    answers: int
    is_pausing: threading.Event = Factory(threading.Event)
    may_go_on: threading.Event = Factory(threading.Event)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, now or later."""
        self.answers -= 1
        if self.answers < 0:
            self.is_pausing.set()
            await to_thread.run_sync(self.may_go_on.wait, 30)
        await self.app(scope, receive, send)


def test_two_pulls_at_once_come_to_the_same_end(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """The second says which process it waits for, and then asks only for what is not over; nothing is there twice."""
    path, alone = tmp_path / "history.sqlite", tmp_path / "alone.sqlite"
    server = PausingServer(create_app(sample_store()), answers=6)
    with serve(server) as pausing_url:
        arguments = ("pull", path, "thread_demo", "--server", pausing_url)
        first = start(*arguments)
        assert server.is_pausing.wait(30)
        second = start(*arguments)
        assert second.stderr is not None
        told = second.stderr.readline()
        server.may_go_on.set()
        outcomes = [finish(first), finish(second)]
    assert invoke("pull", alone, "thread_demo", "--server", base_url).code == 0

    assert [outcome.code for outcome in outcomes] == [0, 0]
    assert f"process {first.pid} " in told
    assert outcomes[0].out.startswith("Pulled 7 runs with 381 steps")
    assert outcomes[1].out.startswith("Pulled 2 runs with 3 steps")
    assert checksum(path) == checksum(alone)


@pytest.mark.parametrize("is_file", [False, True])
def test_ctrl_c_says_how_to_go_on(tmp_path: Path, is_file: bool) -> None:
    """The exit code is 130, the archive is whole, and the same command pulls the rest."""
    path, file = tmp_path / "history.sqlite", tmp_path / "targets.txt"
    file.write_text("thread_demo\n" * 1000, encoding="utf-8")
    targets = ["--from", str(file)] if is_file else ["thread_demo"]
    server = StallingServer(create_app(sample_store()), answers=6)
    with serve(server) as base_url:
        process = start("pull", path, *targets, "--server", base_url)
        assert server.is_stalling.wait(30)
        process.send_signal(signal.SIGINT)
        outcome = finish(process)
        server.answers = 1000
        again = finish(start("pull", path, "thread_demo", "--server", base_url))

    assert (outcome.code, outcome.out) == (130, "")
    assert outcome.err == (
        f"run-steps: Interrupted. What was pulled is safe in {path}; the same command goes on from there.\n"
    )
    assert again.code == 0
    assert steps_in(path) == 381


@pytest.mark.parametrize("is_damaged", [False, True])
def test_nothing_is_called_safe_without_looking(
    invoke: Invoke,
    archive: Path,
    base_url: str,
    tmp_path: Path,
    is_damaged: bool,
) -> None:
    """An archive that is damaged, or is none, is not said to hold safely what was pulled."""
    path = tmp_path / "a.sqlite"
    content = bytearray(archive.read_bytes())
    if is_damaged:
        content[4096 * 3 : -4096] = bytes(len(content) - 4096 * 4)
    else:
        content[:] = b"id,status\n"
    path.write_bytes(content)
    outcome = invoke("pull", path, "thread_demo", "--server", base_url)

    assert outcome.code == 1
    assert "is safe" not in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert path.read_bytes() == content


def test_a_file_is_checked_before_anything_is_pulled(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """A mistake in its last line, or nothing in it, leaves no archive behind."""
    file = tmp_path / "targets.txt"
    for text, message in (
        ("thread_demo/run_failed\n" * 30 + "a/b/c\n", "line 31: 'a/b/c' is neither"),
        ("\n", "targets.txt names no targets."),
    ):
        file.write_text(text, encoding="utf-8")
        outcome = invoke("pull", tmp_path / "a.sqlite", "--from", file, "--server", base_url)
        assert (outcome.code, outcome.out) == (2, "")
        assert message in outcome.err
        assert list(tmp_path.iterdir()) == [file]


def test_a_mistake_in_a_pipe_says_what_is_safe(base_url: str, tmp_path: Path) -> None:
    """What came before it may have been pulled already."""
    path = tmp_path / "a.sqlite"
    process = start("pull", path, "--from", "-", "--server", base_url, stdin=subprocess.PIPE)
    _, err = process.communicate("thread_demo/run_failed\na/b/c\n", timeout=30)

    assert process.returncode == 2
    assert "standard input, line 2: 'a/b/c' is neither" in err
    assert f"What was pulled is safe in {path}; the same command goes on from there." in err


def test_a_server_that_knows_nothing_is_doubted(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """Many targets of which none is there are rather a wrong address."""
    words = [f"thread_{number}" for number in range(25)]
    outcome = invoke("pull", tmp_path / "a.sqlite", *words, "--server", base_url)

    assert outcome.code == 1
    assert outcome.err.splitlines()[-1] == (
        f"run-steps: Nothing was found: {base_url} knows none of 25. Is the base URL right?"
    )


def test_ctrl_c_of_shards_names_their_parts(tmp_path: Path) -> None:
    """They hold what was pulled, until the next pull joins them."""
    path, parts = tmp_path / "history.sqlite", tmp_path / "history.sqlite.parts"
    server = StallingServer(create_app(sample_store()), answers=2)
    targets = ["thread_demo/run_long", "thread_demo/run_kinds"]
    with serve(server) as base_url:
        process = start("pull", path, *targets, "--server", base_url, "--shards", "2")
        assert server.is_stalling.wait(30)
        process.send_signal(signal.SIGINT)
        outcome = finish(process)
        (parts / "part-00009.sqlite-journal").write_bytes(b"left over")
        server.answers = 1000
        again = finish(start("pull", path, *targets, "--server", base_url))

    assert (outcome.code, outcome.out) == (130, "")
    assert f"safe in {path} and the folder {parts}, which is to be kept; the same command" in outcome.err
    assert again.code == 0
    assert not parts.exists()
    assert steps_in(path) == 374


def test_arguments_in_the_wrong_place_are_told(invoke: Invoke, archive: Path, base_url: str, tmp_path: Path) -> None:
    """A file of targets without `--from`, the archive behind a thread, a run without its thread."""
    path, file = tmp_path / "a.sqlite", tmp_path / "targets.txt"
    file.write_text("thread_demo\n", encoding="utf-8")
    unread = invoke("pull", path, file, "--server", base_url)
    swapped = invoke("pull", "thread_demo", archive, "--server", base_url)
    bare = invoke("pull", path, "run_failed", "--server", base_url)

    assert (unread.code, swapped.code, bare.code) == (2, 2, 1)
    assert f"did you mean --from {file}?" in unread.err
    assert f"The archive comes first, and the targets behind it: pull {archive} thread_demo." in swapped.err
    assert "run_failed looks like a run: name it with its thread, THREAD/run_failed." in bare.err


@pytest.mark.parametrize("key", ["sk-abc-123", "0123456789abcdef0123456789abcdef", "QWERTYUIOP" * 6])
def test_a_key_in_place_of_its_variable_is_not_shown(invoke: Invoke, base_url: str, tmp_path: Path, key: str) -> None:
    """What was typed there may be the key itself."""
    outcome = invoke("pull", tmp_path / "a.sqlite", "thread_demo", "--server", base_url, "--key-env", key)

    assert outcome.code == 2
    assert key not in outcome.out + outcome.err
    assert "--key-env wants the NAME of a variable that is set, not the key." in outcome.err


def test_ctrl_c_before_anything_was_pulled_leaves_nothing(silent_server: SilentServer, tmp_path: Path) -> None:
    """There is nothing to go on from, and nothing is promised."""
    process = start("pull", tmp_path / "a.sqlite", "thread_demo", "--server", silent_server.base_url)
    interrupt(process, silent_server)
    outcome = finish(process)

    assert (outcome.code, outcome.out, outcome.err) == (130, "", "run-steps: Interrupted.\n")
    assert not list(tmp_path.iterdir())


def test_a_server_that_is_not_there_is_told_at_once(invoke: Invoke, tmp_path: Path) -> None:
    """However patient a pull is with a server that goes away for a while."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    outcome = invoke("pull", tmp_path / "a.sqlite", "thread_demo", "--server", f"http://127.0.0.1:{port}/v1")

    assert (outcome.code, outcome.out) == (1, "")
    assert "cannot be reached" in outcome.err
    assert not list(tmp_path.iterdir())


def test_a_key_that_is_refused_is_told_at_once(invoke: Invoke, tmp_path: Path) -> None:
    """And nothing is made."""
    with serve(create_app(sample_store(), api_key="another")) as base_url:
        outcome = invoke("pull", tmp_path / "a.sqlite", "thread_demo", "--server", base_url)

    assert (outcome.code, outcome.out) == (1, "")
    assert "No key was sent: set RUN_STEPS_API_KEY" in outcome.err
    assert not list(tmp_path.iterdir())


def test_shards_are_pulled_by_processes(base_url: str, tmp_path: Path) -> None:
    """The whole is the same as that of one process."""
    path = tmp_path / "history.sqlite"
    runs = ["run_kinds", "run_long", "run_failed"]
    outcome = finish(
        start("pull", path, *(f"thread_demo/{run}" for run in runs), "--server", base_url, "--shards", "2")
    )

    assert (outcome.code, outcome.err) == (0, "")
    # Those of the thread are listed by each process that began before another one had them.
    assert re.fullmatch(
        rf"Pulled 3 runs with 376 steps and (126|252|378) messages into {re.escape(str(path))}\.\n", outcome.out
    )
    assert steps_in(path) == 376


def test_a_dask_cluster_that_cannot_be_is_a_wrong_usage(invoke: Invoke, base_url: str, tmp_path: Path) -> None:
    """The message names what is wrong with it, or what to install."""
    outcome = invoke("pull", tmp_path / "a.sqlite", "thread_demo", "--server", base_url, "--dask", "nowhere")

    assert (outcome.code, outcome.out) == (2, "")
    assert "Dask" in outcome.err


def test_a_terminal_gets_a_bar(base_url: str, tmp_path: Path) -> None:
    """It shows runs and steps while they come, and is gone in the end."""
    written = in_terminal("pull", tmp_path / "a.sqlite", "thread_demo", "--server", base_url, width=100)

    assert "7 of 7 runs, 381 steps" in without_styles(written)
    assert written.splitlines()[-1].endswith(f"and 126 messages into {tmp_path / 'a.sqlite'}.")


@pytest.mark.parametrize(
    ("status", "seconds", "text"),
    [
        (Status(0, None, "runs", 0), 0.0, "0 runs, 0 steps"),
        (Status(5, None, "runs", 1200), 2.0, "5 runs, 1,200 steps, 600 steps/s"),
        (Status(500, 2000, "runs", 30000), 10.0, "500 of 2,000 runs, 30,000 steps, 3,000 steps/s, 30 s left"),
        (Status(2000, 2000, "runs", 120000), 40.0, "2,000 of 2,000 runs, 120,000 steps, 3,000 steps/s"),
        (
            Status(139, 639, "runs", 6000, "target 3 of 9"),
            60.0,
            "139 of 639 runs known so far (target 3 of 9), 6,000 steps, 100 steps/s, at least 3 min 36 s left",
        ),
        (Status(800, 1200, "runs", 0, quick=800), 5.0, "800 of 1,200 runs, 0 steps, 0 steps/s"),
        (Status(810, 1200, "runs", 900, quick=800), 10.0, "810 of 1,200 runs, 900 steps, 90 steps/s, 6 min 30 s left"),
        (Status(250, 1000, "steps", 250), 2.0, "250 of 1,000 steps, 125 steps/s, 6 s left"),
    ],
)
def test_progress_tells_rate_and_time_left(status: Status, seconds: float, text: str) -> None:
    """As far as they can be known."""
    assert status_text(status, seconds) == text


def test_elsewhere_progress_is_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    """Not one for each run."""
    times = iter([0.0, 1.0, SECONDS_BETWEEN_LINES, SECONDS_BETWEEN_LINES + 1])
    with shown_progress(lambda: next(times)) as show:
        for done in (1, 20, 21):
            show(Status(done, 40, "runs", done * 100))

    assert capsys.readouterr().err == "run-steps: 20 of 40 runs, 2,000 steps, 200 steps/s, 10 s left\n"
