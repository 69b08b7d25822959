"""What is said of errors, and with which code a command exits."""

from __future__ import annotations

import errno

import pytest

from run_steps import APIError, ConfigurationError, DeadlineExceeded, RunStepsError
from run_steps.archive import ArchiveError
from run_steps.cli.failures import ExitCode, Failure, Interrupted, PartlyDone, UsageFault, failure_of, guarded
from run_steps.errors import Advice
from run_steps.stores import UnknownRun


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (UnknownRun("run_1"), Failure("No run found with id 'run_1'.", ExitCode.ERROR)),
        (APIError("It broke."), Failure("It broke.", ExitCode.ERROR)),
        (ArchiveError("Its disk is full."), Failure("Its disk is full.", ExitCode.ERROR)),
        (DeadlineExceeded("Too late."), Failure("Too late.", ExitCode.ERROR)),
        (ConfigurationError("No key."), Failure("No key.", ExitCode.USAGE)),
        (UsageFault("Name it."), Failure("Name it.", ExitCode.USAGE)),
        (PartlyDone("2 failed."), Failure("2 failed.", ExitCode.PARTLY_DONE)),
        (Interrupted("Go on."), Failure("Go on.", ExitCode.INTERRUPTED)),
        (KeyboardInterrupt(), Failure("Interrupted.", ExitCode.INTERRUPTED)),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), Failure("", ExitCode.NO_READER)),
        (ImportError("pip install it"), Failure("pip install it", ExitCode.ERROR)),
        (
            PermissionError(errno.EACCES, "Permission denied", "a.csv"),
            Failure("a.csv: Permission denied.", ExitCode.ERROR),
        ),
        (
            OSError(errno.ENOSPC, "No space left on device", "a.csv"),
            Failure("a.csv: No space left on device. Make room and run the command again.", ExitCode.ERROR),
        ),
        (
            ZeroDivisionError("division by zero"),
            Failure(
                "A fault of run-steps itself (ZeroDivisionError: division by zero); --debug shows where.",
                ExitCode.ERROR,
            ),
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_error_has_a_line_and_a_code(error: BaseException, failure: Failure) -> None:
    """The line says what happened; the code, whose turn it is."""
    assert failure_of(error) == failure


def test_a_line_is_one_line() -> None:
    """Whatever a server put into its message."""
    assert failure_of(APIError("one\ntwo\x1b[2J\ud800")).message == r"one\ntwo\x1b[2J\ud800"


@pytest.mark.parametrize("advice", Advice)
def test_advice_is_given_in_options(advice: Advice) -> None:
    """Nobody who types a command is told what to write in Python."""
    message = failure_of(RunStepsError("It broke.", advice=advice)).message
    assert message.startswith("It broke. ")
    assert "`" not in message


@pytest.mark.parametrize("debug", [False, True])
def test_a_traceback_is_shown_on_demand(debug: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the line, and as harmless as that."""

    def fail() -> None:
        raise APIError("gone\x1b[2J")

    assert guarded(fail, debug=debug) is ExitCode.ERROR
    written = capsys.readouterr().err
    assert ("Traceback" in written, "in fail" in written) == (debug, debug)
    assert written.endswith("run-steps: gone\\x1b[2J\n")
    assert "\x1b" not in written


def test_nothing_is_said_when_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    """Success is silent."""
    assert guarded(lambda: None, debug=False) is ExitCode.DONE
    assert capsys.readouterr() == ("", "")
