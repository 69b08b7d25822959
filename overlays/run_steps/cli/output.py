"""How commands write: a table in a terminal, lines with tabs into a pipe or file, JSON on demand.

Whatever servers and tools wrote is shown harmless, and no markup in it is interpreted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, Generic, NoReturn, Protocol, TypeVar

from attrs import evolve, frozen
from rich.console import Console
from rich.text import Text

from run_steps._files import check_target, write_whole
from run_steps._received import ReceivedItem
from run_steps.cli.failures import UsageFault
from run_steps.shown_text import cells_of, one_line, visible
from run_steps_api.parsing import dump_json

T = TypeVar("T")
P = TypeVar("P", bound="Payload")

GAP = 2
"""Blanks between the columns of a table (cells)."""

STANDARD_OUTPUT = Path("-")

_HELD_IN_MEMORY = 1 << 24
"""How much of what shall be a file is held in memory until it is whole (bytes); more is put on the disk."""


class Payload(Protocol):
    """A model: what it holds as JSON is what the server sent."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON."""
        ...


@frozen
class Column(Generic[T]):
    """A column of a table.

    Attributes:
        heading: What stands above it.
        text: What it says of an item, as it came.
        value: The same for other programs, such as seconds and ISO times; the text when left out.
        name: What `--fields` calls it; the heading when left out.
        style: How such a text looks, as rich names it.
        importance: Where the terminal is narrow, columns of the lowest importance are left out.
        narrowest: Width down to which its texts may be cut (cells); None to never cut them, such as ids.
        is_number: Whether it stands at the right.
        is_optional: Whether it is left out when it says nothing of any item.
        on_demand: Whether it is only shown when `--fields` names it.
    """

    heading: str
    text: Callable[[T], str]
    value: Callable[[T], str | float | None] | None = None
    name: str = ""
    style: Callable[[str], str] = lambda _: ""
    importance: int = 0
    narrowest: int | None = None
    is_number: bool = False
    is_optional: bool = False
    on_demand: bool = False

    @property
    def field(self) -> str:
        """What `--fields` calls it."""
        return self.name or self.heading

    def value_of(self, item: T) -> str | float | None:
        """Return what it says of an item to other programs; None for nothing."""
        found = self.value(item) if self.value else self.text(item)
        return None if found == "" else found

    def plain(self, item: T) -> str:
        """Return the same as text, with numbers to the millisecond."""
        found = self.value_of(item)
        return found if isinstance(found, str) else plain_number(found)


def plain_number(number: float | None) -> str:
    """Return a number for other programs, to the thousandth; nothing for None."""
    return "" if number is None else f"{number:.3f}".rstrip("0").removesuffix(".")


def chosen(columns: Sequence[Column[T]], fields: str | None) -> Sequence[Column[T]]:
    """Return the columns that `--fields` names, in its order; those shown by themselves when it was left out.

    Raises:
        UsageFault: There is no such column.
    """
    if fields is None:
        return [column for column in columns if not column.on_demand]
    by_name = {column.field: column for column in columns}
    names = named_fields(fields, by_name)
    # The more to the left, the longer it is kept in a narrow terminal.
    return [evolve(by_name[name], importance=-place, is_optional=False) for place, name in enumerate(names)]


def named_fields(fields: str, known: Iterable[str]) -> list[str]:
    """Return the names that `--fields` gives, each once.

    Args:
        fields: What it says: names with commas between.
        known: The names there are.

    Raises:
        UsageFault: It names none, or one that there is not.
    """
    known = list(known)
    names = list(dict.fromkeys(name for name in map(str.strip, fields.split(",")) if name))
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None or not names:
        raise UsageFault(f"--fields: there is no {unknown or 'field'!r}; choose of {', '.join(known)}.")
    return names


class Terminal(Console):
    """A console that lets commands end as other programs do when nobody reads on."""

    def on_broken_pipe(self) -> NoReturn:
        """Say that nobody reads on, instead of ending the process here."""
        raise BrokenPipeError


def terminal() -> Terminal:
    """Return the console for stdout: without colours when that is no terminal or NO_COLOR is set."""
    return Terminal(highlight=False, markup=False, emoji=False)


@contextmanager
def written_to(output: Path | None, *, overwrite: bool) -> Generator[None]:
    """Let a file have, once it is whole, what is written to standard output in the `with` block.

    Args:
        output: The file; None and `-` leave standard output as it is.
        overwrite: Whether to replace a file.

    Raises:
        ExportError: The file is there already, or cannot be written.
    """
    if output is None or output == STANDARD_OUTPUT:
        yield
        return
    check_target(output, overwrite=overwrite)
    with SpooledTemporaryFile(_HELD_IN_MEMORY, "w+", encoding="utf-8", newline="") as text:
        with redirect_stdout(text):
            yield
        text.seek(0)
        write_whole(output, text, overwrite=overwrite)
    write_note(f"Wrote {output}.")


