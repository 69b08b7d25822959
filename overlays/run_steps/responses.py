"""What a server sent, as plain data: no request, and so no key, hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

import httpx
from attrs import field, frozen

T_co = TypeVar("T_co", covariant=True)

REQUEST_ID_HEADERS = ("x-request-id", "apim-request-id", "x-ms-request-id")
"""Headers that name a request in the server's logs: OpenAI's, then Azure's."""


@frozen
class RawResponse(Generic[T_co]):
    """An HTTP response of the server.

    Attributes:
        status: HTTP status, also one that Python has no name for.
        headers: Headers of the response.
        body: The body, decompressed.
        retries: How often the request was sent again before this response came (count).
    """

    status: int
    headers: httpx.Headers = field(repr=False)
    body: bytes = field(repr=lambda body: f"<{len(body)} bytes>")
    retries: int = 0
    _decode: Callable[[RawResponse[T_co]], T_co] | None = field(default=None, repr=False, eq=False, alias="decode")

    @property
    def request_id(self) -> str | None:
        """The name of the request in the server's logs, where the server tells it."""
        return next((self.headers[name] for name in REQUEST_ID_HEADERS if self.headers.get(name)), None)

    def parse(self) -> T_co:
        """Return the body as a model.

        Raises:
            InvalidResponse: The body is not JSON, or not what the contract says.
        """
        if self._decode is None:
            raise TypeError("this response belongs to an error and has no model")
        return self._decode(self)
