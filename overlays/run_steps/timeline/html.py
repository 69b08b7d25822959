"""Write a timeline as one HTML page that needs nothing else: no network, no other file, and no script to be read.

A step is a `<details>` element, so a click or a key opens it; in long runs neighbours that went well are folded into
another one. The script filters and moves between steps. A content security policy names the hashes of the style sheet
and the script, and forbids everything else, requests included.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files

from attrs import frozen

from run_steps._words import count_text, moment_text, span_text
from run_steps.timeline import markup
from run_steps.timeline.axis import Axis, axis_of
from run_steps.timeline.calls import Call
from run_steps.timeline.json_text import lay_out
from run_steps.timeline.model import Row, Timeline
from run_steps.timeline.summary import (
    GONE_WRONG,
    alerts,
    breaks_text,
    in_short,
    summary,
    title,
    tokens_text,
    took_text,
    wait_text,
)

_MOST_STEPS, _MOST_GONE_WRONG = 10_000, 1_000
"""Steps of a page, and of those elsewhere in the run that went wrong: more would take minutes to open (count)."""

_FOLD_FROM, _FOLD_LEAST, _FOLD_MOST, _FOLDS = 60, 5, 50, 100
"""Steps from which a page has folds, and of a fold at least and at most; in long runs about so many folds (count)."""

_ALIKE, _ALIKE_UP_TO = 3, 1_000
"""So many different labels are alike, in runs of up to so many steps (count); in longer ones all are."""

_OVERVIEW_FROM = 10
"""Steps from which each tool has a row of its own above them (count)."""

_MOST_TOOLS = 100
"""Tools to filter by (count)."""

_PAGE_CHARACTERS = 8_000_000
_LEAST_CHARACTERS, _MOST_CHARACTERS = 300, 20_000
"""What is shown at least and at most of a text, so that a page with all its texts can be opened (characters)."""

_NAME_CELLS, _SHORT_CELLS, _TITLE_CELLS, _REASON_CELLS = 200, 120, 300, 120
_MAX_CALLS, _MAX_FACTS = 200, 100
_MAX_FRAMED = 1_000
"""Steps up to which a page goes into a notebook, which keeps it with all else (count)."""

_FRAME_HEAD, _FRAME_ROW, _FRAME_HEIGHT = 260, 52, 720
"""Height of a frame: of what stands above the steps, of each step, and at most (pixels)."""

_STEP_ID = re.compile(r"step_[A-Za-z0-9_.-]{1,100}")
_SCALE_CHARACTERS = 52
"""Room of the axis on a narrow screen (characters); wider ones show the same ticks."""


@frozen
class _Drawing:
    """What the rows of a page have in common.

    Attributes:
        timeline: What is shown.
        axis: Where its times are.
        colours: The class of each tool that has a colour of its own.
        places: The place of each tool that can be filtered by.
        room: How much is shown of a text (characters).
    """

    timeline: Timeline
    axis: Axis
    colours: Mapping[str, str]
    places: Mapping[str, int]
    room: int


def to_html(timeline: Timeline, *, first: int = 1) -> str:
    """Write a timeline as one offline HTML page.

    Whatever tools and servers wrote is text in it, harmless to show, and cut where it is very long: at 20,000
    characters, earlier where there are many texts. The page says how many characters were left out. It lists up to
    10,000 steps, and of the rest of the run those that went wrong; the times of its tools are those of the whole run.

    Args:
        timeline: What to show.
        first: Number of the step from which on steps are listed.

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
{_body(timeline, first)}
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