def write_line(text: str) -> None:
    """Write a line that is shown harmless, at once."""
    sys.stdout.write(visible(text) + "\n")
    sys.stdout.flush()


def write_note(text: str) -> None:
    """Write a line for the person at the terminal that is no part of the output: on stderr, shown harmless."""
    sys.stderr.write(f"run-steps: {visible(text)}\n")


def write_json(payload: Mapping[str, Any]) -> None:
    """Write a JSON object on a line of its own, at once.

    It is ASCII, so that it survives any encoding on the way and holds nothing that drives a terminal.
    """
    sys.stdout.write(dump_json(payload) + "\n")
    sys.stdout.flush()


def write_received(items: Iterable[ReceivedItem]) -> None:
    """Write JSON objects as they were received, each on a line of its own, all at once; otherwise as `write_json`."""
    lines = [item.text if _is_harmless_line(item.text) else dump_json(item.value) for item in items]
    sys.stdout.write("".join([f"{line}\n" for line in lines]))
    sys.stdout.flush()


def _is_harmless_line(text: str) -> bool:
    r"""Return whether JSON is ASCII on one line: `\x7f` is the one control character that its strings may hold."""
    return text.isascii() and "\n" not in text and "\r" not in text and "\t" not in text and "\x7f" not in text


def write_items(
    items: Iterable[P], columns: Sequence[Column[P]], fields: str | None, *, as_json: bool, nothing: str
) -> None:
    """Write the items of a list, in the form that suits where the output goes.

    Args:
        items: The items; into a pipe or file they are written as they come.
        columns: What can be shown of them.
        fields: The names of those to show, with commas between; None for those that are always shown.
        as_json: Whether to write them as JSON: with all they hold, or the fields that are named.
        nothing: What a terminal shows when there are none.

    Raises:
        UsageFault: There is no such field.
    """
    console = terminal()
    columns = chosen(columns, fields)
    if as_json:
        for item in items:
            write_json(
                item.to_dict() if fields is None else {column.field: column.value_of(item) for column in columns}
            )
    elif console.is_terminal:
        write_table(console, list(items), columns, nothing=nothing)
    else:
        for item in items:
            sys.stdout.write("\t".join(visible(column.plain(item)) for column in columns) + "\n")


def write_table(console: Console, items: Sequence[T], columns: Sequence[Column[T]], *, nothing: str) -> None:
    """Write a table that fits the terminal; columns there is no room for are left out.

    Args:
        console: The terminal.
        items: What the rows are about.
        columns: What to show of them.
        nothing: What to say instead of an empty table.
    """
    if not items:
        console.print(visible(nothing), style="dim")
        return
    columns = [column for column in columns if not column.is_optional or any(map(column.text, items))]
    rows = [[column.text(item) for column in columns] for item in items]
    widths = fitting_widths(rows, columns, console.width)
    headings = Text()
    for column, width in zip(columns, widths, strict=True):
        headings.append_text(_cell(column.heading, width, "bold", is_number=column.is_number))
    _print(console, headings)
    for row in rows:
        line = Text()
        for text, column, width in zip(row, columns, widths, strict=True):
            line.append_text(_cell(text, width, column.style(text), is_number=column.is_number))
        _print(console, line)


def fitting_widths(rows: Sequence[Sequence[str]], columns: Sequence[Column[T]], room: int) -> list[int]:
    """Decide how wide each column is.

    Args:
        rows: The texts of each row, one a column.
        columns: The columns.
        room: Width of the terminal (cells).

    Returns:
        The width of each column (cells); 0 for one that is left out.
    """
    wanted = [
        max(cells_of(column.heading), *(cells_of(one_line(text, room)) for text in texts))
        for column, texts in zip(columns, zip(*rows, strict=True), strict=True)
    ]
    least = [
        min(want, max(column.narrowest, len(column.heading))) if column.narrowest else want
        for column, want in zip(columns, wanted, strict=True)
    ]
    kept = sorted(range(len(columns)), key=lambda place: -columns[place].importance)
    while len(kept) > 1 and sum(least[place] + GAP for place in kept) - GAP > room:
        kept.pop()
    spare = room - sum(least[place] + GAP for place in kept) + GAP
    widths = [0] * len(columns)
    for place in kept:
        more = max(0, min(spare, wanted[place] - least[place]))
        widths[place] = min(room, least[place] + more)
        spare -= more
    return widths


def _cell(text: str, width: int, style: str, *, is_number: bool) -> Text:
    if not width:
        return Text()
    shown = one_line(text, width)
    blanks = " " * (width - cells_of(shown))
    cell = Text(blanks if is_number else "")
    cell.append(shown, style=style)
    return cell.append(" " * GAP if is_number else blanks + " " * GAP)


def _print(console: Console, line: Text) -> None:
    line.rstrip()
    console.print(line, soft_wrap=True)
