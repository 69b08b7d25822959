"""Decide whether a request may be answered."""

from __future__ import annotations

import hmac

from starlette.datastructures import Headers


class Unauthenticated(Exception):
    """A request brought no key, or a wrong one.

    Attributes:
        code: `invalid_api_key` when there was one.
    """

    def __init__(self, message: str, code: str | None = None) -> None:
        self.code = code
        super().__init__(message)


def check_api_key(headers: Headers, api_key: str) -> None:
    """Let a request pass that carries the key, as a Bearer token or in the header `api-key`.

    Raises:
        Unauthenticated: It does not. The message never repeats a key.
    """
    presented = [*_bearer_tokens(headers), *headers.getlist("api-key")]
    if not presented:
        raise Unauthenticated(
            "No API key was sent: send it as 'Authorization: Bearer <key>' or in the header 'api-key'."
        )
    if not any(_same(candidate, api_key) for candidate in presented):
        raise Unauthenticated("The API key that was sent is not the one this server expects.", code="invalid_api_key")


def _bearer_tokens(headers: Headers) -> list[str]:
    credentials = (value.partition(" ") for value in headers.getlist("authorization"))
    return [token.strip() for scheme, _, token in credentials if scheme.lower() == "bearer"]


def _same(candidate: str, api_key: str) -> bool:
    # ASGI servers hand out header values decoded as Latin-1, whatever bytes they were.
    return hmac.compare_digest(candidate.encode("latin-1"), api_key.encode())
