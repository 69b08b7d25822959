"""The command `run-steps` (extra `cli`)."""

from __future__ import annotations

import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command; say how to install it where its dependencies are missing."""
    try:
        from run_steps.cli.commands import app  # noqa: PLC0415 - what may be missing is imported where that can be said
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"rich", "starlette", "typer", "uvicorn"}:
            raise
        sys.exit(f"run-steps needs {error.name}, which is not installed: pip install 'run-steps[cli]'")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # What the encoding of a terminal or file lacks is written as an escape, not an error.
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="run-steps")
