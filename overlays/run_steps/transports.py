"""The stack that requests go through: retries above limits above the network."""

from __future__ import annotations

from typing import Any
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


def network_settings(server: Server) -> dict[str, Any]:
    """Return the arguments `proxy` and `verify` of the transports that talk to the network.

    Returns:
        The proxy that the environment sets (`HTTPS_PROXY`, `NO_PROXY`, ...), None for none: httpx looks it up only for
        clients without a transport of their own. And whether certificates are read, which takes longer than all the
        rest: not for `http://` without a proxy, as no redirect is followed to where they would be needed.
    """
    url = httpx.URL(server.base_url)
    proxies = {} if proxy_bypass(url.host) else getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    return {"proxy": proxy, "verify": url.scheme == "https" or proxy is not None}


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
