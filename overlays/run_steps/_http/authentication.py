"""Put a key or token into requests, renew it before it expires, and never show it."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator
from inspect import isawaitable
from typing import Any, Protocol, TypeAlias, runtime_checkable

import httpx
from attrs import field, frozen

from run_steps._http.secrets import MUST_BE, Hidden, Key, hide, is_sendable
from run_steps.errors import ConfigurationError

RENEW_BEFORE = 300.0
"""A token that expires within this time is renewed (seconds)."""


@runtime_checkable
class TokenCredential(Protocol):
    """Anything that gives tokens by scope, such as the credentials of azure-identity and azure-identity.aio."""

    def get_token(self, *scopes: str) -> Any:
        """Return an object with `token` and `expires_on` (Unix seconds), or an awaitable of one."""
        ...


Credential: TypeAlias = TokenCredential | Callable[[], str | Awaitable[str]]
"""A credential with `get_token`, or a function that gives a token for each request."""


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

    def _ask(self) -> object:
        """Return the secret in the form its source has, or an awaitable of that."""
        raise NotImplementedError

    def _secret(self, answer: object) -> object:
        """Return the secret that an answer holds."""
        return answer

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Put the secret into a request of a synchronous client.

        Raises:
            ConfigurationError: The secret cannot be sent, or has to be awaited.
        """
        answer = self._ask()
        is_awaitable = isawaitable(answer)
        if isinstance(answer, Coroutine):
            answer.close()  # unless it is awaited or closed, Python complains
        is_written = not is_awaitable and self._write(request, answer)
        del answer  # no frame of ours holds it when something fails
        if is_awaitable:
            raise ConfigurationError("An asynchronous key or credential needs AsyncRunSteps.")
        _require(is_written)
        yield request

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Put the secret into a request of an asynchronous client.

        Raises:
            ConfigurationError: The secret cannot be sent.
        """
        answer = self._ask()
        is_written = self._write(request, await answer if isawaitable(answer) else answer)
        del answer
        _require(is_written)
        yield request

    def _write(self, request: httpx.Request, answer: object) -> bool:
        secret = self._secret(answer)
        if not is_sendable(secret):
            return False
        request.headers[self._header] = f"{self._prefix}{secret}"
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

    def _ask(self) -> object:
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
        self._token = _Token("", expires_on=0)

    def _ask(self) -> object:
        if not isinstance(self._credential, TokenCredential):
            return self._credential()
        # Threads that find an old token at once ask for a new one once.
        with self._lock:
            if self._token.expires_on - self._clock() > RENEW_BEFORE:
                return self._token
            answer = self._credential.get_token(self._scope)
            if not isawaitable(answer):
                self._secret(answer)
            return answer

    def _secret(self, answer: object) -> object:
        """Return the secret that an answer holds, and keep it until it expires."""
        token, expires_on = getattr(answer, "token", answer), getattr(answer, "expires_on", None)
        if is_sendable(token) and isinstance(expires_on, (int, float)):
            self._token = _Token(token, expires_on)
        return token


@frozen
class _Token:
    """A token that does not show, and when it expires (Unix seconds)."""

    token: str = field(repr=False)
    expires_on: float


def _require(is_written: bool) -> None:  # noqa: FBT001 - it is the one thing the function is about
    if not is_written:
        raise ConfigurationError(f"The key or token that was given cannot be sent: {MUST_BE}.")
