"""What the transports are told about the way to a server."""

import pytest

from run_steps.servers import compatible
from run_steps.transports import network_settings

HTTPS, HTTP = compatible("https://assistants.example.com/v1"), compatible("http://127.0.0.1:8000/v1")
VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without proxies."""
    for name in (*VARIABLES, *map(str.lower, VARIABLES)):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_without_a_proxy_certificates_are_read_for_https_alone() -> None:
    """`https://` is always verified; for `http://` there is nothing to verify."""
    assert network_settings(HTTPS) == {"proxy": None, "verify": True}
    assert network_settings(HTTP) == {"proxy": None, "verify": False}


@pytest.mark.parametrize(
    ("name", "value", "proxy"),
    [
        ("HTTPS_PROXY", "http://proxy.example.com:3128", "http://proxy.example.com:3128"),
        ("HTTPS_PROXY", "proxy.example.com:3128", "http://proxy.example.com:3128"),
        ("ALL_PROXY", "http://proxy.example.com:3128", "http://proxy.example.com:3128"),
        ("HTTP_PROXY", "http://proxy.example.com:3128", None),
    ],
)
def test_the_environment_sets_the_proxy(
    name: str, value: str, proxy: str | None, environment: pytest.MonkeyPatch
) -> None:
    """The variable for the scheme of the base URL counts, or the one for all; a missing `http://` is added."""
    environment.setenv(name, value)

    assert network_settings(HTTPS) == {"proxy": proxy, "verify": True}


def test_no_proxy_leaves_hosts_out(environment: pytest.MonkeyPatch) -> None:
    """A host that `NO_PROXY` names is reached directly."""
    environment.setenv("ALL_PROXY", "http://proxy.example.com:3128")
    environment.setenv("NO_PROXY", "example.com,127.0.0.1")

    assert network_settings(HTTPS)["proxy"] is None
    assert network_settings(HTTP) == {"proxy": None, "verify": False}
