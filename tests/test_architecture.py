"""The plan of the house holds: what `docs/architecture.md` says of the floors is so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import run_steps
import run_steps_api

GUIDE = Path(__file__).parents[1] / "docs" / "architecture.md"
ROWS = re.findall(r"^\| (\d+) \| `(\w+)`", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
FLOORS = {room: int(floor) for floor, room in ROWS}


def _modules(package: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield the room and the syntax tree of each module below a package."""
    for path in sorted(Path(package).parent.rglob("*.py")):
        room = path.relative_to(Path(package).parent).with_suffix("").parts[0]
        yield room, ast.parse(path.read_text(encoding="utf-8"))


def _imports(tree: ast.Module) -> Iterator[str]:
    """Yield the full names that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_import_runs_upwards() -> None:
    """Each room stands in the table, and stands on lower floors alone; the package's own door leads everywhere."""
    rooms = dict.fromkeys(room for room, _ in _modules(run_steps.__file__) if room != "__init__")
    assert list(rooms) == sorted(FLOORS)
    upwards = {
        (room, other)
        for room, tree in _modules(run_steps.__file__)
        for name in _imports(tree)
        if room in FLOORS and name.startswith("run_steps.") and (other := name.split(".")[1]) in FLOORS
        if other != room and FLOORS[other] >= FLOORS[room]
    }
    assert upwards == set()


def test_the_house_stays_low() -> None:
    """A reader can hold the floors and the flat modules in mind."""
    flat = [path for path in Path(run_steps.__file__).parent.glob("*.py") if path.name != "__init__.py"]
    assert len(flat) <= 17
    assert max(FLOORS.values()) <= 9


def test_what_is_generated_stands_alone() -> None:
    """The generated client imports nothing of what is built on it."""
    names = {name.split(".")[0] for _, tree in _modules(run_steps_api.__file__) for name in _imports(tree)}
    assert "attrs" in names
    assert "run_steps" not in names
