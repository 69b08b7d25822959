"""The guide to the command line shows what the commands really write.

`python -m tests.test_command_line_guide` puts what they write into the guide, to be looked at before it is committed.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from run_steps.cli.app import app
from run_steps.serving import create_app, sample_store, serve
from tests.overlays.cli.conftest import ENTRY
from tests.overlays.cli.terminals import written_in_terminal

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "command-line.md"
BLOCK = re.compile(r"^```console\n(.*?)^```", flags=re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", flags=re.MULTILINE)
WIDTH = 80
Terminal: TypeAlias = Callable[[str], str]
"""Runs a command and returns what it writes."""

NAMES = [str(command.name) for command in app.registered_commands]


@contextmanager
def terminal() -> Generator[Terminal]:
    """Give a terminal in an empty folder, where the command is installed and a server with sample data is named."""
    with TemporaryDirectory() as folder, serve(create_app(sample_store())) as base_url:
        script = Path(folder, "bin", "run-steps")
        script.parent.mkdir()
        script.write_text(f"#!{sys.executable} -Werror\n{ENTRY}\n", encoding="utf-8")
        script.chmod(0o755)
        reader = Path(folder, "reader")
        reader.mkdir()
        variables = {
            "PATH": f"{script.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "RUN_STEPS_BASE_URL": base_url,
            "TERM": "dumb",
        }
        yield lambda command: written_in_terminal(["sh", "-c", command], WIDTH, variables, reader)


def test_the_guide_shows_what_commands_write() -> None:
    """Every command of the guide, one after the other in one folder, as a reader would try them."""
    text = GUIDE.read_text(encoding="utf-8")
    examples = [example for block in BLOCK.finditer(text) for example in COMMAND.findall(block[1])]
    lays_out_alike = f"\ntyper=={version('typer')}\n" in (ROOT / "constraints.txt").read_text(encoding="utf-8")
    with terminal() as written:
        for command, shown in examples:
            if lays_out_alike or not command.endswith("--help"):
                assert _comparable(written(command)) == _comparable(shown), command
    assert len(examples) > 15


def test_the_guide_has_the_help_of_every_command() -> None:
    """Whoever reads it sees each option, also of the commands that no example shows."""
    text = GUIDE.read_text(encoding="utf-8")
    assert [name for name in NAMES if f"$ run-steps {name} --help\n" not in text] == []


def update_the_guide() -> None:
    """Put into the guide what the commands write, where that is not what it shows."""
    with terminal() as written:

        def example(match: re.Match[str]) -> str:
            output = written(match[1])
            lines = [line.rstrip() for line in re.sub(r"req_[0-9a-f.]+", "req_...", output).splitlines()]
            is_current = _comparable(output) == _comparable(match[2])
            return match[0] if is_current else "\n".join([f"$ {match[1]}", *lines, ""])

        def block(match: re.Match[str]) -> str:
            return f"```console\n{COMMAND.sub(example, match[1])}```"

        GUIDE.write_text(BLOCK.sub(block, GUIDE.read_text(encoding="utf-8")), encoding="utf-8")


def _comparable(output: str) -> str:
    """Return output without what differs each time, and blanks at the ends of lines."""
    for changing in (r"req_[0-9a-f.]+", r"[\d,]+ bytes"):
        output = re.sub(changing, "...", output)
    return "\n".join(line.rstrip() for line in output.splitlines())


if __name__ == "__main__":
    update_the_guide()
