"""Where commands read from, and which server gets which key."""

from __future__ import annotations

import pickle
import sys
import types
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from run_steps import RunSteps, Server
from run_steps.cli.failures import UsageFault
from run_steps.cli.options import Kind
from run_steps.cli.source import Source, choose_server, kind_of, open_reader
from run_steps.errors import ConfigurationError

OURS, OTHER = "https://ours.example/v1", "https://other.example/v1"


def sent(server: Server) -> Mapping[str, str]:
    """Return the headers of a request to a server."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(404)

    with RunSteps(server, transport=httpx.MockTransport(answer)) as client, pytest.raises(Exception, match="404"):
        client.run("thread", "run")
    return seen[0].headers


def choose(
    server: str | None, environment: Mapping[str, str], *, kind: Kind = "auto", key_variable: str | None = None
) -> Server:
    """Choose a server by options and environment."""
    return choose_server(Source(server, None, kind, key_variable), environment).open(environment)


@pytest.mark.parametrize(
    ("server", "environment", "key"),
    [
        (None, {"RUN_STEPS_BASE_URL": OURS, "RUN_STEPS_API_KEY": "k1"}, "Bearer k1"),
        (OURS, {"RUN_STEPS_BASE_URL": OURS, "RUN_STEPS_API_KEY": "k1"}, "Bearer k1"),
        (
            OURS.replace(".example", ".example:443"),
            {"RUN_STEPS_BASE_URL": OURS, "RUN_STEPS_API_KEY": "k1"},
            "Bearer k1",
        ),
        (OTHER, {"RUN_STEPS_BASE_URL": OURS, "RUN_STEPS_API_KEY": "k1"}, None),
        (OURS.replace("https", "http"), {"RUN_STEPS_BASE_URL": OURS, "RUN_STEPS_API_KEY": "k1"}, None),
        (OURS.replace(".example", ".example:8443"), {"RUN_STEPS_BASE_URL": OURS, "RUN_STEPS_API_KEY": "k1"}, None),
        (OTHER, {"RUN_STEPS_API_KEY": "k1"}, "Bearer k1"),
        (OTHER, {"OPENAI_API_KEY": "k2"}, None),
        (OTHER, {"OPENAI_BASE_URL": OURS, "OPENAI_API_KEY": "k2"}, None),
        (None, {"OPENAI_BASE_URL": OURS, "OPENAI_API_KEY": "k2"}, "Bearer k2"),
        (None, {"OPENAI_BASE_URL": OURS, "OPENAI_API_KEY": "k2", "RUN_STEPS_API_KEY": "k1"}, "Bearer k2"),
        (None, {"RUN_STEPS_BASE_URL": OURS, "OPENAI_BASE_URL": OTHER, "OPENAI_API_KEY": "k2"}, None),
    ],
)
def test_a_key_goes_to_the_server_it_was_set_for(
    server: str | None, environment: dict[str, str], key: str | None
) -> None:
    """The key of the environment goes with the server of the environment; alone, with the one that is named."""
    chosen = choose(server, {**environment, "RUN_STEPS_INSECURE_HTTP": "1"})

    assert sent(chosen).get("authorization") == key


def test_a_key_can_be_sent_elsewhere_when_it_is_named() -> None:
    """`--key-env` says which key is for the server of this command."""
    environment = {"RUN_STEPS_BASE_URL": OURS, "RUN_STEPS_API_KEY": "k1", "OTHER_KEY": "k3"}

    assert sent(choose(OTHER, environment, key_variable="OTHER_KEY"))["authorization"] == "Bearer k3"
    assert sent(choose(OTHER, environment, key_variable="RUN_STEPS_API_KEY"))["authorization"] == "Bearer k1"


def test_a_key_that_was_held_back_is_told() -> None:
    """When the other server refuses, the user learns why no key was sent and how to send one."""
    environment = {"RUN_STEPS_BASE_URL": OURS, "RUN_STEPS_API_KEY": "k1"}

    hint = choose(OTHER, environment).hint(401)
    assert "is for another server" in hint
    assert "--key-env RUN_STEPS_API_KEY" in hint
    assert "k1" not in hint


def test_a_variable_without_a_key_is_a_wrong_usage() -> None:
    """A key that was asked for and is not there is told, not left out."""
    with pytest.raises(UsageFault, match="MISSING"):
        choose(OURS, {"MISSING": ""}, key_variable="MISSING")


def test_a_key_that_cannot_be_sent_is_a_wrong_usage() -> None:
    """The message names the variable and not what it holds."""
    with pytest.raises(UsageFault, match="RUN_STEPS_API_KEY holds cannot be sent") as raised:
        choose(OURS, {"RUN_STEPS_API_KEY": "hush\nhush"})
    assert "hush" not in str(raised.value)


@pytest.mark.parametrize(
    ("base_url", "kind"),
    [
        ("https://harbour.services.ai.azure.com/api/projects/tides", "azure-agents"),
        ("https://HARBOUR.Services.AI.Azure.com/api/projects/tides", "azure-agents"),
        ("https://harbour.openai.azure.com/openai", "azure-openai"),
        ("https://dashscope-intl.aliyuncs.com/api/v1", "dashscope"),
        ("https://dashscope.aliyuncs.com/api/v1", "dashscope"),
        ("https://services.ai.azure.com.evil.example/v1", "compatible"),
        ("https://evil.example/.openai.azure.com", "compatible"),
        ("http://127.0.0.1:8000/v1", "compatible"),
        ("http://[", "compatible"),
        ("", "compatible"),
    ],
)
def test_known_servers_are_known_by_their_host(base_url: str, kind: Kind) -> None:
    """The host alone decides what a server speaks."""
    assert kind_of(base_url) == kind


def test_servers_of_each_kind_are_spoken_to_as_they_want() -> None:
    """Keys and tokens, versions and paths are those of the kind, also where the environment names the server."""
    azure = choose(
        None, {"RUN_STEPS_BASE_URL": "https://a.services.ai.azure.com/api/projects/p", "RUN_STEPS_API_KEY": "t"}
    )
    assert dict(azure.params) == {"api-version": "v1"}
    assert azure.include_style == "comma"
    assert sent(azure)["authorization"] == "Bearer t"

    openai = choose("https://a.openai.azure.com", {"RUN_STEPS_API_KEY": "k"})
    assert openai.base_url == "https://a.openai.azure.com/openai"
    assert sent(openai)["api-key"] == "k"

    told = choose("https://gateway.example/v1", {"RUN_STEPS_API_KEY": "k"}, kind="azure-openai")
    assert sent(told)["api-key"] == "k"

    dashscope = choose("https://dashscope.aliyuncs.com/api/v1", {"RUN_STEPS_API_KEY": "k"})
    assert sent(dashscope)["authorization"] == "Bearer k"


@pytest.mark.parametrize("host", ["a.services.ai.azure.com", "a.openai.azure.com"])
def test_azure_identity_gives_tokens_when_there_is_no_key(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key the credential of this machine is used; where azure-identity is missing, that is said."""

    class DefaultAzureCredential:
        def get_token(self, *scopes: str) -> types.SimpleNamespace:
            return types.SimpleNamespace(token="from-" + scopes[0].split("//")[1].split(".")[0], expires_on=2**40)

    monkeypatch.setitem(sys.modules, "azure.identity", None)
    with pytest.raises(UsageFault, match="pip install azure-identity"):
        choose(f"https://{host}/api/projects/p", {})

    identity = types.ModuleType("azure.identity")
    vars(identity)["DefaultAzureCredential"] = DefaultAzureCredential
    monkeypatch.setitem(sys.modules, "azure", types.ModuleType("azure"))
    monkeypatch.setitem(sys.modules, "azure.identity", identity)
    assert sent(choose(f"https://{host}/api/projects/p", {}))["authorization"].startswith("Bearer from-")


