"""Write a timeline as one HTML page that needs nothing else: no network, no other file, and no script to be read.

A step is a `<details>` element, so a click or a key opens it. The script only filters. A content security policy names
the hashes of the style sheet and the script, and forbids everything else, requests included.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from importlib.resources import files

from run_steps._words import moment_text
from run_steps.timeline import markup
from run_steps.timeline.axis import Axis, axis_of
from run_steps.timeline.calls import Call
from run_steps.timeline.model import Row, Timeline
from run_steps.timeline.summary import alerts, breaks_text, in_short, summary, title, tokens_text, took_text, wait_text

_PAGE_CHARACTERS = 8_000_000
_LEAST_CHARACTERS, _MOST_CHARACTERS = 300, 20_000
"""What is shown at least and at most of a text, so that a page with all its texts can be opened (characters)."""

_NAME_CELLS, _SHORT_CELLS, _TITLE_CELLS, _REASON_CELLS = 200, 120, 300, 60
_MAX_CALLS, _MAX_FACTS = 200, 100
_MAX_FRAMED = 1_000
"""Steps up to which a page goes into a notebook, which keeps it with all else (count)."""

_FRAME_HEAD, _FRAME_ROW, _FRAME_HEIGHT = 260, 52, 720
"""Height of a frame: of what stands above the steps, of each step, and at most (pixels)."""

_SCALE_CHARACTERS = 52
"""Room of the axis on a narrow screen (characters); wider ones show the same ticks."""


def to_html(timeline: Timeline) -> str:
    """Write a timeline as one offline HTML page.

    Whatever tools and servers wrote is text in it, harmless to show, and cut where it is very long: at 20,000
    characters, earlier where there are many texts. The page says how many characters were left out.

    Args:
        timeline: What to show.

    Returns:
        The file, to be written as UTF-8.
    """
    assets = files("run_steps.timeline")
    style, script = ((assets / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{markup.line(title(timeline), _TITLE_CELLS)}</title>
<style>{style}</style>
</head>
<body>
<main>
{_head(timeline)}
{_filters(timeline)}
{_chart(timeline)}
</main>
<script>{script}</script>
</body>
</html>
"""


