"""Commands in a real terminal: a pseudo-terminal of a chosen width."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.overlays.cli.conftest import ENTRY, SETTINGS

_STYLES = re.compile(r"\x1b\[[0-9;]*m")


def in_terminal(*arguments: str | Path, width: int = 80, **variables: str) -> str:
    """Run a command in a terminal, and return all that it wrote there.

    Args:
        arguments: Those of the command.
        width: Width of the terminal (cells).
        variables: Further environment variables.
    """
    return written_in_terminal([sys.executable, "-W", "error", "-c", ENTRY, *map(str, arguments)], width, variables)


def written_in_terminal(
    command: Sequence[str], width: int, variables: Mapping[str, str], folder: Path | None = None
) -> str:
    """Run any program in a terminal, and return all that it wrote there.

    Args:
        command: The program and its arguments.
        width: Width of the terminal (cells).
        variables: Environment variables on top of those of this process without settings of ours.
        folder: Where to run it; here when left out.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    clean = {name: value for name, value in os.environ.items() if name not in {*SETTINGS, "COLUMNS", "NO_COLOR"}}
    environment = clean | {"TERM": "xterm-256color"} | dict(variables)
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=folder):
        os.close(theirs)
        written = _read_all(ours)
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


def without_styles(text: str) -> str:
    """Return what a terminal shows, without colours and weights."""
    return _STYLES.sub("", text)


def _read_all(terminal: int) -> bytes:
    chunks: list[bytes] = []
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end was closed
            chunk = b""
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
