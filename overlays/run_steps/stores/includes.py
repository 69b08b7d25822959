"""Leave out of a step what is sent only on request."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from attrs import evolve

from run_steps._received import Item, JsonObject, json_text
from run_steps.stores.paging import Page

FILE_SEARCH_CONTENT = "step_details.tool_calls[*].file_search.results[*].content"
"""The one documented value of `include[]`: the text that a file search found."""


def asked_for(store: object, include: Iterable[str]) -> frozenset[str]:
    """Return what is to be included of steps of a store: all there is, where they are given as they were received."""
    everything = {FILE_SEARCH_CONTENT} if getattr(store, "is_verbatim", False) else ()
    return frozenset(include).union(everything)


def visible_page(page: Page, include: Collection[str]) -> Page:
    """Return a page of steps with those of their optional fields that `include` names."""
    return Page([visible_item(step, include) for step in page.data], page.has_more)


def visible_item(step: Item, include: Collection[str]) -> Item:
    """Return a step with those of its optional fields that `include` names.

    Args:
        step: A step as it is stored.
        include: Values of `include[]`.

    Returns:
        The step itself when all of it may be sent, otherwise one without the rest.
    """
    # Most steps never searched a file, and need not be parsed to see it.
    if FILE_SEARCH_CONTENT in include or "file_search" not in step.text:
        return step
    value = step.value
    results = [result for result in _file_search_results(value) if "content" in result]
    for result in results:
        del result["content"]
    # What a server sent with NaN in it was stored so, and is given so.
    return evolve(step, text=json_text(value, allow_nan=True)) if results else step


def _file_search_results(step: JsonObject) -> Iterator[JsonObject]:
    match step:
        case {"step_details": {"tool_calls": [*tool_calls]}}:
            for tool_call in tool_calls:
                match tool_call:
                    case {"file_search": {"results": [*results]}}:
                        yield from (result for result in results if isinstance(result, dict))
                    case _:
                        pass
        case _:
            pass
