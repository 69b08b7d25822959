"""The figures in `docs/performance.md` are tables that `nox -s bench -- --write` can replace."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
PLACES = re.findall(r"<!-- figures: (\w+), ([\d.]+) -->\n(.*?)<!-- end of figures -->", GUIDE, re.DOTALL)
SUITES = re.findall(
    r'^    "(\w+)": lambda effort', (ROOT / "benchmarks" / "__main__.py").read_text(encoding="utf-8"), re.MULTILINE
)
CELL = re.compile(r"[\d.,e+-]+( \S.*)?")


def test_every_place_is_closed_and_of_a_suite() -> None:
    """Otherwise a measurement would leave old figures standing."""
    assert GUIDE.count("<!-- figures:") == GUIDE.count("<!-- end of figures -->") == len(PLACES) > 0
    assert {suite for suite, _, _ in PLACES} <= set(SUITES)
    assert len({(suite, python) for suite, python, _ in PLACES}) == len(PLACES)


@pytest.mark.parametrize(("python", "figures"), [pytest.param(*place[1:], id="-".join(place[:2])) for place in PLACES])
def test_figures_are_whole_tables_and_say_on_what_they_were_measured(python: str, figures: str) -> None:
    """Each row has as many cells as its heading, and numbers in all but the first."""
    *tables, measured_on = figures.strip().split("\n\n")
    assert tables
    assert re.match(rf"CPython {re.escape(python)}\.\d+, .* cores .*, load \d+\.\d at the start\.", measured_on)
    for table in tables:
        heading, rule, *rows = [line.strip("| ").split(" | ") for line in table.splitlines()]
        assert rows
        assert set("".join(rule)) == set("-:")
        assert all(len(row) == len(heading) == len(rule) for row in rows)
        assert all(CELL.fullmatch(cell) for row in rows for cell in row[1:])
