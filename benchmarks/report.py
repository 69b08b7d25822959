"""Figures as Markdown, and their places in `docs/performance.md`: a pair of comments for each suite and each Python."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.measuring import Figure, Spread, Table

GUIDE = Path("docs/performance.md")

PLACE = re.compile(
    r"<!-- figures: (?P<suite>\w+), (?P<python>[\d.]+) -->\n(?P<figures>.*?)<!-- end of figures -->", re.DOTALL
)
"""A place for the figures of a suite on a version of Python."""

_PEERS = ("httpx", "msgspec", "openai", "orjson")


def machine() -> str:
    """Return in words on what is measured: interpreter, peers, cores, and how busy the machine is."""
    parts = [f"CPython {platform.python_version()}", *(f"{name} {_version(name)}" for name in _PEERS)]
    return f"{', '.join(parts)}; {os.cpu_count()} cores ({_processor()}), load {os.getloadavg()[0]:.1f} at the start."


def markdown(tables: Sequence[Table], measured_on: str) -> str:
    """Write tables as Markdown: the least and the median of all rounds, and the ratio to the first contestant.

    Args:
        tables: The tables of a suite.
        measured_on: What `machine` said.
    """
    return "\n".join([*(line for table in tables for line in _lines(table)), measured_on, ""])


def updated(guide: str, suite: str, figures: str, python: str) -> str:
    """Return a guide with new figures of a suite in the place that it has for them; as it was, if it has none."""

    def replaced(found: re.Match[str]) -> str:
        if (found["suite"], found["python"]) != (suite, python):
            return found[0]
        return f"<!-- figures: {suite}, {python} -->\n\n{figures}\n<!-- end of figures -->"

    return PLACE.sub(replaced, guide)


def _lines(table: Table) -> list[str]:
    measures = list(table.figures[0].spreads)
    heads = [f"{what}, {kind}" for what in measures for kind in ("least", "median")]
    rows = [_cells(figure, table.figures[0].spreads) for figure in table.figures]
    return [
        _row([f"**{table.title}**", *heads, f"times the first ({measures[0]})"]),
        _row(["---", *["---:"] * (len(heads) + 1)]),
        *map(_row, rows),
        "",
    ]


def _cells(figure: Figure, first: Mapping[str, Spread]) -> list[str]:
    spreads = [figure.spreads[what] for what in first]
    numbers = [
        f"{number:.3g} {figure.unit}" if number < 1000 else f"{number:,.0f} {figure.unit}"
        for spread in spreads
        for number in (spread.low, spread.median)
    ]
    base = next(iter(first.values())).median
    return [figure.name, *numbers, f"{spreads[0].median / base:.2f}"]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found[1].strip() if found else platform.machine()
