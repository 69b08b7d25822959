"""Run the measurements, print tables of ratios, and write them as JSON: `nox -s bench`."""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Callable
from pathlib import Path

from attrs import asdict

from benchmarks import decoding, exporting, iterating, listing, pulling, starting, streaming
from benchmarks.measuring import Table

RESULT = Path("build/bench.json")


def main() -> None:
    """Run the suites that are asked for."""
    parser = argparse.ArgumentParser(prog="nox -s bench --", description="Measure ours beside its peers.")
    parser.add_argument("--published", type=Path, help="the published description of the API, for one more row")
    parser.add_argument("--rounds", type=int, default=9, help="times each contestant is measured (default: 9)")
    parser.add_argument(
        "--only",
        choices=["decode", "list", "iterate", "import", "generate", "export", "pull", "stream"],
        help="one suite alone",
    )
    parser.add_argument(
        "--million", action="store_true", help="iterate 1,000,000 steps, and as many deltas, too; takes some minutes"
    )
    options = parser.parse_args()
    rounds: int = options.rounds
    million = (1_000_000,) if options.million else ()
    lengths, streamed = iterating.LENGTHS + million, streaming.LENGTHS + million
    suites: dict[str, Callable[[], list[Table]]] = {
        "decode": lambda: decoding.measure(options.published, rounds=rounds),
        "list": lambda: [listing.measure(rounds=rounds)],
        "iterate": lambda: iterating.measure(lengths, rounds=max(1, rounds // 3)),
        "import": lambda: [starting.measure_imports(rounds=rounds)],
        "generate": lambda: [starting.measure_generation(rounds=max(1, rounds // 3))],
        "export": lambda: exporting.measure(rounds=max(1, rounds // 3)),
        "pull": lambda: pulling.measure(rounds=max(1, rounds // 3)),
        "stream": lambda: streaming.measure(streamed, rounds=max(1, rounds // 3)),
    }
    tables: list[Table] = []
    for name, suite in suites.items():
        if options.only in (None, name):
            for table in suite():
                tables.append(table)
                print(render(table), flush=True)
    RESULT.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    RESULT.write_text(json.dumps({"machine": machine, "tables": [asdict(table) for table in tables]}, indent=2))
    print(f"Wrote {RESULT}.")


def render(table: Table) -> str:
    """Write a table as text: median, spread, and each median as a multiple of the first."""
    first = table.figures[0]
    width = max(len(figure.name) for figure in table.figures)
    lines = [table.title]
    for figure in table.figures:
        spread = f"{figure.low:.2f} to {figure.high:.2f}"
        ratio = figure.median / first.median
        lines.append(f"  {figure.name:<{width}}  {figure.median:9.2f} {figure.unit}  ({spread})  x {ratio:.2f}")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
