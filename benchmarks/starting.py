"""What it costs to begin: importing packages, starting commands, and generating the client."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.exporting import fill
from benchmarks.measuring import Table, interleaved_commands
from workflow.generate import CONFIG, CONTRACT

_IMPORTS = ("import httpx", "from run_steps import RunSteps", "import run_steps", "import openai")
_THREAD, _RUN = "thread_000000", "run_000000"


def measure_imports(*, rounds: int) -> Table:
    """Measure imports in fresh interpreters.

    Args:
        rounds: Times each is imported (count).
    """
    contestants = {code: (sys.executable, "-c", code) for code in _IMPORTS}
    return Table("Importing", interleaved_commands(contestants, rounds=rounds))


def measure_commands(*, rounds: int) -> Table:
    """Run each command that ends by itself on a small archive, beside peers' commands that only show their version.

    Args:
        rounds: Times each is run (count).
    """
    bin_folder = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.sqlite"
        fill(path, 1_000)
        of_archive = ("--archive", str(path))
        ours: list[Sequence[str]] = [
            ("--version",),
            ("list", _THREAD, _RUN, *of_archive),
            ("get", _THREAD, _RUN, "step_000000000", *of_archive),
            ("runs", _THREAD, *of_archive),
            ("timeline", _THREAD, _RUN, *of_archive),
            ("check", str(path)),
            ("export", str(path), str(Path(folder) / "steps.jsonl"), "--overwrite"),
            ("unknown", str(path)),
            ("watch", "--help"),
            ("pull", "--help"),
            ("serve", "--help"),
        ]
        contestants: dict[str, Sequence[str]] = {
            f"run-steps {arguments[0]}{' --help' if arguments[-1] == '--help' else ''}": (
                str(bin_folder / "run-steps"),
                *arguments,
            )
            for arguments in ours
        }
        contestants["a script of openai-python that does nothing"] = (sys.executable, "-c", "import openai")
        for peer in ("openapi_python_client", "uvicorn"):
            contestants[f"python -m {peer} --version"] = (sys.executable, "-m", peer, "--version")
        return Table("Starting commands", interleaved_commands(contestants, rounds=rounds))


def measure_generation(*, rounds: int) -> Table:
    """Time `python -m workflow.generate` beside the generator's own command on the same contract.

    Args:
        rounds: Times each is run (count).
    """
    with tempfile.TemporaryDirectory() as folder:
        theirs = (
            *("openapi_python_client", "generate", "--meta", "none", "--config", str(CONFIG), "--overwrite"),
            *("--path", str(CONTRACT), "--output-path", f"{folder}/theirs"),
        )
        contestants = {
            "python -m workflow.generate": (sys.executable, "-m", "workflow.generate", "--into", f"{folder}/ours"),
            "openapi-python-client generate": (sys.executable, "-m", *theirs),
        }
        return Table("Generating the client", interleaved_commands(contestants, rounds=rounds))