def test_dashscope_without_a_key_is_a_wrong_usage() -> None:
    """It refuses every request without one, so none is made."""
    with pytest.raises(UsageFault, match="wants a key"):
        choose("https://dashscope.aliyuncs.com/api/v1", {})


def test_no_source_is_a_wrong_usage() -> None:
    """The message names every way to name one."""
    with pytest.raises(UsageFault, match=r"--server URL, or set RUN_STEPS_BASE_URL\..*--archive FILE"):
        choose(None, {})


def test_an_empty_server_is_not_replaced_by_another() -> None:
    """`--server "$UNSET"` does not read from the server of the environment."""
    with pytest.raises(ConfigurationError, match="empty"):
        choose("", {"RUN_STEPS_BASE_URL": OURS})


@pytest.mark.parametrize(
    "source", [Source(OURS, Path("a.db"), "auto", None), Source(None, Path("a.db"), "auto", "RUN_STEPS_API_KEY")]
)
def test_an_archive_and_a_server_exclude_each_other(source: Source) -> None:
    """Which of the two is meant is not guessed."""
    with pytest.raises(UsageFault, match="--archive"):
        open_reader(source, {})


def test_an_archive_needs_no_server(archive: Path) -> None:
    """It is read whatever the environment says."""
    with open_reader(Source(None, archive, "auto", None), {"RUN_STEPS_BASE_URL": OURS}) as reader:
        assert reader.run("thread_demo", "run_long").id == "run_long"


def test_a_choice_may_travel_without_its_key() -> None:
    """Workers on other machines are told which server, and read the key from their own environment."""
    environment = {"RUN_STEPS_BASE_URL": OURS, "RUN_STEPS_API_KEY": "hush-hush"}
    choice = choose_server(Source(None, None, "auto", None), environment)
    travelled = pickle.dumps(choice)

    assert b"hush" not in travelled
    assert "hush" not in repr(choice) + repr(choice.open(environment))
    assert sent(pickle.loads(travelled).open({"RUN_STEPS_API_KEY": "theirs"}))["authorization"] == "Bearer theirs"
    with pytest.raises(UsageFault, match="RUN_STEPS_API_KEY"):
        choice.open({})