def to_frame(timeline: Timeline) -> str:
    """Return the page as a frame to put into another page: nothing gets from the one into the other.

    Args:
        timeline: What to show.

    Returns:
        An element of HTML; for a run of very many steps a sentence that says how to see them.
    """
    name = markup.line(title(timeline), _TITLE_CELLS)
    if len(timeline.rows) > _MAX_FRAMED:
        how = "too many for a notebook: write <code>run_steps.timeline.to_html(timeline)</code> into a file."
        return f"<p>{name}, {len(timeline.rows):,} steps, {how}</p>"
    height = min(_FRAME_HEAD + _FRAME_ROW * len(timeline.rows), _FRAME_HEIGHT)
    return (
        f'<iframe title="{name}" sandbox="allow-scripts" srcdoc="{escape(to_html(timeline), quote=True)}" '
        f'style="width: 100%; height: {height}px; border: 0"></iframe>'
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _head(timeline: Timeline) -> str:
    facts = "\n".join(
        f"<div><dt>{name}</dt><dd>{markup.line(text, _TITLE_CELLS)}</dd></div>" for name, text in summary(timeline)
    )
    notes = "\n".join(
        f'<p class="alert{"" if name == "error" else " waits"}"><b>{name}</b> {_cut(text, _MOST_CHARACTERS)}</p>'
        for name, text in alerts(timeline.error, timeline.required)
    )
    heading = markup.line(title(timeline), _TITLE_CELLS)
    return f'<header>\n<h1>{heading}</h1>\n<dl class="summary">\n{facts}\n</dl>\n{notes}\n</header>'


def _filters(timeline: Timeline) -> str:
    """Return the filters, hidden until the script that makes them work shows them."""
    return f"""<div class="filters" hidden>
<label>text <input id="text" type="search" autocomplete="off"></label>
<label>kind <select id="kind">{_options(timeline.kinds)}</select></label>
<label>status <select id="status">{_options(timeline.statuses)}</select></label>
<output id="shown"></output>
</div>"""


def _options(counts: dict[str, int]) -> str:
    options = [
        f'<option value="{markup.line(name, _NAME_CELLS)}">{markup.line(name, 40)} ({count:,})</option>'
        for name, count in counts.items()
    ]
    return "".join(['<option value="">all</option>', *options])


def _chart(timeline: Timeline) -> str:
    if not timeline.rows:
        return '<p class="note">This run has no steps.</p>'
    axis = axis_of(timeline)
    ticks = markup.ticks(axis, characters=_SCALE_CHARACTERS)
    texts = sum(2 * len(row.calls) + len(row.facts) for row in timeline.rows)
    room = min(max(_PAGE_CHARACTERS // max(texts, 1), _LEAST_CHARACTERS), _MOST_CHARACTERS)
    note = f'<p class="note">{markup.line(breaks_text(axis), _TITLE_CELLS)}</p>' if axis.breaks else ""
    steps = "\n".join(_step(row, timeline, axis, room) for row in timeline.rows)
    return f"""<div class="chart">
<div class="scale" aria-hidden="true"><svg>{"".join(markup.labels(ticks))}</svg></div>
<div class="grid" aria-hidden="true"><svg>{"".join(markup.grid(ticks, axis))}</svg></div>
{steps}
</div>
{note}"""


def _step(row: Row, timeline: Timeline, axis: Axis, room: int) -> str:
    kind, status = markup.line(row.kind, _NAME_CELLS), markup.line(row.status, _NAME_CELLS)
    label = f'<span class="number">{row.number}</span> {markup.line(row.label, _NAME_CELLS)}'
    short = markup.line(in_short(row, _SHORT_CELLS), _SHORT_CELLS)
    state = "" if row.status == "completed" else f'<span class="state">{status}</span>'
    if row.error:
        state += f'<span class="reason">{markup.line(row.error, _REASON_CELLS)}</span>'
    tokens = "" if row.tokens.total is None else f"<span>{row.tokens.total:,} tokens</span>"
    wait = f"<span>{wait_text(row)}</span>" if row.wait else ""
    return f"""<details class="step {markup.classes(row)}" data-kind="{kind}" data-status="{status}">
<summary>
<span class="name"><span class="label">{label}</span><span class="short">{short}</span></span>
<svg class="track" aria-hidden="true">{markup.shapes(row, axis)}</svg>
<span class="figures">{state}<span class="took">{took_text(row)}</span>{wait}{tokens}</span>
</summary>
<div class="details">{"".join(_details(row, timeline, room))}</div>
</details>"""


def _details(row: Row, timeline: Timeline, room: int) -> Iterator[str]:
    if row.error:
        yield f'<p class="alert"><b>{markup.line(row.status, _NAME_CELLS)}</b> {_cut(row.error, _MOST_CHARACTERS)}</p>'
    for call in row.calls[:_MAX_CALLS]:
        yield _call(call, room)
    if len(row.calls) > _MAX_CALLS:
        yield f'<p class="more">{len(row.calls) - _MAX_CALLS:,} more calls</p>'
    began = ""
    if row.bar is not None and timeline.began_at is not None:
        began = moment_text(timeline.began_at + row.bar.begin)
    facts = [("id", row.id), ("kind", row.kind), ("status", row.status), ("began", began)]
    facts += [("tokens", tokens_text(row.tokens)), *row.facts[:_MAX_FACTS]]
    pairs = "".join(
        f"<dt>{markup.line(name, _NAME_CELLS)}</dt><dd>{_cut(text, room)}</dd>" for name, text in facts if text
    )
    yield f"<dl>{pairs}</dl>"
    if len(row.facts) > _MAX_FACTS:
        yield f'<p class="more">{len(row.facts) - _MAX_FACTS:,} more fields</p>'


def _call(call: Call, room: int) -> str:
    about = ", ".join(markup.line(text, _NAME_CELLS) for text in (call.kind, call.id) if text and text != call.name)
    texts = "".join(
        f"<h3>{name}</h3><pre>{_cut(text, room)}</pre>"
        for name, text in (("input", call.input), ("output", call.output))
        if text
    )
    return f"<section><h2>{markup.line(call.name, _NAME_CELLS)} <small>{about}</small></h2>{texts}</section>"


def _cut(text: str, room: int) -> str:
    """Return the beginning of a text and how much of it is missing."""
    if len(text) <= room:
        return markup.block(text)
    return f'{markup.block(text[:room])}\n<span class="more">{len(text) - room:,} more characters</span>'
