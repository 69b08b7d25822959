"""The command as a process: exit codes, pipes, signals, terminals, start-up."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from run_steps import __version__
from run_steps.serving import create_app, sample_store, serve
from tests.overlays.cli.conftest import ENTRY, SilentServer, finish, interrupt, start
from tests.overlays.cli.terminals import in_terminal, without_styles


def test_the_version_is_that_of_the_package() -> None:
    """`--version` says it on stdout."""
    outcome = finish(start("--version"))

    assert (outcome.code, outcome.out) == (0, f"run-steps {__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("list",), "Missing argument 'THREAD'. `run-steps list --help` shows what it takes."),
        (("list", "t", "r", "--order", "up"), "Invalid value for '--order': ...'up' is not one of 'asc', 'desc'. `"),
        (("list", "t", "r", "--param", "x"), "Invalid value for '--param': expected NAME=VALUE. `run-steps list --h"),
        (("list", "t", "r", "s\x1b"), r"Got unexpected extra argument(s) (s\x1b). `run-steps list --help` shows what"),
        (("list", "t", "r", "--nope"), "No such option: --nope"),
        (("lst",), "No such command 'lst'. Did you mean 'list'? `run-steps --help` shows what it takes."),
        (("get", "t", "r"), "Name the step as well: THREAD RUN STEP, or THREAD/RUN STEP."),
    ],
)
def test_a_wrong_usage_is_told_as_all_that_goes_wrong(arguments: tuple[str, ...], shown: str) -> None:
    """One line on stderr says what is wrong and where to look; the exit code is 2. What typer puts in, it may."""
    outcome = finish(start(*arguments))

    assert (outcome.code, outcome.out) == (2, "")
    assert re.match(re.escape(f"run-steps: {shown}").replace(re.escape("..."), ".*"), outcome.err)
    assert len(outcome.err.splitlines()) == 1


def test_the_command_alone_shows_its_help() -> None:
    """Whoever types nothing more sees what there is, each command in a line that is not cut."""
    outcome = finish(start())

    assert (outcome.code, outcome.out) == (2, "")
    assert "Usage: run-steps" in outcome.err
    assert "..." not in outcome.err.partition("Commands:")[2]


def test_the_shell_completes_commands_and_options() -> None:
    """As the completion that `--install-completion` sets up asks for them."""

    def completed(words: str) -> list[str]:
        place = str(len(words.split(" ")) - 1)
        return finish(start(_RUN_STEPS_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=place)).out.split()

    assert completed("run-steps t") == ["timeline"]
    assert completed("run-steps list --ord") == ["--order"]
    assert completed("run-steps list --order ") == ["asc", "desc"]


def test_no_server_is_a_wrong_usage() -> None:
    """Without a server and without settings one line says what to give."""
    outcome = finish(start("list", "t", "r"))

    assert (outcome.code, outcome.out) == (2, "")
    assert len(outcome.err.splitlines()) == 1
    assert outcome.err.startswith("run-steps: No server is named: give --server URL, or set RUN_STEPS_BASE_URL.")


def test_the_environment_names_the_server(base_url: str) -> None:
    """Without options the server is that of RUN_STEPS_BASE_URL."""
    outcome = finish(start("list", "thread_demo", "run_failed", RUN_STEPS_BASE_URL=base_url))

    assert outcome.code == 0
    assert outcome.out.startswith("step_failed_1\t")


def test_a_reader_that_stops_ends_the_command_quietly(base_url: str) -> None:
    """In `run-steps list ... | head -1` nobody complains, and the exit code is that of a process ended by SIGPIPE."""
    for options in ([], ["--json"]):
        process = start("list", "thread_demo", "run_long", "--server", base_url, *options)
        assert process.stdout is not None
        assert "step_long_000" in process.stdout.readline()
        process.stdout.close()
        with process:
            assert process.stderr is not None
            assert process.stderr.read() == ""
        assert process.returncode == 141


@pytest.mark.parametrize("arguments", [("list",), ("timeline",), ("watch",)])
def test_no_reader_at_all_ends_the_command_quietly(base_url: str, arguments: tuple[str, ...]) -> None:
    """Nor when the pipe was closed before anything was written."""
    reader, writer = os.pipe()
    os.close(reader)
    process = start(*arguments, "thread_demo", "run_failed", "--server", base_url, stdout=writer)
    os.close(writer)
    outcome = finish(process)

    assert (outcome.code, outcome.err) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told(base_url: str) -> None:
    """The line says what to do."""
    with Path("/dev/full").open("wb") as full:
        process = start("list", "thread_demo", "run_long", "--server", base_url, stdout=full.fileno())
    outcome = finish(process)

    assert outcome.code == 1
    assert outcome.err == "run-steps: No space left on device. Make room and run the command again.\n"


def test_closed_streams_are_no_fault(archive: Path) -> None:
    """A job without standard output or error does what it was told."""
    page = archive.with_name("closed.html")
    script = f'exec "$@" {shlex.quote(str(archive))} --html {shlex.quote(str(page))} >&- 2>&-'
    command = [sys.executable, "-W", "error", "-c", ENTRY, "timeline", "thread_demo", "run_failed", "--archive"]
    done = subprocess.run(["sh", "-c", script, "sh", *command], check=False)

    assert done.returncode == 0
    assert "run_failed" in page.read_text(encoding="utf-8")


def test_ctrl_c_ends_a_command_in_one_line(silent_server: SilentServer) -> None:
    """The exit code is 130, and no traceback shows."""
    process = start("list", "t", "r", "--server", silent_server.base_url)
    interrupt(process, silent_server)
    outcome = finish(process)

    assert (outcome.code, outcome.out, outcome.err) == (130, "", "run-steps: Interrupted.\n")


def test_a_terminal_gets_a_table_with_colours(base_url: str) -> None:
    """Headings and aligned columns, and statuses in colour."""
    written = in_terminal("list", "thread_demo", "run_failed", "--server", base_url)

    assert "\x1b[32mcompleted\x1b[0m" in written
    assert without_styles(written).splitlines()[:2] == [
        "step           what            status     took  tokens  began (UTC)",
        "step_failed_1  message         completed   2 s     688  2026-01-01 02:00:00",
    ]


def test_colours_can_be_turned_off(base_url: str) -> None:
    """With NO_COLOR there is weight but no colour, on a dumb terminal neither."""
    arguments = ("list", "thread_demo", "run_failed", "--server", base_url)

    assert set(re.findall(r"\x1b\[([0-9;]*)m", in_terminal(*arguments, NO_COLOR="1"))) == {"0", "1"}
    assert "\x1b" not in in_terminal(*arguments, TERM="dumb")


@pytest.mark.parametrize("command", ["list", "timeline", "watch"])
def test_nothing_but_a_terminal_gets_colours(base_url: str, command: str) -> None:
    """Into a pipe no escape sequence is written."""
    outcome = finish(start(command, "thread_demo", "run_failed", "--server", base_url))

    assert outcome.code == 0
    assert "\x1b" not in outcome.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "thread_demo", "run_kinds"),
        ("runs", "thread_demo"),
        ("timeline", "thread_demo", "run_kinds"),
        ("watch", "thread_demo", "run_kinds"),
    ],
)
def test_lines_fit_a_narrow_terminal(archive: Path, arguments: tuple[str, ...]) -> None:
    """No line is wider than the terminal, and each item keeps its own line."""
    written = without_styles(in_terminal(*arguments, "--archive", archive, width=40)).splitlines()
    lines = [line for line in written if not line.startswith("run-steps: ")]  # notes are not cut

    assert max(map(len, lines)) <= 40
    assert any("run_kinds" in line or "step_kinds_00" in line for line in lines)


def test_output_survives_any_encoding(base_url: str) -> None:
    """What an encoding lacks is written as an escape."""
    outcome = finish(
        start("timeline", "thread_demo", "run_kinds", "--server", base_url, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    )

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.isascii()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_offered(shell: str) -> None:
    """The script for a shell is generated, and asks the command for what may follow."""
    script = finish(start("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1"))
    offered = finish(
        start(_RUN_STEPS_COMPLETE="complete_bash", COMP_WORDS="run-steps list thread run --or", COMP_CWORD="4")
    )

    assert script.code == 0
    assert "_RUN_STEPS_COMPLETE" in script.out
    assert offered.out.split() == ["--order"]


def test_help_and_completion_import_nothing_heavy() -> None:
    """They load neither client nor server, so that they answer at once."""
    code = f"{ENTRY.replace('main()', '')}\ntry:\n    main()\nfinally:\n    print(*sys.modules)"
    for variables in ({}, {"_RUN_STEPS_COMPLETE": "complete_bash", "COMP_WORDS": "run-steps ", "COMP_CWORD": "1"}):
        command = [sys.executable, "-c", code, "--help"]
        done = subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, check=True)
        loaded = set(done.stdout.splitlines()[-1].split())
        assert "timeline" in done.stdout
        heavy = {"httpx", "run_steps_api", "starlette", "uvicorn", "sqlite3", "rich.console", "pyarrow"}
        assert not loaded & (heavy - {"sqlite3"} if "coverage" in loaded else heavy)  # which keeps its data in SQLite


def test_secrets_do_not_show() -> None:
    """A key that is refused shows in no line, and in no traceback of `--debug`."""
    with serve(create_app(sample_store(), api_key="another")) as locked:
        outcome = finish(
            start("list", "thread_demo", "run_long", "--server", locked, "--debug", RUN_STEPS_API_KEY="hush-hush")
        )

    assert outcome.code == 1
    assert "Traceback" in outcome.err
    assert "The key was read from RUN_STEPS_API_KEY." in outcome.err.splitlines()[-1]
    assert "hush" not in outcome.err
