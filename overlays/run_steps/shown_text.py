r"""Make any text harmless to show: in a terminal, in SVG, in HTML, in a table.

What servers and tools send may hold escape sequences that drive a terminal, characters that turn the direction of the
text around them or that nobody sees, and halves of characters that cannot be encoded. Here they become escapes that
anybody can read, such as `\x1b`. Markup is another matter: whoever writes HTML or XML escapes `<` and `&` as ever.
"""

from __future__ import annotations

import re
import unicodedata

ELLIPSIS = "…"
"""What stands for text that was cut off."""

_CONTROLS = r"\x00-\x1f\x7f-\x9f"
_LINE_ENDS = r"\u2028\u2029"
_SURROGATES = r"\ud800-\udfff"
_NONCHARACTERS = r"\ufdd0-\ufdef" + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(17))
# Default_Ignorable_Code_Point of Unicode (soft hyphen, zero widths, direction marks, fillers, variation selectors,
# tags) and the interlinear annotations.
_UNSEEN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_PICTURES = r"\u203c-\u3299\U0001f000-\U0001faff"
_JOINED_SCRIPTS = r"\u0600-\u1aff"
_STACKED = r"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"

# Kept although unseen: joiners within the scripts that are spelt with them, and what pictures (emoji) are composed of.
_UNSAFE = re.compile(
    rf"(?<=[{_JOINED_SCRIPTS}])[\u200c\u200d](?=[{_JOINED_SCRIPTS}])"
    rf"|(?<=[\ufe0f{_PICTURES}])\u200d(?=[{_PICTURES}])"
    rf"|(?<=[#*0-9\u00a9\u00ae{_PICTURES}])[\ufe0e\ufe0f]"
    rf"|(?P<unsafe>[{_CONTROLS}{_LINE_ENDS}{_SURROGATES}{_NONCHARACTERS}{_UNSEEN}]|(?<=[{_STACKED}]{{4}})[{_STACKED}])"
)
# What `str.isprintable` lets pass of all this, up to U+FFFF: sets of characters beyond are slow to search.
_PRINTABLE_SUSPECTS = re.compile(rf"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0{_STACKED}]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_BLANKS = re.compile(r"\s*")
_JOINERS = "\u200c\u200d"
_NAMES = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}
_CODE_POINTS_A_CELL = 8
"""Of so many code points a cell something is cut, whatever they are: marks take no cell and could go on for ever."""


def visible(text: str, *, keep: str = "") -> str:
    r"""Return the text with everything that deceives, drives a terminal or cannot be encoded as a visible escape.

    Escaped are control characters (line breaks and tabs among them), lone surrogates, marks that change the direction
    of text, line and paragraph separators, characters nobody sees, non-characters, and what is stacked on a letter
    beyond four marks. Joiners stay where a script or an emoji needs them. A backslash stays as it is, so an escape and
    the same characters typed by somebody look alike.

    Args:
        text: Any text.
        keep: Characters to leave as they are, such as `"\n\t"`.

    Returns:
        Text that can be encoded as UTF-8 and stands in XML when `<` and `&` are escaped.
    """
    if text.isprintable() and (text.isascii() or _is_plain(text)):
        return text

    def escaped(found: re.Match[str]) -> str:
        character = found["unsafe"]
        return found[0] if character is None or character in keep else _escape(character)

    return _UNSAFE.sub(escaped, text)


def _is_plain(text: str) -> bool:
    """Tell, many times faster than by replacing, whether printable text is surely harmless as it is."""
    has_no_pictures = len(text.encode("utf-16-le")) == 2 * len(text)
    return has_no_pictures and not _PRINTABLE_SUSPECTS.search(text)


def one_line(text: str, cells: int) -> str:
    """Return the beginning of a text on one line: blanks and line breaks become one blank each, the rest is visible.

    Of a long text only as much is looked at as can be shown.

    Args:
        text: Any text.
        cells: Room on the line, in cells of a terminal (one for most characters, two for wide ones); at least 1.

    Returns:
        Text of at most so many cells, with an ellipsis at its end when something is left out.
    """
    begin = _blanks_end(text)
    end = begin + cells * _CODE_POINTS_A_CELL
    line = visible(" ".join(text[begin:end].split()))
    return _cut(line, cells, is_whole=_blanks_end(text, end) == len(text))


def cells_of(text: str) -> int:
    """Return how many cells of a terminal a visible text takes, rather one too many than one too few."""
    return len(text) + sum(_width(character) - 1 for character in _NOT_ASCII.findall(text))


def _blanks_end(text: str, begin: int = 0) -> int:
    found = _BLANKS.match(text, min(begin, len(text)))
    assert found is not None  # blanks may be none at all
    return found.end()


def _cut(line: str, cells: int, *, is_whole: bool) -> str:
    if is_whole and cells_of(line) <= cells:
        return line
    end = cells - 1
    for found in _NOT_ASCII.finditer(line):
        width = _width(found[0])
        if found.start() > end or (found.start() == end and width > 0):
            break
        end -= width - 1
    return line[:end].rstrip(" " + _JOINERS) + ELLIPSIS


def _width(character: str) -> int:
    if character == "\ufe0f":  # asks for the picture, which is wide where the character alone is narrow
        return 1
    if character in _JOINERS or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"F", "W"} else 1


def _escape(character: str) -> str:
    code = ord(character)
    if character in _NAMES:
        return _NAMES[character]
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
