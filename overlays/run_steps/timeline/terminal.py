"""Draw a timeline in a terminal, as wide as the terminal is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from run_steps._words import span_text
from run_steps.shown_text import cells_of, one_line
from run_steps.timeline.axis import Axis, axis_of
from run_steps.timeline.model import Bar, Row, Timeline
from run_steps.timeline.summary import GONE_WRONG, alerts, breaks_text, in_short, summary, title

_WAIT_FROM, _TOKENS_FROM, _ONE_LINE_FROM = 80, 60, 130
"""Widths (cells) from which the columns of waits and tokens are shown, and input and output beside the bar."""

_MARKS = {"completed": "✓", "failed": "✗", "in_progress": "…", "expired": "!", "cancelled": "-"}
_KIND_STYLES = {"message_creation": "blue", "tool_calls": "magenta"}
_OTHER_KIND_STYLE = "cyan"
_ASCII = str.maketrans({"█": "#", "▐": "#", "▌": "#", "▶": ">", "┊": ":", "·": ".", "✓": "+", "✗": "x", "…": "~"})


@frozen
class _Column:
    """A column of figures: its heading, its width (cells), and what it says of a step."""

    heading: str
    width: int
    text: Callable[[Row], str]


@frozen
class _Layout:
    """Widths of the columns (cells): number of the step, label, bar, figures, and input and output in short."""

    number: int
    label: int
    bar: int
    figures: tuple[_Column, ...]
    short: int


@frozen
class TerminalTimeline:
    """A timeline that rich can print, at any width.

    Attributes:
        timeline: What to draw.
    """

    timeline: Timeline

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines of the picture."""
        yield from self.lines(options)

    def lines(self, options: ConsoleOptions) -> Iterator[Text]:
        """Yield the lines of the picture, as a console with these options shows them."""
        for line in _lines(self.timeline, options.max_width):
            yield Text(_in_ascii(line.plain), no_wrap=True) if options.ascii_only else line


def _lines(timeline: Timeline, width: int) -> Iterator[Text]:
    yield Text(one_line(title(timeline), width), style="bold")
    for name, text in summary(timeline):
        yield _line(f"  {name:<8} ", text, width)
    for name, text in alerts(timeline.error, timeline.required):
        yield _line(f"  {name:<8} ", text, width, style="bold red" if name == "error" else "bold yellow", lines=4)
    if not timeline.rows:
        return
    axis, layout = axis_of(timeline), _layout(timeline, width)
    yield Text()
    yield _headings(axis, layout)
    for row in timeline.rows:
        yield from _row(row, axis, layout, width)
    if axis.breaks:
        yield Text(one_line(f"┊ {breaks_text(axis)}", width), style="dim", no_wrap=True)


