"""The programs in `examples/` do what they say, run as they stand on sample data."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from run_steps.serving import create_app, sample_store, serve
from run_steps.timeline import Timeline

FOLDER = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """The base URL of a server with the sample data."""
    with serve(create_app(sample_store())) as base_url:
        yield base_url


def _run(base_url: str, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"RUN_STEPS_BASE_URL": base_url, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-W", "error", str(FOLDER / program), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_steps_are_listed_with_what_they_called(base_url: str) -> None:
    """A line a step, one a call, and one for what is not there."""
    done = _run(base_url, "list_steps.py", "thread_demo", "run_kinds")
    gone = _run(base_url, "list_steps.py", "thread_demo", "run_gone")

    assert (done.returncode, done.stderr) == (0, "")
    assert "step_kinds_04 completed 0:00:02\n" in done.stdout
    assert '  open_lock({"gate": "north"}) -> opened\n' in done.stdout
    assert (gone.returncode, len(gone.stderr.splitlines())) == (1, 1)


def test_a_run_is_watched_to_its_end(base_url: str) -> None:
    """The last line is the end of the run."""
    done = _run(base_url, "watch_run.py", "thread_demo", "run_failed")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "ended run_failed failed"


def test_threads_are_pulled_proved_and_exported(base_url: str, tmp_path: Path) -> None:
    """Run again it goes on; a thread that is not there makes it fail."""
    first = _run(base_url, "pull_and_export.py", tmp_path / "mine", "thread_demo/run_kinds", "thread_demo/run_failed")
    again = _run(base_url, "pull_and_export.py", tmp_path / "mine", "thread_demo/run_kinds", "thread_gone")

    assert (first.returncode, first.stderr) == (0, "")
    assert "2 of 2 runs are complete" in first.stdout
    with (tmp_path / "mine" / "steps.csv").open(encoding="utf-8", newline="") as file:
        assert {row["run_id"] for row in csv.DictReader(file)} == {"run_kinds", "run_failed"}
    assert again.returncode == 1
    assert "0 runs with 0 steps pulled, 1 were there, 1 failed" in again.stdout


def test_the_notebook_runs(base_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Its cells run in order, and the timeline in it is one that notebooks show; it is kept without outputs."""
    monkeypatch.setenv("RUN_STEPS_BASE_URL", base_url)
    notebook = json.loads((FOLDER / "notebook.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    for cell in cells:
        exec("".join(cell["source"]), names)

    assert isinstance(names["timeline"], Timeline)
    assert "code_interpreter" in capsys.readouterr().out
    assert not any(cell["outputs"] or cell["execution_count"] for cell in cells)


def test_every_example_is_told_and_run() -> None:
    """The page names each program, and a test of this module each file."""
    files = {path.name for path in FOLDER.iterdir() if path.suffix in {".py", ".ipynb"}}
    told = set(re.findall(r"\]\((\S+)\)", (FOLDER / "README.md").read_text(encoding="utf-8")))
    here = Path(__file__).read_text(encoding="utf-8")
    assert files == told
    assert all(f'"{name}"' in here for name in files)
