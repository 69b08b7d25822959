"""The stack that requests go through: retries above limits above the network.

The network, and with it httpcore, is imported when the first client needs it, as httpx does.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import os

import httpx

from run_steps._http.limits import LimitedTransport
from run_steps._http.proxies import ThroughProxy, environment_proxy
from run_steps._http.retries import RetryPolicy, RetryTransport
from run_steps._http.tls import TrustedCertificates
from run_steps.errors import ConfigurationError

DEFAULT_TIMEOUT = httpx.Timeout(30.0, connect=5.0)
"""Time each network operation may take (seconds)."""


def transport_stack(
    network: httpx.BaseTransport | httpx.AsyncBaseTransport, retry: RetryPolicy | None, max_bytes: int
) -> RetryTransport:
    """Return a transport that sends through `network`, reads answers whole within limits, and retries."""
    return RetryTransport(LimitedTransport(network, max_bytes=max_bytes), retry)


def network_transport(base_url: str) -> httpx.BaseTransport:
    """Return what talks to the network for a synchronous client, through the proxy that the environment sets.

    Raises:
        ConfigurationError: That proxy cannot be used.
    """
    from run_steps._http.network import NetworkTransport

    proxy = environment_proxy(base_url)
    transport = NetworkTransport(proxy=proxy)
    return ThroughProxy(transport, proxy) if proxy else transport


def async_network_transport(base_url: str) -> httpx.AsyncBaseTransport:
    """Return the same for an asynchronous client."""
    from run_steps._http.network import AsyncNetworkTransport

    proxy = environment_proxy(base_url)
    transport = AsyncNetworkTransport(proxy=proxy, verify=TrustedCertificates())
    return ThroughProxy(transport, proxy) if proxy else transport


class ThroughClient(httpx.BaseTransport):
    """Sends through a client of the user, with its proxies, certificates, authentication and event hooks.

    Args:
        client: The client; it is the user's to close.
    """

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._process = os.getpid()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; a redirect is an answer like any other.

        Raises:
            ConfigurationError: The process was forked since, so that it shares the connections of the client.
        """
        if self._process != os.getpid():
            raise ConfigurationError(
                "This process was forked, and would share the connections of `http_client` with its parent, each "
                "reading answers of the other: make client and `http_client` in this process."
            )
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


def check_ways(http_client: object, transport: object, kinds: tuple[type, type]) -> None:
    """Check the ways to send that a client was given.

    Args:
        http_client: The `http_client`, None for none.
        transport: The `transport`, None for none.
        kinds: The classes of httpx they must be of.

    Raises:
        ConfigurationError: There are two of them, or one is of another library or kind.
    """
    if http_client is not None and transport is not None:
        raise ConfigurationError("Give either `http_client` or `transport`: the client has a transport of its own.")
    for name, given, kind in zip(("http_client", "transport"), (http_client, transport), kinds, strict=True):
        if given is not None and not isinstance(given, kind):
            found = f"{type(given).__module__.partition('.')[0]}.{type(given).__name__}"
            raise ConfigurationError(f"`{name}` must be an httpx.{kind.__name__}, not an object of {found}.")
