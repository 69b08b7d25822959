"""Draw a timeline as an SVG file that needs nothing else: no script, no font, no other file.

A row is a step, named at the left, its bar in the middle, its figures at the right. Of very many steps several that
follow each other share a row, up to ten with a bar of their own, so that the picture can still be opened and looked
through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from run_steps.timeline import markup
from run_steps.timeline.axis import Axis, axis_of
from run_steps.timeline.model import Row, Timeline
from run_steps.timeline.summary import GONE_WRONG, alerts, breaks_text, in_short, summary, title, took_text, wait_text

_MAX_ROWS = 1000
_MOST_BARS = 10
"""Steps of a row up to which each has a bar of its own that tells what it is (count)."""

_WIDTH, _MARGIN = 1000, 16
_LABEL_WIDTH, _TRACK_LEFT, _TRACK_WIDTH, _FIGURES_LEFT = 292, 320, 460, 792
_LABEL_CELLS, _SHORT_CELLS, _LINE_CELLS, _ABOUT_CELLS = 42, 46, 140, 300
_SCALE_CHARACTERS = _TRACK_WIDTH // 7
_LINE_HEIGHT, _TRACK_HEIGHT = 15, 24


def to_svg(timeline: Timeline) -> str:
    """Draw a timeline as SVG, 1000 pixels wide and as high as it has rows.

    Text is cut where it has no room and shown harmless; nothing in the file is fetched from anywhere.

    Args:
        timeline: What to draw.

    Returns:
        The file, to be written as UTF-8.
    """
    head, height = _head(timeline)
    body: list[str] = []
    if timeline.rows:
        axis, colours = axis_of(timeline), markup.palette(timeline.rows)
        rows: list[str] = []
        top = height = height + 36
        for group in _groups(timeline.rows):
            drawn, row_height = _row(group[0], axis, colours) if len(group) == 1 else _shared_row(group, axis, colours)
            rows.append(f'<g transform="translate(0 {height})">{drawn}</g>')
            height += row_height
        body = [*_axis(axis, top, height), *rows]
        if axis.breaks:
            height += 20
            body.append(_text(breaks_text(axis), _TRACK_LEFT, height - 4, "short", _LINE_CELLS))
    height += _MARGIN
    size = f'width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
    style = (files("run_steps.timeline") / "svg.css").read_text(encoding="utf-8")
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title">',
            f'<title id="title">{markup.line(title(timeline), _ABOUT_CELLS)}</title>',
            f"<style>\n{style}</style>",
            '<rect class="paper" width="100%" height="100%"/>',
            *head,
            *body,
            "</svg>\n",
        ]
    )


def _head(timeline: Timeline) -> tuple[list[str], int]:
    """Return the lines above the drawing, and how high they are."""
    height = 30
    lines = [_text(title(timeline), _MARGIN, height, "title", _LINE_CELLS // 2)]
    for name, text in summary(timeline):
        height += 18
        lines += [_text(name, _MARGIN, height, "faint", 10), _text(text, 90, height, "", _LINE_CELLS)]
    for name, text in alerts(timeline.error, timeline.required):
        height += 18
        lines += [_text(name, _MARGIN, height, "faint", 10), _text(text, 90, height, "alert", _LINE_CELLS - 10)]
    return lines, height


def _axis(axis: Axis, top: int, bottom: int) -> Iterator[str]:
    ticks = markup.ticks(axis, characters=_SCALE_CHARACTERS)
    yield _nested(_TRACK_LEFT, top - 18, _TRACK_WIDTH, 18, "".join(markup.labels(ticks)), "scale")
    yield _nested(_TRACK_LEFT, top, _TRACK_WIDTH, bottom - top, "".join(markup.grid(ticks, axis)))


def _groups(rows: Sequence[Row]) -> list[Sequence[Row]]:
    size = -(-len(rows) // _MAX_ROWS)
    return [rows[begin : begin + size] for begin in range(0, len(rows), size)]


def _row(row: Row, axis: Axis, colours: Mapping[str, str]) -> tuple[str, int]:
    """Return the row of one step, and how high it is."""
    lines = [(f"{row.number} {row.label}", "", _LABEL_CELLS)]
    if short := in_short(row, _SHORT_CELLS):
        lines.append((short, "short", _SHORT_CELLS))
    if row.status != "completed":
        said = f"{row.status}: {row.error}" if row.error else row.status
        lines.append((said, "alert short" if row.status in GONE_WRONG else "state short", _LABEL_CELLS))
    tokens = "" if row.tokens.total is None else f", {row.tokens.total:,} tokens"
    figures = [_text(took_text(row) + tokens, _FIGURES_LEFT, _LINE_HEIGHT, "figures", 36)]
    figures.append(_text(wait_text(row), _FIGURES_LEFT, 2 * _LINE_HEIGHT, "short", 36))
    return _drawn(lines, markup.classes(row, colours), markup.shapes(row, axis, about=_about(row)), "".join(figures))


def _shared_row(rows: Sequence[Row], axis: Axis, colours: Mapping[str, str]) -> tuple[str, int]:
    """Return the row that several steps share, and how high it is."""
    labels = Counter(row.label for row in rows)
    most = ", ".join(f"{count:,} {label[:_SHORT_CELLS]}" for label, count in labels.most_common(5))
    lines = [(f"{rows[0].number} to {rows[-1].number}", "", _LABEL_CELLS), (most, "short", _SHORT_CELLS)]
    unusual = Counter(row.status for row in rows if row.status != "completed")
    if unusual:
        said = ", ".join(f"{count:,} {status[:_SHORT_CELLS]}" for status, count in unusual.most_common(3))
        lines.append((said, "alert short" if GONE_WRONG & unusual.keys() else "state short", _LABEL_CELLS))
    if len(rows) > _MOST_BARS:
        bars = markup.strips(markup.by_colour(rows, colours), axis)
    else:
        bars = "".join(
            f'<g class="{markup.classes(row, colours)}">{markup.shapes(row, axis, about=_about(row))}</g>'
            for row in rows
        )
    tokens = sum(row.tokens.total or 0 for row in rows)
    return _drawn(lines, "", bars, _text(f"{tokens:,} tokens", _FIGURES_LEFT, _LINE_HEIGHT, "figures", 36))


def _drawn(lines: Sequence[tuple[str, str, int]], style: str, bars: str, figures: str) -> tuple[str, int]:
    texts = "".join(
        _text(text, 0, (1 + at) * _LINE_HEIGHT, name, cells) for at, (text, name, cells) in enumerate(lines)
    )
    height = max(2, len(lines)) * _LINE_HEIGHT + 8
    label = _nested(_MARGIN, 0, _LABEL_WIDTH, height, texts)
    track = _nested(_TRACK_LEFT, 0, _TRACK_WIDTH, _TRACK_HEIGHT, bars)
    return f'{label}<g class="{style}">{track}</g>{figures}', height


def _about(row: Row) -> str:
    """Return what is said of a bar when it is pointed at."""
    parts = [f"{row.number} {row.label[:_ABOUT_CELLS]}", row.status[:_ABOUT_CELLS], took_text(row), wait_text(row)]
    return markup.line(f"{', '.join(filter(None, parts))}. {in_short(row, _ABOUT_CELLS)}", _ABOUT_CELLS)


def _nested(x: int, y: int, width: int, height: int, content: str, style: str = "") -> str:
    """Return a part of the picture that what does not fit is cut at."""
    name = f' class="{style}"' if style else ""
    return f'<svg{name} x="{x}" y="{y}" width="{width}" height="{height}">{content}</svg>'


def _text(text: str, x: int, y: int, style: str, cells: int) -> str:
    name = f' class="{style}"' if style else ""
    return f'<text{name} x="{x}" y="{y}">{markup.line(text, cells)}</text>' if text else ""
