"""Every command takes the options for what it writes that the guide says, and they do the same everywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from run_steps.cli.app import app
from tests.overlays.cli.conftest import Invoke, Outcome

GUIDE = Path(__file__).parents[3] / "docs" / "command-line.md"
OPTIONS = {"`-n`": "-n", "`--fields`": "--fields", "`-o`": "-o", "`--json`": "--json"}

WORDS = {
    "runs": ("runs", "thread_demo"),
    "list": ("list", "thread_demo/run_kinds"),
    "get": ("get", "thread_demo/run_kinds", "step_kinds_04"),
    "timeline": ("timeline", "thread_demo/run_failed"),
    "unknown": ("unknown",),
    "export": ("export", "--format", "csv"),
    "watch": ("watch", "thread_demo/run_failed"),
}

Run = Callable[..., Outcome]
"""Runs a command over the archive of the sample data: its name, and further arguments."""


def table() -> dict[str, set[str]]:
    """Return which of the options each command takes, as the guide says."""
    text = GUIDE.read_text(encoding="utf-8")
    (found,) = re.findall(r"^\| command \| `-n`.*\n\|[- |]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in found.splitlines()]
    return {
        name: {option for option, cell in zip(OPTIONS.values(), row, strict=True) if cell == "yes"}
        for names, *row in rows
        for name in re.findall(r"`(\w+)`", names)
    }


TABLE = table()


def those_with(option: str) -> list[str]:
    """Return the commands that take an option."""
    return [name for name, options in TABLE.items() if option in options]


@pytest.fixture
def run(invoke: Invoke, archive: Path, tmp_path: Path) -> Run:
    """Run a command in this process, away from a terminal."""
    strange = tmp_path / "strange.jsonl"
    step = {"id": "step_1", "object": "thread.run.step", "type": "dance", "created_at": 1, "mood": "calm", "tempo": 3}
    strange.write_text(f"{json.dumps(step)}\n" * 1200, encoding="utf-8")
    source = {"unknown": (strange,), "export": (archive,)}

    def command(name: str, *arguments: str | Path) -> Outcome:
        return invoke(*WORDS[name], *source.get(name, ("--archive", archive)), *arguments)

    return command


def test_the_guide_says_which_command_takes_which_option() -> None:
    """All commands stand in its table, each with the options that it has, and no other has them."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    taken = {name: {word for option in command.params for word in option.opts} for name, command in commands.items()}

    assert {name: words & set(OPTIONS.values()) for name, words in taken.items()} == TABLE
    assert all({"-n", "--limit", "--max-items"} <= taken[name] for name in those_with("-n"))
    assert all({"-o", "--output", "--overwrite"} <= taken[name] for name in those_with("-o"))


@pytest.mark.parametrize("name", those_with("-n"))
def test_a_limit_is_how_many_at_most(run: Run, name: str) -> None:
    """Under each of its names."""
    everything = run(name).out.splitlines()

    assert len(everything) > 1
    assert run(name, "-n", "1").out.splitlines() == everything[:1]
    assert run(name, "--limit", "2").out == run(name, "--max-items", "2").out == "\n".join(everything[:2]) + "\n"


@pytest.mark.parametrize("name", those_with("--fields"))
def test_fields_are_chosen_by_name(run: Run, name: str) -> None:
    """A wrong name lists those there are, all of which can be had, as text and as JSON."""
    to = ("-",) if name == "export" else ()
    refused = run(name, *to, "--fields", "nothing")
    names = refused.err.partition("there is no 'nothing'; choose of ")[2].strip().rstrip(".").split(", ")
    as_json = ("--format", "jsonl") if name == "export" else ("--json",)

    assert (refused.code, refused.out, len(names) > 5) == (2, "", True)
    backwards = ",".join(reversed(names))
    lines = run(name, *to, *as_json, "--fields", backwards).out.splitlines()
    assert {tuple(json.loads(line)) for line in lines} == {tuple(reversed(names))}
    text = run(name, *to, "--fields", f"{names[0]},{names[1]}").out.splitlines()
    assert {line.count("," if name == "export" else "\t") for line in text} == {1}


@pytest.mark.parametrize("name", those_with("-o"))
def test_output_goes_to_a_file_or_standard_output(run: Run, name: str, tmp_path: Path) -> None:
    """The file has what standard output, which is `-`, would have, and is not replaced unasked."""
    folder = tmp_path / "out"
    folder.mkdir()
    file = folder / "written.txt"

    on_screen = run(name, "-o", "-")
    written = run(name, "-o", file)
    again = run(name, "-o", file)
    replaced = run(name, "--output", file, "--overwrite")

    assert (on_screen.code, written.code, written.out, again.code, replaced.code) == (0, 0, "", 1, 0)
    assert file.read_text(encoding="utf-8") == on_screen.out != ""
    assert name == "export" or on_screen.out == run(name).out
    assert f"{file}" in written.err
    assert "exists already. Choose another name, or give --overwrite" in again.err
    assert list(folder.iterdir()) == [file]


@pytest.mark.parametrize("name", [name for name in WORDS if name != "timeline"])  # which is a picture
def test_other_programs_get_plain_numbers_and_times(run: Run, name: str) -> None:
    """No length of time in words, no time without its zone, no comma within a number."""
    written = run(name, *(("-", "--no-payload") if name == "export" else ())).out
    cells = written.replace(",", "\t") if name == "export" else written

    assert cells
    assert re.findall(r"\b\d[\d.,]* (?:ms|s|min|h|d)\b|\d{4}-\d\d-\d\d \d\d:\d\d| UTC|\b\d{1,3},\d{3}\b", cells) == []


def test_what_fails_leaves_no_file(run: Run, tmp_path: Path) -> None:
    """Nor says that the file is at fault."""
    missing = run("list", "--after", "step_none", "-o", tmp_path / "steps.txt")

    assert missing.code == 1
    assert "steps.txt" not in missing.err
    assert not (tmp_path / "steps.txt").exists()
