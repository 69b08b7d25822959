"""Run the measurements, print tables of ratios, and write them as JSON: `nox -s bench`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from attrs import asdict, frozen

from benchmarks import decoding, exporting, iterating, listing, pulling, report, sharding, starting, streaming, watching
from benchmarks.measuring import Table

RESULT = Path("build/bench.json")


@frozen
class Effort:
    """How much to measure.

    Attributes:
        rounds: Times each contestant is measured (count); a third of it where a round takes seconds.
        published: The published description of the API, where it is at hand.
        million: Lengths beyond the usual ones (count).
    """

    rounds: int
    published: Path | None
    million: tuple[int, ...]

    @property
    def few(self) -> int:
        """Rounds of what takes seconds (count)."""
        return max(1, self.rounds // 3)


SUITES: Mapping[str, Callable[[Effort], list[Table]]] = {
    "decode": lambda effort: decoding.measure(effort.published, rounds=effort.rounds),
    "list": lambda effort: [listing.measure(rounds=effort.rounds)],
    "iterate": lambda effort: iterating.measure(iterating.LENGTHS + effort.million, rounds=effort.few),
    "import": lambda effort: [starting.measure_imports(rounds=effort.rounds)],
    "commands": lambda effort: [starting.measure_commands(rounds=effort.rounds)],
    "generate": lambda effort: [starting.measure_generation(rounds=effort.few)],
    "export": lambda effort: exporting.measure(*effort.million, rounds=effort.few),
    "pull": lambda effort: pulling.measure(rounds=effort.few),
    "shards": lambda effort: sharding.measure(rounds=effort.few),
    "watch": lambda effort: [watching.measure(rounds=effort.rounds)],
    "stream": lambda effort: streaming.measure(streaming.LENGTHS + effort.million, rounds=effort.few),
}
"""What can be measured, by name; each takes at most three minutes, all of them a quarter of an hour."""


def main() -> None:
    """Run the suites that are asked for."""
    parser = argparse.ArgumentParser(prog="nox -s bench --", description="Measure ours beside its peers.")
    parser.add_argument("--published", type=Path, help="the published description of the API, for one more row")
    parser.add_argument("--rounds", type=int, default=9, help="times each contestant is measured (default: 9)")
    parser.add_argument("--only", choices=list(SUITES), action="append", help="one suite alone; may be repeated")
    parser.add_argument(
        "--million", action="store_true", help="with 1,000,000 steps and deltas, too; takes some minutes"
    )
    parser.add_argument("--write", action="store_true", help=f"put the figures into {report.GUIDE}")
    options = parser.parse_args()
    effort = Effort(options.rounds, options.published, (1_000_000,) if options.million else ())
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    record: dict[str, object] = {}
    for name, suite in SUITES.items():
        if options.only and name not in options.only:
            continue
        measured_on, start = report.machine(), time.perf_counter()
        tables = suite(effort)
        figures = report.markdown(tables, measured_on)
        print(f"{figures}{name} took {time.perf_counter() - start:.0f} s.\n", flush=True)
        record[name] = {"measured_on": measured_on, "tables": [asdict(table) for table in tables]}
        if options.write:
            guide = report.GUIDE.read_text(encoding="utf-8")
            report.GUIDE.write_text(report.updated(guide, name, figures, python), encoding="utf-8")
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(record, indent=2), encoding="utf-8")
    print(f"Wrote {RESULT}.")


if __name__ == "__main__":
    main()
