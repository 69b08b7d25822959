"""Keys and headers that users give: what cannot be sent is refused, and none of it shows anywhere."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, TypeAlias, TypeGuard

from run_steps.errors import ConfigurationError

Key: TypeAlias = str | Callable[[], str | Awaitable[str]]
"""A key, or a function that gives one for each request (an asynchronous one for `AsyncRunSteps`)."""

MUST_BE = "it must be one line of printable ASCII text without blanks around it"

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""Name of a header: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2."""


class Hidden:
    """A key as a function: no traceback that lists local variables shows it, nor does a `repr` or a pickle."""

    __slots__ = ("_key",)

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self) -> str:
        """Return the key."""
        return self._key

    def __repr__(self) -> str:
        return "Hidden(***)"

    def __reduce__(self) -> Any:
        raise TypeError("a key is not pickled")


def hide(key: Key | None) -> Key | None:
    """Return a key so that it does not show; functions and None stay what they are.

    A function that takes a key calls this in its first line and puts the result in place of the argument, so that none
    of its errors can carry the key along in the traceback.
    """
    return key if key is None or callable(key) else Hidden(key)


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
            raise ConfigurationError(f"The value of the header {name!r} cannot be sent: {MUST_BE}.")
    return headers


def is_sendable(secret: object) -> TypeGuard[str]:
    """Return whether a secret can stand in a header: a line break would let it forge others."""
    return (
        isinstance(secret, str)
        and bool(secret)
        and secret.isascii()
        and secret.isprintable()
        and secret == secret.strip()
    )
