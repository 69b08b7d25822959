"""The stack that requests go through: retries above limits above the network."""

from __future__ import annotations

from urllib.request import getproxies, proxy_bypass

import httpx

from run_steps.limits import LimitedTransport
from run_steps.retries import RetryPolicy, RetryTransport
from run_steps.servers import Server


def transport_stack(
    network: httpx.BaseTransport | httpx.AsyncBaseTransport, retry: RetryPolicy | None, max_bytes: int
) -> RetryTransport:
    """Return a transport that sends through `network`, reads answers whole within limits, and retries."""
    return RetryTransport(LimitedTransport(network, max_bytes=max_bytes), retry)


def proxy_for(server: Server) -> str | None:
    """Return the proxy that the environment (`HTTPS_PROXY`, `NO_PROXY`, ...) sets for a server.

    httpx looks it up only for clients without a transport of their own.
    """
    url = httpx.URL(server.base_url)
    if proxy_bypass(url.host):
        return None
    proxies = getproxies()
    return proxies.get(url.scheme) or proxies.get("all")


class ThroughClient(httpx.BaseTransport):
    """Sends through a client of the user, with its proxies, certificates, authentication and event hooks.

    Args:
        client: The client; it is the user's to close.
    """

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; a redirect is an answer like any other."""
        return self._client.send(request, stream=True, follow_redirects=False)


class ThroughAsyncClient(httpx.AsyncBaseTransport):
    """Sends through an asynchronous client of the user, as `ThroughClient`.

    Args:
        client: The client; it is the user's to close.
    """

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; a redirect is an answer like any other."""
        return await self._client.send(request, stream=True, follow_redirects=False)
