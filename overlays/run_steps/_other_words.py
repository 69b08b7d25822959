"""Words that people know from openai-python, azure-ai-agents, stripe and httpx, and what stands for them here."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Never

_HTTP_CLIENT = "give an `http_client` of httpx that has it"
_AZURE = "give a server: `RunSteps(run_steps.servers.azure_openai(...))`, or `azure_agents(...)`"
_HEADERS = "give a server that has it: `RunSteps(run_steps.servers.compatible(base_url, api_key, headers={...}))`"
_QUERY = "give a server that has it: `RunSteps(run_steps.servers.compatible(base_url, api_key, params={...}))`"
_RETRY = "`retry=RetryPolicy(attempts=...)` counts the first attempt as well"
_PACE = "`pace=Pace(...)` says how often to look"

SETTINGS = frozenset(
    {"api_key", "base_url", "http_client", "max_response_bytes", "retry", "server", "strict", "timeout", "transport"}
)
"""What clients are made of."""

OF_CLIENTS: Mapping[str, str] = {
    "max_retries": _RETRY,
    "retries": _RETRY,
    "default_headers": _HEADERS,
    "headers": _HEADERS,
    "organization": _HEADERS,
    "project": _HEADERS,
    "default_query": _QUERY,
    "params": _QUERY,
    "api_version": _AZURE,
    "azure_ad_token": _AZURE,
    "azure_ad_token_provider": _AZURE,
    "azure_deployment": _AZURE,
    "azure_endpoint": _AZURE,
    "credential": _AZURE,
    "endpoint": _AZURE,
    "token": "it is called `api_key`",
    "url": "it is called `base_url`",
    "deadline": "each method takes it, and `with_options` sets it for all of them",
    "_strict_response_validation": "it is called `strict`",
    **dict.fromkeys(("auth", "cert", "event_hooks", "http2", "limits", "proxy", "trust_env", "verify"), _HTTP_CLIENT),
}
"""Words that others have for `SETTINGS`, and for what else a client could be made of."""

OF_METHODS: Mapping[str, str] = {
    "limit": "`page_size` is how many are asked for at a time, `max_items` how many are given in all",
    "max_results": "it is called `max_items`",
    "starting_after": "it is called `after`",
    "ending_before": "it is called `before`",
    "expand": "it is called `include`",
    "sort": "it is called `order`, `asc` or `desc`",
    "extra_headers": "it is called `headers`",
    "extra_query": _QUERY,
    "params": _QUERY,
    "api_version": _AZURE,
    "request_timeout": "it is called `timeout`",
    "max_retries": _RETRY,
    "poll_interval_ms": _PACE,
    "polling_interval": _PACE,
}
"""Words that others have for arguments of methods."""


_THREADS = "`client.list(thread_id, run_id)` lists steps, `client.runs(thread_id)` runs"
_RESPONSES = (
    "`retrieve_response` and `run_response` give the answer itself, and each of `list(...).pages()` its `response`"
)
_PAGES = "iterating gives all items, and `pages()` one page after the other, each with its `items`"

ATTRIBUTES: Mapping[str, str] = {
    "beta": _THREADS,
    "steps": _THREADS,
    "run_steps": _THREADS,
    "with_raw_response": _RESPONSES,
    "with_streaming_response": _RESPONSES,
    "copy": "it is called `with_options`",
    **dict.fromkeys(
        ("auto_paging_iter", "by_page", "data", "get_next_page", "has_more", "has_next_page", "iter_pages"), _PAGES
    ),
}
"""Words that others have for attributes of clients and lists."""


class OtherAttributes:
    """What clients, lists and pages inherit, so that they say what stands here for an attribute that others have."""

    __slots__ = ()

    if not TYPE_CHECKING:  # for which anything would be an attribute then

        def __getattr__(self, name: str) -> Never:
            """Say that there is no such attribute; Python asks when it has found none."""
            advice = f": {ATTRIBUTES[name]}" if name in ATTRIBUTES else ""
            text = f"{type(self).__name__!r} object has no attribute {name!r}{advice}"
            raise AttributeError(text, name=name, obj=self)


def refuse_others(given: MutableMapping[str, Any], hints: Mapping[str, str], known: frozenset[str]) -> None:
    """Refuse arguments that a function does not have, and say what to write instead.

    Args:
        given: Arguments by name. Those refused are taken out, as one may be a key that no traceback shall show.
        hints: What stands here for words of other libraries.
        known: The names that it has.

    Raises:
        TypeError: There is one it does not have.
    """
    others = sorted(given.keys() - known)
    for name in others:
        del given[name]
    for name in others:
        near = get_close_matches(name, known, 1)
        advice = hints.get(name) or (f"did you mean `{near[0]}`?" if near else "")
        raise TypeError(f"unexpected keyword argument {name!r}" + (f": {advice}" if advice else ""))
