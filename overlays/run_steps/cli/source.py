"""Where a command reads from: an archive, the server that is given, or the one the environment names.

Keys come from the environment alone: on a command line everybody on the machine could read them. And a key goes to the
server it was set for, not to whatever server a command names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
from attrs import evolve, field, frozen

from run_steps import servers
from run_steps._http.secrets import MUST_BE, Hidden, HiddenValues, is_sendable
from run_steps.archive import Archive
from run_steps.cli.failures import UsageFault
from run_steps.cli.options import Kind
from run_steps.client import RunSteps
from run_steps.reader import Reader
from run_steps.servers import Server
from run_steps_api.models import RunStepInclude

_KINDS_BY_HOST: tuple[tuple[str, str, Kind], ...] = (
    ("", ".services.ai.azure.com", "azure-agents"),
    ("", ".openai.azure.com", "azure-openai"),
    ("dashscope", ".aliyuncs.com", "dashscope"),
)
"""How the host of a known kind of server begins and ends."""

_VARIABLE_NAME = re.compile(r"[A-Z_][A-Z0-9_]{0,39}")
"""A name as variables of the environment usually have, and keys do not."""

_NO_SERVER = "No server is named: give --server URL, or set RUN_STEPS_BASE_URL. An archive is read with --archive FILE."


def _by_name(pairs: Iterable[str] | None) -> HiddenValues:
    """Return pairs as they are written in options, `NAME=VALUE`, by their names."""
    return HiddenValues({name: value for name, _, value in (pair.partition("=") for pair in pairs or ())})


@frozen
class Source:
    """What the options of a command say about where to read from.

    Attributes:
        server: Base URL of a server.
        archive: An archive to read instead.
        kind: What the server speaks.
        key_variable: Environment variable with the key for it.
        params: Query parameters for every request, by name.
        headers: Headers for every request, by name.
    """

    server: str | None
    archive: Path | None
    kind: Kind
    key_variable: str | None
    params: HiddenValues = field(default=None, converter=_by_name)
    headers: HiddenValues = field(default=None, converter=_by_name)


@frozen
class ServerChoice:
    """A server without its key, which is read where it is needed: so this may travel to workers on other machines.

    Attributes:
        base_url: Its base URL.
        kind: What it speaks.
        key_variable: Environment variable with the key that goes to it; None for no key.
        key_hint: What to say about the key when the server refuses it.
        params: Query parameters for every request, by name.
        headers: Headers for every request, by name.
    """

    base_url: str
    kind: Kind
    key_variable: str | None
    key_hint: str
    params: HiddenValues = field(default=None, converter=HiddenValues)
    headers: HiddenValues = field(default=None, converter=HiddenValues)

    def open(self, environment: Mapping[str, str] | None = None) -> Server:
        """Return the server with its key.

        Args:
            environment: Environment variables; those of the process when left out.

        Raises:
            UsageFault: The key is not there.
            ConfigurationError: A setting cannot work.
        """
        environment = os.environ if environment is None else environment
        key = None if self.key_variable is None else key_of(self.key_variable, environment)
        allow_insecure_http = environment.get("RUN_STEPS_INSECURE_HTTP") == "1"
        del environment  # so that no traceback lists the variables
        server = self._with_key(key, allow_insecure_http=allow_insecure_http)
        return evolve(
            server,
            key_hint=self.key_hint,
            params={**server.params, **self.params},
            headers={**server.headers, **self.headers},
        )

    def _with_key(self, key: Hidden | None, *, allow_insecure_http: bool) -> Server:
        if self.kind == "azure-agents":
            return servers.azure_agents(self.base_url, key or self._azure_credential())
        if self.kind == "azure-openai":
            credential = None if key else self._azure_credential()
            return servers.azure_openai(self.base_url, api_key=key, credential=credential)
        if self.kind == "dashscope":
            if key is None:
                raise UsageFault(f"DashScope wants a key. {self.key_hint}")
            return servers.dashscope(key, base_url=self.base_url)
        return servers.compatible(self.base_url, key, allow_insecure_http=allow_insecure_http)

    def _azure_credential(self) -> Any:
        """Return whatever azure-identity finds on this machine: environment, managed identity, Azure CLI."""
        try:
            identity = import_module("azure.identity")
        except ModuleNotFoundError:
            raise UsageFault(
                f"Azure wants a token. {self.key_hint} Or let azure-identity get one: pip install azure-identity, and "
                "az login."
            ) from None
        return identity.DefaultAzureCredential()


def open_reader(source: Source, environment: Mapping[str, str]) -> AbstractContextManager[Reader]:
    """Open what a command reads from, for a `with` block.

    Args:
        source: What the options say.
        environment: Environment variables.

    Raises:
        UsageFault: The options contradict each other, or neither they nor the environment name a source.
        ConfigurationError: A setting cannot work.
        ArchiveError: The archive cannot be read.
    """
    if source.archive is None:
        return RunSteps(choose_server(source, environment).open(environment))
    if source.server is not None or source.key_variable is not None or source.params or source.headers:
        raise UsageFault(
            "An archive needs neither server nor key: give --archive, or --server with --key-env, --param and --header."
        )
    return Archive.open(source.archive)


def choose_server(source: Source, environment: Mapping[str, str]) -> ServerChoice:
    """Choose the server that the options name, or else the environment, and the key that belongs to it.

    Args:
        source: What the options say.
        environment: Environment variables.

    Raises:
        UsageFault: No server is named.
    """
    choice = _choose(source, environment)
    return evolve(choice, params=source.params, headers=source.headers)


def _choose(source: Source, environment: Mapping[str, str]) -> ServerChoice:
    url_name, key_name = servers.variable_pair(environment)
    set_url = environment.get(url_name) or None
    base_url = set_url if source.server is None else source.server
    if base_url is None:
        raise UsageFault(_NO_SERVER)
    kind = kind_of(base_url) if source.kind == "auto" else source.kind
    if source.key_variable is not None:
        return ServerChoice(base_url, kind, source.key_variable, f"The key was read from {source.key_variable}.")
    if not environment.get(key_name):
        hint = f"No key was sent: set {key_name}, or name another variable with --key-env."
        return ServerChoice(base_url, kind, None, hint)
    if set_url is not None and not _is_same_server(base_url, set_url):
        hint = (
            f"No key was sent: that of {key_name} is for another server. To send it to this one: --key-env {key_name}."
        )
        return ServerChoice(base_url, kind, None, hint)
    return ServerChoice(base_url, kind, key_name, f"The key was read from {key_name}.")


def kind_of(base_url: str) -> Kind:
    """Judge by the host of a base URL what a server speaks: `compatible` unless it is of a known kind."""
    try:
        host = httpx.URL(base_url).host
    except httpx.InvalidURL:
        return "compatible"  # which reports what is wrong with it
    for begin, end, kind in _KINDS_BY_HOST:
        if host.startswith(begin) and host.endswith(end):
            return kind
    return "compatible"


def key_of(variable: str, environment: Mapping[str, str]) -> Hidden:
    """Return the key in an environment variable, so that it does not show.

    Raises:
        UsageFault: The variable is not set or empty, or holds what cannot be sent.
    """
    if not environment.get(variable):
        if not _VARIABLE_NAME.fullmatch(variable):
            # It may be the key itself, which nobody is to read.
            raise UsageFault("--key-env wants the NAME of a variable that is set, not the key.")
        raise UsageFault(f"The environment variable {variable}, which is to hold the key, is not set or empty.")
    if not is_sendable(environment[variable]):
        raise UsageFault(f"What the environment variable {variable} holds cannot be sent as a key: {MUST_BE}.")
    return Hidden(environment[variable])


def fields_to_include(*, include: bool) -> tuple[RunStepInclude, ...]:
    """Return what to ask for besides what servers send anyway: all there is, or nothing."""
    return tuple(RunStepInclude) if include else ()


def _is_same_server(one: str, other: str) -> bool:
    try:
        return _origin(httpx.URL(one)) == _origin(httpx.URL(other))
    except httpx.InvalidURL:
        return False


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
