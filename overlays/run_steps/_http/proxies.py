"""The proxy that the environment sets for a server, and errors that name it instead of the server behind it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec
from urllib.request import getproxies, proxy_bypass

import httpx

from run_steps._http.loopback import is_loopback
from run_steps._http.tls import tls_error
from run_steps._http.wrapping import WrappingTransport
from run_steps._installation import install_command
from run_steps.errors import ConfigurationError

_SOCKS = ("socks5", "socks5h")


def environment_proxy(base_url: str) -> httpx.Proxy | None:
    """Return the proxy that `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY` sets for a server, None for none.

    Servers on this machine are reached directly, and so are those that `NO_PROXY` names, with or without their port.
    httpx looks proxies up only for clients without a transport of their own, and sends what is for this machine to
    them as well.

    Raises:
        ConfigurationError: The proxy cannot be used; the message does not repeat it, as it may hold a password.
    """
    url = httpx.URL(base_url)
    port = url.port or {"http": 80, "https": 443}[url.scheme]
    host = f"[{url.host}]" if ":" in url.host else url.host
    if is_loopback(url.host) or proxy_bypass(f"{host}:{port}"):
        return None
    proxies = getproxies()
    name = url.scheme if proxies.get(url.scheme) else "all"
    text = proxies.get(name, "")
    return _checked(text, f"{name.upper()}_PROXY") if text else None


def _checked(text: str, name: str) -> httpx.Proxy:
    try:
        proxy = httpx.Proxy(text if "://" in text else f"http://{text}")
    except (httpx.InvalidURL, ValueError):
        proxy = None
    if proxy is None or not proxy.url.host:
        raise ConfigurationError(
            f"The proxy in {name} cannot be used: expected a URL that begins with http://, https:// or socks5:// and "
            "names a host."
        )
    if proxy.url.scheme in _SOCKS and find_spec("socksio") is None:
        raise ConfigurationError(
            f"The proxy in {name} speaks SOCKS, for which the extra `socks` is missing: {install_command('socks')}"
        )
    return proxy


class ThroughProxy(WrappingTransport):
    """Sends through a transport that goes through a proxy, and names the proxy when that is what failed.

    Args:
        inner: The transport that talks to the proxy.
        proxy: The proxy.
    """

    def __init__(self, inner: httpx.BaseTransport | httpx.AsyncBaseTransport, proxy: httpx.Proxy) -> None:
        super().__init__(inner)
        self._address = proxy.url.netloc.decode()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            httpx.ProxyError: The proxy cannot be reached, or refused.
            httpx.RequestError: As the inner transport raises it.
        """
        with self._named():
            return self.sync_inner.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; raises as `handle_request`."""
        with self._named():
            return await self.async_inner.handle_async_request(request)

    @contextmanager
    def _named(self) -> Generator[None]:
        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            if tls_error(error):
                raise  # the proxy let it through, to a server that is not trusted
            reason = str(error) or type(error).__name__
            verb = "refused" if isinstance(error, httpx.ProxyError) else "cannot be reached"
            raise httpx.ProxyError(f"{self._address} {verb} ({reason})") from error
