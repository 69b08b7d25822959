"""What transports have in common that wrap another one, for synchronous and asynchronous clients alike."""

from __future__ import annotations

import httpx


class WrappingTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport around another one.

    Args:
        inner: The transport inside, of the kind of the client that uses it.
    """

    def __init__(self, inner: httpx.BaseTransport | httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    @property
    def sync_inner(self) -> httpx.BaseTransport:
        """The transport inside, for a synchronous client."""
        assert isinstance(self._inner, httpx.BaseTransport), "an httpx.Client needs a synchronous transport"
        return self._inner

    @property
    def async_inner(self) -> httpx.AsyncBaseTransport:
        """The transport inside, for an asynchronous client."""
        assert isinstance(self._inner, httpx.AsyncBaseTransport), "an httpx.AsyncClient needs an asynchronous transport"
        return self._inner

    def close(self) -> None:
        """Close the transport inside."""
        self.sync_inner.close()

    async def aclose(self) -> None:
        """Close the transport inside."""
        await self.async_inner.aclose()
