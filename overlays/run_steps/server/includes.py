"""Leave out of a step what is sent only on request."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from copy import deepcopy

from run_steps.server.paging import JsonObject

FILE_SEARCH_CONTENT = "step_details.tool_calls[*].file_search.results[*].content"
"""The one documented value of `include[]`: the text that a file search found."""


def visible_part(step: JsonObject, include: Collection[str]) -> JsonObject:
    """Return a step with those of its optional fields that `include` names.

    Args:
        step: A step as it is stored; never changed here.
        include: Values of `include[]`.

    Returns:
        The step itself when all of it may be sent, otherwise a copy.
    """
    if FILE_SEARCH_CONTENT in include or not any("content" in result for result in _file_search_results(step)):
        return step
    step = deepcopy(step)
    for result in _file_search_results(step):
        result.pop("content", None)
    return step


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
