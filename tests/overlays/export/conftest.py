"""What the tests of exports share."""

import random
from pathlib import Path

import pytest

from tests.overlays.export.archives import DAY, NOON, make_archive, step


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of ten steps: two without a time, three on 31 January 2025, five on the day after."""
    times = [None, None, *(NOON + number for number in range(3)), *(NOON + DAY + number / 4 for number in range(5))]
    return make_archive(tmp_path / "history.db", [step(number, time) for number, time in enumerate(times)])


@pytest.fixture
def long_archive(tmp_path: Path) -> Path:
    """An archive of 3,000 steps of thirteen days, with 3 MB that cannot be compressed to little."""
    text = random.Random(6).randbytes(1_200_000).hex()
    steps = [step(number, NOON + number * 360, padding=text[number * 800 :][:800]) for number in range(3000)]
    return make_archive(tmp_path / "long.db", steps)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder to export to."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder
