"""Start the writer in processes of its own, also where the file system is special."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from shutil import which

import pytest

_PRIVATE_MOUNTS = ("unshare", "--map-root-user", "--mount")


def start(*arguments: object, before: Sequence[str] = ()) -> subprocess.Popen[str]:
    """Start a job of the writer; what it says can be read, and it can be told to go on."""
    command = [*before, sys.executable, "-W", "error", "-m", "tests.overlays.archive.writer", *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def line(process: subprocess.Popen[str]) -> str:
    """Return the next line that a job says."""
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def run_mounted(mount: str, *arguments: object) -> list[str]:
    """Run a job with a file system of its own, which nobody else sees and which goes with it; return what it says.

    Skips the test where the machine does not let this user mount anything.

    Args:
        mount: Command of a shell that mounts it.
        arguments: The job and its arguments.
    """
    if not which(_PRIVATE_MOUNTS[0]):
        pytest.skip("a file system for the test needs Linux's unshare")
    attempt = subprocess.run([*_PRIVATE_MOUNTS, "sh", "-c", mount], capture_output=True, text=True, check=False)
    if attempt.returncode:
        pytest.skip(f"this machine does not let this user mount a file system: {attempt.stderr.strip()}")
    with start(*arguments, before=(*_PRIVATE_MOUNTS, "sh", "-c", f'{mount} && exec "$@"', "sh")) as process:
        said, errors = process.communicate()
    assert process.returncode == 0, errors
    return said.splitlines()
