"""Put a key or token into requests, renew it before it expires, and never show it."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from inspect import isawaitable
from typing import Any, Protocol, TypeAlias, runtime_checkable

import httpx

from run_steps.errors import ConfigurationError

Key: TypeAlias = str | Callable[[], str | Awaitable[str]]
"""A key, or a function that gives one for each request (an asynchronous one for `AsyncRunSteps`)."""

MUST_BE = "it must be one line of printable ASCII text without blanks around it"

RENEW_BEFORE = 300.0
"""A token that expires within this time is renewed (seconds)."""


class AccessToken(Protocol):
    """A token and when it expires, as azure-identity gives it."""

    @property
    def token(self) -> str:
        """The token."""
        ...

    @property
    def expires_on(self) -> int:
        """When it expires (Unix seconds)."""
        ...


@runtime_checkable
class TokenCredential(Protocol):
    """Anything that gives tokens by scope, such as the credentials of azure-identity and azure-identity.aio."""

    def get_token(self, *scopes: str) -> Any:
        """Return an `AccessToken`, or an awaitable of one."""
        ...


Credential: TypeAlias = TokenCredential | Callable[[], str | Awaitable[str]]
"""A credential with `get_token`, or a function that gives a token for each request."""


class Hidden:
    """A key as a function: no traceback that lists local variables shows it, nor does a `repr` or a pickle."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __call__(self) -> str:
        """Return the key."""
        return self._text

    def __repr__(self) -> str:
        return "Hidden(***)"

    def __reduce__(self) -> Any:
        raise TypeError("a key is not pickled")


def hide(key: Key | None) -> Key | None:
    """Return a key so that it does not show; functions and None stay what they are.

    A function that takes a key calls this in its first line and puts the result in place of the argument, so that none
    of its errors can carry the key along in the traceback.
    """
    return Hidden(key) if isinstance(key, str) else key


class Authentication(httpx.Auth):
    """Puts a secret into one header of each request; what the secret is, subclasses know.

    Args:
        header: Name of the header.
        prefix: What stands before the secret, such as `Bearer`; empty for nothing.
    """

    def __init__(self, header: str = "Authorization", prefix: str = "Bearer") -> None:
        self._header = header
        self._prefix = f"{prefix} " if prefix else ""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} in the header {self._header}>"

    def __reduce__(self) -> Any:
        raise TypeError(f"{self!r} is not pickled, as it holds a secret")

    def _ask(self) -> str | Awaitable[str]:
        """Return the secret, or an awaitable of it."""
        raise NotImplementedError

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Put the secret into a request of a synchronous client.

        Raises:
            ConfigurationError: The secret cannot be sent, or has to be awaited.
        """
        secret = self._ask()
        is_asynchronous = isawaitable(secret)
        is_written = not is_asynchronous and self._write(request, secret)
        del secret  # no frame of ours holds it when something fails
        if is_asynchronous:
            raise ConfigurationError("An asynchronous key or credential needs AsyncRunSteps.")
        _require(is_written)
        yield request

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Put the secret into a request of an asynchronous client.

        Raises:
            ConfigurationError: The secret cannot be sent.
        """
        secret = self._ask()
        is_written = self._write(request, await secret if isawaitable(secret) else secret)
        del secret
        _require(is_written)
        yield request

    def _write(self, request: httpx.Request, secret: object) -> bool:
        if not (isinstance(secret, str) and is_sendable(secret)):
            return False
        request.headers[self._header] = self._prefix + secret
        return True


class KeyAuthentication(Authentication):
    """Sends a fixed key, or the one a function gives.

    Args:
        key: The key, hidden, or the function.
        name: What to call it when it cannot be sent, such as the variable it came from.
        header: Name of the header.
        prefix: What stands before the key.

    Raises:
        ConfigurationError: The key is empty or holds characters that a header cannot.
    """

    def __init__(self, key: Key, name: str, header: str = "Authorization", prefix: str = "Bearer") -> None:
        super().__init__(header, prefix)
        hidden = hide(key)
        del key
        if isinstance(hidden, Hidden) and not is_sendable(hidden()):
            raise ConfigurationError(f"{name} cannot be sent as a key: {MUST_BE}.")
        assert callable(hidden)
        self._key = hidden

    def _ask(self) -> str | Awaitable[str]:
        return self._key()


class TokenAuthentication(Authentication):
    """Sends a token as Bearer and renews it before it expires.

    Args:
        credential: Where tokens come from. A function is asked for each request, as it may renew them itself.
        scope: What the token is for.
        clock: The present as Unix seconds.
    """

    def __init__(self, credential: Credential, scope: str, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._credential = credential
        self._scope = scope
        self._clock = clock
        self._lock = threading.Lock()
        self._token: AccessToken | None = None

    def _ask(self) -> str | Awaitable[str]:
        if not isinstance(self._credential, TokenCredential):
            return self._credential()
        # Threads that find an old token at once ask for a new one once.
        with self._lock:
            if self._token is not None and self._token.expires_on - self._clock() > RENEW_BEFORE:
                return self._token.token
            answer = self._credential.get_token(self._scope)
            return self._later(answer) if isawaitable(answer) else self._keep(answer)

    async def _later(self, answer: Awaitable[AccessToken]) -> str:
        return self._keep(await answer)

    def _keep(self, token: AccessToken) -> str:
        self._token = token
        return token.token


def is_sendable(secret: str) -> bool:
    """Return whether a secret can stand in a header: a line break would let it forge others."""
    return bool(secret) and secret.isascii() and secret.isprintable() and secret == secret.strip()


def _require(is_written: bool) -> None:  # noqa: FBT001 - it is the one thing the function is about
    if not is_written:
        raise ConfigurationError(f"The key or token that was given cannot be sent: {MUST_BE}.")
