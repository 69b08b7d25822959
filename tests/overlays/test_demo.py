"""The demo, as a newcomer runs it."""

import subprocess
import sys
from importlib.metadata import entry_points

from run_steps.serving import sample_store
from run_steps.stores import PageQuery


def test_the_demo_shows_a_long_run_and_how_to_go_on() -> None:
    """`run-steps demo` lists runs, pages through the long one, draws one, and names the way to a real server."""
    (script,) = (entry for entry in entry_points(group="console_scripts") if entry.name == "run-steps")
    code = f"import sys; from {script.module} import {script.attr}; sys.argv = ['run-steps', 'demo']; {script.attr}()"
    result = subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, text=True)

    last = sample_store().list_steps("thread_demo", "run_long", PageQuery(limit=1)).data[0]
    assert "page 1: 100 steps" in result.stdout
    assert "page 4: 45 steps" in result.stdout
    assert "The last 8 of 345 steps of run_long" in result.stdout
    assert f"Retrieved {last.id}" in result.stdout
    assert "run_kinds" in result.stdout
    assert "It wrote:\n  The reading is written down.\n" in result.stdout
    assert "run_in_progress: in_progress" in result.stdout
    assert "I am looking at the forecast for the next twelve hours." in result.stdout
    assert "Your own server, in Python" in result.stdout
    assert not result.stderr
