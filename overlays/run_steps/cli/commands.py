"""The commands and their options; what they do stands in a module each."""

from __future__ import annotations

import typer
from rich.console import Console

from run_steps.cli.demo import run_demo

app = typer.Typer(name="run-steps", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def run_steps() -> None:
    """See what an assistant did during a run, on any Assistants-compatible server."""


@app.command()
def demo() -> None:
    """Read sample runs from a server of its own: needs no network, no key and no settings."""
    run_demo(Console())
