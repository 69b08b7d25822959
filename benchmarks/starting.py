"""What it costs to begin: importing packages, and generating the client."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time

from benchmarks.measuring import Figure, Table
from workflow.generate import CONFIG, CONTRACT

IMPORTS = ("run_steps", "run_steps; run_steps.RunSteps", "httpx", "openai")


def measure_imports(*, rounds: int) -> Table:
    """Time imports in fresh interpreters, in turns.

    Args:
        rounds: Times each is imported (count).
    """
    samples: dict[str, list[float]] = {name: [] for name in IMPORTS}
    for turn in range(rounds + 1):
        for name in IMPORTS:
            code = f"import time; start = time.perf_counter(); import {name}; print(time.perf_counter() - start)"
            result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
            if turn:  # the first one reads from the disk
                samples[name].append(float(result.stdout) * 1000)
    return Table("Import", [Figure.of(f"import {name}", values, "ms") for name, values in samples.items()])


def measure_generation(*, rounds: int) -> Table:
    """Time `python -m workflow.generate` beside the generator's own command on the same contract.

    Args:
        rounds: Times each is run (count).
    """
    samples: dict[str, list[float]] = {"python -m workflow.generate": [], "openapi-python-client generate": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            commands = (
                ["workflow.generate", "--into", f"{folder}/ours"],
                [
                    *("openapi_python_client", "generate", "--meta", "none", "--config", str(CONFIG)),
                    *("--path", str(CONTRACT), "--output-path", f"{folder}/theirs"),
                ],
            )
            for name, arguments in zip(samples, commands, strict=True):
                start = time.perf_counter()
                subprocess.run([sys.executable, "-m", *arguments], check=True, capture_output=True)
                samples[name].append((time.perf_counter() - start) * 1000)
    return Table("Generate the client, warm", [Figure.of(name, values, "ms") for name, values in samples.items()])
