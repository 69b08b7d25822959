"""Time contestants in turns, so that a machine whose speed drifts is unfair to none of them."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""The environment of processes that are measured: all of them read compiled bytecode."""

NOTHING = (sys.executable, "-c", "pass")
"""The command that shows what the interpreter alone costs."""


@frozen
class Spread:
    """Rounds of one contestant: the smallest, and the median."""

    low: float
    median: float

    @classmethod
    def of(cls, samples: Sequence[float]) -> Spread:
        """Summarize rounds."""
        return cls(min(samples), statistics.median(samples))


@frozen
class Figure:
    """What was measured of one contestant.

    Attributes:
        name: The contestant.
        unit: Unit of the figures, such as `ms`.
        spreads: What was measured, such as `CPU` and `wall`; the first is what contestants are compared by.
    """

    name: str
    unit: str
    spreads: Mapping[str, Spread]

    @classmethod
    def of(cls, name: str, unit: str, **samples: Sequence[float]) -> Figure:
        """Summarize the rounds of a contestant, by what was measured."""
        return cls(name, unit, {what: Spread.of(values) for what, values in samples.items()})


@frozen
class Table:
    """One comparison.

    Attributes:
        title: What was measured.
        figures: One a contestant, the one that others are compared with first.
    """

    title: str
    figures: Sequence[Figure]


def interleaved(contestants: Mapping[str, Callable[[], object]], *, rounds: int, repeat: int) -> list[Figure]:
    """Time each contestant once a round, in turns.

    Args:
        contestants: What to call, by name.
        rounds: Times each is measured (count).
        repeat: Calls within a measurement (count).

    Returns:
        Milliseconds a call: the CPU this process used, and the time that passed.
    """
    for call in contestants.values():
        call()
    cpu: dict[str, list[float]] = {name: [] for name in contestants}
    wall: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, call in contestants.items():
            gc.collect()
            start, cpu_start = time.perf_counter(), time.process_time()
            for _ in range(repeat):
                call()
            cpu[name].append((time.process_time() - cpu_start) / repeat * 1000)
            wall[name].append((time.perf_counter() - start) / repeat * 1000)
    return [Figure.of(name, "ms", CPU=cpu[name], wall=wall[name]) for name in contestants]


def interleaved_commands(contestants: Mapping[str, Sequence[str]], *, rounds: int) -> list[Figure]:
    """Time each command once a round, in turns, after a round that compiles and reads from the disk.

    Args:
        contestants: The commands, by name.
        rounds: Times each is measured (count).

    Returns:
        Milliseconds, without those that the interpreter alone took in that round, which is the last row.
    """
    commands = {**contestants, "(deducted: the interpreter alone)": NOTHING}
    samples: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            spent = _run(command)
            if turn:
                samples[name].append(spent)
    *_, alone = samples
    figures: list[Figure] = []
    for name, values in samples.items():
        bare = [(0.0, 0.0)] * rounds if name == alone else samples[alone]
        cpu, wall = (
            [value[place] - deducted[place] for value, deducted in zip(values, bare, strict=True)] for place in (0, 1)
        )
        figures.append(Figure.of(name, "ms", CPU=cpu, wall=wall))
    return figures


def run_compiled(command: Sequence[str]) -> str:
    """Run a command with compiled bytecode and return what it writes."""
    return subprocess.run(command, check=True, capture_output=True, text=True, env=COMPILED).stdout


def _run(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; return the CPU it used and the time it took (ms)."""
    start = time.perf_counter()
    with subprocess.Popen(command, env=COMPILED, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {said.decode(errors='replace')}")
    return (usage.ru_utime + usage.ru_stime) * 1000, wall * 1000
