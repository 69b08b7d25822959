"""Files with targets, in the encodings that spreadsheets and other programs save them in."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from io import BufferedReader, TextIOWrapper
from pathlib import Path

from run_steps.pulling.targets import Target, read_targets

_WORKBOOK = b"PK\x03\x04"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

_SAVE_AS = 'in Excel, save it as "CSV UTF-8"'


def count_targets(path: Path) -> int:
    """Read a file to its end, and return how many targets it names.

    Raises:
        ValueError: It cannot be read; the message says where and what to do.
        OSError: It cannot be opened.
    """
    with open_targets(path) as targets:
        return sum(1 for _ in targets)


@contextmanager
def open_targets(path: Path) -> Generator[Iterator[Target]]:
    """Open a file of targets for a `with` block; they are read as it goes.

    Raises:
        ValueError: As `count_targets`, also while the targets are read.
        OSError: The file cannot be opened.
    """
    with path.open("rb") as stream, targets_of(stream, str(path)) as targets:
        yield targets


@contextmanager
def targets_of(stream: BufferedReader, name: str) -> Generator[Iterator[Target]]:
    """Read the targets of a stream of UTF-8, or of UTF-16 that says so, in a `with` block, which may end before them.

    Args:
        stream: Where they are read from.
        name: What is read, for messages.

    Raises:
        ValueError: It is something else, or a line cannot be read; while the targets are read.
    """
    with closing(_targets_of(stream, name)) as targets:  # or it would end when the stream is closed
        yield targets


def _targets_of(stream: BufferedReader, name: str) -> Generator[Target]:
    beginning = stream.peek(len(_WORKBOOK))
    if beginning.startswith(_WORKBOOK):
        raise ValueError(f"{name} is a workbook or another archive of files: {_SAVE_AS}")
    encoding = "utf-16" if beginning.startswith(_UTF_16) else "utf-8"
    lines = TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        yield from read_targets(lines, name)
    except UnicodeError:
        raise ValueError(f"{name} is not {encoding.upper()}: {_SAVE_AS}") from None
    finally:
        lines.detach()
