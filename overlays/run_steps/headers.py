"""Headers that users give: what cannot be sent is refused, and no value shows, as it may well be a key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from run_steps.authentication import is_sendable
from run_steps.errors import ConfigurationError

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""Name of a header: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2."""


class HiddenValues(Mapping[str, str]):
    """A mapping that shows its names only.

    A function that takes headers or parameters puts them into one in its first line, in place of the argument, so that
    none of its errors can carry their values along in the traceback.
    """

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._values = dict(values or {})

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"<{', '.join(self) or 'none'}>"


def checked_headers(headers: Mapping[str, str] | None) -> HiddenValues:
    """Return headers, None for none of them, that can be sent.

    Raises:
        ConfigurationError: A name is not that of a header, or a value cannot stand in one.
    """
    headers = HiddenValues(headers)
    for name in headers:
        if not _NAME.fullmatch(name):
            raise ConfigurationError(f"{name!r} is not the name of a header: letters, digits and dashes make one.")
        if not (headers[name] == "" or is_sendable(headers[name])):
            raise ConfigurationError(
                f"The value of the header {name!r} cannot be sent: it must be one line of printable ASCII text without "
                "blanks around it."
            )
    return headers
