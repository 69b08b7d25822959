"""Time contestants in turns, so that a machine whose speed drifts is unfair to none of them."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

from attrs import frozen


@frozen
class Figure:
    """What was measured of one contestant.

    Attributes:
        name: The contestant.
        median: Median of the rounds, in `unit`.
        low: Smallest round.
        high: Largest round.
        unit: Unit of the figures, such as `ms`.
    """

    name: str
    median: float
    low: float
    high: float
    unit: str

    @classmethod
    def of(cls, name: str, samples: Sequence[float], unit: str) -> Figure:
        """Summarize the rounds of a contestant."""
        return cls(name, statistics.median(samples), min(samples), max(samples), unit)


@frozen
class Table:
    """One comparison.

    Attributes:
        title: What was measured.
        figures: One a contestant, ours first.
    """

    title: str
    figures: Sequence[Figure]


def interleaved(
    contestants: Mapping[str, Callable[[], object]],
    *,
    rounds: int,
    repeat: int,
    clock: Callable[[], float] = time.perf_counter,
) -> list[Figure]:
    """Time each contestant once a round, in turns.

    Args:
        contestants: What to call, by name.
        rounds: Times each is measured (count).
        repeat: Calls within a measurement (count).
        clock: `time.perf_counter` for the time that passes, `time.process_time` for the CPU this process uses.

    Returns:
        Milliseconds a call.
    """
    for call in contestants.values():
        call()
    samples: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, call in contestants.items():
            gc.collect()
            start = clock()
            for _ in range(repeat):
                call()
            samples[name].append((clock() - start) / repeat * 1000)
    return [Figure.of(name, values, "ms") for name, values in samples.items()]