def _body(timeline: Timeline, first: int) -> str:
    """Return filters, overview and steps."""
    rows = [row for row in timeline.rows if first <= row.number < first + _MOST_STEPS]
    if len(rows) < len(timeline.rows):
        listed = {row.number for row in rows}
        wrong = [row for row in timeline.rows if row.status in GONE_WRONG and row.number not in listed]
        rows = sorted([*rows, *wrong[:_MOST_GONE_WRONG]], key=lambda row: row.number)
    if not timeline.rows:
        return '<p class="note">This run has no steps.</p>'
    tools = Counter(name for row in rows for name in row.tools)
    texts = sum(2 * len(row.calls) + len(row.facts) for row in rows)
    drawing = _Drawing(
        timeline,
        axis_of(timeline),
        markup.palette(timeline.rows),
        {name: place for place, (name, _) in enumerate(tools.most_common(_MOST_TOOLS))},
        min(max(_PAGE_CHARACTERS // max(texts, 1), _LEAST_CHARACTERS), _MOST_CHARACTERS),
    )
    above = (_filters(rows, tools, drawing), _legend(drawing), _left_out(rows, timeline, first))
    return "\n".join((*above, _chart(rows, drawing)))


def _left_out(rows: Sequence[Row], timeline: Timeline, first: int) -> str:
    """Return what to do about steps that are not listed."""
    missing = len(timeline.rows) - len(rows)
    if not missing:
        return ""
    following = first + _MOST_STEPS if first + _MOST_STEPS <= len(timeline.rows) else 1
    return (
        f'<p class="note">Listed are the steps from {first:,} on, {_MOST_STEPS:,} at most, and all over the run those'
        f" that went wrong; {missing:,} others are not. To list them from another step on:"
        f" <code>run-steps timeline ... --first {following}</code>, in Python"
        f" <code>to_html(timeline, first={following})</code>.</p>"
    )


def _filters(rows: Iterable[Row], tools: Counter[str], drawing: _Drawing) -> str:
    """Return the filters, hidden until the script that makes them work shows them."""
    names = {str(place): (name, tools[name]) for name, place in drawing.places.items()}
    statuses = {
        markup.line(name, _NAME_CELLS): (name, count)
        for name, count in Counter(row.status for row in rows).most_common()
    }
    return f"""<div class="filters" hidden>
<label>text <input id="text" type="search" autocomplete="off" title="Press / to write, Escape to clear"></label>
<label>tool <select id="tool">{_options(names)}</select></label>
<label>status <select id="status">{_options(statuses)}</select></label>
<button id="all" type="button">open all</button>
<output id="shown"></output>
</div>"""


def _options(counts: Mapping[str, tuple[str, int]]) -> str:
    options = [
        f'<option value="{value}">{markup.line(name, 40)} ({count:,})</option>'
        for value, (name, count) in counts.items()
    ]
    return "".join(['<option value="">all</option>', *options])


def _legend(drawing: _Drawing) -> str:
    """Return what the shapes mean; which tool has which colour is told by the rows of the tools."""
    bar = '<rect class="bar{}" x="1" y="25%" width="22" height="50%"/>'
    keys = [
        ("other failed", bar.format(""), "failed"),
        ("other", bar.format(" going"), "still going, cancelled or expired"),
        ("other", '<line class="wait" x1="0" x2="100%" y1="50%" y2="50%"/>', "waiting: nothing was going on"),
    ]
    if drawing.axis.breaks:
        text = markup.line(breaks_text(drawing.axis), _TITLE_CELLS)
        keys.append(("other", '<rect class="break" width="100%" height="100%"/>', text))
    items = "".join(
        f'<li><svg class="{name}" aria-hidden="true">{shape}</svg>{text}</li>' for name, shape, text in keys
    )
    return f'<ul class="legend">{items}</ul>'


def _chart(rows: Sequence[Row], drawing: _Drawing) -> str:
    ticks = markup.ticks(drawing.axis, characters=_SCALE_CHARACTERS)
    lines = "".join(markup.grid(ticks, drawing.axis))
    groups = (_fold(group, drawing) if len(group) > 1 else _step(group[0], drawing) for group in _groups(rows))
    return f"""<div class="chart">
<div class="scale" aria-hidden="true"><svg>{lines}{"".join(markup.labels(ticks))}</svg></div>
<div class="grid" aria-hidden="true"><svg>{lines}</svg></div>
{"".join(_tools(drawing)) if len(rows) >= _OVERVIEW_FROM else ""}
{"".join(groups)}
</div>"""


def _tools(drawing: _Drawing) -> Iterator[str]:
    """Yield a row for each tool that has a colour, and one for all others: when it was called, and its totals."""
    rows: dict[str, list[Row]] = {}
    for row in drawing.timeline.rows:
        for name in row.tools:
            rows.setdefault(name if name in drawing.colours else "", []).append(row)
    totals = {total.name: total for total in reversed(drawing.timeline.tools)}
    for name in (*drawing.colours, ""):
        called = rows.get(name, [])
        if not called:
            continue
        total = totals.get(name)
        wrong = sum(row.status in GONE_WRONG for row in called)
        text = count_text(len(called), "step") + (f", {wrong:,} gone wrong" if wrong else "")
        figures = [] if total is None or total.duration is None else [span_text(total.duration)]
        figures += [] if total is None or total.tokens is None else [f"{total.tokens:,} tokens"]
        label = markup.line(name, _NAME_CELLS) if name else "all others"
        colour = drawing.colours.get(name, "other")
        yield f"""<div class="tool {colour}">
<span class="name"><span class="label">{label}</span><span class="short">{text}</span></span>
<svg class="track" aria-hidden="true">{markup.strips({colour: called}, drawing.axis)}</svg>
<span class="figures">{"".join(f"<span>{figure}</span>" for figure in figures)}</span>
</div>
"""


def _groups(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Yield neighbours that are alike and went well together, and every other step by itself."""
    if len(rows) < _FOLD_FROM:
        yield from ((row,) for row in rows)
        return
    most = max(_FOLD_MOST, len(rows) // _FOLDS)
    alike = _ALIKE if len(rows) <= _ALIKE_UP_TO else most
    group: list[Row] = []
    labels: set[str] = set()
    for row in rows:
        labels.add(row.label)
        is_next = bool(group) and _went_well(row) and _went_well(group[-1]) and row.number == group[-1].number + 1
        if not (is_next and len(group) < most and len(labels) <= alike):
            yield from _whole(group)
            group, labels = [], {row.label}
        group.append(row)
    yield from _whole(group)


def _whole(group: Sequence[Row]) -> Iterator[Sequence[Row]]:
    if len(group) >= _FOLD_LEAST:
        yield group
    else:
        yield from ((row,) for row in group)


def _went_well(row: Row) -> bool:
    return row.status == "completed" and row.bar is not None


def _fold(rows: Sequence[Row], drawing: _Drawing) -> str:
    labels = Counter(row.label for row in rows)
    most = ", ".join(f"{count:,} {markup.line(label, 40)}" for label, count in labels.most_common(3))
    more = f", {count_text(len(labels) - 3, 'other')}" if len(labels) > 3 else ""
    strips = markup.strips(markup.by_colour(rows, drawing.colours), drawing.axis)
    took = span_text(sum(row.duration or 0 for row in rows))
    tokens = sum(row.tokens.total or 0 for row in rows)
    used = f"<span>{tokens:,} tokens</span>" if tokens else ""
    steps = "\n".join(_step(row, drawing) for row in rows)
    return f"""<details class="fold">
<summary>
<span class="name"><span class="label">{rows[0].number:,} to {rows[-1].number:,}</span>
<span class="short">{most}{more}</span></span>
<svg class="track" aria-hidden="true">{strips}</svg>
<span class="figures"><span class="took">{took}</span>{used}</span>
</summary>
{steps}
</details>
"""


def _step(row: Row, drawing: _Drawing) -> str:
    status = markup.line(row.status, _NAME_CELLS)
    anchor = _anchor(row)
    number = f'<a class="number" href="#{anchor}" tabindex="-1" title="link to this step">{row.number}</a>'
    label = f"{number} {markup.line(row.label, _NAME_CELLS)}"
    short = markup.line(in_short(row, _SHORT_CELLS), _SHORT_CELLS)
    short = f'<span class="short">{short}</span>' if short else ""
    said = ""
    if row.status != "completed" or row.error:
        reason = f'<span class="reason"> {markup.line(row.error, _REASON_CELLS)}</span>' if row.error else ""
        said = f'<span class="said"><span class="state">{status}</span>{reason}</span>'
    tokens = "" if row.tokens.total is None else f"<span>{row.tokens.total:,} tokens</span>"
    wait = f"<span>{wait_text(row)}</span>" if row.wait else ""
    tools = " ".join(str(drawing.places[name]) for name in row.tools if name in drawing.places)
    return f"""<details class="step {markup.classes(row, drawing.colours)}" data-tools="{tools}" data-status="{status}">
<summary>
<span class="name"><span class="label">{label}</span>{short}{said}</span>
<svg class="track" aria-hidden="true">{markup.shapes(row, drawing.axis)}</svg>
<span class="figures"><span class="took">{took_text(row)}</span>{wait}{tokens}</span>
</summary>
<div class="details" id="{anchor}">{"".join(_details(row, drawing.timeline, drawing.room))}</div>
</details>"""


def _anchor(row: Row) -> str:
    """Return what a link to a step ends in: its id if that is one, otherwise its number; nothing else is called so."""
    return row.id if _STEP_ID.fullmatch(row.id) else f"step-{row.number}"


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
    lines = "\n".join(f"{markup.line(name, _NAME_CELLS)}\t{_cut(text, room)}" for name, text in facts if text)
    yield f'<pre class="facts">{lines}</pre>'
    if len(row.facts) > _MAX_FACTS:
        yield f'<p class="more">{len(row.facts) - _MAX_FACTS:,} more fields</p>'


def _call(call: Call, room: int) -> str:
    about = ", ".join(markup.line(text, _NAME_CELLS) for text in (call.kind, call.id) if text and text != call.name)
    asked = "id" if call.kind == "message_creation" else "input"
    texts = "".join(
        f"<h3>{name}</h3><pre>{_cut(text, room)}</pre>"
        for name, text in ((asked, call.input), ("output", call.output))
        if text
    )
    return f"<section><h2>{markup.line(call.name, _NAME_CELLS)} <small>{about}</small></h2>{texts}</section>"


def _cut(text: str, room: int) -> str:
    """Return the beginning of a text and how much of it is missing."""
    begin = markup.block(lay_out(text, room))
    if len(text) <= room:
        return begin
    return f'{begin}\n<span class="more">{len(text) - room:,} more characters</span>'
