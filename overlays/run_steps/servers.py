"""Where run steps come from: base URL, key or token, and the habits of each kind of server.

There is no default host: the hosted OpenAI API was shut down, and what answers this API now is the user's choice.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Literal

import httpx
from attrs import field, frozen

from run_steps._choices import one_or_many
from run_steps._http.authentication import Authentication, Credential, KeyAuthentication, TokenAuthentication
from run_steps._http.loopback import is_loopback
from run_steps._http.secrets import HiddenValues, Key, checked_headers, hide
from run_steps.errors import Advice, ConfigurationError

OPENAI_BETA = {"OpenAI-Beta": "assistants=v2"}
"""Header that OpenAI and some of its followers ask for; others ignore it."""

RETIRED_HOSTS = {
    "api.openai.com": "OpenAI shut this API down on 2026-08-26",
    ".openai.azure.com": "Azure OpenAI retired this API on 2026-08-26",
}
"""Hosts, or ends of hosts, that no longer serve this API, and since when."""

AZURE_AGENTS_SCOPE = "https://ai.azure.com/.default"
AZURE_OPENAI_SCOPE = "https://cognitiveservices.azure.com/.default"

VARIABLE_PAIRS = (("RUN_STEPS_BASE_URL", "RUN_STEPS_API_KEY"), ("OPENAI_BASE_URL", "OPENAI_API_KEY"))
"""Environment variables with a base URL and the key that goes with it; the first pair that has a URL counts."""

_NO_KEY = "Give `api_key`: none was sent, and RUN_STEPS_API_KEY only goes with RUN_STEPS_BASE_URL."

IncludeStyle = Literal["repeated", "comma"]
"""How several values of `include[]` are written: as a key each, or as one value with commas."""


@frozen(kw_only=True)
class Server:
    """A server of run steps; the functions of this module make the ones that are known.

    Attributes:
        base_url: What precedes `/threads/...`, without a slash at its end.
        authentication: Puts the key or token into each request; None for a server that asks for none.
        headers: Headers sent with every request.
        params: Query parameters sent with every request; no place for a key, as httpx logs URLs.
        include_style: How several values of `include[]` are written.
        key_hint: Where the key came from, or where to put one; shown when the server refuses it.
    """

    base_url: str
    authentication: Authentication | None = None
    headers: HiddenValues = field(default=None, converter=checked_headers)
    params: HiddenValues = field(default=None, converter=HiddenValues)
    include_style: IncludeStyle = "repeated"
    key_hint: str = field(default="Check the key or token this server was given.", repr=False)

    @property
    def host(self) -> str:
        """Name or address of the host."""
        return httpx.URL(self.base_url).host

    @property
    def address(self) -> str:
        """The host, with its port where the base URL has one."""
        return httpx.URL(self.base_url).netloc.decode()

    def write_include(self, include: Iterable[str]) -> list[str]:
        """Return the values of the query parameter `include[]`, as this server wants them."""
        values = one_or_many(include)
        return [",".join(values)] if values and self.include_style == "comma" else values

    def client_settings(self, version: str) -> dict[str, Any]:
        """Return the settings of `httpx` clients, synchronous or not, for this server.

        Args:
            version: Version of this package, for the header `User-Agent`.
        """
        return {
            "base_url": self.base_url,
            "auth": self.authentication,
            "headers": {"User-Agent": f"run-steps/{version}", **self.headers},
            "params": self.params,
            # No server of this API needs cookies, and an odd one would spoil every request that follows.
            "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=())),
        }

    def hint(self, status: int) -> str:
        """Return what a user can do about an error status; empty when this server knows no advice."""
        if status == 401:
            return self.key_hint
        if status in (404, 410):
            retired = next((since for host, since in RETIRED_HOSTS.items() if self.host.endswith(host)), None)
            if retired:
                return f"{retired}; use another server, or an archive of what it held."
            is_bare = httpx.URL(self.base_url).path in {"", "/"}
            return "The base URL has no path; many servers want one, such as /v1." if is_bare else ""
        if 300 <= status < 400:
            return "Redirects are not followed, as they would carry the key along: set the base URL they lead to."
        return ""


def compatible(
    base_url: str,
    api_key: Key | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, str] | None = None,
    allow_insecure_http: bool = False,
) -> Server:
    """Return any server that speaks as OpenAI did: llamphouse, open-assistant-api, a proxy of your own.

    Args:
        base_url: What precedes `/threads/...`, such as `http://127.0.0.1:8000/v1`.
        api_key: Key to send as Bearer, or a function that gives one; None for a server that asks for none.
        headers: Further headers for every request.
        params: Query parameters for every request; no place for a key, as httpx logs URLs.
        allow_insecure_http: Allow `http://` to another machine, which sends key and content readable by anyone on the
            way.

    Raises:
        ConfigurationError: The URL or the key cannot work.
    """
    api_key, headers, params = hide(api_key), HiddenValues(headers), HiddenValues(params)
    authentication = None if api_key is None else KeyAuthentication(api_key, "api_key")
    return Server(
        base_url=_checked_url(base_url, allow_insecure_http=allow_insecure_http),
        authentication=authentication,
        headers=HiddenValues({**OPENAI_BETA, **headers}),
        params=params,
        key_hint="Check the `api_key` this server was given." if authentication else _NO_KEY,
    )


def azure_agents(
    endpoint: str, credential: Credential, *, api_version: str = "v1", headers: Mapping[str, str] | None = None
) -> Server:
    """Return a project of Azure AI Foundry Agents (classic), which is served until 2027-03-31.

    Args:
        endpoint: `https://<resource>.services.ai.azure.com/api/projects/<project>`.
        credential: A credential of azure-identity, or a function that gives a token for the scope
            `https://ai.azure.com/.default`.
        api_version: Version of the API.
        headers: Further headers for every request.

    Raises:
        ConfigurationError: The endpoint cannot work.
    """
    headers = HiddenValues(headers)
    return Server(
        base_url=_checked_url(endpoint),
        authentication=TokenAuthentication(credential, AZURE_AGENTS_SCOPE),
        headers=headers,
        params={"api-version": api_version},
        include_style="comma",
        key_hint=f"Check that the credential has a token for {AZURE_AGENTS_SCOPE} and may read agents of this project.",
    )


def azure_openai(
    endpoint: str,
    *,
    api_key: Key | None = None,
    credential: Credential | None = None,
    api_version: str = "2024-05-01-preview",
    headers: Mapping[str, str] | None = None,
) -> Server:
    """Return Azure OpenAI Assistants, retired on 2026-08-26; a gateway in front of another server may still speak it.

    Args:
        endpoint: `https://<resource>.openai.azure.com`, with or without `/openai` at its end.
        api_key: Key to send in the header `api-key`, or a function that gives one.
        credential: A credential of azure-identity, or a function that gives a token, instead of a key.
        api_version: Version of the API.
        headers: Further headers for every request.

    Raises:
        ConfigurationError: The endpoint cannot work, or not exactly one of key and credential was given.
    """
    api_key, headers = hide(api_key), HiddenValues(headers)
    if (api_key is None) == (credential is None):
        raise ConfigurationError("Give either `api_key` or `credential` for Azure OpenAI.")
    authentication: Authentication
    if api_key is not None:
        authentication = KeyAuthentication(api_key, "api_key", header="api-key", prefix="")
    else:
        assert credential is not None
        authentication = TokenAuthentication(credential, AZURE_OPENAI_SCOPE)
    base_url = _checked_url(endpoint)
    return Server(
        base_url=base_url if base_url.endswith("/openai") else f"{base_url}/openai",
        authentication=authentication,
        headers=headers,
        params={"api-version": api_version},
        key_hint="Check the key or credential, and that the endpoint is the one it belongs to.",
    )


def dashscope(
    api_key: Key, *, base_url: str = "https://dashscope-intl.aliyuncs.com/api/v1", workspace: str | None = None
) -> Server:
    """Return Alibaba DashScope, which is being retired. It ignores `include[]` and reports times in milliseconds.

    Args:
        api_key: Key to send as Bearer, or a function that gives one.
        base_url: The international address; the mainland has another.
        workspace: Id of the workspace, for the header `X-DashScope-WorkSpace`.

    Raises:
        ConfigurationError: The URL, the key or the workspace cannot work.
    """
    api_key = hide(api_key) or ""
    return Server(
        base_url=_checked_url(base_url),
        authentication=KeyAuthentication(api_key, "api_key"),
        headers={"X-DashScope-WorkSpace": workspace} if workspace else None,
        key_hint="Check the `api_key`, and that `base_url` is of the region it belongs to.",
    )


def from_env(environment: Mapping[str, str] | None = None) -> Server:
    """Return the server that environment variables name.

    `RUN_STEPS_BASE_URL` and `RUN_STEPS_API_KEY`; without the former, `OPENAI_BASE_URL` and `OPENAI_API_KEY`. The key of
    one pair is never sent to the server of the other. `RUN_STEPS_INSECURE_HTTP=1` allows `http://` to another machine.

    Args:
        environment: The variables; those of the process when left out.

    Raises:
        ConfigurationError: No base URL is set, or a value cannot work.
    """
    settings = _Settings.read(os.environ if environment is None else environment)
    del environment  # so that no traceback lists the variables
    if settings.base_url is None:
        raise ConfigurationError(
            "No server is set, and there is none to fall back on since OpenAI shut this API down: set "
            "RUN_STEPS_BASE_URL (and RUN_STEPS_API_KEY where the server wants a key), or give RunSteps a server of "
            "`run_steps.servers`."
        )
    key = settings.key
    return Server(
        base_url=_checked_url(settings.base_url, allow_insecure_http=settings.allow_insecure_http),
        authentication=KeyAuthentication(key, settings.key_name) if key else None,
        headers=OPENAI_BETA,
        key_hint=f"The key was read from {settings.key_name}." if key else f"No key was sent: set {settings.key_name}.",
    )


@frozen
class _Settings:
    """What the environment says; the key is hidden."""

    base_url: str | None
    key_name: str
    key: Key | None
    allow_insecure_http: bool

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> _Settings:
        url_name, key_name = variable_pair(variables)
        insecure = variables.get("RUN_STEPS_INSECURE_HTTP") == "1"
        return cls(variables.get(url_name) or None, key_name, hide(variables.get(key_name) or None), insecure)


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


def variable_pair(variables: Mapping[str, str]) -> tuple[str, str]:
    """Return the names of the variables that hold base URL and key: a key goes with the URL of its own pair alone."""
    own, openai = VARIABLE_PAIRS
    return openai if variables.get(openai[0]) and not variables.get(own[0]) else own


def _checked_url(text: str, *, allow_insecure_http: bool = False) -> str:
    """Return a base URL without a slash at its end.

    Raises:
        ConfigurationError: It cannot work; the message does not repeat the URL, as that may hold a key.
    """
    if not text or text != text.strip() or not text.isprintable():
        raise ConfigurationError("The base URL is empty, or has blanks or line breaks around or in it.")
    try:
        url = httpx.URL(text)
        _ = url.host, url.raw_host.decode("ascii").encode("idna")  # what a look-up of the name does to it
    except httpx.InvalidURL:
        raise ConfigurationError("The base URL is not a URL: check host and port.") from None
    except UnicodeError:
        raise ConfigurationError("The base URL names a host that cannot be: check it.") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise ConfigurationError("The base URL must begin with https:// or http:// and name a host.")
    if not 0 < (url.port or 1) <= 65535:
        raise ConfigurationError(f"The base URL names the port {url.port}; ports end at 65535.")
    if url.userinfo:
        raise ConfigurationError(f"The base URL of {url.host} holds a user or key before its @; give it as `api_key`.")
    if url.query or url.fragment:
        raise ConfigurationError(
            f"The base URL of {url.host} has a query or fragment; give query parameters as `params` of "
            "`servers.compatible`."
        )
    if url.scheme == "http" and not allow_insecure_http and not is_loopback(url.host):
        raise ConfigurationError(
            f"http:// would send keys and steps readable to {url.host}.", advice=Advice.SECURE_HTTP
        )
    return str(url).rstrip("/")
