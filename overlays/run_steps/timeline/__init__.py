"""Pictures of a run: one bar a step on a time axis, in the terminal, as SVG, and as one offline HTML page.

    timeline = build_timeline(client.list(thread_id, run_id, order="asc"))
    Path("run.html").write_text(to_html(timeline), encoding="utf-8")

Whatever tools and servers wrote is shown harmless: no escape sequence reaches a terminal, no markup a browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from run_steps._installation import install_command
from run_steps.timeline.building import build_timeline, tool_calls, tool_totals
from run_steps.timeline.calls import Call
from run_steps.timeline.html import to_html
from run_steps.timeline.model import Bar, Row, Timeline, Tokens, ToolTotals
from run_steps.timeline.svg import to_svg

if TYPE_CHECKING:
    from run_steps.timeline.terminal import TerminalTimeline

__all__ = [
    "Bar",
    "Call",
    "Row",
    "Timeline",
    "Tokens",
    "ToolTotals",
    "build_timeline",
    "to_html",
    "to_svg",
    "to_terminal",
    "tool_calls",
    "tool_totals",
]


def to_terminal(timeline: Timeline) -> TerminalTimeline:
    """Draw a timeline for a terminal.

    Args:
        timeline: What to draw.

    Returns:
        What `rich.console.Console.print` takes; it is drawn as wide as that console is.

    Raises:
        ImportError: rich is not installed.
    """
    try:
        from run_steps.timeline.terminal import TerminalTimeline  # noqa: PLC0415 - the only picture that needs rich
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "rich":
            raise
        raise ImportError(
            f"run_steps.timeline.to_terminal needs rich, which is not installed: {install_command('cli')}",
            name=error.name,
        ) from None
    return TerminalTimeline(timeline)
