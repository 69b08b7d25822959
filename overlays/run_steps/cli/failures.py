"""How a command that fails ends: its message and its exit code."""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from enum import IntEnum

from attrs import frozen

from run_steps.errors import Advice, ConfigurationError, RunStepsError
from run_steps.shown_text import visible

_ADVICE: Mapping[str, str] = {
    Advice.MORE_TIME: "Try again.",
    Advice.LONGER_WATCH: "Raise --deadline, or watch it again.",
    Advice.FINISH: "Give --finish to get the rest from its server.",
    Advice.SECURE_HTTP: "Use https://, or allow it with RUN_STEPS_INSECURE_HTTP=1.",
    Advice.QUERY_PARAMETER: "This server wants a query parameter: give --param api-version=...",
    Advice.OTHER_ORDER: "Servers that order by time and page by id list correctly with --order asc alone.",
    Advice.OVERWRITE: "Choose another name, or give --overwrite.",
}
"""What errors advise in Python, in the words of the command line."""


class ExitCode(IntEnum):
    """What the exit codes mean; the last two are those of a process that the signal ended."""

    DONE = 0
    ERROR = 1
    USAGE = 2
    PARTLY_DONE = 3
    INTERRUPTED = 128 + signal.SIGINT
    NO_READER = 128 + 13


class UsageFault(RunStepsError):
    """The command line asks for something that cannot be; the message says what to give instead."""


class Interrupted(RunStepsError):
    """Ctrl-C ended a command that has something to say about it, such as how to go on."""


class PartlyDone(RunStepsError):
    """Some of the work failed and the rest is done; the message says how much."""


@frozen
class Failure:
    """How a command ends.

    Attributes:
        message: One line for the user; empty when there is nothing to say.
        code: The exit code.
    """

    message: str
    code: ExitCode


def failure_of(error: BaseException) -> Failure:
    """Judge an error: what to say of it in one line that is harmless in a terminal, and the exit code."""
    match error:
        case BrokenPipeError():
            return Failure("", ExitCode.NO_READER)
        case KeyboardInterrupt():
            return Failure("Interrupted.", ExitCode.INTERRUPTED)
        case Interrupted():
            return Failure(visible(str(error)), ExitCode.INTERRUPTED)
        case PartlyDone():
            return Failure(visible(str(error)), ExitCode.PARTLY_DONE)
        case UsageFault() | ConfigurationError():
            return Failure(visible(text_of_error(error)), ExitCode.USAGE)
        case RunStepsError() | ImportError():
            return Failure(visible(text_of_error(error)), ExitCode.ERROR)
        case OSError():
            return Failure(visible(_of_system(error)), ExitCode.ERROR)
        case _:
            fault = f"{type(error).__name__}: {error}"
            return Failure(visible(f"A fault of run-steps itself ({fault}); --debug shows where."), ExitCode.ERROR)


def guarded(action: Callable[[], None], *, debug: bool) -> ExitCode:
    """Do something; whatever goes wrong becomes one line on stderr and an exit code.

    Args:
        action: What to do.
        debug: Whether to show the traceback as well. It lists no values of variables, so no key shows.
    """
    try:
        action()
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the outermost place: here every error is reported
        failure = failure_of(error)
        if failure.code is ExitCode.NO_READER:
            _discard_output()
        elif debug:
            sys.stderr.write(visible("".join(traceback.format_exception(error)), keep="\n"))
        if failure.message:
            sys.stderr.write(f"run-steps: {failure.message}\n")
        return failure.code
    return ExitCode.DONE


def wrong_usage(error: Exception) -> ExitCode:
    """Say what is wrong with a command line; when there is none at all, show the help, as its message is."""
    message = str(getattr(error, "format_message", error.__str__)())
    if "\n" in message:
        sys.stderr.write(f"{message}\n")
    else:
        command = getattr(getattr(error, "ctx", None), "command_path", "run-steps")
        end = "" if message.endswith((".", "?")) else "."
        sys.stderr.write(f"run-steps: {visible(message)}{end} `{command} --help` shows what it takes.\n")
    return ExitCode.USAGE


def text_of_error(error: Exception) -> str:
    """Return what an error says, with its advice in the words of the command line."""
    if isinstance(error, RunStepsError):
        error.advice = _ADVICE.get(error.advice, error.advice)
    return str(error)


def _of_system(error: OSError) -> str:
    what = error.strerror or str(error) or type(error).__name__
    text = f"{error.filename}: {what}" if error.filename else what
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{text}. Make room and run the command again."
    return text if text.endswith(".") else f"{text}."


def _discard_output() -> None:
    # Otherwise Python tries to write the rest when it exits, and complains.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
