"""What all tests share: none fails because of the machine, and browser tests are not skipped without a word."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import run_steps
from tests.overlays.timeline.chromium import PROGRAM

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Behind `nohup` or `&` in a script: processes that tests start would inherit it, and never end at Ctrl+C.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_report_header() -> str:
    """Say which package is tested: the sources or a wheel."""
    return f"testing: {Path(run_steps.__file__).parent}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no browser, but not in continuous integration: there they fail."""
    if PROGRAM is None and not os.environ.get("CI"):
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="needs Chromium"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Count the browser tests, so that it shows when they did not run."""
    counts = {
        outcome: sum("browser" in report.keywords for report in terminalreporter.getreports(outcome))
        for outcome in ("passed", "failed", "skipped")
    }
    if any(counts.values()):
        terminalreporter.write_line(f"browser tests: {', '.join(f'{n} {outcome}' for outcome, n in counts.items())}")
