"""What it costs to begin: importing packages, and generating the client."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from benchmarks.measuring import Figure, Table
from workflow.generate import CONFIG, CONTRACT

IMPORTS = ("httpx", "run_steps", "run_steps; run_steps.RunSteps", "openai")


def measure_imports(*, rounds: int) -> Table:
    """Measure the CPU of imports in fresh interpreters, in turns; all of them read compiled bytecode.

    Args:
        rounds: Times each is imported (count).
    """
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    samples: dict[str, list[float]] = {name: [] for name in IMPORTS}
    for turn in range(rounds + 1):
        for name in IMPORTS:
            code = f"import time; start = time.process_time(); import {name}; print(time.process_time() - start)"
            command = [sys.executable, "-c", code]
            result = subprocess.run(command, check=True, capture_output=True, text=True, env=compiled)
            if turn:  # the first one compiles, and reads from the disk
                samples[name].append(float(result.stdout) * 1000)
    return Table("Import, CPU", [Figure.of(f"import {name}", values, "ms") for name, values in samples.items()])


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
