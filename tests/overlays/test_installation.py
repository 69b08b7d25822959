"""Hints how to install an extra work where this package was installed from, without an index that knows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from run_steps._installation import command_of, install_command


@pytest.mark.parametrize(
    ("origin", "command"),
    [
        (None, "pip install 'run-steps[parquet]'"),
        ({"url": "file:///home/ada/run-steps", "dir_info": {}}, "pip install '/home/ada/run-steps[parquet]'"),
        ({"url": "file:///src/my%20steps", "dir_info": {"editable": True}}, "pip install -e '/src/my steps[parquet]'"),
        (
            {"url": "file:///tmp/run_steps-1.0-py3-none-any.whl", "archive_info": {}},
            "pip install '/tmp/run_steps-1.0-py3-none-any.whl[parquet]'",
        ),
        (
            {"url": "https://example.com/run_steps-1.0-py3-none-any.whl", "archive_info": {}},
            "pip install 'run-steps[parquet] @ https://example.com/run_steps-1.0-py3-none-any.whl'",
        ),
        (
            {"url": "https://example.com/steps.git", "vcs_info": {"vcs": "git", "commit_id": "1a2b"}},
            "pip install 'run-steps[parquet] @ git+https://example.com/steps.git@1a2b'",
        ),
        ({"url": ""}, "pip install 'run-steps[parquet]'"),
        ({"url": 5, "dir_info": []}, "pip install 'run-steps[parquet]'"),
        ([], "pip install 'run-steps[parquet]'"),
    ],
)
def test_a_hint_names_where_the_package_came_from(origin: object, command: str) -> None:
    """A folder, a wheel, a repository; an index only when that is what it was."""
    assert command_of(None if origin is None else json.dumps(origin), "parquet") == command


def test_what_an_installer_wrote_wrongly_is_passed_over() -> None:
    """A hint is no place for another error."""
    assert command_of("{", "cli") == "pip install 'run-steps[cli]'"


def test_the_hint_of_this_installation_works() -> None:
    """What it names is there: this very project, or the wheel that is tested."""
    command = install_command("cli")
    place = command.removeprefix("pip install ").removeprefix("-e ").strip("'").removesuffix("[cli]")
    assert command.startswith("pip install ")
    assert place == "run-steps" or Path(place).exists()
