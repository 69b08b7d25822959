"""The command `run-steps` (extra `cli`)."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

from run_steps._installation import install_command


def main() -> None:
    """Run the command; say how to install it where its dependencies are missing."""
    try:
        from run_steps.cli.app import app  # noqa: PLC0415 - what may be missing is imported where that can be said
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"rich", "starlette", "typer", "uvicorn"}:
            raise
        sys.exit(f"run-steps needs {error.name}, which is not installed: {install_command('cli')}")
    sys.stdout, sys.stderr = _lenient(sys.stdout), _lenient(sys.stderr)
    try:
        app(prog_name="run-steps")
    except OSError as error:  # help cannot be written; what commands raise is reported by `failures`
        sys.exit(f"run-steps: {error}")


def _lenient(stream: object) -> TextIOWrapper:
    """Return a standard stream to which anything can be written."""
    if not isinstance(stream, TextIOWrapper):  # None when whoever started the command closed it
        return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8", closefd=False)
    # What the encoding of a terminal or file lacks is written as an escape, not an error.
    stream.reconfigure(errors="backslashreplace")
    return stream
