"""Clients of httpx2, which is not httpx though it looks like it."""

import httpx
import httpx2
import pytest

from run_steps import AsyncRunSteps, ConfigurationError, RunSteps


@pytest.mark.skipif(httpx.__name__ == "httpx2", reason="httpx2 stands in for httpx")
@pytest.mark.parametrize(
    ("kind", "foreign"), [(RunSteps, httpx2.Client), (AsyncRunSteps, httpx2.AsyncClient)], ids=["sync", "async"]
)
def test_its_clients_are_refused_in_one_sentence(kind: type, foreign: type) -> None:
    """It would fail at the first request, in words that help nobody."""
    with pytest.raises(ConfigurationError, match=r"`http_client` must be an httpx\.\w+, not an object of httpx2\.\w+"):
        kind(base_url="http://127.0.0.1/v1", http_client=foreign())
