"""What both clients are set up with: their server, and what each of their requests carries."""

from __future__ import annotations

from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from run_steps import __version__
from run_steps.authentication import Key
from run_steps.errors import ConfigurationError
from run_steps.servers import Server, compatible, from_env

USER_AGENT = f"run-steps/{__version__}"

DEFAULT_TIMEOUT = httpx.Timeout(30.0, connect=5.0)
"""Time each network operation may take (seconds)."""


def chosen_server(server: Server | None, base_url: str | None, api_key: Key | None) -> Server:
    """Return the server that a client was given, or the one of the environment.

    Raises:
        ConfigurationError: The arguments contradict each other, or no server is set.
    """
    if server is not None and (base_url is not None or api_key is not None):
        raise ConfigurationError("Give either a server, or `base_url` and `api_key`: the server has its own.")
    if server is not None and not isinstance(server, Server):
        # What was given may be a key, so it is not repeated.
        raise ConfigurationError(
            "The first argument must be a server of `run_steps.servers`: write base_url=... for a URL, and api_key=... "
            "for a key."
        )
    if server is not None:
        return server
    if base_url is not None:
        return compatible(base_url, api_key)
    if api_key is not None:
        raise ConfigurationError(
            "Give `base_url` with `api_key`: a server of the environment goes with the key of the environment, and "
            "there is no default server that this one could be for."
        )
    return from_env()


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


def http_settings(server: Server) -> dict[str, Any]:
    """Return what both kinds of `httpx` client are told about a server."""
    return {
        "base_url": server.base_url,
        "auth": server.authentication,
        "headers": {"User-Agent": USER_AGENT, **server.headers},
        "params": server.params,
        # No server of this API needs cookies, and an odd one would spoil every request that follows.
        "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=())),
    }
