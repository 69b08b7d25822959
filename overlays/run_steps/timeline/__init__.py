"""Pictures of a run: one bar a step on a time axis, in the terminal, as SVG, and as one offline HTML page.

    timeline = build_timeline(client.list(thread_id, run_id, order="asc"))
    Path("run.html").write_text(to_html(timeline), encoding="utf-8")

Whatever tools and servers wrote is shown harmless: no escape sequence reaches a terminal, no markup a browser.
"""

from run_steps.timeline.building import build_timeline
from run_steps.timeline.calls import Call
from run_steps.timeline.model import Bar, Row, Timeline, Tokens

__all__ = ["Bar", "Call", "Row", "Timeline", "Tokens", "build_timeline"]