def _layout(timeline: Timeline, width: int) -> _Layout:
    rows = timeline.rows
    shown = [("took", _took), ("wait", _wait), ("tokens", _tokens)]
    hidden = {"wait"} if width < _WAIT_FROM else set[str]()
    hidden |= {"tokens"} if width < _TOKENS_FROM else set[str]()
    figures = [
        _Column(heading, max(len(heading), *(len(text(row)) for row in rows)), text)
        for heading, text in shown
        if heading not in hidden and any(map(text, rows))
    ]
    number = len(str(len(rows)))
    room = width - number - len(" ✓  ") - sum(column.width + 1 for column in figures)
    short = room * 2 // 5 if width >= _ONE_LINE_FROM else 0
    room -= short + 1 if short else 0
    longest = max(cells_of(one_line(row.label, 32)) for row in rows)
    label = max(8, min(room // 2, longest))
    return _Layout(number, label, max(4, room - label), tuple(figures), short)


def _headings(axis: Axis, layout: _Layout) -> Text:
    scale = ""
    for tick in axis.ticks(1 / layout.bar):
        scale = scale.ljust(int(tick.place * layout.bar)) + tick.label
    indent = " " * (layout.number + len(" ✓ ") + layout.label + 1)
    figures = "".join(f" {column.heading:>{column.width}}" for column in layout.figures)
    return Text(indent + scale.ljust(layout.bar)[: layout.bar] + figures, style="dim", no_wrap=True)


def status_style(status: object) -> str:
    """Return how a status looks, as rich names it."""
    if status in GONE_WRONG:
        return "bold red" if status == "failed" else "red"
    return "green" if status == "completed" else "yellow"


def _row(row: Row, axis: Axis, layout: _Layout, width: int) -> Iterator[Text]:
    """Yield a step: its bar, what it did where there is no room beside the bar, and a status that needs a look."""
    kind_style = _KIND_STYLES.get(row.kind, _OTHER_KIND_STYLE)
    look = status_style(row.status)
    label = one_line(row.label, layout.label)
    line = Text(no_wrap=True)
    line.append(f"{row.number:>{layout.number}} ", style="dim")
    line.append(_MARKS.get(row.status, "?") + " ", style=look)
    line.append(label + " " * (layout.label - cells_of(label) + 1), style=kind_style)
    line.append_text(_drawn(row, axis, layout.bar, look if row.status == "failed" else kind_style))
    line.append("".join(f" {column.text(row):>{column.width}}" for column in layout.figures))
    indent = " " * (layout.number + len(" ✓ "))
    short = in_short(row, layout.short or width - len(indent))
    if layout.short:
        line.append(" " + short, style="dim")
    yield line
    if short and not layout.short:
        yield Text(indent + short, style="dim", no_wrap=True)
    if row.status != "completed":
        said = f"{row.status}: {row.error}" if row.error else row.status
        yield _line(indent, said, width, style=look, lines=4)


def _drawn(row: Row, axis: Axis, width: int, style: str) -> Text:
    """Draw a bar in half cells, at least one of them, with the waiting before it as dots."""
    cells = [" "] * width
    if row.bar is not None and row.wait:
        waited_since = int(axis.place(row.bar.begin - row.wait) * width)
        waited = slice(waited_since, int(axis.place(row.bar.begin) * width))
        cells[waited] = ["·"] * len(cells[waited])
    for stretch in axis.breaks:
        cells[min(width - 1, int((stretch.left + stretch.right) / 2 * width))] = "┊"
    if row.bar is None:
        return Text("".join(cells), style="dim")
    first, blocks = _blocks(row.bar, axis, width)
    before, after = "".join(cells[:first]), "".join(cells[first + len(blocks) :])
    return Text().append(before, style="dim").append(blocks, style=style).append(after, style="dim")


def _blocks(bar: Bar, axis: Axis, width: int) -> tuple[int, str]:
    """Return the cell in which a bar begins, and its blocks."""
    halves = 2 * width
    begin = min(int(axis.place(bar.begin) * halves), halves - 1)
    end = max(begin + 1, round(axis.place(bar.end) * halves))
    first, last = begin // 2, (end - 1) // 2
    blocks = ["█"] * (last - first + 1)
    if begin % 2:
        blocks[0] = "▐"
    if end % 2:
        blocks[-1] = "▌"
    if bar.is_open:
        blocks[-1] = "▶"
    return first, "".join(blocks)


def _line(name: str, text: str, width: int, *, style: str = "", lines: int = 1) -> Text:
    line = Text(no_wrap=lines == 1).append(name, style="dim")
    return line.append(one_line(text, max(1, width * lines - len(name))), style=style)


def _took(row: Row) -> str:
    if row.bar is None or (row.duration is None and not row.bar.is_open):
        return "?"
    return span_text(row.bar.end - row.bar.begin) + ("…" if row.bar.is_open else "")


def _wait(row: Row) -> str:
    return span_text(row.wait) if row.wait else ""


def _tokens(row: Row) -> str:
    return "" if row.tokens.total is None else f"{row.tokens.total:,}"


def _in_ascii(text: str) -> str:
    return text.translate(_ASCII).encode("ascii", "backslashreplace").decode("ascii")
