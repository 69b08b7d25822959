"""The guide to the command line shows what the commands really write."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from run_steps.serving import create_app, sample_store, serve
from tests.overlays.cli.conftest import ENTRY
from tests.overlays.cli.terminals import written_in_terminal

GUIDE = Path(__file__).parent.parent / "docs" / "command-line.md"
BLOCK = re.compile(r"^```console\n(.*?)^```", flags=re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", flags=re.MULTILINE)
WIDTH = 80


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """A folder with the command `run-steps`, as an installation makes it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "run-steps"
    script.write_text(f"#!{sys.executable} -Werror\n{ENTRY}\n", encoding="utf-8")
    script.chmod(0o755)
    return folder


def test_the_guide_shows_what_commands_write(commands: Path, tmp_path: Path) -> None:
    """Every command of the guide, one after the other in one folder, as a reader would try them."""
    text = GUIDE.read_text(encoding="utf-8")
    examples = [example for block in BLOCK.finditer(text) for example in COMMAND.findall(block[1])]
    folder = tmp_path / "reader"
    folder.mkdir()
    with serve(create_app(sample_store())) as base_url:
        variables = {
            "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "RUN_STEPS_BASE_URL": base_url,
            "TERM": "dumb",
        }
        for command, shown in examples:
            written = written_in_terminal(["sh", "-c", command], WIDTH, variables, folder)
            assert _comparable(written) == _comparable(shown), command
    assert len(examples) > 15


def _comparable(output: str) -> str:
    """Return output without what differs each time, and blanks at the ends of lines."""
    for changing in (r"req_[0-9a-f.]+", r"[\d,]+ bytes"):
        output = re.sub(changing, "...", output)
    return "\n".join(line.rstrip() for line in output.splitlines())
